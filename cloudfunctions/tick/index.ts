import { serveDoor } from '../_shared/door'
import { sweepJobs } from '../_shared/jobs'
import { deliverNotices } from '../_shared/notify'
import { deliverRobot } from '../_shared/robot'
import { everyTenthMinute } from '../_shared/timers'
import { houseJobs } from '../houses/jobs'
import { incidentJobs } from '../incidents/jobs'
import { repairJobs } from '../repairs/jobs'

const worksForMs = 45_000

/** Every minute: does what is owed and was not done at once. Idle, it costs one indexed query. */
export const main = serveDoor('tick', (source) => source.includes('wx_trigger'), async (_event, now) => {
  const startedAt = performance.now()
  return { doneCount: await sweepJobs({ notices: deliverNotices, robot: deliverRobot, ...houseJobs, ...incidentJobs, ...repairJobs }, now, () => performance.now() - startedAt > worksForMs) }
}, { heartbeat: everyTenthMinute })
