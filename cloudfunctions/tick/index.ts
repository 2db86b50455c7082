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
import { watchOver } from '../operations/jobs'
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
  ...repairJobs,
}

/** Every minute: does what is owed and was not done at once. Idle, it costs one indexed query; every tenth minute it looks after the house. */
export const main = serveDoor('tick', (source) => source.includes('wx_trigger'), async (_event, now) => {
  const startedAt = performance.now()
  // First, or a job that kills the process would keep everybody from hearing of it; what is owed is done even when this fails.
  const watching = await Promise.allSettled(everyTenthMinute(now) ? [watchOver(now)] : [])
  const doneCount = await sweepJobs(runners, now, () => performance.now() - startedAt > worksForMs)
  for (const watched of watching) if (watched.status === 'rejected') throw watched.reason
  return { doneCount }
}, { heartbeat: everyTenthMinute })
