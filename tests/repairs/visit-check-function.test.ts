import type { Slot } from '../../cloudfunctions/repairs/contract'
import { memberNamed } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'
import { codeOf, ordersOf } from './working-village'

let village: Village
let orders: ReturnType<typeof ordersOf>
beforeAll(async () => {
  village = await openVillage()
  orders = ordersOf(village)
  const [chen] = (await village.documents('members')).filter(({ _id }) => _id === 'm-chen')
  await village.store('members', { ...chen, _id: 'm-lu', openid: 'o-lu', name: '陆师傅' })
})
afterAll(() => village.close())

let nights = 0
const night = async () => {
  nights += 1
  const at = Date.now() + nights * 24 * 3_600_000
  await village.post('/control/timer', { name: 'nightly', time: new Date(at).toISOString() })
  await village.tick(new Date(at + 60_000).toISOString())
}
const rows = async () => (await village.documents('findings')).filter(({ check }) => check === 'visit_seats_check')
const found = async () => (await rows()).filter(({ problem }) => problem !== null).map(({ subjectId, problem }) => [subjectId, problem]).sort()

/** Numbers that look random and are the same every time. */
const numbers = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648
}

describe('the check of visits and their seats', () => {
  it('finds nothing after 160 steps of all kinds by whoever may, in any order', async () => {
    const random = numbers(20_261_124)
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
    const { slots } = await village.as('wang').get('repairs', 'visits', { houseId: 'h-3-2-501', category: 'plumbing' })
    // Few hours for many orders, so that they are full more often than not.
    const few: Slot[] = slots.slice(-4).map(({ day, from, to }) => ({ day, from, to }))
    const ids = await Promise.all(Array.from({ length: 8 }, () => orders.report()))
    const until = new Date(Date.now() + 20 * 24 * 3_600_000).toISOString().slice(0, 10)
    const steps: [string, string, () => object][] = [
      ['wang', 'reschedule', () => ({ slot: pick(few) })], ['wang', 'reschedule', () => ({ slot: pick(few) })], ['he', 'reschedule', () => ({ slot: pick(few) })],
      ['chen', 'reschedule', () => ({ slot: pick(few) })], ['chen', 'claim', () => ({})], ['he', 'assign', () => ({ technicianId: pick(['m-chen', 'm-lu']) })], ['zhou', 'assign', () => ({})],
      ['chen', 'transfer', () => ({ technicianId: 'm-lu', note: '急单' })], ['chen', 'return', () => ({ note: '不会修' })], ['chen', 'hold', () => ({ note: '等配件', until })],
      ['he', 'resume', () => ({})], ['chen', 'start', () => ({})], ['chen', 'complete', () => ({ note: '好了', photos: [] })], ['wang', 'cancel', () => ({})],
      ['he', 'merge', () => ({ intoId: pick(ids) })], ['wang', 'confirm', () => ({})], ['wang', 'prioritize', () => ({ urgency: pick(['urgent', 'normal']) })],
    ]
    const codes = new Map<string, number>()
    for (let n = 0; n < 160; n += 1) {
      const [who, action, input] = pick(steps)
      const code = await orders.tryAs(who, action as never, { repairId: pick(ids), ...input() })
      codes.set(code, (codes.get(code) ?? 0) + 1)
      if (n % 8 === 7) ids.push(await orders.report(random() < 0.5 ? {} : { slot: pick(slots.slice(0, 6).filter(({ isFree }) => isFree).map(({ day, from, to }) => ({ day, from, to }))) }).catch(() => ids[0]!))
    }
    await night()
    expect(await found()).toEqual([])
    expect(codes.get('OK')).toBeGreaterThan(30)
    expect((await village.documents('visit_seats')).length).toBeGreaterThan(0)
    expect((await rows()).find(({ problem }) => problem === null)).toMatchObject({ findingCount: 0 })
    expect(village.lines.filter((line) => line.code === 'INTERNAL')).toEqual([])
  }, 120_000)

  it('finds nothing after a technician with visits to come deleted their account', async () => {
    const post = { role: 'technician' as const, communityId: 'c-lihua', communityName: '梨花苑', buildings: null }
    await village.store('members', memberNamed('tang', { name: '唐师傅', posts: [post], post, postKeys: ['c-lihua/technician'] }))
    const { slots } = await village.as('wang').get('repairs', 'visits', { houseId: 'h-3-2-501', category: 'plumbing' })
    const { day, from, to } = slots.filter(({ isFree }) => isFree).at(-1)!
    const repairId = await orders.report({ slot: { day, from, to } })
    await orders.must('he', 'assign', { repairId, technicianId: 'm-tang' })
    const seatsOfTang = async () => (await village.documents('visit_seats')).filter(({ technicianId }) => technicianId === 'm-tang').length
    expect(await seatsOfTang()).toBe(1)
    expect(await codeOf(village.as('he').call('members', 'removeStaff', { requestId: newRequest(), memberId: 'm-tang' }))).toBe('OK')
    expect(await codeOf(village.as('tang').call('account', 'deleteAccount', { requestId: newRequest(), hasRead: true }))).toBe('OK')
    await night()
    expect([await seatsOfTang(), await found()]).toEqual([0, []])
  })

  it('finds a seat that no order holds, and a visit without one', async () => {
    await village.store('visit_seats', { _id: 'm-chen_2030-01-01_0830_1', schema: 1, communityId: 'c-lihua', technicianId: 'm-chen', repairId: 'r-gone', day: '2030-01-01', from: '08:30', to: '11:30' })
    const slot = { day: '2030-01-02', from: '08:30', to: '11:30' }
    await village.alter('repairs', 'r-village-tap', { slot, visit: { technicianId: 'm-chen', technicianName: '陈师傅', seatId: 'm-chen_2030-01-02_0830_1', remindAt: null } })
    await village.alter('repairs', 'r-village-wall', { slot, visit: { technicianId: 'm-chen', technicianName: '陈师傅', seatId: 'm-chen_2030-01-02_0830_2', remindAt: null } })
    await night()
    // The wall is finished: its visit is history.
    expect(await found()).toEqual([['m-chen_2030-01-01_0830_1', 'seat_without_visit'], ['r-village-tap', 'visit_without_seat']])
  })
})

describe('repair-desk.removeShift', () => {
  it('the desk cannot take back a shift in which visits are agreed on; once they are moved it can', async () => {
    const { slots } = await village.as('wang').get('repairs', 'visits', { houseId: 'h-3-2-501', category: 'plumbing' })
    const remove = (shiftId: string) => codeOf(village.as('he').call('repair-desk', 'removeShift', { shiftId }))
    const { day, from, to } = slots.filter(({ isFree }) => isFree).at(0)!
    const at = (hour: string) => new Date(`${day}T${hour}:00+08:00`).toISOString()
    await village.store('members', { ...(await village.documents('members')).find(({ _id }) => _id === 'm-lu'), _id: 'm-hu', openid: 'o-hu', name: '胡师傅' })
    const { shiftId } = await village.as('he').get('repair-desk', 'saveShift', { requestId: newRequest(), memberId: 'm-hu', startsAt: at(from), endsAt: at(to), categories: ['appliance'], buildings: ['3'] })
    const repairId = await orders.report({ category: 'appliance', slot: { day, from, to } })
    expect(await orders.stored(repairId)).toMatchObject({ visit: { technicianId: 'm-hu' } })
    const visitCount = async () => (await village.as('he').get('repair-desk', 'shifts', {})).shifts.find((each) => each.shiftId === shiftId)?.visitCount
    expect(await visitCount()).toBe(1)
    expect(await village.as('he').call('repair-desk', 'removeShift', { shiftId })).toMatchObject({
      error: { reason: 'SHIFT_HAS_VISITS', message: '这段值班里已经约了 1 次上门，请先改约或改派给别的师傅' },
    })
    await orders.must('he', 'assign', { repairId, technicianId: 'm-lu' })
    expect(await visitCount()).toBe(0)
    expect(await remove(shiftId)).toBe('OK')
  })
})
