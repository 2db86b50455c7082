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
  /** Of this clock: one that runs again after a hold is warned of and escalated as if it were the first. */
  warnedAt: Date | null
  escalatedAt: Date | null
}

/** Since when an order's clock runs, and when it stood still: a clock is always computed from the whole of it. */
export type Course = { from: Date; pauses: { from: Date; to: Date }[] }

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

/** The instant at which so many ms of running time have passed. What was missed before a hold stays missed. */
const addRunningTime = (clock: Sla['clock'], { from, pauses }: Course, ms: number, times: Times): Date => {
  let [at, left] = [from, ms]
  for (const pause of pauses) {
    const run = between(clock, at, pause.from, times)
    if (run >= left) break
    left -= run
    at = pause.to
  }
  return add(clock, at, left, times)
}

type Rule = Pick<Sla, 'minutes' | 'clock'>

const clockBy = ({ minutes: count, clock }: Rule, course: Course, times: Times): Sla => ({
  minutes: count, clock, warnedAt: null, escalatedAt: null,
  warnAt: addRunningTime(clock, course, minutes(count) * warnedAtShare, times), dueAt: addRunningTime(clock, course, minutes(count), times),
})

/** The clock of an order reported, reopened, or made urgent. */
export const startClock = (what: { category: Category; urgency: Urgency }, course: Course, settings: RepairSettings): Sla => {
  const deadline = settings.deadlines.find(({ category, urgency }) => urgency === what.urgency && (category === null || category === what.category))
  if (!deadline) throw new Error(`The repair settings name no deadline for ${what.urgency} ${what.category}`)
  return clockBy(deadline, course, settings)
}

export const stopClock = (sla: Sla): Sla => ({ ...sla, warnAt: null, dueAt: null })

/** After a hold, which `course` knows of. An order that was late when it was put on hold is late again at once, and said to be. */
export const resumeClock = (sla: Sla, course: Course, settings: RepairSettings): Sla => clockBy(sla, course, settings)

export type Span = { from: Date; to: Date }

/**
 * Whoever chose a later visit does not make the technician late: the deadline is no earlier than its end, the warning no earlier than its
 * beginning. A clock that stands still stays as it is.
 */
export const untilVisit = (sla: Sla, { from, to }: Span): Sla =>
  !sla.warnAt || !sla.dueAt || sla.dueAt >= to ? sla : { ...sla, dueAt: to, warnAt: sla.warnAt < from ? from : sla.warnAt }

/** What was said of a deadline need not be said again, unless it lies later now. */
const saidOf = (said: Date | null, at: Date | null): Date | null => (said && at && said >= at ? said : null)

/** With another visit: the rule's own deadline again, or the visit's end where that is later. */
export const moveVisit = (sla: Sla, course: Course, span: Span, settings: RepairSettings): Sla => {
  const moved = untilVisit(clockBy(sla, course, settings), span)
  return { ...moved, warnedAt: saidOf(sla.warnedAt, moved.warnAt), escalatedAt: saidOf(sla.escalatedAt, moved.dueAt) }
}

export const isLate = (sla: Pick<Sla, 'dueAt'> | null | undefined, now: Date): boolean => sla?.dueAt ? sla.dueAt <= now : false
