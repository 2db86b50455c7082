import type { RepairSettings } from '../_shared/configuration'
import { after, minutes } from '../_shared/clock'
import type { Notice } from '../_shared/notice'
import type { RepairOrder } from './repair'
import { reminderNotices, warningOf } from './repair-notices'
import { isComing } from './slot'
import { closeUnconfirmed, escalateLate, escalateUnassigned, remind, wake, warn } from './take'
import { closesAt } from './transitions'

type Act = (repair: RepairOrder, now: Date) => RepairOrder
type Tells = (repair: RepairOrder, now: Date) => Notice[]
/** Something that falls due by itself. With `tells` it adds no row to the timeline: that is all there is to say of it. */
export type Moment = { at: Date; act: Act; tells: Tells | null }

/** Of a visit that has begun it is too late to speak. */
const tellOfVisit: Tells = (repair, now) => (isComing(repair.slot, now) ? reminderNotices(repair, now) : [])

const momentsOf = (repair: RepairOrder, settings: RepairSettings): Moment[] => {
  const { status, sla, heldUntil, unassignedSince, visit } = repair
  const moment = (at: Date | null | undefined, act: Act, tells: Tells | null = null): Moment[] => (at ? [{ at, act, tells }] : [])
  const reminder = moment(visit?.remindAt, remind, tellOfVisit)
  switch (status) {
    case 'cancelled': case 'closed': return []
    case 'completed': return moment(closesAt(repair), (order, now) => closeUnconfirmed(order, closesAt(order), now))
    case 'on_hold': return [...reminder, ...moment(heldUntil, (order, now) => wake(order, settings, now))]
    case 'submitted': case 'assigned': case 'in_progress': case 'quoted': return [
      ...moment(status === 'submitted' && unassignedSince ? after(unassignedSince, minutes(settings.unassignedMinutes)) : null,
        (order, now) => escalateUnassigned(order, settings.unassignedMinutes, now)),
      // A deadline that has passed is told as such: a warning after it helps nobody.
      ...moment(sla?.escalatedAt === null ? sla.dueAt : null, escalateLate),
      ...moment(sla?.escalatedAt === null && sla.warnedAt === null ? sla.warnAt : null, warn, warningOf),
      // Once somebody is there, nobody need be told when.
      ...(status === 'submitted' || status === 'assigned' ? reminder : []),
    ]
  }
}

/** What falls due next with an order, be it past or to come; null when nothing does until somebody acts. */
export const nextMoment = (repair: RepairOrder, settings: RepairSettings, now: Date): Moment | null => {
  const moments = momentsOf(repair, settings)
  const isLate = moments.some(({ at, act }) => act === escalateLate && at <= now)
  const [first] = moments.filter(({ act }) => !(act === warn && isLate)).sort((a, b) => a.at.getTime() - b.at.getTime())
  return first ?? null
}
