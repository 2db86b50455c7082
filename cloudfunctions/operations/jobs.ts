import { after, hours, minutes, seconds } from '../_shared/clock'
import { inTransaction } from '../_shared/db'
import { jobs, runJob } from '../_shared/jobs'
import { command } from '../_shared/platform'
import { deliverRobot, oweRobot, robotKind } from '../_shared/robot'
import type { Problem, ProblemKind } from './contract'
import { hourBefore, problemsOf } from './health'
import { alarms, forgetCounts, readHealth } from './repository'

/** An alarm of a kind comes at most once an hour: `tick` looks every tenth minute, give or take a moment. */
const quietForMs = minutes(55)
/** What takes people days to put right would be read by nobody any more if it came every hour. */
const quietForADay: ProblemKind[] = ['findings', 'keys_unopened', 'check_overdue', 'quota_short', 'payments_suspect']
/** Counts are kept for the month before last, to compare with. */
const keptHours = 93 * 24
/** Three in the morning in Shanghai. */
const isNightly = (now: Date): boolean => now.getUTCHours() === 19 && now.getUTCMinutes() === 0

/** Whoever looks, one alarm of a kind: the document of the kind is the turn, and the message is owed with it. */
const raise = (problem: Problem, now: Date): Promise<void> =>
  inTransaction(async (transaction) => {
    const quiet = quietForADay.includes(problem.kind) ? hours(24) - minutes(5) : quietForMs
    const before = await transaction.get(alarms, problem.kind)
    if (before && before.raisedAt > after(now, -quiet)) return
    const alarm = { _id: problem.kind, schema: 1, raisedAt: now, title: problem.title }
    await (before ? transaction.replace(alarms, alarm) : transaction.insert(alarms, alarm))
    const text = `【运行告警】${problem.title}。${problem.advice}`
    await oweRobot(transaction, `alarm_${problem.kind}_${Math.floor(now.getTime() / 60_000)}`, { communityId: null, text }, now)
  })

const mostAlarms = 20
/** A group that does not answer must not cost a night its backup: what is not said now is said ten minutes later. */
const speaksForMs = seconds(3)

/** What `tick` does otherwise: whoever finds it dead must speak itself. A job is taken by one of them, so nothing is said twice. */
const speakForTick = async (now: Date): Promise<void> => {
  const owed = await jobs.find({ kind: robotKind, 'payload.communityId': null, dueAt: command.lte(now) }, { sort: { dueAt: 'asc' }, limit: mostAlarms })
  const startedAt = performance.now()
  for (const job of owed) if (performance.now() - startedAt < speaksForMs) await runJob(job, { [robotKind]: deliverRobot }, now)
}

/** The timers that look after the house: `tick` every tenth minute, the others at night, when it may be `tick` that is dead. */
type Watcher = 'tick' | 'nightly' | 'backup'

/** Looks whether the house itself is well, and tells the company's group what is not. */
const watchOver = async (now: Date, by: Watcher): Promise<void> => {
  const health = await readHealth(now)
  // Whoever looks lives; its own heartbeat is written when it ends.
  const problems = problemsOf({ ...health, timers: health.timers.filter(({ _id }) => _id !== by) }, now)
  for (const problem of problems) await raise(problem, now)
  if (by !== 'tick') await speakForTick(now)
  if (by === 'tick' && isNightly(now)) await forgetCounts(hourBefore(now, keptHours))
}

/**
 * Watches first, or work that kills the process would keep everybody from hearing of it; works whatever became of watching, and only then
 * says what went wrong with that.
 */
export const watchAnd = async <R>(now: Date, by: Watcher, work: () => Promise<R>): Promise<R> => {
  const [watched] = await Promise.allSettled([watchOver(now, by)])
  const result = await work()
  if (watched.status === 'rejected') throw watched.reason
  return result
}
