import { serveDoor } from '../_shared/door'
import { sweepJobs, type JobRunners } from '../_shared/jobs'
import { deliverNotices } from '../_shared/notify'
import { deliverRobot } from '../_shared/robot'
import { rewritingJobs } from '../_shared/rewriting'
import { rotationJobs } from '../_shared/rotation'
import { everyTenthMinute } from '../_shared/timers'
import { accountJobs } from '../account/jobs'
import { exportJobs } from '../exports/jobs'
import { importJobs } from '../house-import/jobs'
import { houseJobs } from '../houses/jobs'
import { incidentJobs } from '../incidents/jobs'
import { memberJobs } from '../members/jobs'
import { watchAnd } from '../operations/jobs'
import { paymentJobs } from '../payments/jobs'
import { refundJobs } from '../refunds/jobs'
import { repairJobs } from '../repairs/jobs'

const worksForMs = 45_000

const runners: JobRunners = {
  notices: deliverNotices,
  robot: deliverRobot,
  ...rewritingJobs,
  ...rotationJobs,
  ...accountJobs,
  ...exportJobs,
  ...houseJobs,
  ...importJobs,
  ...incidentJobs,
  ...memberJobs,
  ...paymentJobs,
  ...refundJobs,
  ...repairJobs,
}

/** Every minute: does what is owed and was not done at once. Idle, it costs one indexed query; every tenth minute it looks after the house. */
export const main = serveDoor('tick', (source) => source.includes('wx_trigger'), async (_event, now) => {
  const startedAt = performance.now()
  const sweep = async () => ({ doneCount: await sweepJobs(runners, now, () => performance.now() - startedAt > worksForMs) })
  return everyTenthMinute(now) ? watchAnd(now, 'tick', sweep) : sweep()
}, { heartbeat: everyTenthMinute })
