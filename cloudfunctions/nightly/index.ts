import { shanghaiDay } from '../_shared/clock'
import { serveDoor } from '../_shared/door'
import { jobs } from '../_shared/jobs'
import { everyRun } from '../_shared/timers'
import { nightly as ofMembers } from '../members/jobs'
import { watchAnd } from '../operations/jobs'
import { nightly as ofRefunds } from '../refunds/jobs'
import { nightly as ofRepairs } from '../repairs/jobs'

const work = [...ofMembers, ...ofRefunds, ...ofRepairs]

const oweWork = async (now: Date): Promise<{ owedCount: number }> => {
  for (const { kind, payload } of work) {
    await jobs.insert({ _id: `${kind}_${shanghaiDay(now)}`, schema: 1, kind, payload, dueAt: now, attempts: 0 })
  }
  return { owedCount: work.length }
}

/** Once a night: owes what each feature does then, `tick` does it. The day is in the id, so that a timer that fires twice owes once. */
export const main = serveDoor('nightly', (source) => source.includes('wx_trigger'), (_event, now) => watchAnd(now, 'nightly', () => oweWork(now)), {
  heartbeat: everyRun,
})
