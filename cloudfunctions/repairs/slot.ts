import type { RepairSettings } from '../_shared/configuration'
import { after, minutes, shanghaiDay } from '../_shared/clock'
import { invalid } from '../_shared/errors'
import type { Slot } from './contract'
import { instantOf } from './sla'

const offeredDays = 7
const dayMs = minutes(24 * 60)

/** Visits that may be asked for: of today those that have not begun, and of the days after. */
export const offeredSlots = ({ visits }: Pick<RepairSettings, 'visits'>, now: Date): Slot[] =>
  Array.from({ length: offeredDays }, (_, i) => shanghaiDay(after(now, i * dayMs)))
    .flatMap((day) => visits.map((visit) => ({ day, ...visit })))
    .filter(({ day, from }) => instantOf(day, from) > now)

/** Throws INVALID_INPUT for a visit that is not offered: its hour has come while the form was open, or the phone is not ours. */
export const requireSlot = (slot: Slot | null, settings: Pick<RepairSettings, 'visits'>, now: Date): void => {
  if (slot === null) return
  const isOffered = offeredSlots(settings, now).some(({ day, from, to }) => day === slot.day && from === slot.from && to === slot.to)
  if (!isOffered) throw invalid({ slot: '这个时间已经约不上了，请另选一个' })
}
