import type { RepairOrder } from '../../cloudfunctions/repairs/repair'
import type { settingsOf } from '../../cloudfunctions/repairs/settings'
import { nextMoment } from '../../cloudfunctions/repairs/watch'
import type { StoredDocument } from '../cloud/database/database'

type Settings = ReturnType<typeof settingsOf>

/** What falls due by itself with an order, up to an instant; `tell` hears of each that stands in the timeline. */
export const letPass = (order: RepairOrder, settings: Settings, until: Date, tell: (order: RepairOrder, at: Date) => void = () => undefined): RepairOrder => {
  let current = order
  for (;;) {
    const moment = nextMoment(current, settings, until)
    if (!moment || moment.at > until) return current
    current = moment.act(current, moment.at)
    if (!moment.tells) tell(current, moment.at)
  }
}

/** The job that watches over an order, where anything is still to come. */
export const watchOf = (order: RepairOrder, settings: Settings, now: Date): StoredDocument[] => {
  const moment = nextMoment(order, settings, now)
  return moment ? [{ _id: order.watchId, schema: 1, kind: 'repair_watch', dueAt: moment.at, attempts: 0, payload: { repairId: order._id, duties: null } }] : []
}
