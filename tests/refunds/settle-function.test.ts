import { newRequest, openVillage, type Village } from '../support/village'
import { refundingIn } from './refunding'

let village: Village
let refunding: ReturnType<typeof refundingIn>
beforeAll(async () => {
  village = await openVillage()
  refunding = refundingIn(village)
})
afterAll(() => village.close())
afterEach(() => refunding.paying.noTrouble())

const isTold = ({ deliveries }: { deliveries: { isAcknowledged: boolean }[] }) => deliveries.map(({ isAcknowledged }) => isAcknowledged)
const refundsAtWeChat = async (refundId: string) => (await village.post('/control/pay', { outRefundNo: refundId, outcome: 'callback-forged' })) as { state: string }
const refundCalls = async (): Promise<number> => {
  const { calls } = (await (await fetch(`${village.url}/control/calls`)).json()) as { calls: { on: string }[] }
  return calls.filter(({ on }) => on === 'refund').length
}

describe('an approved refund', () => {
  it('is taken on by WeChat, and is not back before WeChat says so', async () => {
    const made = await refunding.sent()
    expect(await refunding.books(made)).toEqual(['approved', 0, 3_000, 0, 0])
    expect(await refunding.refundOf(made.refundId)).toMatchObject({ acceptedAt: expect.anything(), trouble: null })
    expect(await refundsAtWeChat(made.refundId)).toMatchObject({ state: 'PROCESSING' })
  })

  it('is posted by WeChat’s callback, acknowledged after that, and whoever may see bills hears of it once', async () => {
    await village.again()
    const made = await refunding.sent()
    expect(isTold(await refunding.decide(made.refundId, 'success'))).toEqual([true])
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
    await village.tick()
    expect(await refunding.paying.toldOf('退款到账')).toEqual(['m-wang'])
    const [notice] = (await village.as('wang').get('messages', 'list', {})).messages
    expect([notice!.body, notice!.page]).toEqual(['维修费 30.00元已原路退回付款的微信', `features/billing/pages/bill-detail/bill-detail?billId=${made.billId}`])
  })

  it('that WeChat tells of ten times at once is posted once', async () => {
    const made = await refunding.sent()
    await refunding.decide(made.refundId, 'callback-lost')
    const rounds = await Promise.all(Array.from({ length: 5 }, () => refunding.decide(made.refundId, 'callback-repeated')))
    expect(rounds.flatMap(isTold).filter((isAcknowledged) => !isAcknowledged)).toEqual([])
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })

  it('whose callback is lost is asked for, and posted within minutes', async () => {
    const made = await refunding.sent()
    await refunding.decide(made.refundId, 'callback-lost')
    expect(await refunding.books(made)).toEqual(['approved', 0, 3_000, 0, 0])
    await refunding.paying.later(8)
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })

  it('that somebody forges, as a phone or as WeChat, posts nothing', async () => {
    const made = await refunding.sent()
    expect(isTold(await refunding.decide(made.refundId, 'callback-forged'))).toEqual([false, false])
    expect(await refunding.books(made)).toEqual(['approved', 0, 3_000, 0, 0])
  })

  it('a stranger cannot post it, nor can the payer: the door is no function of the phone', async () => {
    const made = await refunding.sent()
    for (const who of ['wang', 'stranger']) {
      const event = { outRefundNo: made.refundId, refundStatus: 'SUCCESS', refundFee: 3_000 }
      expect(await village.as(who).callRaw('refund-callback', event).catch(() => 'closed')).toBe('closed')
    }
    expect(await refunding.books(made)).toEqual(['approved', 0, 3_000, 0, 0])
  })

  it('of which another amount came back is not posted: its money stays held, and people are told once', async () => {
    await village.again()
    const made = await refunding.sent()
    expect(isTold(await refunding.decide(made.refundId, 'wrong-amount'))).toEqual([false])
    await refunding.paying.later(8)
    await refunding.paying.later(80)
    expect(await refunding.books(made)).toEqual(['approved', 0, 3_000, 0, 0])
    expect((await village.group()).filter((text) => text.includes('微信退的金额与批准的不一样'))).toHaveLength(1)
    expect(await refunding.paying.toldOf('微信还没有退款')).toEqual(['m-he', 'm-qian'])
  })

  it.each([['failed', '付款人的银行卡退不进去，钱还在商户账户'], ['cancel', '微信关闭了这笔退款']] as const)('that ends as %s frees its money, is told to the desk, and can be asked for again by hand', async (outcome, trouble) => {
    await village.again()
    const made = await refunding.sent()
    expect(isTold(await refunding.decide(made.refundId, outcome))).toEqual([true])
    expect(await refunding.books(made)).toEqual(['failed', 0, 0, 0, 0])
    expect((await village.as('qian').get('refunds', 'bill', { billId: made.billId })).refunds).toMatchObject([{ status: 'failed', trouble }])
    expect((await village.as('wang').get('refunds', 'bill', { billId: made.billId })).refunds).toMatchObject([{ status: 'failed', trouble: null }])
    await village.tick()
    expect(await refunding.paying.toldOf('退款没有退成')).toEqual(['m-he', 'm-qian'])
    const again = await refunding.request('qian', made.paymentId, 3_000, { route: 'offline' })
    await refunding.approve(again)
    await refunding.act('qian', 'payOut', again)
    expect(await refunding.books({ ...made, refundId: again })).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })

  it('that WeChat gave back after all is counted, unless the money was asked for again', async () => {
    const [late, tooLate] = [await refunding.sent(), await refunding.sent()]
    for (const { refundId, paymentId } of [late, tooLate]) {
      await village.alter('refunds', refundId, { status: 'failed' })
      await village.alter('payments', paymentId, { reservedFen: 0 })
    }
    await refunding.request('qian', tooLate.paymentId, 8_000)
    await refunding.decide(late.refundId, 'success')
    expect(await refunding.books(late)).toEqual(['refunded', 3_000, 0, 0, 3_000])
    await refunding.decide(tooLate.refundId, 'success')
    expect(await refunding.books(tooLate)).toEqual(['failed', 0, 0, 8_000, 0])
    expect(await refunding.refundOf(tooLate.refundId)).toMatchObject({ trouble: '微信后来退成功了，而这笔钱又申请了一次，请核对' })
  })

  it('twice of one payment is given back twice, and together is never more than was paid', async () => {
    const made = await refunding.sent()
    await refunding.decide(made.refundId, 'success')
    const second = await refunding.request('qian', made.paymentId, 5_000)
    await refunding.approve(second)
    await village.tick()
    await refunding.decide(second, 'success')
    expect(await refunding.books({ ...made, refundId: second })).toEqual(['refunded', 8_000, 0, 0, 8_000])
    expect(await refunding.tryAs('qian', 'request', { paymentId: made.paymentId, amountFen: 1, reason: '再退', requestId: newRequest() })).toBe('REFUND_TOO_MUCH')
    expect((await village.as('wang').get('repairs', 'get', { repairId: made.repairId })).bills).toMatchObject([{ billId: made.billId, status: 'paid', amountFen: 8_000, refundedFen: 8_000 }])
  })

  it('goes on though the payer deletes the account meanwhile', async () => {
    await village.again()
    const made = await refunding.sent()
    await village.as('wang').get('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })
    await refunding.decide(made.refundId, 'success')
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
    await village.again()
  })
})

describe('a refund that WeChat does not take on', () => {
  it('because it cannot be reached is tried again, with the same number', async () => {
    const made = await refunding.approvedByWeChat()
    await village.post('/control/fault', { kind: 'api', name: 'cloudPay.refund', errcode: -1, times: 1 })
    await village.tick()
    expect(await refunding.refundOf(made.refundId)).toMatchObject({ status: 'approved', acceptedAt: null })
    await refunding.paying.later(3)
    await refunding.decide(made.refundId, 'success')
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })

  it('and says why is told to the desk once, tried every hour, and given up after a week', async () => {
    await village.again()
    const made = await refunding.approvedByWeChat()
    // WeChat Pay knows no such order, whatever we believe.
    await village.alter('payments', made.paymentId, { merchantId: '1600000077' })
    await village.tick()
    await refunding.paying.later(70)
    await refunding.paying.later(72)
    expect(await refunding.paying.toldOf('微信还没有退款')).toEqual(['m-he', 'm-qian'])
    expect(await refunding.refundOf(made.refundId)).toMatchObject({ status: 'approved', trouble: '订单不存在' })
    await refunding.paying.later(8 * 24 * 60)
    expect(await refunding.books(made)).toEqual(['failed', 0, 0, 0, 0])
  })

  it('because the year is over is given up at once, and goes back by hand', async () => {
    const made = await refunding.approvedByWeChat()
    await refunding.paying.later(366 * 24 * 60)
    expect(await refunding.refundOf(made.refundId)).toMatchObject({ status: 'failed', trouble: '订单已经超过退款期限' })
    expect((await refunding.refundOf(await refunding.request('qian', made.paymentId, 3_000))).route).toBe('offline')
  })
})

describe('money for a bill that was settled already', () => {
  it('is asked back by the system, once, and a manager decides; the bill stays paid', async () => {
    await village.again()
    const { billId, paymentId } = await refunding.paying.started()
    await village.alter('bills', billId, { status: 'waived', openPaymentId: null })
    await refunding.paying.decide(paymentId, 'success')
    await village.tick()
    await village.tick()
    const refunds = await village.documents('refunds')
    expect(refunds).toMatchObject([{ _id: `surplus_${paymentId}`, status: 'requested', amountFen: 8_000, isSurplus: true, requested: { by: null } }])
    const made = { refundId: `surplus_${paymentId}`, paymentId, billId }
    expect(await refunding.books(made)).toEqual(['requested', 0, 0, 8_000, 0])
    await refunding.approve(made.refundId)
    await village.tick()
    await refunding.decide(made.refundId, 'success')
    expect(await refunding.books(made)).toEqual(['refunded', 8_000, 0, 0, 0])
  })

  it('that a cashier has asked back by hand is not asked back twice', async () => {
    const { billId, paymentId } = await refunding.paying.started()
    await village.alter('bills', billId, { status: 'waived', openPaymentId: null })
    await refunding.paying.decide(paymentId, 'success')
    await refunding.request('qian', paymentId, 8_000)
    await village.tick()
    expect((await village.documents('refunds')).filter((refund) => refund.paymentId === paymentId)).toHaveLength(1)
  })
})

it('WeChat is asked to give money back once, however often the job runs', async () => {
  const before = await refundCalls()
  const made = await refunding.sent()
  await village.tick()
  await refunding.paying.later(8)
  expect([await refundCalls() - before, (await refunding.refundOf(made.refundId)).status]).toEqual([1, 'approved'])
})
