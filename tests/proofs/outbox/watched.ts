import type { Configuration } from '../../../cloudfunctions/_shared/configuration'
import type { Job } from '../../../cloudfunctions/_shared/jobs'
import type { RepairOrder } from '../../../cloudfunctions/repairs/repair'
import { settingsOf } from '../../../cloudfunctions/repairs/settings'
import { nextMoment } from '../../../cloudfunctions/repairs/watch'
import type { Village } from '../../support/village'

/** Orders of a story with which something will fall due, and whom no job will look at by then. */
export const unwatchedOf = (village: Village, isOfStory: (repairId: string) => boolean, now: Date): string[] => {
  const read = <T>(name: string) => village.database.documents(name) as unknown as T[]
  const [configurations, jobs] = [read<Configuration>('configurations'), read<Job>('jobs')]
  return read<RepairOrder>('repairs').filter(({ _id }) => isOfStory(_id)).flatMap((repair) => {
    const next = nextMoment(repair, settingsOf(configurations.find(({ _id }) => _id === repair.communityId)!), now)
    const watch = jobs.find(({ _id }) => _id === repair.watchId)
    if (!next || (watch && watch.dueAt <= next.at)) return []
    return [`${repair._id} is ${repair.status}, and ${watch ? 'looked at too late' : 'nobody watches it'}`]
  })
}
