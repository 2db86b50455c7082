import type { Slot } from '../../cloudfunctions/repairs/contract'
import type { Shift } from '../../cloudfunctions/repairs/duty'
import type { RepairOrder } from '../../cloudfunctions/repairs/repair'
import { reminderNotices, tellingOf } from '../../cloudfunctions/repairs/repair-notices'
import { usualSettings } from '../../cloudfunctions/repairs/settings'
import { startClock, stopClock, untilVisit } from '../../cloudfunctions/repairs/sla'
import { comingWindows, inWords, reminderOf } from '../../cloudfunctions/repairs/slot'
import { assignByDuty, leaveBehind, remind, wake } from '../../cloudfunctions/repairs/take'
import { comersFor, comersInstead, offersFor, seatHeld, seatsOf, visitedOf, visitsLeftAlone, type Roster } from '../../cloudfunctions/repairs/visit'
import { nextMoment } from '../../cloudfunctions/repairs/watch'
import { at, chen, doStep, lu, orderIn, refusal, submitted } from './orders'

const morning: Slot = { day: '2026-11-25', from: '08:30', to: '11:30' }
const afternoon: Slot = { day: '2026-11-25', from: '13:30', to: '17:30' }
const dayAfter: Slot = { day: '2026-11-26', from: '13:30', to: '17:30' }

const shift = (who: { memberId: string; name: string }, from: Date, to: Date, what: Partial<Shift> = {}): Shift =>
  ({ _id: `d-${who.memberId}-${from.getTime()}`, schema: 1, communityId: 'c-lihua', ...who, startsAt: from, endsAt: to, categories: null, buildings: null, ...what })
const daytime = (who: { memberId: string; name: string }, what: Partial<Shift> = {}, day = '2026-11-25') => shift(who, at('08:00', day), at('18:00', day), what)
const seat = (technicianId: string, slot: Slot, repairId = 'r-other') => ({ technicianId, repairId, ...slot })
const roster = (shifts: Shift[], ...seats: Roster['seats']): Roster => ({ shifts, seats })

const tap = { ...visitedOf(submitted()), repairId: null }
const now = at('12:00')

/** An order whose visit has been agreed on and has its seat. */
const agreedOn = (slot: Slot, order: RepairOrder = submitted({ slot, comers: [chen] })): RepairOrder => {
  const { visit } = order
  return visit ? { ...order, visit: { ...visit, seatId: seatsOf(visit.technicianId, slot, 1)[0]! } } : order
}
const assignedFor = (slot: Slot) => agreedOn(slot, doStep(agreedOn(slot), 'assign', 'he', at('09:10'), { technician: chen }))

describe('the hours of a visit', () => {
  it('are those of the coming seven days that have not begun', () => {
    const windows = comingWindows(usualSettings, now)
    expect(windows).toHaveLength(2 + 6 * 3)
    expect(windows[0]).toEqual({ day: '2026-11-24', from: '13:30', to: '17:30' })
    expect(windows.at(-1)).toEqual({ day: '2026-11-30', from: '17:30', to: '20:00' })
    expect(comingWindows(usualSettings, at('13:30'))[0]).toEqual({ day: '2026-11-24', from: '17:30', to: '20:00' })
  })

  it('are said as they stay true', () => {
    expect(inWords({ day: '2026-01-05', from: '08:30', to: '11:30' })).toBe('1月5日 08:30–11:30')
  })

  it.each<[string, Slot, Date, Date | null]>([
    ['two hours before', afternoon, now, at('11:30', '2026-11-25')],
    ['the evening before what begins before ten', morning, now, at('20:00')],
    ['two hours before what begins at ten', { ...morning, from: '10:00' }, now, at('08:00', '2026-11-25')],
    ['two hours before, when the evening has passed', morning, at('20:00'), at('06:30', '2026-11-25')],
    ['not at all, when it was agreed on within two hours', { ...afternoon, day: '2026-11-24' }, now, null],
  ])('are spoken of %s', (_, slot, agreedAt, expected) => {
    expect(reminderOf(slot, agreedAt)).toEqual(expected)
  })
})

describe('who could come', () => {
  const free = (shifts: Shift[], ...seats: Roster['seats']) =>
    offersFor(tap, roster(shifts, ...seats), usualSettings, now).slots.map(({ day, from, isFree }) => `${day} ${from} ${isFree ? 'free' : 'full'}`)

  it('is on duty during the whole window', () => {
    expect(free([daytime(chen)])).toEqual(['2026-11-25 08:30 free', '2026-11-25 13:30 free'])
    expect(free([shift(chen, at('08:31', '2026-11-25'), at('17:30', '2026-11-25'))])).toEqual(['2026-11-25 13:30 free'])
  })

  it('does that kind of work in that building', () => {
    expect(free([daytime(chen, { categories: ['electrical'] }), daytime(lu, { buildings: ['1'] })])).toEqual(free([]))
    expect(free([daytime(chen, { categories: ['plumbing'], buildings: ['3'] })])).toEqual(['2026-11-25 08:30 free', '2026-11-25 13:30 free'])
  })

  it('takes two visits a window, and more only where the community says so', () => {
    expect(free([daytime(chen)], seat('m-chen', morning))[0]).toBe('2026-11-25 08:30 free')
    expect(free([daytime(chen)], seat('m-chen', morning), seat('m-chen', morning))).toEqual(['2026-11-25 08:30 full', '2026-11-25 13:30 free'])
    expect(free([daytime(chen), daytime(lu)], seat('m-chen', morning), seat('m-chen', morning))[0]).toBe('2026-11-25 08:30 free')
    const two = roster([daytime(chen)], seat('m-chen', morning), seat('m-chen', morning))
    expect(offersFor(tap, two, { ...usualSettings, visitsEach: 3 }, now).slots[0]!.isFree).toBe(true)
  })

  it('is not free in hours that overlap a visit of other hours', () => {
    const other = { day: '2026-11-25', from: '11:00', to: '14:00' }
    expect(free([daytime(chen)], seat('m-chen', other), seat('m-chen', other))).toEqual(['2026-11-25 08:30 full', '2026-11-25 13:30 full'])
  })

  it('is not counted as taken by the order’s own visit', () => {
    const own = { ...tap, repairId: 'r1' }
    const seats = [seat('m-chen', morning, 'r1'), seat('m-chen', morning)]
    expect(offersFor(own, roster([daytime(chen)], ...seats), usualSettings, now).slots[0]!.isFree).toBe(true)
  })

  it('is only who has the order, whatever his shift is for; not who gave it back', () => {
    const assigned = { ...tap, assignee: chen }
    expect(offersFor(assigned, roster([daytime(chen, { categories: ['electrical'] }), daytime(lu, {}, '2026-11-26')]), usualSettings, now).slots.map(({ day }) => day)).toEqual(['2026-11-25', '2026-11-25'])
    expect(offersFor({ ...tap, returnedBy: ['m-chen'] }, roster([daytime(chen)]), usualSettings, now).areBooked).toBe(false)
  })

  it('is unknown where no roster says: every window is offered as a wish', () => {
    const { slots, areBooked } = offersFor(tap, roster([], seat('m-chen', morning), seat('m-chen', morning)), usualSettings, now)
    expect([areBooked, slots.length, slots.every(({ isFree }) => isFree)]).toEqual([false, 20, true])
    expect(comersFor(afternoon, tap, roster([]), usualSettings, now)).toBeNull()
  })

  it('is asked in the order of fitness: who knows the work, then who visits least', () => {
    const shifts = [daytime(chen), daytime(lu), daytime({ memberId: 'm-pipes', name: '管师傅' }, { categories: ['plumbing'] })]
    expect(comersFor(afternoon, tap, roster(shifts, seat('m-chen', morning)), usualSettings, now)!.map(({ memberId }) => memberId)).toEqual(['m-pipes', 'm-lu', 'm-chen'])
  })

  it.each<[string, Slot]>([
    ['are not offered', { day: '2026-11-25', from: '03:00', to: '04:00' }],
    ['have begun', { day: '2026-11-24', from: '08:30', to: '11:30' }],
    ['nobody is on duty for', { day: '2026-11-26', from: '08:30', to: '11:30' }],
    ['are full', afternoon],
  ])('cannot be asked for hours that %s', (_, slot) => {
    const full = roster([daytime(chen)], seat('m-chen', afternoon), seat('m-chen', afternoon))
    expect(refusal(() => comersFor(slot, tap, full, usualSettings, now))).toBe('INVALID_INPUT')
  })
})

describe('a visit and its order', () => {
  it('is agreed on with a report where a roster says who comes, and only wished for elsewhere', () => {
    expect(submitted({ slot: afternoon, comers: [chen, lu] })).toMatchObject({
      slot: afternoon, visit: { technicianId: 'm-chen', technicianName: '陈师傅', seatId: null, remindAt: at('11:30', '2026-11-25') },
    })
    expect(submitted({ slot: afternoon })).toMatchObject({ slot: afternoon, visit: null })
  })

  it('goes to whoever gets the order, and needs a seat of his', () => {
    const order = agreedOn(afternoon)
    expect(doStep(order, 'claim', 'lu', at('09:20')).visit).toEqual({ technicianId: 'm-lu', technicianName: '陆师傅', seatId: null, remindAt: at('11:30', '2026-11-25') })
    expect(doStep(order, 'assign', 'he', at('09:20'), { technician: chen }).visit).toEqual(order.visit)
    expect(doStep(assignedFor(afternoon), 'transfer', 'chen', at('09:20'), { technician: lu, note: '急单' }).visit).toMatchObject({ technicianId: 'm-lu', seatId: null })
    expect(assignByDuty(order, lu, at('09:20')).visit).toMatchObject({ technicianId: 'm-lu', seatId: null })
  })

  it('becomes a wish again when the order is given back, and is taken over by the next', () => {
    const returned = doStep(assignedFor(afternoon), 'return', 'chen', at('09:20'), { note: '不是我的工种' })
    expect(returned).toMatchObject({ slot: afternoon, visit: null })
    expect(doStep(returned, 'claim', 'lu', at('09:30')).visit).toMatchObject({ technicianId: 'm-lu', seatId: null, remindAt: at('11:30', '2026-11-25') })
  })

  it('is not taken over once its hours have begun, or work has', () => {
    expect(doStep(agreedOn(afternoon), 'claim', 'lu', at('13:30', '2026-11-25'))).toMatchObject({ slot: afternoon, visit: null })
    const started = doStep(assignedFor(afternoon), 'start', 'chen', at('10:00'))
    expect(seatHeld(started)).toBe('m-chen_2026-11-25_1330_1')
    expect(doStep(started, 'transfer', 'chen', at('10:30'), { technician: lu, note: '急单' })).toMatchObject({ slot: null, visit: null })
  })

  const left = (order: RepairOrder, comers = [lu], when = at('10:00')) => leaveBehind(order, comers, usualSettings, when)
  const heard = (order: RepairOrder) => tellingOf(order).notices.map(({ audience, body }) => [audience.to, body])
  it('of a technician who left goes to another with room; who has the order is for the desk to say', () => {
    for (const order of [agreedOn(afternoon), assignedFor(afternoon)]) {
      const after = left(order)
      expect(after).toMatchObject({ status: 'submitted', assignee: null, slot: afternoon, visit: { technicianId: 'm-lu', technicianName: '陆师傅', seatId: null } })
      expect(heard(after)).toEqual([
        ['house', '您的报修正在重新安排师傅，11月25日 13:30–17:30 由陆师傅上门'], ['member', '3号楼2单元501改约您 11月25日 13:30–17:30 上门：水龙头漏水'],
        ['staff', '3号楼2单元501的师傅已离职或调岗，请重新派单，11月25日 13:30–17:30 上门'],
      ])
    }
  })

  it('of a technician who left becomes a wish where nobody has room, also one whose hours have begun; the household hears that', () => {
    for (const after of [left(assignedFor(afternoon), []), left(assignedFor(afternoon), [lu], at('13:31', '2026-11-25'))]) {
      expect(after).toMatchObject({ status: 'submitted', slot: afternoon, visit: null })
      expect(heard(after)[0]).toEqual(['house', '您的报修正在重新安排师傅，上门时间需要重新确认'])
    }
  })

  it('of a technician who left while the order was on hold, or quoted, stays agreed on; one that took place does not', () => {
    const held = doStep(assignedFor(afternoon), 'hold', 'chen', at('09:30'), { note: '等配件', until: at('00:00', '2026-11-25') })
    const quoted = doStep(assignedFor(afternoon), 'quote', 'chen', at('09:30'), { lines: [{ name: '阀芯', priceFen: 100, quantity: 1 }] })
    for (const order of [held, quoted]) expect(left(order)).toMatchObject({ slot: afternoon, visit: { technicianId: 'm-lu' } })
    expect(left(doStep(assignedFor(afternoon), 'start', 'chen', at('09:30')))).toMatchObject({ slot: null, visit: null })
  })

  it('of a technician who left is offered to those with room on duty then, whatever hours are offered now', () => {
    const order = assignedFor(afternoon)
    const ids = (settings = usualSettings, ...seats: Roster['seats']) => comersInstead(order, roster([daytime(lu), daytime({ memberId: 'm-hu', name: '胡师傅' })], ...seats), settings, now).map(({ memberId }) => memberId)
    expect(ids()).toEqual(['m-hu', 'm-lu'])
    expect(ids({ ...usualSettings, visits: [{ from: '09:00', to: '10:00' }] })).toEqual(['m-hu', 'm-lu'])
    expect(ids(usualSettings, seat('m-hu', afternoon), seat('m-hu', { ...afternoon, from: '13:00' }))).toEqual(['m-lu'])
    expect(comersInstead(order, roster([daytime(lu)]), usualSettings, at('13:30', '2026-11-25'))).toEqual([])
  })

  it('does not take place when a pause goes past it, and stays when the pause ends before', () => {
    const paused = doStep(assignedFor(afternoon), 'hold', 'chen', at('09:30'), { note: '等配件', until: at('00:00', '2026-11-26') })
    expect(paused).toMatchObject({ slot: null, visit: null })
    expect(paused.timeline.at(-1)!.rescheduled).toEqual({ from: afternoon, to: null })
    const kept = doStep(assignedFor(afternoon), 'hold', 'chen', at('09:30'), { note: '等配件', until: at('00:00', '2026-11-25') })
    expect(kept).toMatchObject({ slot: afternoon, visit: { technicianId: 'm-chen' } })
    expect(kept.timeline.at(-1)).not.toHaveProperty('rescheduled')
  })

  it.each<[string, () => RepairOrder]>([
    ['finished', () => doStep(doStep(assignedFor(afternoon), 'start', 'chen', at('10:00')), 'complete', 'chen', at('11:00'), { note: '好了' })],
    ['cancelled', () => doStep(assignedFor(afternoon), 'cancel', 'wang', at('10:00'))],
    ['merged', () => doStep(agreedOn(afternoon), 'merge', 'he', at('10:00'), { into: { ...submitted(), _id: 'r2' } })],
  ])('holds no seat once the order is %s', (_, run) => {
    expect(seatHeld(run())).toBeNull()
  })

  it('of before is over when an order is reopened: another is to be agreed on', () => {
    const done = doStep(doStep(assignedFor(afternoon), 'start', 'chen', at('10:00')), 'complete', 'chen', at('11:00'), { note: '好了' })
    expect(doStep(done, 'reopen', 'wang', at('12:00'), { note: '又漏了' })).toMatchObject({ slot: null, visit: null })
  })
})

describe('another hour', () => {
  it('can be chosen by the household, the desk and who has the order; the timeline keeps both', () => {
    for (const who of ['wang', 'li', 'he', 'zhou', 'chen']) {
      const moved = doStep(assignedFor(afternoon), 'reschedule', who, at('10:00'), { slot: dayAfter, comers: [chen] })
      expect(moved).toMatchObject({ slot: dayAfter, visit: { technicianId: 'm-chen', seatId: null, remindAt: at('11:30', '2026-11-26') } })
      expect(moved.timeline.at(-1)).toMatchObject({ step: 'reschedule', rescheduled: { from: afternoon, to: dayAfter } })
    }
  })

  it.each([['zhao', 'NOT_FOUND'], ['stranger', 'NOT_FOUND'], ['lu', 'NOT_FOUND'], ['qian', 'NOT_FOUND'], ['sun', 'NOT_FOUND']])('cannot be chosen by %s: %s', (who, code) => {
    expect(refusal(() => doStep(assignedFor(afternoon), 'reschedule', who, at('10:00'), { slot: dayAfter, comers: [chen] }))).toBe(code)
  })

  it('that is the same is none', () => {
    expect(refusal(() => doStep(assignedFor(afternoon), 'reschedule', 'wang', at('10:00'), { slot: afternoon, comers: [chen] }))).toBe('REPAIR_SAME_VISIT')
    expect(refusal(() => doStep(submitted({ slot: afternoon }), 'reschedule', 'wang', at('10:00'), { slot: afternoon, comers: null }))).toBe('REPAIR_SAME_VISIT')
  })

  it('of a household without a roster is a wish until the staff say so', () => {
    const wished = doStep(assignedFor(afternoon), 'reschedule', 'wang', at('10:00'), { slot: dayAfter, comers: null })
    expect(wished).toMatchObject({ slot: dayAfter, visit: null })
    const settled = doStep(wished, 'reschedule', 'chen', at('10:05'), { slot: dayAfter, comers: null })
    expect(settled).toMatchObject({ slot: dayAfter, visit: { technicianId: 'm-chen', seatId: null } })
    expect(settled.timeline.at(-1)).not.toHaveProperty('rescheduled')
    expect(tellingOf(settled).notices[0]!.body).toBe('上门时间已确认：11月26日 13:30–17:30，不方便可以再改')
  })

  it('cannot be agreed on with somebody who meanwhile lost the order', () => {
    expect(refusal(() => doStep(assignedFor(afternoon), 'reschedule', 'wang', at('10:00'), { slot: dayAfter, comers: [lu] }))).toBe('REPAIR_CHANGED_HANDS')
  })

  const bodies = (order: RepairOrder) => tellingOf(order).notices.map(({ audience, body }) => [audience.to, body])
  it('is told to the other side', () => {
    expect(bodies(doStep(assignedFor(afternoon), 'reschedule', 'wang', at('10:00'), { slot: dayAfter, comers: [chen] }))).toEqual([
      ['member', '3号楼2单元501的上门时间改到 11月26日 13:30–17:30（原 11月25日 13:30–17:30）'],
    ])
    expect(bodies(doStep(assignedFor(afternoon), 'reschedule', 'chen', at('10:00'), { slot: dayAfter, comers: [chen], note: '配件明天才到' }))).toEqual([
      ['house', '上门时间改到 11月26日 13:30–17:30（原 11月25日 13:30–17:30）：配件明天才到，不方便可以再改'],
    ])
    expect(bodies(doStep(agreedOn(afternoon), 'reschedule', 'wang', at('10:00'), { slot: dayAfter, comers: [lu] })).map(([to]) => to)).toEqual(['member', 'staff'])
    expect(bodies(doStep(assignedFor(afternoon), 'reschedule', 'wang', at('10:00'), { slot: dayAfter, comers: null }))).toEqual([
      ['member', '3号楼2单元501的住户希望上门时间改到 11月26日 13:30–17:30（原 11月25日 13:30–17:30），请与住户确认'],
    ])
  })

  it('is told to who agreed to come when the order is cancelled before anybody has it', () => {
    expect(bodies(doStep(agreedOn(afternoon), 'cancel', 'wang', at('10:00')))).toContainEqual(['member', '3号楼2单元501的报修已取消，不用上门了'])
  })
})

describe('the deadline of an order with a visit', () => {
  const usual = startClock({ category: 'plumbing', urgency: 'normal' }, { from: at('09:00'), pauses: [] }, usualSettings)

  it.each<[string, Slot, Date, Date]>([
    ['stays when the visit ends before', afternoon, usual.warnAt!, usual.dueAt!],
    ['is the end of a later one, and warned of as it begins', { day: '2026-11-30', from: '13:30', to: '17:30' }, at('13:30', '2026-11-30'), at('17:30', '2026-11-30')],
    ['reaches the very end of an evening', { day: '2026-11-27', from: '17:30', to: '20:00' }, at('17:30', '2026-11-27'), at('20:00', '2026-11-27')],
  ])('%s', (_, slot, warnAt, dueAt) => {
    expect(submitted({ slot, comers: [chen] }).sla).toMatchObject({ warnAt, dueAt })
  })

  it('of a clock that stands still is left alone', () => {
    const stopped = stopClock(usual)
    expect(untilVisit(stopped, { from: at('08:30', '2026-11-30'), to: at('11:30', '2026-11-30') })).toEqual(stopped)
  })

  it('follows a visit that is moved later and back, and the urgency', () => {
    const slot = { day: '2026-11-30', from: '13:30', to: '17:30' }
    const later = doStep(assignedFor(afternoon), 'reschedule', 'wang', at('10:00'), { slot, comers: [chen] })
    expect(later.sla!.dueAt).toEqual(at('17:30', '2026-11-30'))
    expect(doStep(later, 'reschedule', 'wang', at('10:05'), { slot: dayAfter, comers: [chen] }).sla).toEqual(usual)
    expect(doStep(assignedFor(afternoon), 'prioritize', 'wang', at('10:00'), { urgency: 'urgent' }).sla!.dueAt).toEqual(at('17:30', '2026-11-25'))
  })
})

describe('a clock that begins again', () => {
  const hold = (order: RepairOrder, from: Date, until: Date) => doStep(order, 'hold', 'chen', from, { note: '等配件', until })

  it('after a hold has what was left of the rule’s time, also where a visit that fell away had made it longer', () => {
    const order = doStep(assignedFor(afternoon), 'reschedule', 'wang', at('10:00'), { slot: { day: '2026-11-30', from: '13:30', to: '17:30' }, comers: [chen] })
    // Two and a half of its three working days have passed; the visit of Monday falls into the pause.
    const resumed = wake(hold(order, at('13:00', '2026-11-26'), at('00:00', '2026-12-02')), usualSettings, at('00:00', '2026-12-02'))
    expect(resumed).toMatchObject({ slot: null, sla: { dueAt: at('13:30', '2026-12-02'), warnedAt: null, escalatedAt: null } })
  })

  it('made urgent after a hold counts from the report, without the hold; after a reopening from then', () => {
    const woken = wake(hold(orderIn('assigned'), at('10:00'), at('00:00', '2026-11-25')), usualSettings, at('00:00', '2026-11-25'))
    expect(doStep(woken, 'prioritize', 'he', at('00:30', '2026-11-25'), { urgency: 'urgent' }).sla!.dueAt).toEqual(at('03:00', '2026-11-25'))
    const again = doStep(orderIn('completed'), 'reopen', 'wang', at('11:00', '2026-11-27'), { note: '又漏了' })
    expect(doStep(again, 'prioritize', 'he', at('11:30', '2026-11-27'), { urgency: 'urgent' }).sla!.dueAt).toEqual(at('15:00', '2026-11-27'))
  })
})

describe('the reminder', () => {
  const due = (order: RepairOrder, when: Date) => {
    const moment = nextMoment(order, usualSettings, when)
    return moment && moment.act === remind ? moment.at : null
  }

  it('falls due once, for an order that nobody has yet as well', () => {
    expect(due(assignedFor(afternoon), at('10:00'))).toEqual(at('11:30', '2026-11-25'))
    expect(due(remind(assignedFor(afternoon)), at('11:30', '2026-11-25'))).toBeNull()
    expect(remind(assignedFor(afternoon)).version).toBe(assignedFor(afternoon).version + 1)
  })

  it('is told to the household and the technician, and not once the visit has begun', () => {
    const { tells, act } = nextMoment(assignedFor(afternoon), usualSettings, at('10:00'))!
    const told = (when: Date) => tells!(act(assignedFor(afternoon), when), when).map(({ audience, body }) => [audience.to, body])
    expect(told(at('11:31', '2026-11-25'))).toEqual([
      ['house', '陈师傅 11月25日 13:30–17:30 上门维修，请留人在家；不方便请改约'], ['member', '11月25日 13:30–17:30 到3号楼2单元501上门：水龙头漏水'],
    ])
    expect(told(at('13:30', '2026-11-25'))).toEqual([])
    expect(reminderNotices(submitted({ slot: afternoon }), now)).toEqual([])
  })

  it('is armed anew by another hour, by who takes a wish over, and by nothing else', () => {
    const reminded = remind(assignedFor(afternoon))
    const watched = (order: RepairOrder, after: RepairOrder) => after.watchId !== order.watchId
    const moved = doStep(reminded, 'reschedule', 'wang', at('11:40', '2026-11-25'), { slot: dayAfter, comers: [chen] })
    expect([due(moved, at('11:40', '2026-11-25')), watched(reminded, moved)]).toEqual([at('11:30', '2026-11-26'), true])
    const handed = doStep(reminded, 'assign', 'he', at('11:40', '2026-11-25'), { technician: lu })
    expect([handed.visit!.remindAt, watched(reminded, handed)]).toEqual([null, false])
    const wish = submitted({ slot: afternoon })
    expect(watched(wish, doStep(wish, 'claim', 'chen', at('09:10')))).toBe(true)
    expect(watched(orderIn('submitted'), doStep(orderIn('submitted'), 'claim', 'chen', at('09:10')))).toBe(false)
  })

  it('is none once the work has begun, or the order is cancelled', () => {
    expect(due(doStep(assignedFor(afternoon), 'start', 'chen', at('10:00')), at('10:00'))).toBeNull()
    expect(due(doStep(assignedFor(afternoon), 'cancel', 'wang', at('10:00')), at('10:00'))).toBeNull()
  })
})

describe('a shift with visits in it', () => {
  const [whole, other] = [daytime(chen), shift(chen, at('13:00', '2026-11-25'), at('18:00', '2026-11-25'))]
  const visits = [seat('m-chen', morning), seat('m-chen', afternoon), seat('m-chen', dayAfter)]

  it.each<[string, Shift[], Date, number]>([
    ['counts those in its hours', [whole], now, 2],
    ['not those that another of his shifts covers', [whole, other], now, 1],
    ['whatever his colleagues’ shifts are', [whole, daytime(lu)], now, 2],
    ['not those that have begun', [whole], at('09:00', '2026-11-25'), 1],
  ])('%s', (_, shifts, when, count) => {
    expect(visitsLeftAlone(whole, shifts, visits, when)).toBe(count)
  })
})
