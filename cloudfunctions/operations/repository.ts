import { lastBackup } from '../_shared/backups'
import { after } from '../_shared/clock'
import { companyId, readConfiguration } from '../_shared/configuration'
import { audits } from '../_shared/audit'
import { collection, type Stored } from '../_shared/db'
import { lastRuns } from '../_shared/findings'
import { jobs, type Job } from '../_shared/jobs'
import { members, postKey, type Member } from '../_shared/member'
import { command } from '../_shared/platform'
import { staffRole } from '../_shared/roles'
import { stuckAfterAttempts, stuckAfterMs } from '../_shared/stuck'
import { timers } from '../_shared/timers'
import { progressOf } from '../_shared/upkeep'
import { upkeepKinds } from '../_shared/upkeep-job'
import { keyState } from '../_shared/vault'
import { failures, usage } from '../_shared/watching'
import { countAllSuspects } from '../payments/repository'
import type { CheckRow } from './checklist'
import { hourBefore, monthOf, type Health, type MonthUse } from './health'
import type { Upkeep } from './upkeep-health'

/** When a kind of problem was last told to the group. */
export type Alarm = Stored & { raisedAt: Date; title: string }
export const alarms = collection<Alarm>('alarms')

export const checkRows = collection<CheckRow>('checklist_items')
export const readChecks = (): Promise<CheckRow[]> => checkRows.find({})

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

/** What waits to be done now; what is owed for later (a deadline, a reminder) does not wait. */
export const countJobs = (now: Date): Promise<number> => jobs.count({ dueAt: command.lte(now) })

const upkeepJobs = async (): Promise<Upkeep[]> =>
  (await jobs.find({ kind: command.in(upkeepKinds) }, { limit: mostJobs })).map((job) => ({ job, progress: progressOf(job) }))

/** What is known of the house itself; twelve round trips at most, at once. */
export const readHealth = async (now: Date, failuresFrom = hourBefore(now, 1)): Promise<Health> => {
  const [failed, timerRows, stuck, { keys }, backup, month, company, checks, upkeep, runs, suspectCount] = await Promise.all([
    failuresSince(failuresFrom), timers.find({}), stuckJobs(now), keyState(), lastBackup(), useOfMonth(monthOf(now)), readConfiguration(companyId), readChecks(),
    upkeepJobs(), lastRuns(), countAllSuspects(),
  ])
  return { failures: failed, timers: timerRows, stuck, keys, backup, month, plan: company.plan ?? null, checks, upkeep, runs, suspectCount }
}

/** Removes what was counted before an hour. */
export const forgetCounts = async (before: string): Promise<void> => {
  await Promise.all([failures, usage].map((rows) => rows.removeWhere({ hour: command.lt(before) })))
}

/** When WeChat last pushed us a verdict on a photo, to the hour. */
export const lastPushHour = async (): Promise<string | null> => {
  const [row] = await usage.find({ function: 'content-callback' }, { sort: { hour: 'desc' }, limit: 1, fields: ['hour'] })
  return row?.hour ?? null
}

/** Writes down what became of a check; of several at once the last stands. */
export const saveCheck = async (row: Partial<CheckRow> & { _id: string }): Promise<void> => {
  const { _id, ...change } = row
  if ((await checkRows.update({ _id }, change)) === 1) return
  const fresh: CheckRow = { _id, schema: 1, provedAt: null, provedById: null, provedByName: null, note: '', lastFailedAt: null, lastFailure: '', ...change }
  if (!(await checkRows.insert(fresh))) await checkRows.update({ _id }, change)
}

/** `before`: an order key or an instant that is later than all wanted. */
export const auditPage = (where: { communityId: string | null; actorId?: string; action?: string; subjectId?: string }, before: string | undefined, limit: number) =>
  audits.page(where, { by: 'orderKey', direction: 'desc', cursor: before, limit })

const mostStaff = 200

export const staffOf = (communityId: string): Promise<Pick<Member, '_id' | 'name'>[]> =>
  members.find({ postKeys: command.in(staffRole.options.map((role) => postKey(communityId, role))) }, { limit: mostStaff, fields: ['name'] })

export const namesOf = async (memberIds: string[]): Promise<Map<string, string>> => {
  const found = memberIds.length > 0 ? await members.find({ _id: command.in(memberIds) }, { limit: memberIds.length, fields: ['name'] }) : []
  return new Map(found.map(({ _id, name }) => [_id, name]))
}
