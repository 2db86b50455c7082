import type { Slot } from '../../cloudfunctions/repairs/contract'
import { memberNamed, residencyOf } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'
import { broken, codeOf, ordersOf } from './working-village'

/** More hours than any test needs: each takes its own. */
const hourly = Array.from({ length: 12 }, (_, i) => ({ from: `${String(8 + i).padStart(2, '0')}:00`, to: `${String(9 + i).padStart(2, '0')}:00` }))

let village: Village
let orders: ReturnType<typeof ordersOf>
beforeAll(async () => {
  village = await openVillage()
  orders = ordersOf(village)
  agreedBefore = await village.documents('visit_seats')
  await village.alter('configurations', 'c-lihua', { repairs: { visits: hourly } })
  const [chen] = (await village.documents('members')).filter(({ _id }) => _id === 'm-chen')
  await village.store('members', { ...chen, _id: 'm-lu', openid: 'o-lu', name: '陆师傅' })
})
afterAll(() => village.close())
afterEach(() => village.post('/control/clock', { now: null }))

const hoursFrom = (instant: Date, hours: number) => new Date(instant.getTime() + hours * 3_600_000)
const beginOf = ({ day, from }: Slot) => new Date(`${day}T${from}:00+08:00`)
const offered = async (who = 'wang', input: object = { houseId: 'h-3-2-501', category: 'plumbing' }) =>
  village.as(who).get('repairs', 'visits', input as never)
/** Hours that nobody has yet, later than tomorrow: what a test does to them stays its own. */
const used = new Set<string>()
/** The village has visits of its own. */
let agreedBefore: Record<string, unknown>[]
const isUntouched = ({ day, from, to }: Slot) => !agreedBefore.some((seat) => seat.day === day && String(seat.from) < to && String(seat.to) > from)
const nextSlot = async (from = '08:00'): Promise<Slot> => {
  const { slots } = await offered()
  const slot = slots.find((each) => each.isFree && each.day > slots[0]!.day && each.from >= from && isUntouched(each) && !used.has(each.day + each.from))!
  used.add(slot.day + slot.from)
  return { day: slot.day, from: slot.from, to: slot.to }
}
const isFree = async (slot: Slot, input?: object) => (await offered('wang', input)).slots.find(({ day, from }) => day === slot.day && from === slot.from)?.isFree
const seats = async () => village.documents('visit_seats')
const seatsFor = async (repairId: string) => (await seats()).filter((seat) => seat.repairId === repairId).map(({ _id }) => _id)
const idOf = ({ day, from }: Slot, seat: number, who = 'chen') => `m-${who}_${day}_${from.replace(':', '')}_${seat}`
const eventsOf = async (who: string, repairId: string) => (await village.as(who).get('repairs', 'get', { repairId })).repair.timeline.map(({ step, rescheduled }) => ({ step, rescheduled }))
const inboxOf = async (who: string, repairId: string, title: string) =>
  (await village.documents('inbox')).filter((row) => row.memberId === `m-${who}` && row.title === title && String(row.page).endsWith(repairId))
describe('repairs.visits', () => {
  it('a resident can see which hours are free in the coming days, and whose are full', async () => {
    const slot = await nextSlot()
    expect(await offered()).toMatchObject({ areBooked: true })
    const first = await orders.report({ slot })
    expect(await isFree(slot)).toBe(true)
    const second = await orders.report({ slot })
    expect(await isFree(slot)).toBe(false)
    expect(await orders.tryAs('wang', 'create', { ...broken, slot })).toBe('INVALID_INPUT')
    expect([await seatsFor(first), await seatsFor(second)]).toEqual([[idOf(slot, 1)], [idOf(slot, 2)]])
    // A visit does not stand in the way of its own order.
    expect(await isFree(slot, { repairId: first })).toBe(true)
  })

  it('the desk can see them for somebody who calls, and a technician those of his own orders', async () => {
    expect((await offered('zhou', { category: 'plumbing', building: '1' })).slots.length).toBeGreaterThan(0)
    const repairId = await orders.assigned()
    expect((await offered('chen', { repairId })).areBooked).toBe(true)
  })

  it('a community without a roster can only offer wishes, and says so', async () => {
    const shifts = await village.documents('duty_shifts')
    for (const { _id } of shifts) await village.alter('duty_shifts', String(_id), { communityId: 'c-none' })
    const { slots, areBooked } = await offered()
    expect([areBooked, slots.length >= 6 * 12, slots.every((slot) => slot.isFree)]).toEqual([false, true, true])
    const { day, from, to } = slots.at(-1)!
    const repairId = await orders.report({ slot: { day, from, to } })
    expect(await orders.stored(repairId)).toMatchObject({ slot: { day, from, to }, visit: null })
    expect(await seatsFor(repairId)).toEqual([])
    expect((await village.as('wang').get('repairs', 'get', { repairId })).repair).toMatchObject({ slot: { day, from, to }, visit: null })
    // Who takes the order takes the hours with it.
    await orders.must('chen', 'claim', { repairId })
    expect(await seatsFor(repairId)).toEqual([idOf({ day, from, to }, 1)])
    for (const { _id } of shifts) await village.alter('duty_shifts', String(_id), { communityId: 'c-lihua' })
  })

  it('a technician who left cannot be visited by, though his shifts are still there', async () => {
    await village.alter('members', 'm-chen', { postKeys: [] })
    expect((await offered()).areBooked).toBe(false)
    await village.alter('members', 'm-chen', { postKeys: ['c-lihua/technician'] })
  })

  it('a resident cannot see those of another household’s order, nor a technician those of nobody’s', async () => {
    const repairId = await orders.report()
    expect(await orders.tryAs('zhao', 'visits', { repairId, requestId: undefined })).toBe('NOT_FOUND')
    expect(await codeOf(village.as('wang').call('repairs', 'visits', { houseId: 'h-1-1-201' }))).toBe('NOT_FOUND')
    expect(await codeOf(village.as('chen').call('repairs', 'visits', {}))).toBe('NOT_FOUND')
  })

  it('a resident cannot name somebody else’s house beside an order of their own, and get an answer', async () => {
    const repairId = await orders.report()
    expect(await codeOf(village.as('wang').call('repairs', 'visits', { repairId, houseId: 'h-1-1-201' }))).toBe('INVALID_INPUT')
  })

  it.each(['qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'visits', { category: 'other' }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'visits', { category: 'other' }))).toBe('FORBIDDEN')
  })
})

describe('a seat', () => {
  it('is taken by the report that asked for it, once, however often it is sent', async () => {
    const slot = await nextSlot()
    const input = { ...broken, slot, requestId: newRequest() }
    const answers = await Promise.all([1, 2, 3].map(() => village.as('wang').call('repairs', 'create', input)))
    const { repairId } = await village.as('wang').get('repairs', 'create', input)
    for (const answer of answers) expect(answer).toMatchObject({ ok: true, data: { repairId } })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1)])
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', visit: { technicianId: 'm-chen', seatId: idOf(slot, 1) } })
  })

  it('that was the last is answered with its order again, though nothing is free any more', async () => {
    const slot = await nextSlot()
    await orders.report({ slot })
    const input = { ...broken, slot, requestId: newRequest() }
    const { repairId } = await village.as('wang').get('repairs', 'create', input)
    expect(await village.as('wang').get('repairs', 'create', input)).toEqual({ repairId })
  })

  it('cannot be held by two: of a hundred who want the last one, one gets it, and the others are told to choose another', async () => {
    const slot = await nextSlot()
    await orders.report({ slot })
    const answers = await Promise.all(Array.from({ length: 100 }, () => village.as('wang').call('repairs', 'create', { ...broken, slot, requestId: newRequest() })))
    const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]))
    expect(answers.length - refused.length).toBe(1)
    expect(new Set(refused.map(({ code, message }) => `${code} ${message}`))).toEqual(new Set(['INVALID_INPUT 这个时间刚刚约满，请另选一个']))
    const inHours = (await seats()).filter(({ day, from }) => day === slot.day && from === slot.from)
    expect(inHours.map(({ _id }) => _id).sort()).toEqual([idOf(slot, 1), idOf(slot, 2)])
    const booked = (await village.documents('repairs')).filter(({ visit }) => (visit as { seatId: string } | null)?.seatId.startsWith(idOf(slot, 1).slice(0, -1)))
    expect(booked).toHaveLength(2)
  }, 60_000)

  it('is told to the technician who comes, once and in words of his own, and shown to both', async () => {
    const slot = await nextSlot()
    const repairId = await orders.report({ slot })
    await village.tick()
    expect(await inboxOf('chen', repairId, '新的报修待处理')).toEqual([
      expect.objectContaining({ body: expect.stringMatching(/^3号楼2单元501约您 \d+月\d+日 \d\d:00–\d\d:00 上门：水龙头漏水$/) }),
    ])
    expect(await inboxOf('lu', repairId, '新的报修待处理')).toHaveLength(1)
    for (const who of ['wang', 'chen', 'he']) expect((await village.as(who).get('repairs', 'get', { repairId })).repair).toMatchObject({ slot, visit: { technicianName: '陈师傅' } })
  })

  it('follows the order from hand to hand, and is free again once it is given back or ended', async () => {
    const slot = await nextSlot()
    const repairId = await orders.report({ slot })
    await orders.must('he', 'assign', { repairId, technicianId: 'm-lu' })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1, 'lu')])
    await orders.must('zhou', 'assign', { repairId, technicianId: 'm-chen' })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1)])
    await orders.must('chen', 'return', { repairId, note: '不是我的工种' })
    expect(await seatsFor(repairId)).toEqual([])
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', slot, visit: null })
    await orders.must('chen', 'claim', { repairId })
    await orders.must('chen', 'transfer', { repairId, technicianId: 'm-lu', note: '有急单' })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1, 'lu')])
    await orders.must('wang', 'cancel', { repairId })
    expect(await seatsFor(repairId)).toEqual([])
  })

  it.each<[string, (repairId: string) => Promise<unknown>]>([
    ['finished', async (repairId) => {
      await orders.must('chen', 'claim', { repairId })
      await orders.must('chen', 'start', { repairId })
      await orders.must('chen', 'complete', { repairId, note: '好了', photos: [] })
    }],
    ['merged', async (repairId) => orders.must('he', 'merge', { repairId, intoId: await orders.report() })],
    ['put on hold past it', async (repairId) => {
      await orders.must('chen', 'claim', { repairId })
      await orders.must('chen', 'hold', { repairId, note: '等配件', until: hoursFrom(new Date(), 30 * 24).toISOString().slice(0, 10) })
    }],
  ])('is free once the order is %s', async (_, end) => {
    const slot = await nextSlot()
    const repairId = await orders.report({ slot })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1)])
    await end(repairId)
    expect(await seatsFor(repairId)).toEqual([])
  })

  it('that its technician has not got keeps the order from him, in words that help', async () => {
    const slot = await nextSlot()
    const [a, b] = [await orders.report({ slot }), await orders.report({ slot })]
    await orders.must('he', 'assign', { repairId: a, technicianId: 'm-lu' })
    await orders.must('he', 'assign', { repairId: b, technicianId: 'm-lu' })
    const repairId = await orders.report({ slot })
    const answer = await village.as('he').call('repairs', 'assign', { repairId, requestId: newRequest(), technicianId: 'm-lu' })
    expect(answer).toMatchObject({ error: { code: 'CONFLICT', reason: 'VISIT_TAKEN', message: expect.stringMatching(/^陆师傅 \d+月\d+日 [\d:–]+ 已约满 2 户，请先改约上门时间，或换一位师傅$/) } })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', visit: { technicianId: 'm-chen' } })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1)])
  })

  it('of hours that are offered no more counts where they overlap: nobody is agreed on for more than he has room for', async () => {
    const slot = await nextSlot('10:00')
    const half = `${slot.from.slice(0, 2)}:30`
    const [a, b] = [await orders.report({ slot }), await orders.report({ slot })]
    // Of old hours, and wished for by a third household.
    const old = { day: slot.day, from: half, to: `${Number(half.slice(0, 2)) + 1}:30` }
    const wish = await orders.report()
    await village.alter('repairs', wish, { slot: old })
    expect(await village.as('he').call('repairs', 'assign', { repairId: wish, requestId: newRequest(), technicianId: 'm-chen' })).toMatchObject({ error: { reason: 'VISIT_TAKEN' } })
    expect(await orders.tryAs('chen', 'claim', { repairId: wish })).toBe('VISIT_TAKEN')
    await orders.must('he', 'assign', { repairId: wish, technicianId: 'm-lu' })
    expect(await seatsFor(wish)).toEqual([`m-lu_${old.day}_${half.replace(':', '')}_1`])
    await orders.must('wang', 'cancel', { repairId: a })
    await orders.must('he', 'assign', { repairId: wish, technicianId: 'm-chen' })
    expect([await seatsFor(wish), await seatsFor(b)]).toEqual([[`m-chen_${old.day}_${half.replace(':', '')}_1`], [idOf(slot, 2)]])
    expect(await isFree(slot)).toBe(false)
  })

  it.each([1, 2, 3])('is given to one of two who want hours that overlap, in the same moment (%d)', async () => {
    const slot = await nextSlot('10:00')
    await orders.report({ slot })
    const [first, second] = [await orders.report(), await orders.report()]
    const half = `${slot.from.slice(0, 2)}:30`
    await village.alter('repairs', first, { slot })
    await village.alter('repairs', second, { slot: { day: slot.day, from: half, to: `${Number(half.slice(0, 2)) + 1}:30` } })
    const codes = await Promise.all([first, second].map((repairId) => orders.tryAs('he', 'assign', { repairId, technicianId: 'm-chen' })))
    expect(codes.sort()).toEqual(['OK', 'VISIT_TAKEN'])
    expect([...(await seatsFor(first)), ...(await seatsFor(second))]).toHaveLength(1)
  })

  it('decides whom an order goes to when the desk leaves it open: who agreed to come', async () => {
    const slot = await nextSlot()
    const repairId = await orders.report({ slot })
    await orders.must('zhou', 'assign', { repairId })
    expect(await orders.stored(repairId)).toMatchObject({ assignee: { memberId: 'm-chen' }, visit: { seatId: idOf(slot, 1) } })
  })

  it('given to another tells who had agreed to come that he need not; who hands it on himself knows', async () => {
    const repairId = await orders.report({ slot: await nextSlot() })
    await orders.must('he', 'assign', { repairId, technicianId: 'm-lu' })
    const passedOn = await orders.report({ slot: await nextSlot() })
    await orders.must('chen', 'claim', { repairId: passedOn })
    await orders.must('chen', 'transfer', { repairId: passedOn, technicianId: 'm-lu', note: '急单' })
    await village.tick()
    const heard = (await village.documents('inbox')).filter(({ memberId, body }) => memberId === 'm-chen' && /不用去了/.test(String(body)))
    const told = (id: string) => heard.filter(({ page }) => String(page).includes(id)).map(({ body }) => body)
    expect(told(repairId)).toEqual(['3号楼2单元501的报修已改由别的师傅处理，您不用去了'])
    expect(told(passedOn)).toEqual([])
  })

  it('is kept by whoever gets it automatically', async () => {
    const other = await openVillage()
    await other.alter('configurations', 'c-lihua', { repairs: { dispatch: 'auto' } })
    const { slots } = await other.as('wang').get('repairs', 'visits', { houseId: 'h-3-2-501', category: 'plumbing' })
    const { day, from, to } = slots.at(-1)!
    const repairId = await ordersOf(other).report({ slot: { day, from, to } })
    await other.tick()
    expect(await ordersOf(other).stored(repairId)).toMatchObject({ status: 'assigned', assignee: { memberId: 'm-chen' }, visit: { seatId: `m-chen_${day}_${from.replace(':', '')}_1` } })
    expect((await other.documents('visit_seats')).filter((seat) => seat.repairId === repairId)).toHaveLength(1)
    await other.close()
  })

  it('is held for somebody who called as for a household', async () => {
    const slot = await nextSlot()
    const { repairId } = await village.as('zhou').get('repairs', 'createFor', {
      requestId: newRequest(), houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '水龙头漏水', photos: [], source: 'call',
      caller: { name: '王奶奶', phone: null }, slot,
    })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1)])
    expect((await village.as('wang').get('repairs', 'get', { repairId })).repair).toMatchObject({ slot, visit: { technicianName: '陈师傅' } })
  })

  it('goes to a colleague with the technician’s account, who holds it then, whoever gets the order', async () => {
    const post = { role: 'technician' as const, communityId: 'c-lihua', communityName: '梨花苑', buildings: null }
    await village.store('members', memberNamed('hu', { name: '胡师傅', posts: [post], post, postKeys: ['c-lihua/technician'] }))
    const [asked, given] = [await nextSlot(), await nextSlot()]
    for (const { day, from, to } of [asked, given]) {
      const at = (hour: string) => new Date(`${day}T${hour}:00+08:00`).toISOString()
      await village.as('he').get('repair-desk', 'saveShift', { requestId: newRequest(), memberId: 'm-hu', startsAt: at(from), endsAt: at(to), categories: ['plumbing'], buildings: ['3'] })
    }
    const waiting = await orders.report({ slot: asked })
    const working = await orders.report({ slot: given })
    await orders.must('hu', 'claim', { repairId: working })
    expect([await seatsFor(waiting), await seatsFor(working)]).toEqual([[idOf(asked, 1, 'hu')], [idOf(given, 1, 'hu')]])
    await village.as('he').get('members', 'removeStaff', { requestId: newRequest(), memberId: 'm-hu' })
    await village.as('hu').get('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })
    await village.tick()
    expect((await seats()).filter(({ technicianId }) => technicianId === 'm-hu')).toEqual([])
    expect(await orders.stored(waiting)).toMatchObject({ status: 'submitted', assignee: null, slot: asked, visit: { technicianId: 'm-chen' } })
    expect(await orders.stored(working)).toMatchObject({ status: 'submitted', assignee: null, slot: given, visit: { technicianId: 'm-chen' } })
    expect((await village.as('wang').get('repairs', 'get', { repairId: waiting })).repair).toMatchObject({ slot: asked, visit: { technicianName: '陈师傅' } })
    for (const repairId of [waiting, working]) await orders.must('he', 'assign', { repairId, technicianId: 'm-chen' })
    expect([await seatsFor(waiting), await seatsFor(working)]).toEqual([[idOf(asked, 1)], [idOf(given, 1)]])
  })

  it('is gone with the household’s account, and the order stays', async () => {
    const slot = await nextSlot()
    await village.store('members', memberNamed('ren', { houses: [residencyOf('h-2-1-602', 'owner')] }))
    const repairId = await orders.report({ slot, houseId: 'h-2-1-602' }, 'ren')
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1)])
    await village.as('ren').get('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })
    await village.tick()
    expect(await seatsFor(repairId)).toEqual([])
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', slot: null, visit: null })
  })
})

describe('repairs.reschedule', () => {
  const moved = async (who: string) => {
    const [from, to] = [await nextSlot(), await nextSlot()]
    const repairId = await orders.assigned({ slot: from })
    const input = { repairId, slot: to, requestId: newRequest() }
    return { from, to, repairId, input, code: await orders.tryAs(who, 'reschedule', input) }
  }

  it.each(['wang', 'li', 'chen', 'he', 'zhou'])('%s can agree on other hours: the seat moves, and the timeline keeps both', async (who) => {
    const { code, from, to, repairId } = await moved(who)
    expect(code).toBe('OK')
    expect(await seatsFor(repairId)).toEqual([idOf(to, 1)])
    expect((await eventsOf('wang', repairId)).at(-1)).toEqual({ step: 'reschedule', rescheduled: { from, to } })
    await village.tick()
    const told = await inboxOf(who === 'wang' || who === 'li' ? 'chen' : 'wang', repairId, '上门时间已改')
    expect(told).toHaveLength(1)
  })

  it('a resident can do it before anybody has the order, and a first time when none was wished for', async () => {
    const repairId = await orders.report()
    const slot = await nextSlot()
    await orders.must('wang', 'reschedule', { repairId, slot })
    expect(await seatsFor(repairId)).toEqual([idOf(slot, 1)])
    expect((await eventsOf('wang', repairId)).at(-1)).toEqual({ step: 'reschedule', rescheduled: { from: null, to: slot } })
  })

  it('the same request again changes nothing', async () => {
    const { repairId, input, to } = await moved('wang')
    expect(await orders.tryAs('wang', 'reschedule', input)).toBe('OK')
    expect((await eventsOf('wang', repairId)).map(({ step }) => step)).toEqual(['submit', 'assign', 'reschedule'])
    expect(await seatsFor(repairId)).toEqual([idOf(to, 1)])
  })

  it('nobody can move it to hours that are full, and what was agreed on stands', async () => {
    const [from, full] = [await nextSlot(), await nextSlot()]
    await orders.report({ slot: full })
    await orders.report({ slot: full })
    const repairId = await orders.assigned({ slot: from })
    expect(await orders.tryAs('wang', 'reschedule', { repairId, slot: full })).toBe('INVALID_INPUT')
    expect(await seatsFor(repairId)).toEqual([idOf(from, 1)])
  })

  it('of twenty who move to the last seat at once, one does', async () => {
    const [from, last] = [await nextSlot(), await nextSlot()]
    await orders.report({ slot: last })
    const ids = await Promise.all(Array.from({ length: 20 }, () => orders.report()))
    const first = ids[0]!
    await orders.must('wang', 'reschedule', { repairId: first, slot: from })
    const codes = await Promise.all(ids.map((repairId) => orders.tryAs('wang', 'reschedule', { repairId, slot: last })))
    expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
    expect((await seats()).filter(({ day, from: begins }) => day === last.day && begins === last.from)).toHaveLength(2)
    // Whoever had hours and did not get these still has them.
    expect(await seatsFor(first)).toEqual([codes[0] === 'OK' ? idOf(last, 2) : idOf(from, 1)])
  }, 60_000)

  it('nobody can once work has started, or the order is over', async () => {
    const repairId = await orders.started()
    expect(await orders.tryAs('wang', 'reschedule', { repairId, slot: await nextSlot() })).toBe('REPAIR_NOT_RESCHEDULABLE')
    expect(await orders.tryAs('wang', 'reschedule', { repairId: 'r-village-bell', slot: await nextSlot() })).toBe('REPAIR_NOT_RESCHEDULABLE')
  })

  it('another household cannot, nor a technician who has not got it', async () => {
    const repairId = await orders.assigned()
    const slot = await nextSlot()
    expect(await orders.tryAs('zhao', 'reschedule', { repairId, slot })).toBe('NOT_FOUND')
    await orders.must('he', 'assign', { repairId, technicianId: 'm-lu' })
    expect(await orders.tryAs('chen', 'reschedule', { repairId, slot })).toBe('NOT_FOUND')
  })

  it.each(['qian', 'sun'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'reschedule', { repairId: 'r-village-tap', slot: { day: '2026-11-25', from: '08:30', to: '11:30' } })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'reschedule', { repairId: 'r-village-tap', slot: { day: '2026-11-25', from: '08:30', to: '11:30' } })).toBe('FORBIDDEN')
  })
})

describe('the reminder of a visit', () => {
  const runAt = async (at: Date) => {
    await village.post('/control/clock', { now: at.toISOString() })
    await village.tick(at.toISOString())
  }
  it('reaches the household and the technician two hours before, once', async () => {
    const slot = await nextSlot('13:00')
    const repairId = await orders.assigned({ slot })
    await runAt(hoursFrom(beginOf(slot), -2.01))
    expect(await inboxOf('wang', repairId, '上门提醒')).toHaveLength(0)
    await runAt(hoursFrom(beginOf(slot), -1.99))
    await runAt(hoursFrom(beginOf(slot), -1.5))
    for (const who of ['wang', 'li', 'chen']) expect([who, (await inboxOf(who, repairId, '上门提醒')).length]).toEqual([who, 1])
    expect(await inboxOf('zhou', repairId, '上门提醒')).toHaveLength(0)
  })

  it('is said for the hours that were agreed on last, and not for those before', async () => {
    const from = await nextSlot('13:00')
    const repairId = await orders.assigned({ slot: from })
    const to = await nextSlot('13:00')
    await orders.must('wang', 'reschedule', { repairId, slot: to })
    await runAt(hoursFrom(beginOf(to), -2.1))
    expect(await inboxOf('wang', repairId, '上门提醒')).toHaveLength(0)
    await runAt(hoursFrom(beginOf(to), -1.9))
    expect(await inboxOf('wang', repairId, '上门提醒')).toHaveLength(1)
  })

  it('is not said once the visit has begun, when the timer was late; nor of what was cancelled or started', async () => {
    const slot = await nextSlot('13:00')
    const late = await orders.assigned({ slot })
    const cancelled = await orders.report({ slot: await nextSlot() })
    await orders.must('wang', 'cancel', { repairId: cancelled })
    await runAt(hoursFrom(beginOf(slot), 0.1))
    expect(await inboxOf('wang', late, '上门提醒')).toHaveLength(0)
    expect(await orders.stored(late)).toMatchObject({ visit: { remindAt: null } })
    await runAt(hoursFrom(beginOf(slot), 6 * 24))
    expect(await inboxOf('wang', cancelled, '上门提醒')).toHaveLength(0)
  })
})

it('a report without hours pays nothing for those who choose some', async () => {
  const callsOf = async (what: object) => {
    await orders.report(what)
    return village.lines.filter(({ function: name, action, code }) => name === 'repairs' && action === 'create' && code === 'OK').at(-1)!.calls
  }
  // A process that has not read the configuration yet pays one more.
  await callsOf({})
  expect([await callsOf({}), await callsOf({ slot: await nextSlot() })]).toEqual([6, 14])
})

it('no call of this file took more round trips than declared, and none failed inside', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined)).toEqual([])
  expect(village.lines.filter((line) => line.code === 'INTERNAL')).toEqual([])
})
