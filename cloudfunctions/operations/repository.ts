import { lastBackup } from '../_shared/backups'
import { after } from '../_shared/clock'
import { companyId, readConfiguration } from '../_shared/configuration'
import { collection, type Stored } from '../_shared/db'
import { jobs, type Job } from '../_shared/jobs'
import { command } from '../_shared/platform'
import { stuckAfterAttempts, stuckAfterMs } from '../_shared/stuck'
import { timers } from '../_shared/timers'
import { keyState } from '../_shared/vault'
import { failures, usage } from '../_shared/watching'
import { hourBefore, monthOf, type Health, type MonthUse } from './health'

/** When a kind of problem was last told to the group. */
export type Alarm = Stored & { raisedAt: Date; title: string }
export const alarms = collection<Alarm>('alarms')

const mostRows = 1_000
const mostJobs = 100

export const failuresSince = (hour: string) => failures.find({ hour: command.gte(hour) }, { sort: { hour: 'desc' }, limit: mostRows })

/** Newest first. */
export const useSince = (hour: string) =>
  usage.find({ hour: command.gte(hour) }, { sort: { hour: 'desc' }, limit: mostRows, fields: ['function', 'hour', 'calls', 'ms', 'version'] })

export const useOfMonth = (month: string): Promise<MonthUse> =>
  usage.sum({ hour: command.gte(`${month}-01T00`) }, ['calls', 'reads', 'writes', 'others', 'mbMs'])

export const stuckJobs = async (now: Date): Promise<Job[]> => {
  const [failed, waiting] = await Promise.all([
    jobs.find({ attempts: command.gte(stuckAfterAttempts) }, { limit: mostJobs }),
    jobs.find({ dueAt: command.lt(after(now, -stuckAfterMs)) }, { sort: { dueAt: 'asc' }, limit: mostJobs }),
  ])
  return [...new Map([...failed, ...waiting].map((job) => [job._id, job])).values()]
}

export const countJobs = (): Promise<number> => jobs.count({ dueAt: command.gt(new Date(0)) })

/** What is known of the house itself; eight round trips at most, at once. */
export const readHealth = async (now: Date, failuresFrom = hourBefore(now, 1)): Promise<Health> => {
  const [failed, timerRows, stuck, { keys }, backup, month, company] = await Promise.all([
    failuresSince(failuresFrom), timers.find({}), stuckJobs(now), keyState(), lastBackup(), useOfMonth(monthOf(now)), readConfiguration(companyId),
  ])
  return { failures: failed, timers: timerRows, stuck, keys, backup, month, plan: company.plan ?? null }
}

/** Removes what was counted before an hour. */
export const forgetCounts = async (before: string): Promise<void> => {
  await Promise.all([failures, usage].map((rows) => rows.removeWhere({ hour: command.lt(before) })))
}
