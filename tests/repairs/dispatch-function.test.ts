import { newRequest, openVillage, type Village } from '../support/village'
import { codeOf, ordersOf } from './working-village'

let village: Village
let orders: ReturnType<typeof ordersOf>
beforeAll(async () => {
  village = await openVillage()
  orders = ordersOf(village)
})
afterAll(() => village.close())

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
const tryDesk = (who: string, action: string, input: object) => codeOf(village.as(who).callRaw('repair-desk', { action, input }) as never)
const desk = (who = 'he') => ({
  board: () => village.as(who).get('repair-desk', 'board', {}),
  list: (input: object) => village.as(who).get('repair-desk', 'list', input as never),
  search: async (text: string) => (await village.as(who).get('repair-desk', 'search', { text })).repairs.map(({ repairId }) => repairId),
})
/** A post of some buildings only. */
const confine = (key: string, buildings: string[] | null, role = 'clerk') => {
  const post = { role, communityId: 'c-lihua', communityName: '梨花苑', buildings }
  return village.alter('members', `m-${key}`, { post, posts: [post], postKeys: [`c-lihua/${role}`] })
}
const callFor = (who: string, what: object = {}) => village.as(who).get('repairs', 'createFor', {
  requestId: newRequest(), houseId: 'h-1-1-201', source: 'call', caller: { name: '赵建国', phone: '13700132012' }, category: 'plumbing', urgency: 'normal',
  description: '厕所漏水', photos: [], ...what,
})

describe('repairs.createFor', () => {
  it('a clerk can write down what a caller says: the source is kept, the household sees it and is told', async () => {
    const { repairId, orderNo } = await callFor('zhou')
    expect(orderNo).toMatch(/^\d{6}-[2-9A-HJ-NP-Z]{5}$/)
    await village.tick()
    const { repairs } = await village.as('zhao').get('repairs', 'list', { houseId: 'h-1-1-201' })
    expect(repairs[0]).toMatchObject({ repairId, orderNo, description: '厕所漏水' })
    expect((await orders.told('zhao'))[0]).toBe('物业已替您登记报修，进度会在这里告诉您')
    expect((await village.as('zhao').get('repairs', 'get', { repairId })).repair).toMatchObject({ source: 'call', timeline: [{ byName: '周婷', byRole: 'clerk' }] })
    expect(JSON.stringify(await orders.stored(repairId))).not.toContain('13700132012')
  })

  it('a clerk can add the photos that the caller sent, which are checked before neighbours see them; not what somebody else uploaded', async () => {
    const { uploadPrefix, limits } = await desk('zhou').board()
    expect(limits).toEqual({ photoCount: 9, descriptionLength: 500, spotLength: 40 })
    const photo = await village.as('zhou').upload(`${uploadPrefix}/202611/${newRequest()}.jpg`)
    const { repairId } = await callFor('zhou', { photos: [photo] })
    expect((await orders.stored(repairId)).photos).toEqual([{ fileId: photo, check: 'pending' }])
    expect((await village.as('zhao').get('repairs', 'get', { repairId })).repair.photos).toMatchObject([{ fileId: photo, url: expect.any(String) }])
    await expect(callFor('he', { photos: [photo] })).rejects.toThrow('照片没有上传成功')
  })

  it('somebody without a house here can only report a place', async () => {
    expect(await codeOf(village.as('zhou').call('repairs', 'createFor', { requestId: newRequest(), houseId: null, source: 'counter', caller: { name: '路人' }, category: 'other', urgency: 'normal', description: '灯坏了', photos: [] }))).toBe('INVALID_INPUT')
    const { repairId } = await callFor('he', { houseId: null, source: 'patrol', caller: { name: '巡检' }, place: { building: null, spot: '小区北门' } })
    expect(await orders.stored(repairId)).toMatchObject({ houseId: null, building: null, source: 'patrol', contact: { name: '巡检', phone: null } })
  })

  it('a clerk of other buildings cannot write for that house, nor place a report outside them', async () => {
    await confine('zhou', ['3'])
    expect(await orders.tryAs('zhou', 'createFor', { houseId: 'h-1-1-201', source: 'call', caller: { name: '赵' }, category: 'other', urgency: 'normal', description: '漏', photos: [] })).toBe('NOT_FOUND')
    expect(await orders.tryAs('zhou', 'createFor', { houseId: null, source: 'call', caller: { name: '赵' }, category: 'other', urgency: 'normal', description: '漏', photos: [], place: { building: '1', spot: '门厅' } })).toBe('INVALID_INPUT')
    await confine('zhou', null)
  })

  it.each(['wang', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'createFor', { houseId: 'h-1-1-201', source: 'call', caller: { name: '赵' }, category: 'other', urgency: 'normal', description: '漏', photos: [] })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'createFor', { houseId: 'h-1-1-201', source: 'call', caller: { name: '赵' }, category: 'other', urgency: 'normal', description: '漏', photos: [] })).toBe('FORBIDDEN')
  })
})

describe('repairs.assign', () => {
  it('a clerk can leave the choice to the roster: whoever is on duty for it', async () => {
    const repairId = await orders.report()
    await orders.must('zhou', 'assign', { repairId })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'assigned', assignee: { memberId: 'm-chen' } })
  })

  it('nobody can be chosen by the roster when nobody is on duty', async () => {
    await village.alter('duty_shifts', 'd-village-chen', { endsAt: new Date(Date.now() - 1_000) })
    expect(await orders.tryAs('he', 'assign', { repairId: await orders.report() })).toBe('NOBODY_ON_DUTY')
    await village.alter('duty_shifts', 'd-village-chen', { endsAt: new Date(Date.now() + 24 * 3_600_000) })
  })

  it('somebody whose post is of other buildings cannot, and a stranger cannot', async () => {
    await confine('zhou', ['1'])
    expect(await orders.tryAs('zhou', 'assign', { repairId: await orders.report(), technicianId: 'm-chen' })).toBe('NOT_FOUND')
    await confine('zhou', null)
    expect(await orders.tryAs('stranger', 'assign', { repairId: 'r-village-tap' })).toBe('FORBIDDEN')
  })
})

describe('repairs.prioritize', () => {
  it('a resident and the desk can change the urgency; it is written down and the deadline follows', async () => {
    const repairId = await orders.report()
    const before = (await orders.stored(repairId)).sla as { dueAt: string }
    await orders.must('wang', 'prioritize', { repairId, urgency: 'urgent', note: '水越来越大' })
    const repair = await orders.stored(repairId)
    expect(repair).toMatchObject({ urgency: 'urgent', queueKey: expect.stringMatching(/^0_/) })
    expect((repair.sla as { dueAt: string }).dueAt < before.dueAt).toBe(true)
    expect((repair.timeline as { note: string }[]).at(-1)!.note).toBe('改为紧急：水越来越大')
  })

  it.each(['chen', 'qian'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'prioritize', { repairId: 'r-village-tap', urgency: 'urgent' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'prioritize', { repairId: 'r-village-tap', urgency: 'urgent' })).toBe('FORBIDDEN')
  })
})

describe('repairs.summarize', () => {
  it('a clerk can type what a voice message says, and it is found and checked like any text', async () => {
    const wang = village.as('wang')
    const { uploadPrefix } = await wang.get('repairs', 'prepare', {})
    const fileId = await wang.upload(`${uploadPrefix}/202611/voice.mp3`)
    const repairId = await orders.report({ description: '', category: 'other', voice: { fileId, seconds: 9 } })
    await orders.must('zhou', 'summarize', { repairId, description: '阳台晾衣架掉下来了', category: 'appliance' })
    expect(await desk().search('晾衣架')).toEqual([repairId])
    await village.tick()
    expect(await orders.stored(repairId)).toMatchObject({ category: 'appliance', textCheck: 'passed' })
  })

  it('a clerk cannot rewrite what somebody wrote', async () => {
    expect(await orders.tryAs('zhou', 'summarize', { repairId: await orders.report(), description: '别的' })).toBe('REPAIR_NOT_SUMMARIZABLE')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'summarize', { repairId: 'r-village-tap', description: '别的' })).toBe('FORBIDDEN')
  })
})

describe('repairs.merge', () => {
  it('the desk can merge two of the same: the household follows the other and hears its news', async () => {
    const main = (await callFor('zhou', { houseId: null, place: { building: '3', spot: '楼道' }, description: '楼道灯不亮' })).repairId
    const repairId = await orders.report({ description: '3号楼楼道灯坏了' })
    await orders.must('zhou', 'merge', { repairId, intoId: main })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'closed', mergedInto: main, isOpen: false })
    await village.tick()
    await orders.must('he', 'assign', { repairId: main, technicianId: 'm-chen' })
    await village.tick()
    expect((await orders.told('wang')).slice(0, 2)).toEqual(['3号楼楼道的报修已派给师傅', '有邻居报过同样的问题，您的报修已合并，进度一样会告诉您'])
    expect((await village.as('wang').get('repairs', 'get', { repairId: main })).repair).toMatchObject({ isFollowing: true, followerCount: 1 })
  })

  it('the desk cannot merge an order into itself, into a finished one, or into one of elsewhere', async () => {
    const repairId = await orders.report()
    expect(await orders.tryAs('he', 'merge', { repairId, intoId: repairId })).toBe('INVALID_INPUT')
    expect(await orders.tryAs('he', 'merge', { repairId, intoId: 'r-village-bell' })).toBe('REPAIR_MERGED_INTO_FINISHED')
    expect(await orders.tryAs('he', 'merge', { repairId, intoId: 'r-nothing' })).toBe('NOT_FOUND')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'merge', { repairId: 'r-village-tap', intoId: 'r-village-lamp' })).toBe('FORBIDDEN')
  })
})

const everything = async (who: string, input: object) => {
  const found: string[] = []
  let cursor: string | undefined
  do {
    const page = await desk(who).list({ ...input, ...(cursor !== undefined && { cursor }) })
    found.push(...page.repairs.map(({ repairId }) => repairId))
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return found
}

describe('repair-desk.board', () => {
  it.each(['he', 'zhou'])('%s can see counts, each equal to the list behind it', async (who) => {
    await village.alter('repairs', 'r-village-door', { overdueKey: '2026-01-01T00:00:00.000Z_r-village-door' })
    const { counts, technicians, categories } = await desk(who).board()
    for (const list of ['waiting', 'working', 'overdue', 'on_hold', 'quoted'] as const) expect([list, (await everything(who, { list })).length]).toEqual([list, counts[list]])
    expect(counts).toMatchObject({ overdue: expect.any(Number), on_hold: 1 })
    expect(counts.overdue).toBeGreaterThan(0)
    expect(technicians).toMatchObject([{ memberId: 'm-chen', isOnDuty: true }])
    expect(categories).toContain('plumbing')
  })

  it('a clerk of one building can see that building and what is in none, in counts, lists and search', async () => {
    await confine('zhou', ['1'])
    const { counts, buildings } = await desk('zhou').board()
    expect(buildings).toEqual(['1'])
    const [waiting, working] = [await everything('zhou', { list: 'waiting' }), await everything('zhou', { list: 'working' })]
    expect([waiting.length, working.length]).toEqual([counts.waiting, counts.working])
    for (const repairId of [...waiting, ...working]) expect([null, '1']).toContain((await orders.stored(repairId)).building)
    const queue = await village.as('zhou').get('repairs', 'queue', { stage: 'waiting' })
    expect(queue.counts).toEqual({ waiting: counts.waiting, working: counts.working })
    expect(await desk('zhou').search('水龙头')).toEqual([])
    await confine('zhou', null)
  })

  it.each(['wang', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await tryDesk(who, 'board', {})).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await tryDesk('stranger', 'board', {})).toBe('FORBIDDEN')
  })
})

describe('repair-desk.list', () => {
  it('the desk can filter by category, building, urgency and technician', async () => {
    const shown = await everything('he', { list: 'working', category: 'appliance', building: '1', technicianId: 'm-chen' })
    expect(shown).toContain('r-village-heater')
    for (const repairId of shown) expect(await orders.stored(repairId)).toMatchObject({ category: 'appliance', building: '1' })
    expect(await everything('he', { list: 'waiting', urgency: 'urgent', category: 'public_area' })).toEqual(['r-village-lift'])
    expect(await everything('he', { list: 'working', technicianId: 'm-nobody' })).toEqual([])
  })

  it('an order is overdue from its deadline on, not a moment before', async () => {
    const repairId = await orders.report({ urgency: 'urgent' })
    // The village has one that was forgotten.
    expect(await everything('he', { list: 'overdue' })).toContain('r-village-hall')
    expect(await everything('he', { list: 'overdue' })).not.toContain(repairId)
    await village.post('/control/clock', { now: hours(4.01) })
    expect(await everything('he', { list: 'overdue' })).toContain(repairId)
    await village.post('/control/clock', { now: null })
  })

  it.each(['wang', 'chen', 'qian'])('%s cannot', async (who) => {
    expect(await tryDesk(who, 'list', { list: 'waiting' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await tryDesk('stranger', 'list', { list: 'waiting' })).toBe('FORBIDDEN')
  })
})

describe('repair-desk.search', () => {
  it('the desk can find an order by its number, its house, its place and its words', async () => {
    const { orderNo } = (await village.as('he').get('repairs', 'get', { repairId: 'r-village-heater' })).repair
    expect(await desk().search(orderNo)).toEqual(['r-village-heater'])
    expect(await desk().search('热水器')).toEqual(['r-village-heater'])
    expect(await desk().search('1单元门厅')).toEqual(['r-village-hall'])
    expect(await desk().search('1-1-201')).toContain('r-village-socket')
    expect(await desk().search('1号楼1单元201')).toContain('r-village-drain')
    expect(await desk().search('没有这种事')).toEqual([])
  })

  it.each(['wang', 'chen', 'qian'])('%s cannot', async (who) => {
    expect(await tryDesk(who, 'search', { text: '漏水' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await tryDesk('stranger', 'search', { text: '漏水' })).toBe('FORBIDDEN')
  })
})

describe('repair-desk.revisits', () => {
  it('every urgent order finished can be asked about', async () => {
    const repairId = await orders.completed({ urgency: 'urgent' })
    await village.tick()
    const { revisits } = await village.as('he').get('repair-desk', 'revisits', { state: 'open' })
    expect(revisits.find((revisit) => revisit.repairId === repairId)).toMatchObject({ reason: 'urgent', technicianName: '陈师傅', placeLabel: '3号楼2单元501', result: null })
  })

  it.each(['wang', 'chen', 'qian'])('%s cannot', async (who) => {
    expect(await tryDesk(who, 'revisits', { state: 'open' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await tryDesk('stranger', 'revisits', { state: 'open' })).toBe('FORBIDDEN')
  })
})

describe('repair-desk.recordRevisit', () => {
  const answer = { isSatisfied: false, note: '师傅迟到，已道歉' }

  it('a clerk can record what the household said, once', async () => {
    const revisitId = 'r-village-window_0'
    await village.as('zhou').get('repair-desk', 'recordRevisit', { revisitId, ...answer })
    expect(await tryDesk('he', 'recordRevisit', { revisitId, ...answer })).toBe('REVISIT_ALREADY_RECORDED')
    expect((await village.as('he').get('repair-desk', 'revisits', { state: 'done' })).revisits[0]).toMatchObject({ revisitId, result: { ...answer, byName: '周婷' } })
  })

  it('the technician cannot revisit his own order, whatever post he has now', async () => {
    const repairId = await orders.completed({ urgency: 'urgent' })
    await village.tick()
    await confine('chen', null, 'clerk')
    expect(await tryDesk('chen', 'recordRevisit', { revisitId: `${repairId}_0`, ...answer })).toBe('FORBIDDEN')
    await confine('chen', null, 'technician')
    expect(await tryDesk('chen', 'recordRevisit', { revisitId: `${repairId}_0`, ...answer })).toBe('FORBIDDEN')
  })

  it('a stranger cannot, and what does not exist cannot be recorded', async () => {
    expect(await tryDesk('stranger', 'recordRevisit', { revisitId: 'r-village-window_0', ...answer })).toBe('FORBIDDEN')
    expect(await tryDesk('he', 'recordRevisit', { revisitId: 'nothing', ...answer })).toBe('NOT_FOUND')
  })
})

const shift = (what: object = {}) => ({ requestId: newRequest(), memberId: 'm-chen', startsAt: hours(1), endsAt: hours(9), ...what })

describe('repair-desk.saveShift', () => {
  it('the desk can plan who is on duty; the same request again plans nothing twice', async () => {
    const input = shift({ categories: ['plumbing'], buildings: ['1'] })
    const { shiftId } = await village.as('he').get('repair-desk', 'saveShift', input as never)
    expect(await village.as('he').get('repair-desk', 'saveShift', input as never)).toEqual({ shiftId })
    expect((await village.as('zhou').get('repair-desk', 'shifts', {})).shifts.filter((each) => each.shiftId === shiftId)).toMatchObject([{ name: '陈师傅', categories: ['plumbing'], buildings: ['1'] }])
  })

  it('the desk cannot plan somebody who does not repair here, or hours that make no sense', async () => {
    for (const what of [{ memberId: 'm-sun' }, { memberId: 'm-nobody' }, { endsAt: hours(0.5) }, { startsAt: hours(-9), endsAt: hours(-1) }, { endsAt: hours(24 * 40) }]) {
      expect(await tryDesk('he', 'saveShift', shift(what))).toBe('INVALID_INPUT')
    }
  })

  it('a stranger cannot', async () => {
    expect(await tryDesk('stranger', 'saveShift', shift())).toBe('FORBIDDEN')
  })
})

describe('repair-desk.shifts', () => {
  it('the desk can see who is or will be on duty', async () => {
    expect((await village.as('he').get('repair-desk', 'shifts', {})).shifts.map(({ shiftId }) => shiftId)).toContain('d-village-chen')
  })

  it.each(['wang', 'chen', 'qian'])('%s cannot', async (who) => {
    expect(await tryDesk(who, 'shifts', {})).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await tryDesk('stranger', 'shifts', {})).toBe('FORBIDDEN')
  })
})

describe('repair-desk.removeShift', () => {
  it('the desk can take a shift back, but cannot touch one of elsewhere', async () => {
    const { shiftId } = await village.as('he').get('repair-desk', 'saveShift', shift() as never)
    await village.alter('duty_shifts', shiftId, { communityId: 'c-other' })
    expect(await tryDesk('he', 'removeShift', { shiftId })).toBe('NOT_FOUND')
    await village.alter('duty_shifts', shiftId, { communityId: 'c-lihua' })
    expect(await tryDesk('he', 'removeShift', { shiftId })).toBe('OK')
    expect(await tryDesk('he', 'removeShift', { shiftId })).toBe('NOT_FOUND')
  })

  it('a stranger cannot', async () => {
    expect(await tryDesk('stranger', 'removeShift', { shiftId: 'd-village-chen' })).toBe('FORBIDDEN')
  })
})

it('no call of this file took more round trips than declared, and none failed inside', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined)).toEqual([])
  expect(village.lines.filter((line) => line.code === 'INTERNAL')).toEqual([])
})
