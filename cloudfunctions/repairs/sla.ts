import type { RepairSettings } from '../_shared/configuration'
import { after, minutes, shanghaiDay } from '../_shared/clock'
import type { Category, Urgency } from './contract'

/** How long an order may take, and how far its clock has come. Only a hold stops it. */
export type Sla = {
  minutes: number
  clock: 'business' | 'around'
  /** Both null while the clock stands still. */
  warnAt: Date | null
  dueAt: Date | null
  /** What was left when the clock stopped, in ms that count; null while it runs. */
  left: { toWarnMs: number; toDueMs: number } | null
  warnedAt: Date | null
  escalatedAt: Date | null
}

type Times = Pick<RepairSettings, 'hours' | 'holidays'>

const warnedAtShare = 0.8
const dayMs = minutes(24 * 60)

/** An hour of a day in Shanghai (UTC+8, no daylight saving), as an instant. */
export const instantOf = (day: string, hour: string): Date => new Date(`${day}T${hour}:00+08:00`)
const dayAfter = (day: string): string => shanghaiDay(after(instantOf(day, '12:00'), dayMs))
const weekdayOf = (day: string): number => new Date(`${day}T12:00:00Z`).getUTCDay()

/** A rest day that is worked instead of another is one; a holiday never. */
export const isWorkingDay = (day: string, { hours, holidays }: Times): boolean =>
  holidays.worked.includes(day) || (!holidays.off.includes(day) && !hours.restDays.includes(weekdayOf(day)))

/** More days in a row than any calendar has off: reaching it means that the settings never work. */
const mostDaysOff = 60

/** The instant at which so many ms of working time have passed. Throws when the settings know no working time at all. */
export const addWorkingTime = (from: Date, ms: number, times: Times): Date => {
  let left = ms
  let daysOff = 0
  for (let day = shanghaiDay(from); ; day = dayAfter(day)) {
    const [opensAt, closesAt] = [instantOf(day, times.hours.opensAt), instantOf(day, times.hours.closesAt)]
    const begin = Math.max(from.getTime(), opensAt.getTime())
    const open = isWorkingDay(day, times) ? Math.max(0, closesAt.getTime() - begin) : 0
    if (open > 0 && left <= open) return new Date(begin + left)
    left -= open
    daysOff = open > 0 ? 0 : daysOff + 1
    if (daysOff > mostDaysOff) throw new Error('The repair settings name no working hours')
  }
}

/** Working time between two instants, in ms; none when the second comes first. */
export const workingTimeBetween = (from: Date, to: Date, times: Times): number => {
  let sum = 0
  for (let day = shanghaiDay(from); instantOf(day, '00:00') < to; day = dayAfter(day)) {
    if (!isWorkingDay(day, times)) continue
    const begin = Math.max(from.getTime(), instantOf(day, times.hours.opensAt).getTime())
    const end = Math.min(to.getTime(), instantOf(day, times.hours.closesAt).getTime())
    sum += Math.max(0, end - begin)
  }
  return sum
}

const add = (clock: Sla['clock'], from: Date, ms: number, times: Times): Date =>
  clock === 'around' ? after(from, ms) : addWorkingTime(from, ms, times)
const between = (clock: Sla['clock'], from: Date, to: Date, times: Times): number =>
  clock === 'around' ? Math.max(0, to.getTime() - from.getTime()) : workingTimeBetween(from, to, times)

/** The clock of an order reported, reopened, or made urgent at that instant. */
export const startClock = (what: { category: Category; urgency: Urgency }, from: Date, settings: RepairSettings): Sla => {
  const deadline = settings.deadlines.find(({ category, urgency }) => urgency === what.urgency && (category === null || category === what.category))
  if (!deadline) throw new Error(`The repair settings name no deadline for ${what.urgency} ${what.category}`)
  const { minutes: count, clock } = deadline
  return {
    minutes: count, clock, left: null, warnedAt: null, escalatedAt: null,
    warnAt: add(clock, from, minutes(count) * warnedAtShare, settings), dueAt: add(clock, from, minutes(count), settings),
  }
}

export const stopClock = (sla: Sla, now: Date, settings: RepairSettings): Sla => {
  if (!sla.warnAt || !sla.dueAt) return sla
  const left = { toWarnMs: between(sla.clock, now, sla.warnAt, settings), toDueMs: between(sla.clock, now, sla.dueAt, settings) }
  return { ...sla, left, warnAt: null, dueAt: null }
}

/** An order that was late when it was put on hold is late again at once. */
export const resumeClock = (sla: Sla, now: Date, settings: RepairSettings): Sla => {
  if (!sla.left) return sla
  const at = (ms: number) => (ms === 0 ? now : add(sla.clock, now, ms, settings))
  return { ...sla, left: null, warnAt: at(sla.left.toWarnMs), dueAt: at(sla.left.toDueMs) }
}

/**
 * Whoever chose a later visit does not make the technician late: the deadline is no earlier than its end, the warning no earlier than its
 * beginning, and what was said of the earlier deadline is to be said anew. A clock that stands still stays as it is.
 */
export const untilVisit = (sla: Sla, { from, to }: { from: Date; to: Date }): Sla =>
  !sla.warnAt || !sla.dueAt || sla.dueAt >= to ? sla : { ...sla, dueAt: to, warnAt: sla.warnAt < from ? from : sla.warnAt, warnedAt: null, escalatedAt: null }

export const isLate = (sla: Pick<Sla, 'dueAt'> | null | undefined, now: Date): boolean => sla?.dueAt ? sla.dueAt <= now : false
