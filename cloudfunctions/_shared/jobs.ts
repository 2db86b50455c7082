import { after, minutes, seconds } from './clock'
import { collection, type Stored } from './db'
import { logLine } from './log'
import { command } from './platform'
import { stuckAfterAttempts } from './stuck'
import { recordDeath } from './watching'

/**
 * Work that is owed: saved in the same transaction as the fact that owes it, done after the reply, swept by `tick`.
 * Every kind of job must be safe to run twice and to stop anywhere.
 */
export type Job = Stored & {
  kind: string
  /** When it may be taken. A lease is a later `dueAt`: a worker that dies lets the job fall due again. */
  dueAt: Date
  attempts: number
  payload: Record<string, unknown>
  /** While somebody works on it. Whoever finds it so when it has fallen due again knows that a worker died or ran out of time. */
  isAtWork?: boolean
}

/** 'done' ends the job; a Date puts it off. Throwing tries again later, each time after a longer pause. */
export type JobRunner = (job: Job, now: Date) => Promise<'done' | Date>
export type JobRunners = Record<string, JobRunner>

export const jobs = collection<Job>('jobs')

const leaseMs = seconds(90)
const batch = 20

/** Takes the job for a while; false when somebody else has it, or it is done. */
export const takeJob = async (job: Job, now: Date): Promise<boolean> =>
  (await jobs.update({ _id: job._id, dueAt: job.dueAt }, { dueAt: after(now, leaseMs), attempts: job.attempts + 1, isAtWork: true })) === 1

/** Runs one job that is due. False when there was nothing to do or it must be tried again. */
export const runJob = async (job: Job, runners: JobRunners, now: Date): Promise<boolean> => {
  if (!(await takeJob(job, now))) return false
  if (job.isAtWork) await recordDeath(job, now)
  try {
    const runner = runners[job.kind]
    if (!runner) throw new Error(`Nothing here runs jobs of kind "${job.kind}"`)
    const outcome = await runner(job, now)
    if (outcome === 'done') {
      await jobs.remove(job._id)
      return true
    }
    // Put off is not failed: a long piece of work in many steps must not look stuck.
    await jobs.update({ _id: job._id }, { dueAt: outcome, attempts: 0, isAtWork: false })
  } catch (error) {
    const attempts = job.attempts + 1
    logLine({
      event: attempts >= stuckAfterAttempts ? 'job_stuck' : 'job_failed', job: job._id, kind: job.kind, attempts,
      error: error instanceof Error ? error.message : JSON.stringify(error),
    })
    await jobs.update({ _id: job._id }, { dueAt: after(now, minutes(Math.min(2 ** attempts, 240))), isAtWork: false })
  }
  return false
}

/** Runs what is due, oldest first, until nothing is or `isOutOfTime`. An idle sweep costs one indexed query. */
export const sweepJobs = async (runners: JobRunners, now: Date, isOutOfTime: () => boolean): Promise<number> => {
  let doneCount = 0
  for (;;) {
    const due = await jobs.find({ dueAt: command.lte(now) }, { sort: { dueAt: 'asc' }, limit: batch })
    for (const job of due) {
      if (isOutOfTime()) return doneCount
      if (await runJob(job, runners, now)) doneCount += 1
    }
    // Each of them is done or put off by now; what they owe in turn is done in the same minute.
    if (due.length === 0) return doneCount
  }
}
