import { serveDoor } from '../_shared/door'
import { everyTenthMinute } from '../_shared/timers'
import { watchAnd } from '../operations/jobs'
import { backUp } from './jobs'

/** Every minute from three to five at night: the first call begins the backup of the day, the others go on until it is whole. */
export const main = serveDoor('backup', (source) => source.includes('wx_trigger'), (_event, now) =>
  everyTenthMinute(now) ? watchAnd(now, 'backup', () => backUp(now)) : backUp(now), { heartbeat: everyTenthMinute })
