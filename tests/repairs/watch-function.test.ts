import { openVillage, type Village } from '../support/village'
import { ordersOf } from './working-village'

let village: Village
let orders: ReturnType<typeof ordersOf>
beforeAll(async () => {
  village = await openVillage()
  orders = ordersOf(village)
})
afterAll(() => village.close())
afterEach(() => village.post('/control/clock', { now: null }))

/** Lets so much time pass since the real now, and the timer of that minute run. */
const pass = async (minutes: number) => {
  const now = new Date(Date.now() + minutes * 60_000).toISOString()
  await village.post('/control/clock', { now })
  await village.tick(now)
}
const rowsOf = async (repairId: string) => ((await orders.stored(repairId)).timeline as { step: string; note: string }[]).map(({ step }) => step)
const toldOf = async (memberId: string, repairId: string, title: string) =>
  (await village.documents('inbox')).filter((row) => row.memberId === memberId && row.title === title && String(row.page).endsWith(repairId))
const escalationFor = async (who: string, repairId: string) => (await village.as(who).get('repairs', 'get', { repairId })).repair.escalation
const jobOf = async (repairId: string) => (await village.documents('jobs')).filter(({ payload, kind }) => kind === 'repair_watch' && (payload as { repairId: string }).repairId === repairId)

describe('the watch over an order', () => {
  it('brings before the desk what nobody has taken for 15 minutes, once', async () => {
    const repairId = await orders.report()
    await pass(14)
    expect(await rowsOf(repairId)).toEqual(['submit'])
    expect(await escalationFor('he', repairId)).toBeNull()
    await pass(16)
    await pass(17)
    expect(await rowsOf(repairId)).toEqual(['submit', 'escalate'])
    expect(await escalationFor('he', repairId)).toEqual({ at: expect.any(String), reason: 'unassigned', to: ['manager', 'clerk'] })
    expect(await escalationFor('wang', repairId)).toBeNull()
    expect(await toldOf('m-he', repairId, '报修需要督办')).toHaveLength(1)
    await orders.must('zhou', 'assign', { repairId, technicianId: 'm-chen' })
    expect(await escalationFor('he', repairId)).toBeNull()
  })

  it('warns those who work on it at four fifths of its time, and escalates what is late, each once', async () => {
    const repairId = await orders.assigned({ urgency: 'urgent' })
    await pass(191)
    expect(await toldOf('m-chen', repairId, '报修快要超时')).toHaveLength(0)
    await pass(193)
    await pass(194)
    expect(await toldOf('m-chen', repairId, '报修快要超时')).toHaveLength(1)
    expect(await toldOf('m-wang', repairId, '报修快要超时')).toHaveLength(0)
    await pass(241)
    await pass(242)
    expect(await rowsOf(repairId)).toEqual(['submit', 'assign', 'escalate'])
    expect(await toldOf('m-zhou', repairId, '报修需要督办')).toHaveLength(1)
    for (const who of ['he', 'chen']) expect(await escalationFor(who, repairId)).toMatchObject({ reason: 'late', to: ['manager', 'clerk'] })
    expect((await village.as('he').get('repair-desk', 'list', { list: 'overdue' })).repairs.find((card) => card.repairId === repairId)).toMatchObject({ isOverdue: true, escalation: { reason: 'late' } })
    expect(await jobOf(repairId)).toEqual([])
  })

  it('says nothing of a warning when the deadline has passed as well', async () => {
    const repairId = await orders.assigned({ urgency: 'urgent' })
    await pass(300)
    expect(await toldOf('m-chen', repairId, '报修快要超时')).toHaveLength(0)
    expect(await rowsOf(repairId)).toEqual(['submit', 'assign', 'escalate'])
  })

  it('is moot for what was finished, and ends', async () => {
    const repairId = await orders.completed({ urgency: 'urgent' })
    await orders.must('wang', 'confirm', { repairId })
    await pass(300)
    expect(await rowsOf(repairId)).toEqual(['submit', 'assign', 'start', 'complete', 'confirm'])
    await pass(8 * 24 * 60)
    expect(await jobOf(repairId)).toEqual([])
  })

  it('closes after seven days what nobody confirmed', async () => {
    const repairId = await orders.completed()
    await pass(7 * 24 * 60 - 1)
    expect(await orders.stored(repairId)).toMatchObject({ status: 'completed' })
    await pass(7 * 24 * 60 + 1)
    expect(await orders.stored(repairId)).toMatchObject({ status: 'closed', isOpen: false })
    expect(await rowsOf(repairId)).toEqual(['submit', 'assign', 'start', 'complete', 'close'])
  })

  it('begins anew for an order reopened, so that its new deadline is watched', async () => {
    const repairId = await orders.completed({ urgency: 'urgent' })
    const photo = await orders.photoOf('wang', repairId)
    await orders.must('wang', 'reopen', { repairId, note: '又漏了', photos: [photo] })
    await pass(241)
    expect((await rowsOf(repairId)).at(-1)).toBe('escalate')
  })

  it('warns and escalates once for each clock: again after a reopening, and again after a hold', async () => {
    const repairId = await orders.assigned({ urgency: 'urgent' })
    const told = async () => [(await toldOf('m-chen', repairId, '报修快要超时')).length, (await toldOf('m-zhou', repairId, '报修需要督办')).length]
    const escalatedAt = async () => (await escalationFor('he', repairId))?.at
    await pass(193)
    await pass(241)
    expect(await told()).toEqual([1, 1])
    const first = await escalatedAt()
    await orders.must('chen', 'start', { repairId })
    await orders.must('chen', 'complete', { repairId, note: '换了阀芯', photos: [] })
    await orders.must('wang', 'reopen', { repairId, note: '又漏了', photos: [await orders.photoOf('wang', repairId)] })
    expect(await escalatedAt()).toBeUndefined()
    for (const minutes of [434, 435, 482, 483]) await pass(minutes)
    expect(await told()).toEqual([2, 2])
    const second = await escalatedAt()
    await orders.must('chen', 'hold', { repairId, note: '等配件', until: new Date(Date.now() + 3 * 24 * 3_600_000).toISOString().slice(0, 10) })
    await pass(600)
    expect(await escalatedAt()).toBeUndefined()
    await orders.must('he', 'resume', { repairId })
    for (const minutes of [601, 602]) await pass(minutes)
    // What was late before the hold is late again at once: a warning would help nobody.
    expect(await told()).toEqual([2, 3])
    expect(new Set([first, second, await escalatedAt()]).size).toBe(3)
  })

  it.each([1, 2, 3])('does each thing once although the timer dies after its call %d', async (call) => {
    const repairId = await orders.report({ description: `第${call}次` })
    await village.tick()
    const now = new Date(Date.now() + 16 * 60_000).toISOString()
    await village.post('/control/clock', { now })
    await village.post('/control/fault', { kind: 'kill', function: 'tick', afterCall: call })
    await village.tick(now).catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    await pass(30)
    await pass(31)
    expect((await rowsOf(repairId)).filter((step) => step === 'escalate')).toHaveLength(1)
    expect(await toldOf('m-he', repairId, '报修需要督办')).toHaveLength(1)
  })

  it('gives a new order to whoever is on duty where the community wants that, and tells him', async () => {
    await village.alter('configurations', 'c-lihua', { 'repairs.dispatch': 'auto' })
    // Functions read the configuration at most a minute late: another process reads it anew.
    await village.post('/control/fault', { kind: 'kill', function: 'tick', beforeCall: 1 })
    await village.tick().catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    const repairId = await orders.report()
    await village.tick(new Date(Date.now() + 2 * 60_000).toISOString())
    expect(await orders.stored(repairId)).toMatchObject({ status: 'assigned', assignee: { memberId: 'm-chen' }, timeline: [{}, { by: { role: 'system' }, note: '按值班表自动派单' }] })
    expect(await toldOf('m-chen', repairId, '报修已派单')).toHaveLength(1)
    await village.alter('configurations', 'c-lihua', { 'repairs.dispatch': 'manual' })
  })
})
