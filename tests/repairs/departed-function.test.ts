import { readRules } from '../../simulator/cloud/database/rules'
import { inRoot } from '../../tools/root'
import { memberNamed, openidOf, phoneHashOf, phoneOf, residencyOf } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'
import { codeOf, ordersOf } from './working-village'

let village: Village
let orders: ReturnType<typeof ordersOf>
beforeAll(async () => {
  village = await openVillage()
  orders = ordersOf(village)
})
beforeEach(() => village.post('/control/reset', { seed: 'village' }))
afterAll(() => village.close())

const everything = async (): Promise<string> =>
  JSON.stringify(await Promise.all(readRules(inRoot('database-rules')).map(async ({ collection }) => village.documents(collection))))
const tracesOf = (key: string, name: string) => [name, openidOf(key), phoneOf(key), phoneHashOf(key)]
const found = async (traces: string[]) => {
  const stored = await everything()
  return traces.filter((trace) => stored.includes(trace))
}
const employ = async (key: string, name: string, role: 'technician' | 'clerk') => {
  const post = { role, communityId: 'c-lihua', communityName: '梨花苑', buildings: null }
  await village.store('members', memberNamed(key, { name, posts: [post], post, postKeys: [`c-lihua/${role}`] }))
}
const leave = async (key: string) => {
  expect(await codeOf(village.as('he').callRaw('members', { action: 'removeStaff', input: { requestId: newRequest(), memberId: `m-${key}` } }) as never)).toBe('OK')
  await goAway(key)
}
const goAway = async (key: string) => {
  expect(await codeOf(village.as(key).call('account', 'deleteAccount', { requestId: newRequest(), hasRead: true }))).toBe('OK')
  await village.tick()
}

describe('somebody who deletes their account', () => {
  it('leaves the orders of the house, in which they cannot be told any more; neighbours and colleagues stay', async () => {
    const repairId = await orders.assigned()
    await orders.must('wang', 'sendMessage', { repairId, text: '明天来吗' })
    await village.tick()
    await goAway('wang')
    const stored = JSON.stringify(await Promise.all(['repairs', 'repair_messages', 'repair_revisits', 'followers'].map((name) => village.documents(name))))
    expect(stored).not.toMatch(/王秀英|m-wang|138\*\*\*\*5010/)
    expect(stored).toContain('赵建国')
    expect(await orders.stored(repairId)).toMatchObject({ contact: { memberId: null, name: '已注销用户', phone: null }, assignee: { name: '陈师傅' }, status: 'assigned' })
    // Her tenant still reads it, and the technician still works on it.
    expect((await village.as('li').get('repairs', 'get', { repairId })).repair.timeline[0]).toMatchObject({ byName: '已注销用户' })
    await orders.must('chen', 'start', { repairId })
  })

  it('as a resident is found nowhere, also of a house they had moved out of before', async () => {
    await village.store('members', memberNamed('mengqi', { name: '沈梦绮', houses: [residencyOf('h-2-1-602', 'owner', { knownAs: '沈梦绮' })] }))
    const repairId = await orders.report({ houseId: 'h-2-1-602', description: '窗户关不上' }, 'mengqi')
    await orders.must('he', 'assign', { repairId, technicianId: 'm-chen' })
    await orders.must('mengqi', 'sendMessage', { repairId, text: '在吗' })
    await orders.must('chen', 'start', { repairId })
    await orders.must('chen', 'complete', { repairId, note: '换了滑轮', photos: [] })
    await orders.must('mengqi', 'rate', { repairId, stars: 2, tags: [], note: '还行' })
    await village.tick()
    await village.as('mengqi').get('members', 'leaveHouse', { requestId: newRequest(), houseId: 'h-2-1-602' })
    expect(await found(['沈梦绮'])).toEqual(['沈梦绮'])
    await goAway('mengqi')
    expect(await found(tracesOf('mengqi', '沈梦绮'))).toEqual([])
    expect(await orders.stored(repairId)).toMatchObject({ description: '窗户关不上', people: ['m-chen', 'm-he'], rating: { stars: 2 } })
  })

  it('as a technician is the technician they were, and no name: in what they did, what they were given, said, and were asked about', async () => {
    await employ('jianjun', '欧阳建军', 'technician')
    const repairId = await orders.report({ urgency: 'urgent' })
    await orders.must('jianjun', 'claim', { repairId })
    await orders.must('jianjun', 'arrive', { repairId })
    await orders.must('jianjun', 'start', { repairId })
    await orders.must('jianjun', 'sendMessage', { repairId, text: '我到了' })
    await orders.must('jianjun', 'complete', { repairId, note: '换了阀芯', photos: [await orders.photoOf('jianjun', repairId)] })
    const given = await orders.report({ description: '门坏了' })
    await orders.must('he', 'assign', { repairId: given, technicianId: 'm-jianjun' })
    await orders.must('he', 'assign', { repairId: given, technicianId: 'm-chen' })
    await village.as('he').get('repair-desk', 'saveShift', {
      requestId: newRequest(), memberId: 'm-jianjun', startsAt: new Date(Date.now() + 3_600_000).toISOString(), endsAt: new Date(Date.now() + 7_200_000).toISOString(),
    })
    await village.tick()
    expect(await orders.told('wang')).toContain('欧阳师傅已接单，会尽快与您联系')
    await leave('jianjun')
    expect(await found(tracesOf('jianjun', '欧阳建军'))).toEqual([])
    const { repair } = await village.as('wang').get('repairs', 'get', { repairId })
    expect(repair).toMatchObject({ assigneeName: '师傅', status: 'completed' })
    expect(repair.timeline.map(({ byName, byRole }) => [byName, byRole]).slice(1)).toEqual([['师傅', 'technician'], ['师傅', 'technician'], ['师傅', 'technician'], ['师傅', 'technician']])
    expect(repair.timeline.at(-1)!.photos).toHaveLength(1)
    expect((await village.as('wang').get('repairs', 'messages', { repairId })).messages).toMatchObject([{ text: '我到了', byName: '师傅' }])
    expect((await village.as('wang').get('repairs', 'get', { repairId: given })).repair.timeline.map(({ assigneeName }) => assigneeName)).toEqual([null, '师傅', '陈师傅'])
    expect((await village.as('he').get('repair-desk', 'revisits', { state: 'open' })).revisits.find((revisit) => revisit.repairId === repairId)).toMatchObject({ technicianName: '师傅' })
  })

  it('as a clerk is found nowhere: not in orders, talks, revisits, incidents, applications or what others were told', async () => {
    await employ('jing', '司马静怡', 'clerk')
    const repairId = await orders.report({ urgency: 'urgent' })
    await orders.must('jing', 'assign', { repairId, technicianId: 'm-chen' })
    await orders.must('jing', 'sendMessage', { repairId, text: '师傅马上到' })
    await orders.must('chen', 'start', { repairId })
    await orders.must('chen', 'complete', { repairId, note: '换了阀芯', photos: [] })
    await village.tick()
    await village.as('jing').get('repairs', 'createFor', {
      requestId: newRequest(), houseId: null, category: 'public_area', urgency: 'normal', description: '大门不亮', photos: [], source: 'call',
      caller: { name: '路人', phone: null }, place: { building: null, spot: '大门' },
    })
    const { revisitId } = (await village.as('jing').get('repair-desk', 'revisits', { state: 'open' })).revisits.find((revisit) => revisit.repairId === repairId)!
    await village.as('jing').get('repair-desk', 'recordRevisit', { revisitId, isSatisfied: true, note: '修好了' })
    await village.as('jing').get('incidents', 'create', { requestId: newRequest(), kind: 'water', title: '停水', buildings: null, startsAt: new Date().toISOString() })
    const [review] = (await village.as('jing').get('repair-desk', 'contentReviews', {})).reviews
    await village.as('jing').get('repair-desk', 'decideContent', { requestId: newRequest(), reviewId: review!.reviewId, isFit: true })
    await village.tick()
    expect(await orders.told('chen')).toEqual(expect.arrayContaining([expect.stringMatching(/^司马客服把/)]))
    await leave('jing')
    expect(await found(tracesOf('jing', '司马静怡'))).toEqual([])
    expect((await village.as('wang').get('repairs', 'get', { repairId })).repair.timeline[1]).toMatchObject({ byName: '客服', byRole: 'clerk' })
    expect((await village.as('he').get('repair-desk', 'revisits', { state: 'done' })).revisits.find((each) => each.revisitId === revisitId)).toMatchObject({ result: { byName: '物业' } })
  })

  it('is erased from the rest when the worker died in the middle of an order', async () => {
    await village.close()
    village = await openVillage({ database: { transactionMs: 1_000 } })
    orders = ordersOf(village)
    const repairId = await orders.assigned()
    await orders.must('wang', 'sendMessage', { repairId, text: '明天来吗' })
    await village.tick()
    for (const beforeCall of [22, 30, 40, 60]) {
      await village.post('/control/fault', { kind: 'kill', function: 'account', beforeCall })
      await village.as('wang').call('account', 'deleteAccount', { requestId: newRequest(), hasRead: true }).catch(() => undefined)
      await village.post('/control/fault', { kind: 'kill', function: 'tick', beforeCall })
      await village.tick(new Date(Date.now() + beforeCall * 60_000).toISOString()).catch(() => undefined)
    }
    await village.post('/control/fault', { kind: 'none' })
    // The transactions of those who died end by themselves.
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await village.tick(new Date(Date.now() + 6 * 3_600_000).toISOString())
    expect(await found(tracesOf('wang', '王秀英'))).toEqual([])
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
