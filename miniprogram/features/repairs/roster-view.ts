import type { DutyShift } from '../../../cloudfunctions/repair-desk/contract'
import { comingDays, sayDate, sayHours } from '../../support/dates'
import { categoryWord } from '../../support/repair-words'

const day = 24 * 3_600_000

export const viewShift = (shift: DutyShift, now: number) => ({
  shiftId: shift.shiftId,
  name: shift.name,
  when: sayHours(shift.startsAt, shift.endsAt, now),
  what: [
    shift.categories ? shift.categories.map((category) => categoryWord(category).word).join('、') : '什么都修',
    shift.buildings ? shift.buildings.map((building) => `${building}号楼`).join('、') : '全小区',
  ].join(' · '),
  visits: shift.visitCount ? `已约 ${shift.visitCount} 次上门` : '',
  isNow: Date.parse(shift.startsAt) <= now && now < Date.parse(shift.endsAt),
})
export type ShiftView = ReturnType<typeof viewShift>

/** The usual shifts: from and to o'clock, and how many days later it ends. */
export const shiftHours = [
  { key: 'day', word: '白班 8:00–18:00', from: 8, to: 18, days: 0 },
  { key: 'night', word: '夜班 18:00–次日 8:00', from: 18, to: 8, days: 1 },
  { key: 'whole', word: '全天 8:00–次日 8:00', from: 8, to: 8, days: 1 },
]

export const dayChips = (now: number): { key: string; word: string }[] =>
  [...comingDays(1, now - day), ...comingDays(13, now)].map((each) => ({ key: each, word: sayDate(each, now) }))

const two = (n: number): string => String(n).padStart(2, '0')

/** The instants of a shift on a day, Beijing time. */
export const instantsOf = (isoDay: string, key: string): { startsAt: string; endsAt: string } => {
  const { from, to, days } = shiftHours.find((each) => each.key === key) ?? shiftHours[0]!
  const at = (hour: number, later: number): string => new Date(Date.parse(`${isoDay}T${two(hour)}:00:00+08:00`) + later * day).toISOString()
  return { startsAt: at(from, 0), endsAt: at(to, days) }
}
