import type { Slot } from '../../cloudfunctions/repairs/contract'
import type { StaffRole } from '../../cloudfunctions/_shared/roles'
import { memberNamed } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'
import { codeOf, ordersOf } from './working-village'

const windows = [{ from: '08:00', to: '11:00' }, { from: '13:00', to: '16:00' }, { from: '16:00', to: '19:00' }]

let village: Village
let minutes = 0
let orders: ReturnType<typeof ordersOf>
const postOf = (role: StaffRole, buildings: string[] | null = null, communityId = 'c-lihua') =>
  ({ role, communityId, communityName: communityId === 'c-lihua' ? '梨花苑' : '桂花苑', buildings })
const holding = (posts: ReturnType<typeof postOf>[]) => ({ posts, post: posts[0] ?? null, postKeys: posts.map(({ communityId, role }) => `${communityId}/${role}`) })
const give = (...posts: ReturnType<typeof postOf>[]) => village.alter('members', 'm-tang', holding(posts))
beforeAll(async () => {
  village = await openVillage({ database: { transactionMs: 1_000 } })
  orders = ordersOf(village)
})
beforeEach(async () => {
  await village.again()
  await village.alter('configurations', 'c-lihua', { 'repairs.visits': windows, 'repairs.visitsEach': 1 })
  await village.store('members', memberNamed('tang', { name: '唐师傅', ...holding([postOf('technician')]) }))
  minutes = 0
  // Who is on duty is for each test to say.
  for (const { _id, memberId } of await village.documents('duty_shifts')) if (memberId === 'm-chen') await village.alter('duty_shifts', String(_id), { communityId: 'c-none' })
})
afterEach(() => village.post('/control/fault', { kind: 'none' }))
afterAll(() => village.close())

const change = (role: StaffRole | null, buildings: string[] | null = null) => codeOf(role === null
  ? village.as('he').call('members', 'removeStaff', { requestId: newRequest(), memberId: 'm-tang' })
  : village.as('he').call('members', 'changeStaff', { requestId: newRequest(), memberId: 'm-tang', role, buildings }))
/** The sweep of now, and the second look two minutes later. */
const sweep = async () => {
  for (const later of [0, 3]) await village.tick(new Date(Date.now() + (minutes + later) * 60_000).toISOString())
  minutes += 3
}
const toTang = async (what: Parameters<typeof orders.report>[0] = {}, who = 'wang') => {
  const repairId = await orders.report(what, who)
  await orders.must('he', 'assign', { repairId, technicianId: 'm-tang' })
  return repairId
}
const toldOf = async (who: string, repairId: string, title: string) =>
  (await village.documents('inbox')).filter((row) => row.memberId === `m-${who}` && row.title === title && String(row.page).endsWith(repairId)).map(({ body }) => body)
const returnsOf = async (repairId: string) =>
  ((await orders.stored(repairId)).timeline as { step: string; by: { role: string }; note: string }[]).filter(({ step, by }) => step === 'return' && by.role === 'system')
const seatsOf = async (memberId: string) => (await village.documents('visit_seats')).filter(({ technicianId }) => technicianId === memberId).map(({ repairId }) => repairId)
const shiftFor = (memberId: string, { day, from, to }: Slot) => village.store('duty_shifts', {
  _id: `d-${memberId}-${day}-${from}`, schema: 1, communityId: 'c-lihua', memberId, name: memberId === 'm-tang' ? '唐师傅' : '陈师傅',
  startsAt: new Date(`${day}T${from}:00+08:00`), endsAt: new Date(`${day}T${to}:00+08:00`), categories: null, buildings: null,
})
const hours = async (n: number): Promise<Slot> => {
  const tomorrow = new Date(Date.now() + (3 * 24 + 8) * 3_600_000).toISOString().slice(0, 10)
  return { day: tomorrow, ...windows[n]! }
}

describe('a technician whose post is taken away', () => {
  it('leaves nothing in hand: every order goes back to the desk as it is, and each side hears once', async () => {
    const assigned = await toTang()
    const started = await toTang({ description: '门坏了', category: 'door_window' })
    await orders.must('tang', 'start', { repairId: started })
    await orders.must('tang', 'record', { repairId: started, photos: [await orders.photoOf('tang', started)], note: '现场' })
    const held = await toTang({ description: '灯不亮', category: 'electrical' })
    await orders.must('tang', 'hold', { repairId: held, note: '等配件', until: new Date(Date.now() + 5 * 24 * 3_600_000).toISOString().slice(0, 10) })
    const quoted = await toTang({ description: '马桶堵了' })
    await orders.must('tang', 'start', { repairId: quoted })
    await orders.must('tang', 'quote', { repairId: quoted, lines: [{ itemId: 'visit', quantity: 1 }] })
    const done = await toTang({ description: '纱窗破了' })
    await orders.must('tang', 'start', { repairId: done })
    await orders.must('tang', 'complete', { repairId: done, note: '换了', photos: [] })
    const chens = await orders.assigned({ description: '墙面渗水' })
    await village.tick()
    expect(await change(null)).toBe('OK')
    await sweep()
    await sweep()
    for (const repairId of [assigned, started, held, quoted]) {
      expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', stage: 'waiting', assignee: null, heldUntil: null, unassignedSince: expect.any(String) })
      expect(await returnsOf(repairId)).toMatchObject([{ note: '师傅已离职/调岗，等待重新派单' }])
      expect(await toldOf('wang', repairId, '报修等待重新派单')).toEqual(['您的报修正在重新安排师傅'])
      for (const who of ['he', 'zhou']) expect(await toldOf(who, repairId, '报修等待重新派单')).toEqual(['3号楼2单元501的师傅已离职或调岗，请重新派单'])
    }
    expect((await orders.stored(started)).timeline).toContainEqual(expect.objectContaining({ step: 'record', photos: [expect.anything()] }))
    expect(await orders.stored(quoted)).toMatchObject({ quotation: { state: 'proposed' } })
    expect(await orders.stored(done)).toMatchObject({ status: 'completed', assignee: { memberId: 'm-tang' } })
    expect(await orders.stored(chens)).toMatchObject({ status: 'assigned', assignee: { memberId: 'm-chen' } })
    // Nobody's for too long, it is brought before the desk like any other.
    await village.tick(new Date(Date.now() + 60 * 60_000).toISOString())
    expect(await toldOf('he', assigned, '报修需要督办')).toEqual(['3号楼2单元501的报修超过 15 分钟没有师傅接单'])
    await orders.must('zhou', 'assign', { repairId: assigned, technicianId: 'm-chen' })
    await orders.must('chen', 'start', { repairId: assigned })
  })

  it('hands his visits to a colleague with room; where nobody has, the hours are a wish and the household hears so', async () => {
    const [taken, full, mine] = [await hours(0), await hours(1), await hours(2)]
    for (const slot of [taken, full, mine]) await shiftFor('m-tang', slot)
    const moved = await orders.report({ slot: taken })
    const inHand = await toTang({ slot: full })
    expect([await orders.stored(moved), await orders.stored(inHand)]).toMatchObject([{ visit: { technicianId: 'm-tang' } }, { visit: { technicianId: 'm-tang' } }])
    await shiftFor('m-chen', taken)
    expect(await change('guard')).toBe('OK')
    await sweep()
    await sweep()
    expect(await orders.stored(moved)).toMatchObject({ status: 'submitted', slot: taken, visit: { technicianId: 'm-chen', seatId: expect.stringContaining('m-chen') } })
    expect(await orders.stored(inHand)).toMatchObject({ status: 'submitted', slot: full, visit: null })
    expect([await seatsOf('m-tang'), await seatsOf('m-chen')]).toEqual([[], expect.arrayContaining([moved])])
    expect(await toldOf('wang', moved, '报修等待重新派单')).toEqual([expect.stringMatching(/^您的报修正在重新安排师傅，\d+月\d+日 08:00–11:00 由陈师傅上门$/)])
    expect(await toldOf('chen', moved, '报修等待重新派单')).toContainEqual(expect.stringMatching(/^3号楼2单元501改约您 \d+月\d+日 08:00–11:00 上门：水龙头漏水$/))
    expect(await toldOf('wang', inHand, '报修等待重新派单')).toEqual(['您的报修正在重新安排师傅，上门时间需要重新确认'])
    expect((await village.documents('duty_shifts')).filter(({ memberId }) => memberId === 'm-tang')).toEqual([])
    expect((await village.as('wang').get('repairs', 'get', { repairId: inHand })).repair.timeline.at(-1)).toMatchObject({ byRole: 'system', byName: '系统', note: '师傅已离职/调岗，等待重新派单' })
  })

  it('loses only what lies outside when his post becomes one of fewer buildings, and is not offered for the rest', async () => {
    const here = await toTang()
    const there = await toTang({ houseId: 'h-1-1-201', description: '门锁坏了' }, 'zhao')
    const slot = await hours(0)
    await shiftFor('m-tang', slot)
    expect(await change('technician', ['3'])).toBe('OK')
    await sweep()
    expect([await orders.stored(here), await orders.stored(there)]).toMatchObject([{ status: 'assigned', assignee: { memberId: 'm-tang' } }, { status: 'submitted', assignee: null }])
    expect((await village.documents('duty_shifts')).filter(({ memberId }) => memberId === 'm-tang')).toHaveLength(1)
    const offers = async (who: string, houseId: string) => (await village.as(who).get('repairs', 'visits', { houseId, category: 'plumbing' })).slots.map(({ day, from }) => `${day} ${from}`)
    expect(await offers('wang', 'h-3-2-501')).toContain(`${slot.day} ${slot.from}`)
    expect((await village.as('zhao').get('repairs', 'visits', { houseId: 'h-1-1-201', category: 'plumbing' })).areBooked).toBe(false)
    expect(await orders.tryAs('he', 'assign', { repairId: there, technicianId: 'm-tang' })).toBe('INVALID_INPUT')
  })

  it('keeps nothing of the old community when he only changes to another, and all of the other', async () => {
    await give(postOf('technician'), postOf('technician', null, 'c-guihua'))
    const old = await toTang()
    const other = await orders.report()
    await village.alter('repairs', other, { communityId: 'c-guihua', watchId: 'watch_none', status: 'assigned', stage: 'working', assignee: { memberId: 'm-tang', name: '唐师傅' } })
    expect(await change(null)).toBe('OK')
    await sweep()
    expect([await orders.stored(old), await orders.stored(other)]).toMatchObject([{ status: 'submitted', assignee: null }, { status: 'assigned', assignee: { memberId: 'm-tang' } }])
    expect(await codeOf(village.as('tang').call('repairs', 'get', { repairId: old }))).toBe('NOT_FOUND')
    expect(await toldOf('tang', old, '报修等待重新派单')).toEqual([])
  })

  it('who has it back before the sweep keeps his orders', async () => {
    const repairId = await toTang()
    expect(await change(null)).toBe('OK')
    await give(postOf('technician'))
    await sweep()
    expect(await orders.stored(repairId)).toMatchObject({ status: 'assigned', assignee: { memberId: 'm-tang' } })
  })

  it('cannot be given an order in the moment of it: the second look finds that one too', async () => {
    expect(await change(null)).toBe('OK')
    await village.tick(new Date(Date.now() + minutes * 60_000).toISOString())
    const repairId = await orders.report()
    await village.alter('repairs', repairId, { status: 'assigned', stage: 'working', assignee: { memberId: 'm-tang', name: '唐师傅' } })
    await sweep()
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', assignee: null })
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'technician_leaves')).toEqual([])
  })

  it.each([2, 8, 14, 20, 30])('loses each order once although the sweep dies after its call %d', async (call) => {
    const slot = await hours(0)
    await shiftFor('m-tang', slot)
    await shiftFor('m-chen', slot)
    const ids = [await toTang({ slot }), await toTang({ description: '门坏了' }), await toTang({ description: '灯坏了' })]
    expect(await change(null)).toBe('OK')
    await village.post('/control/fault', { kind: 'kill', function: 'tick', afterCall: call })
    await village.tick(new Date(Date.now() + minutes * 60_000).toISOString()).catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    minutes += 3
    await sweep()
    await sweep()
    for (const repairId of ids) {
      expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', assignee: null })
      expect(await returnsOf(repairId)).toHaveLength(1)
      for (const who of ['wang', 'he', 'zhou']) expect(await toldOf(who, repairId, '报修等待重新派单')).toHaveLength(1)
    }
    expect([await seatsOf('m-tang'), (await seatsOf('m-chen')).filter((id) => ids.includes(String(id)))]).toEqual([[], [ids[0]]])
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'technician_leaves')).toEqual([])
  })
})

describe('a technician who is gone', () => {
  it('who deleted his account before anybody swept leaves his orders to the desk, and no name', async () => {
    const slot = await hours(0)
    await shiftFor('m-tang', slot)
    await shiftFor('m-chen', slot)
    const repairId = await toTang({ slot })
    await orders.must('tang', 'sendMessage', { repairId, text: '我明天来' })
    expect(await change(null)).toBe('OK')
    expect(await codeOf(village.as('tang').call('account', 'deleteAccount', { requestId: newRequest(), hasRead: true }))).toBe('OK')
    await sweep()
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', assignee: null, visit: { technicianId: 'm-chen' } })
    expect(await returnsOf(repairId)).toHaveLength(1)
    expect(await toldOf('wang', repairId, '报修等待重新派单')).toHaveLength(1)
    expect(JSON.stringify(await orders.stored(repairId))).not.toMatch(/m-tang|唐师傅/)
  })

  it('is not given a reopened order: it is the desk’s', async () => {
    const repairId = await toTang()
    await orders.must('tang', 'start', { repairId })
    await orders.must('tang', 'complete', { repairId, note: '换了阀芯', photos: [] })
    expect(await change('guard')).toBe('OK')
    await sweep()
    await orders.must('wang', 'reopen', { repairId, note: '又漏了', photos: [await orders.photoOf('wang', repairId)] })
    await village.tick()
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', assignee: null, reopenCount: 1, unassignedSince: expect.any(String) })
    expect(await toldOf('tang', repairId, '住户要求返修')).toEqual([])
    expect(await toldOf('he', repairId, '住户要求返修')).toEqual(['3号楼2单元501要求返修：又漏了'])
  })

  it('without a word is found at night, in an order of an earlier release as well', async () => {
    const repairId = await toTang()
    await give()
    const erased = await orders.assigned({ description: '门坏了' })
    await village.alter('repairs', erased, { assignee: { memberId: 'departed', name: '师傅' } })
    const night = Date.now() + 24 * 3_600_000
    await village.post('/control/timer', { name: 'nightly', time: new Date(night).toISOString() })
    await village.tick(new Date(night + 60_000).toISOString())
    expect([await orders.stored(repairId), await orders.stored(erased)]).toMatchObject([{ status: 'submitted', assignee: null }, { status: 'submitted', assignee: null }])
  })
})

describe('where orders are given out by the roster', () => {
  it('a technician who leaves has his orders given to others again', async () => {
    await village.alter('configurations', 'c-lihua', { 'repairs.dispatch': 'auto' })
    await village.post('/control/fault', { kind: 'kill', function: 'tick', beforeCall: 1 })
    await village.tick().catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    const repairId = await toTang({ urgency: 'urgent' })
    await village.store('duty_shifts', {
      _id: 'd-chen-now', schema: 1, communityId: 'c-lihua', memberId: 'm-chen', name: '陈师傅', startsAt: new Date(Date.now() - 3_600_000),
      endsAt: new Date(Date.now() + 8 * 3_600_000), categories: null, buildings: null,
    })
    expect(await change(null)).toBe('OK')
    await sweep()
    expect(await orders.stored(repairId)).toMatchObject({ status: 'assigned', assignee: { memberId: 'm-chen' } })
    expect(await toldOf('chen', repairId, '报修已派单')).toEqual(['系统把3号楼2单元501的报修派给了您'])
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL' || line.event === 'job_failed')).toEqual([])
})
