import { after, minutes } from '../_shared/clock'
import { inTransaction } from '../_shared/db'
import { oweRobot } from '../_shared/robot'
import type { Problem } from './contract'
import { hourBefore, problemsOf } from './health'
import { alarms, forgetCounts, readHealth } from './repository'

/** An alarm of a kind comes at most once an hour: `tick` looks every tenth minute, give or take a moment. */
const quietForMs = minutes(55)
/** Counts are kept for the month before last, to compare with. */
const keptHours = 93 * 24
/** Three in the morning in Shanghai. */
const isNightly = (now: Date): boolean => now.getUTCHours() === 19 && now.getUTCMinutes() === 0

/** Whoever looks, one alarm of a kind: the document of the kind is the turn, and the message is owed with it. */
const raise = (problem: Problem, now: Date): Promise<void> =>
  inTransaction(async (transaction) => {
    const before = await transaction.get(alarms, problem.kind)
    if (before && before.raisedAt > after(now, -quietForMs)) return
    const alarm = { _id: problem.kind, schema: 1, raisedAt: now, title: problem.title }
    await (before ? transaction.replace(alarms, alarm) : transaction.insert(alarms, alarm))
    const text = `【运行告警】${problem.title}。${problem.advice}`
    await oweRobot(transaction, `alarm_${problem.kind}_${Math.floor(now.getTime() / 60_000)}`, { communityId: null, text }, now)
  })

/**
 * Looks whether the house itself is well, and tells the company's group what is not. Called by `tick` every tenth minute, so it cannot
 * notice that `tick` itself is dead: then 运行状况 says so to whoever opens it, and `backup` looks once a night.
 */
export const watchOver = async (now: Date, by: 'tick' | 'backup' = 'tick'): Promise<void> => {
  const health = await readHealth(now)
  // Whoever looks lives; its own heartbeat is written when it ends.
  const problems = problemsOf({ ...health, timers: health.timers.filter(({ _id }) => _id !== by) }, now)
  for (const problem of problems) await raise(problem, now)
  if (isNightly(now)) await forgetCounts(hourBefore(now, keptHours))
}
