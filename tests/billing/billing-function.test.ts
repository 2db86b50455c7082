import { newRequest, openVillage, type Village } from '../support/village'
import { chargesOf, costFen, letTenant } from './charged'

let village: Village
let charges: ReturnType<typeof chargesOf>
beforeAll(async () => {
  village = await openVillage()
  charges = chargesOf(village)
})
afterAll(() => village.close())

const home = 'h-3-2-501'
const codeOf = async (who: string, action: string, input: object) => {
  const answer = await village.as(who).callRaw('billing', { action, input })
  return answer.ok ? 'OK' : answer.error.code
}

describe('the bill of a repair', () => {
  it('is issued with the completion, once, though the technician’s phone asks again', async () => {
    const repairId = await charges.orders.started()
    await charges.orders.must('chen', 'quote', { repairId, lines: [{ itemId: 'tap', quantity: 1 }] })
    await charges.orders.must('wang', 'accept', { repairId })
    const completing = { repairId, requestId: newRequest(), note: '换了龙头', photos: [] }
    await Promise.all([1, 2, 3].map(() => charges.orders.tryAs('chen', 'complete', completing)))
    const bills = (await village.documents('bills')).filter(({ source }) => (source as { id: string }).id === repairId)
    expect(bills).toMatchObject([{
      _id: `repair_${repairId}_0`, status: 'unpaid', houseId: home, houseLabel: '3号楼2单元501', amountFen: 6_800, refundedFen: 0, settledBy: null, openPaymentId: null,
      lines: [{ name: '单冷水龙头', unit: '个', quantity: 1, priceFen: 6_800, amountFen: 6_800 }],
    }])
    const { bills: shown, repair } = await village.as('wang').get('repairs', 'get', { repairId })
    expect(shown).toMatchObject([{ billId: `repair_${repairId}_0`, amountFen: 6_800, refundedFen: 0, status: 'unpaid', isPosting: false }])
    expect(repair.charges!.totalFen).toBe(6_800)
  })

  it('is told with the completion', async () => {
    const { repairId } = await charges.charged()
    await village.tick()
    const [latest] = (await village.as('wang').get('messages', 'list', {})).messages
    expect([latest!.body, latest!.page]).toEqual(['陈师傅已完工：换了两个三角阀。费用 80.00元，请在报修单里缴费', `features/repairs/pages/repair-detail/repair-detail?repairId=${repairId}`])
  })

  it('is none where nothing is charged', async () => {
    const repairId = await charges.orders.completed()
    expect([(await village.as('wang').get('repairs', 'get', { repairId })).bills, (await charges.billIds()).filter((id) => id.includes(repairId))]).toEqual([[], []])
  })

  it('stays when the order is reopened, which makes another when it is finished again', async () => {
    const { repairId, billId } = await charges.charged()
    await charges.orders.must('wang', 'reopen', { repairId, note: '还在漏', photos: [await charges.orders.photoOf('wang', repairId)] })
    await charges.orders.must('chen', 'start', { repairId })
    await charges.finish(repairId)
    const { bills } = await village.as('wang').get('repairs', 'get', { repairId })
    expect(bills.map((bill) => [bill.billId, bill.amountFen])).toEqual([[billId, costFen], [`repair_${repairId}_1`, costFen]])
  })

  it.each(['wang', 'li', 'he', 'zhou', 'chen'])('is shown with the order to %s', async (who) => {
    const { repairId, billId } = await charges.charged()
    expect((await village.as(who).get('repairs', 'get', { repairId })).bills.map((bill) => bill.billId)).toEqual([billId])
  })

  it('is shown to no neighbour who follows', async () => {
    const { repairId } = await charges.charged()
    await village.store('followers', { _id: `${repairId}_h-1-1-201`, schema: 1, subjectId: repairId, houseId: 'h-1-1-201', memberId: 'm-zhao', at: new Date() })
    const { bills, repair } = await village.as('zhao').get('repairs', 'get', { repairId })
    expect([bills, repair.charges]).toEqual([[], null])
  })
})

describe('billing.list', () => {
  it('whoever may see what the house owes can, newest first, with what is owed in all', async () => {
    await village.again()
    const [first, second] = [await charges.charged(), await charges.charged()]
    const { bills, owed, cannotPay, nextCursor } = await village.as('wang').get('billing', 'list', { houseId: home })
    expect(bills.slice(0, 2)).toMatchObject([
      { billId: second.billId, title: '维修费', amountFen: 8_000, status: 'unpaid', source: { kind: 'repair', repairId: second.repairId }, nextSteps: ['pay'], settledAt: null },
      { billId: first.billId, nextSteps: ['pay'] },
    ])
    const unpaid = bills.filter(({ status }) => status === 'unpaid')
    expect([owed, cannotPay, nextCursor]).toEqual([{ amountFen: unpaid.reduce((sum, { amountFen }) => sum + amountFen, 0), count: unpaid.length }, null, null])
  })

  it('a tenant cannot until the owner lets them see, and then sees no button to pay', async () => {
    await letTenant(village, 'report')
    expect(await codeOf('li', 'list', { houseId: home })).toBe('FORBIDDEN')
    await letTenant(village, 'report', 'bills')
    const { bills } = await village.as('li').get('billing', 'list', { houseId: home })
    expect(bills[0]!.nextSteps).toEqual([])
  })

  it('a neighbour cannot: the house does not exist for them', async () => {
    expect(await codeOf('zhao', 'list', { houseId: home })).toBe('NOT_FOUND')
  })

  it.each(['he', 'qian', 'chen', 'sun'])('%s cannot: bills of staff are on the desk', async (who) => {
    expect(await codeOf(who, 'list', { houseId: home })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf('stranger', 'list', { houseId: home })).toBe('FORBIDDEN')
  })
})

describe('billing.desk', () => {
  it.each([['qian', ['record']], ['he', ['record', 'waive']]])('%s can see what is unpaid, and what to do about it', async (who, steps) => {
    const { billId } = await charges.charged()
    const { bills, unpaid } = await village.as(who).get('billing', 'desk', { status: 'unpaid' })
    expect(bills[0]).toMatchObject({ billId, houseLabel: '3号楼2单元501', nextSteps: steps })
    expect(unpaid).toEqual({ amountFen: bills.reduce((sum, { amountFen }) => sum + amountFen, 0), count: bills.length })
  })

  it('a cashier of another building cannot see it', async () => {
    const post = { role: 'cashier', communityId: 'c-lihua', communityName: '梨花苑', buildings: ['2'] }
    await village.alter('members', 'm-qian', { post, posts: [post] })
    expect(await village.as('qian').get('billing', 'desk', { status: 'unpaid' })).toEqual({ bills: [], nextCursor: null, unpaid: { amountFen: 0, count: 0 } })
  })

  it.each(['wang', 'chen', 'zhou', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(who, 'desk', { status: 'unpaid' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf('stranger', 'desk', { status: 'unpaid' })).toBe('FORBIDDEN')
  })
})

describe('what a house owes, on the first screen', () => {
  it('is told to whoever may see it, with the bill when it is only one', async () => {
    await village.again()
    const before = (await village.as('wang').get('home', 'open', {})).owed!
    const { billId } = await charges.charged()
    const { owed } = await village.as('wang').get('home', 'open', {})
    expect(owed).toEqual({ amountFen: before.amountFen + costFen, count: before.count + 1, billId: before.count === 0 ? billId : null })
  })

  it('is not told to a tenant who may not see it, nor to anybody without a home', async () => {
    await letTenant(village, 'report')
    expect((await village.as('li').get('home', 'open', {})).owed).toBeNull()
    expect((await village.as('qian').get('home', 'open', {})).owed).toBeNull()
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
