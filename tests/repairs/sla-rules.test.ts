import type { Category, Urgency } from '../../cloudfunctions/repairs/contract'
import { addWorkingTime, isLate, isWorkingDay, resumeClock, startClock, stopClock, workingTimeBetween } from '../../cloudfunctions/repairs/sla'
import { usualSettings } from '../../cloudfunctions/repairs/settings'

/** Shanghai time. Working hours are 08:30 to 17:30, Monday to Friday: nine hours a day. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const hour = 3_600_000
const said = (instant: Date) => new Date(instant.getTime() + 8 * hour).toISOString().slice(0, 16).replace('T', ' ')

describe('a working day', () => {
  it.each([
    ['2026-11-24', true, 'a Tuesday'], ['2026-11-28', false, 'a Saturday'], ['2026-11-29', false, 'a Sunday'],
    ['2026-09-30', true, 'the day before National Day'], ['2026-10-01', false, 'National Day'], ['2026-10-05', false, 'a Monday of National Day week'],
    ['2026-10-07', false, 'its last day'], ['2026-10-08', true, 'the day after'], ['2026-10-10', true, 'a Saturday that is worked instead'],
    ['2026-09-20', true, 'a Sunday that is worked instead'], ['2026-10-11', false, 'the Sunday after it'],
    ['2026-02-14', true, 'a Saturday worked before Spring Festival'], ['2026-02-16', false, 'New Year’s Eve'], ['2026-02-23', false, 'the last day of Spring Festival'],
    ['2026-02-24', true, 'the day after'], ['2026-02-28', true, 'a Saturday worked after it'],
  ])('%s: %s, %s', (day, isWorked) => {
    expect(isWorkingDay(day, usualSettings)).toBe(isWorked)
  })
})

describe('working time', () => {
  it.each<[string, number, string, string]>([
    // from, hours, until
    ['2026-11-24 09:00', 3, '2026-11-24 12:00', 'within a day'],
    ['2026-11-24 09:00', 8.5, '2026-11-24 17:30', 'to the minute of closing'],
    ['2026-11-24 16:30', 2, '2026-11-25 09:30', 'over night'],
    ['2026-11-24 06:00', 1, '2026-11-24 09:30', 'from before opening'],
    ['2026-11-24 23:59', 1, '2026-11-25 09:30', 'from a minute before midnight'],
    ['2026-11-25 00:00', 1, '2026-11-25 09:30', 'from midnight'],
    ['2026-11-24 17:30', 9, '2026-11-25 17:30', 'from closing, a whole day'],
    ['2026-11-27 16:30', 2, '2026-11-30 09:30', 'over a weekend'],
    ['2026-11-28 12:00', 1, '2026-11-30 09:30', 'from a Saturday'],
    ['2026-09-30 16:30', 2, '2026-10-08 09:30', 'over National Day week'],
    ['2026-10-03 10:00', 27, '2026-10-10 17:30', 'from within it, over the Saturday that is worked'],
    ['2026-10-09 16:30', 2, '2026-10-10 09:30', 'from Friday into a worked Saturday'],
    ['2026-10-10 16:30', 2, '2026-10-12 09:30', 'from a worked Saturday over its Sunday'],
    ['2026-02-13 16:30', 11, '2026-02-24 09:30', 'over Spring Festival and the Saturday before it'],
    ['2026-12-31 17:00', 1, '2027-01-01 09:00', 'over a year’s end nobody has announced holidays for'],
  ])('from %s, %s hours: %s, %s', (from, hours, until) => {
    expect(said(addWorkingTime(at(from), hours * hour, usualSettings))).toBe(until)
    expect(workingTimeBetween(at(from), at(until), usualSettings)).toBe(hours * hour)
  })

  it.each([
    ['2026-11-24 18:00', '2026-11-25 08:00', 0, 'a night has none'],
    ['2026-10-01 00:00', '2026-10-08 00:00', 0, 'National Day week has none'],
    ['2026-11-28 00:00', '2026-11-30 00:00', 0, 'a weekend has none'],
    ['2026-11-25 12:00', '2026-11-24 12:00', 0, 'backwards there is none'],
  ])('between %s and %s: %s hours, %s', (from, to, hours) => {
    expect(workingTimeBetween(at(from), at(to), usualSettings)).toBe(hours * hour)
  })

  it('that settings never have is an error, not an endless search', () => {
    const never = { ...usualSettings, hours: { ...usualSettings.hours, restDays: [0, 1, 2, 3, 4, 5, 6] } }
    expect(() => addWorkingTime(at('2026-11-24 09:00'), hour, never)).toThrow('no working hours')
  })
})

describe('a deadline', () => {
  it.each<[Category, Urgency, string, string, string, string]>([
    // category, urgency, reported, warned, due
    ['plumbing', 'urgent', '2026-11-24 22:00', '2026-11-25 01:12', '2026-11-25 02:00', 'around the clock, over midnight'],
    ['plumbing', 'urgent', '2026-10-01 22:00', '2026-10-02 01:12', '2026-10-02 02:00', 'around the clock in National Day week'],
    ['plumbing', 'normal', '2026-11-24 09:00', '2026-11-26 12:36', '2026-11-27 09:00', 'three working days'],
    ['plumbing', 'normal', '2026-11-26 10:30', '2026-11-30 14:06', '2026-12-01 10:30', 'three working days over a weekend'],
    ['plumbing', 'normal', '2026-09-30 10:30', '2026-10-09 14:06', '2026-10-10 10:30', 'three working days over National Day, the last a worked Saturday'],
    ['public_area', 'normal', '2026-11-24 09:00', '2026-11-25 14:24', '2026-11-26 09:00', 'two working days'],
    ['wall_floor', 'normal', '2026-11-24 09:00', '2026-11-30 09:00', '2026-12-01 09:00', 'five working days'],
    ['wall_floor', 'urgent', '2026-11-28 09:00', '2026-11-28 12:12', '2026-11-28 13:00', 'urgent is urgent whatever it is, on a Saturday too'],
  ])('%s, %s, reported %s: warned %s, due %s (%s)', (category, urgency, from, warned, due) => {
    const sla = startClock({ category, urgency }, at(from), usualSettings)
    expect([said(sla.warnAt!), said(sla.dueAt!)]).toEqual([warned, due])
  })

  it('comes from the first line of the settings that fits', () => {
    const settings = { ...usualSettings, deadlines: [{ category: 'other', urgency: 'normal' as const, minutes: 60, clock: 'around' as const }, ...usualSettings.deadlines] }
    expect(startClock({ category: 'other', urgency: 'normal' }, at('2026-11-24 09:00'), settings).minutes).toBe(60)
    expect(startClock({ category: 'plumbing', urgency: 'normal' }, at('2026-11-24 09:00'), settings).minutes).toBe(1_620)
  })

  it('is missed at its minute, and not while the clock stands still', () => {
    const sla = startClock({ category: 'plumbing', urgency: 'urgent' }, at('2026-11-24 09:00'), usualSettings)
    expect([isLate(sla, at('2026-11-24 12:59')), isLate(sla, at('2026-11-24 13:00'))]).toEqual([false, true])
    expect(isLate(stopClock(sla, at('2026-11-24 10:00'), usualSettings), at('2026-11-30 13:00'))).toBe(false)
    expect(isLate(null, at('2026-11-30 13:00'))).toBe(false)
  })
})

describe('a hold', () => {
  it.each<[Category, Urgency, string, string, string, string, string]>([
    // category, urgency, reported, held, resumed, due
    ['plumbing', 'urgent', '2026-11-24 09:00', '2026-11-24 10:00', '2026-11-26 00:00', '2026-11-26 03:00', 'what was left goes on around the clock'],
    ['plumbing', 'normal', '2026-11-24 09:00', '2026-11-24 10:00', '2026-11-30 00:00', '2026-12-02 16:30', 'what was left goes on in working hours'],
    ['plumbing', 'normal', '2026-11-24 09:00', '2026-11-24 20:00', '2026-11-25 00:00', '2026-11-27 09:00', 'a night on hold costs nothing'],
    ['plumbing', 'normal', '2026-09-30 10:30', '2026-10-02 12:00', '2026-10-06 00:00', '2026-10-10 10:30', 'days off on hold cost nothing'],
  ])('%s, %s, reported %s, held %s, resumed %s: due %s (%s)', (category, urgency, from, held, resumed, due) => {
    const stopped = stopClock(startClock({ category, urgency }, at(from), usualSettings), at(held), usualSettings)
    expect([stopped.dueAt, stopped.warnAt]).toEqual([null, null])
    expect(said(resumeClock(stopped, at(resumed), usualSettings).dueAt!)).toBe(due)
  })

  it('excuses nothing that was late before it', () => {
    const sla = startClock({ category: 'plumbing', urgency: 'urgent' }, at('2026-11-24 09:00'), usualSettings)
    const again = resumeClock(stopClock(sla, at('2026-11-24 15:00'), usualSettings), at('2026-11-26 00:00'), usualSettings)
    expect(isLate(again, at('2026-11-26 00:00'))).toBe(true)
  })

  it('of a clock that stands still, or an end of one that runs, changes nothing', () => {
    const sla = startClock({ category: 'plumbing', urgency: 'urgent' }, at('2026-11-24 09:00'), usualSettings)
    const stopped = stopClock(sla, at('2026-11-24 10:00'), usualSettings)
    expect(stopClock(stopped, at('2026-11-25 10:00'), usualSettings)).toBe(stopped)
    expect(resumeClock(sla, at('2026-11-25 10:00'), usualSettings)).toBe(sla)
  })
})
