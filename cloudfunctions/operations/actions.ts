import type { Output } from '../_shared/contract'
import { findingsOf } from '../_shared/findings'
import { webhookOf } from '../_shared/robot'
import type { Situation } from '../_shared/serve'
import type { OperationsContract } from './contract'
import { hourBefore, monthOf, problemsOf, quotasOf } from './health'
import * as repository from './repository'
import { failuresShown, stuckShown, timersShown, useShown } from './status-reply'
import { checksShown, upkeepShown } from './upkeep-health'

type Out<A extends keyof OperationsContract> = Output<OperationsContract, A>

const weekHours = 7 * 24

export const status = async (_: object, { caller, now }: Situation): Promise<Out<'status'>> => {
  const [health, use, owed, webhook] = await Promise.all([
    repository.readHealth(now, hourBefore(now, weekHours)),
    repository.useSince(hourBefore(now, 24)),
    repository.countJobs(now),
    webhookOf(caller.post!.communityId),
  ])
  const found = await Promise.all(health.runs.filter(({ findingCount }) => findingCount > 0).map(({ check }) => findingsOf(check)))
  return {
    asOf: now.toISOString(),
    problems: problemsOf(health, now),
    failures: failuresShown(health.failures, now),
    timers: timersShown(health.timers, now),
    jobs: { owed, stuck: stuckShown(health.stuck, now) },
    month: monthOf(now),
    quotas: quotasOf(health, now),
    use: useShown(use),
    keys: health.keys.map(({ keyId, state, retiredAt, unopened = [] }) => ({ keyId, state, retiredAt: retiredAt?.toISOString() ?? null, unopened })),
    upkeep: upkeepShown(health.upkeep, now),
    checks: checksShown(health.runs, found.flat()),
    backup: health.backup && { ...health.backup, finishedAt: health.backup.finishedAt.toISOString() },
    hasRobot: webhook !== null,
  }
}
