import type { RepairSettings } from '../_shared/configuration'
import { after, minutes } from '../_shared/clock'
import type { RepairOrder } from './repair'
import { closeUnconfirmed, escalateLate, escalateUnassigned, wake, warn } from './take'
import { closesAt } from './transitions'

/** Something that falls due by itself. `isWarning`: it adds no row to the timeline. */
export type Moment = { at: Date; isWarning: boolean; act: (repair: RepairOrder, now: Date) => RepairOrder }

const momentsOf = (repair: RepairOrder, settings: RepairSettings): Moment[] => {
  const { status, sla, heldUntil, unassignedSince } = repair
  const moment = (at: Date | null | undefined, act: Moment['act'], isWarning = false): Moment[] => (at ? [{ at, act, isWarning }] : [])
  switch (status) {
    case 'cancelled': case 'closed': return []
    case 'completed': return moment(closesAt(repair), (order, now) => closeUnconfirmed(order, closesAt(order), now))
    case 'on_hold': return moment(heldUntil, (order, now) => wake(order, settings, now))
    case 'submitted': case 'assigned': case 'in_progress': case 'quoted': return [
      ...moment(status === 'submitted' && unassignedSince ? after(unassignedSince, minutes(settings.unassignedMinutes)) : null,
        (order, now) => escalateUnassigned(order, settings.unassignedMinutes, now)),
      // A deadline that has passed is told as such: a warning after it helps nobody.
      ...moment(sla?.escalatedAt === null ? sla.dueAt : null, escalateLate),
      ...moment(sla?.escalatedAt === null && sla.warnedAt === null ? sla.warnAt : null, warn, true),
    ]
  }
}

/** What falls due next with an order, be it past or to come; null when nothing does until somebody acts. */
export const nextMoment = (repair: RepairOrder, settings: RepairSettings, now: Date): Moment | null => {
  const moments = momentsOf(repair, settings)
  const isLate = moments.some(({ at, isWarning, act }) => !isWarning && act === escalateLate && at <= now)
  const [first] = moments.filter(({ isWarning }) => !(isWarning && isLate)).sort((a, b) => a.at.getTime() - b.at.getTime())
  return first ?? null
}
