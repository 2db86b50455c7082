import type { RepairSettings } from '../_shared/configuration'
import { after, days, hours, shanghaiDay } from '../_shared/clock'
import type { Slot } from './contract'
import { instantOf } from './sla'

const offeredDays = 7
/** Whoever comes before this hour is spoken of the evening before: nobody wants to hear of it at half past six. */
const early = '10:00'
const eveningHour = '20:00'
const noticeMs = hours(2)

export const beginOf = ({ day, from }: Slot): Date => instantOf(day, from)
export const endOf = ({ day, to }: Slot): Date => instantOf(day, to)
export const isSameSlot = (a: Slot | null, b: Slot | null): boolean => a?.day === b?.day && a?.from === b?.from && a?.to === b?.to
export const isComing = (slot: Slot | null, now: Date): slot is Slot => slot !== null && beginOf(slot) > now

/** Windows of the coming days that have not begun, soonest first. */
export const comingWindows = ({ visits }: Pick<RepairSettings, 'visits'>, now: Date): Slot[] =>
  Array.from({ length: offeredDays }, (_, i) => shanghaiDay(after(now, days(i))))
    .flatMap((day) => visits.map((visit) => ({ day, ...visit })))
    .filter((slot) => isComing(slot, now))

/** When household and technician are reminded of a visit agreed on now; null when it begins too soon for that. */
export const reminderOf = (slot: Slot, now: Date): Date | null => {
  const evening = instantOf(shanghaiDay(after(instantOf(slot.day, '12:00'), -days(1))), eveningHour)
  const moments = [...(slot.from < early ? [evening] : []), after(beginOf(slot), -noticeMs)]
  return moments.find((at) => at > now) ?? null
}

/** 11月25日 13:30–17:30: as it is still true when it is read later. */
export const inWords = ({ day, from, to }: Slot): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${from}–${to}`
