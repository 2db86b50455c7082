import type { Category, Urgency } from '../../cloudfunctions/repairs/contract'
import { addWorkingTime, isLate, isWorkingDay, moveVisit, resumeClock, startClock, stopClock, workingTimeBetween } from '../../cloudfunctions/repairs/sla'
import { usualSettings } from '../../cloudfunctions/repairs/settings'

/** Shanghai time. Working hours are 08:30 to 17:30, Monday to Friday: nine hours a day. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`)
const hour = 3_600_000
/** A clock that nothing stops. */
const from = (text: string) => ({ from: at(text), pauses: [] })
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
  ])('%s, %s, reported %s: warned %s, due %s (%s)', (category, urgency, reported, warned, due) => {
    const sla = startClock({ category, urgency }, { from: at(reported), pauses: [] }, usualSettings)
    expect([said(sla.warnAt!), said(sla.dueAt!)]).toEqual([warned, due])
  })

  it('comes from the first line of the settings that fits', () => {
    const settings = { ...usualSettings, deadlines: [{ category: 'other', urgency: 'normal' as const, minutes: 60, clock: 'around' as const }, ...usualSettings.deadlines] }
    expect(startClock({ category: 'other', urgency: 'normal' }, from('2026-11-24 09:00'), settings).minutes).toBe(60)
    expect(startClock({ category: 'plumbing', urgency: 'normal' }, from('2026-11-24 09:00'), settings).minutes).toBe(1_620)
  })

  it('is missed at its minute, and not while the clock stands still', () => {
    const sla = startClock({ category: 'plumbing', urgency: 'urgent' }, from('2026-11-24 09:00'), usualSettings)
    expect([isLate(sla, at('2026-11-24 12:59')), isLate(sla, at('2026-11-24 13:00'))]).toEqual([false, true])
    expect(isLate(stopClock(sla), at('2026-11-30 13:00'))).toBe(false)
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
  ])('%s, %s, reported %s, held %s, resumed %s: due %s (%s)', (category, urgency, reported, held, resumed, due) => {
    const stopped = stopClock(startClock({ category, urgency }, from(reported), usualSettings))
    expect([stopped.dueAt, stopped.warnAt]).toEqual([null, null])
    const course = { from: at(reported), pauses: [{ from: at(held), to: at(resumed) }] }
    expect(said(resumeClock(stopped, course, usualSettings).dueAt!)).toBe(due)
  })

  it('after a hold stops the clock anew, and what counts is the sum of what ran', () => {
    const pauses = [{ from: at('2026-11-24 10:00'), to: at('2026-11-25 00:00') }, { from: at('2026-11-25 02:00'), to: at('2026-11-26 00:00') }]
    const sla = startClock({ category: 'plumbing', urgency: 'urgent' }, { from: at('2026-11-24 09:00'), pauses }, usualSettings)
    // Three of four hours ran before the second hold; the warning comes after three hours and twelve minutes.
    expect([said(sla.warnAt!), said(sla.dueAt!)]).toEqual(['2026-11-26 00:12', '2026-11-26 01:00'])
  })

  it('excuses nothing that was late before it, to the minute', () => {
    const again = (held: string) => startClock({ category: 'plumbing', urgency: 'urgent' }, { from: at('2026-11-24 09:00'), pauses: [{ from: at(held), to: at('2026-11-26 00:00') }] }, usualSettings)
    expect(said(again('2026-11-24 15:00').dueAt!)).toBe('2026-11-24 13:00')
    expect(said(again('2026-11-24 13:00').dueAt!)).toBe('2026-11-24 13:00')
    expect(said(again('2026-11-24 12:59').dueAt!)).toBe('2026-11-26 00:01')
    expect(isLate(again('2026-11-24 15:00'), at('2026-11-26 00:00'))).toBe(true)
  })

  it('begins a clock of which nothing has been said', () => {
    const told = { ...startClock({ category: 'plumbing', urgency: 'urgent' }, from('2026-11-24 09:00'), usualSettings), warnedAt: at('2026-11-24 12:12'), escalatedAt: at('2026-11-24 13:00') }
    const course = { from: at('2026-11-24 09:00'), pauses: [{ from: at('2026-11-24 15:00'), to: at('2026-11-26 00:00') }] }
    expect(resumeClock(stopClock(told), course, usualSettings)).toMatchObject({ warnedAt: null, escalatedAt: null })
  })
})

describe('a visit', () => {
  const span = (day: string, begin: string, end: string) => ({ from: at(`${day} ${begin}`), to: at(`${day} ${end}`) })
  const friday = span('2026-11-27', '17:30', '20:00')
  const monday = span('2026-11-30', '13:30', '17:30')
  const held = { from: at('2026-11-24 10:00'), to: at('2026-11-25 10:00') }

  it.each<[string, { from: Date; pauses: { from: Date; to: Date }[] }, ReturnType<typeof span>[], string, string]>([
    // what happens, the clock's course, visits one after the other, warned, due
    ['that ends before the rule’s deadline leaves it', from('2026-11-24 09:00'), [span('2026-11-25', '08:30', '11:30')], '2026-11-26 12:36', '2026-11-27 09:00'],
    ['that ends after it is the deadline, warned of as it begins', from('2026-11-24 09:00'), [monday], '2026-11-30 13:30', '2026-11-30 17:30'],
    ['moved later takes the deadline along', from('2026-11-24 09:00'), [friday, monday], '2026-11-30 13:30', '2026-11-30 17:30'],
    ['moved earlier brings it back to the visit’s end', from('2026-11-24 09:00'), [monday, friday], '2026-11-27 17:30', '2026-11-27 20:00'],
    ['moved to before the rule’s own deadline brings that back, and no earlier one', from('2026-11-24 09:00'), [monday, span('2026-11-25', '08:30', '11:30')], '2026-11-26 12:36', '2026-11-27 09:00'],
    ['moved earlier after a hold finds the rule’s deadline as late as the hold made it', { from: at('2026-11-24 09:00'), pauses: [held] }, [monday, friday], '2026-11-27 12:36', '2026-11-30 09:00'],
    ['moved earlier after two holds', { from: at('2026-11-24 09:00'), pauses: [held, { from: at('2026-11-26 08:30'), to: at('2026-11-26 17:30') }] }, [monday, friday], '2026-11-30 12:36', '2026-12-01 09:00'],
  ])('%s', (_, course, visits, warned, due) => {
    const first = startClock({ category: 'plumbing', urgency: 'normal' }, course, usualSettings)
    const sla = visits.reduce((clock, visit) => moveVisit(clock, course, visit, usualSettings), first)
    expect([said(sla.warnAt!), said(sla.dueAt!)]).toEqual([warned, due])
  })

  it('moved later takes back what was said of the earlier deadline; moved earlier, what was said stays said', () => {
    const course = from('2026-11-24 09:00')
    const told = { ...startClock({ category: 'plumbing', urgency: 'normal' }, course, usualSettings), warnedAt: at('2026-11-26 12:36'), escalatedAt: at('2026-11-27 09:00') }
    expect(moveVisit(told, course, monday, usualSettings)).toMatchObject({ warnedAt: null, escalatedAt: null })
    expect(moveVisit(told, course, span('2026-11-27', '08:00', '09:00'), usualSettings)).toEqual(told)
    const toldOfMonday = { ...moveVisit(told, course, monday, usualSettings), warnedAt: at('2026-11-30 13:30'), escalatedAt: at('2026-11-30 17:30') }
    expect(moveVisit(toldOfMonday, course, friday, usualSettings)).toMatchObject({ dueAt: friday.to, warnedAt: at('2026-11-30 13:30'), escalatedAt: at('2026-11-30 17:30') })
  })
})
