import { newRequest, openVillage, type Village } from '../support/village'
import { payingIn } from './paying'

let village: Village
let paying: ReturnType<typeof payingIn>
beforeAll(async () => {
  village = await openVillage()
  paying = payingIn(village)
})
afterAll(() => village.close())
afterEach(() => paying.noTrouble())

const posted = (billId: string, paymentId: string) => Promise.all([paying.billOf(billId), paying.paymentOf(paymentId)])

describe('WeChat’s callback', () => {
  it('posts the payment and its bill, is acknowledged after that, and whoever may see bills is told once', async () => {
    await village.again()
    const { billId, paymentId } = await paying.started()
    expect((await paying.decide(paymentId, 'success')).deliveries).toMatchObject([{ isAcknowledged: true, result: { errcode: 0 } }])
    const [bill, payment] = await posted(billId, paymentId)
    expect(bill).toMatchObject({ status: 'paid', settledBy: paymentId, openPaymentId: null, refundedFen: 0, settledAt: expect.anything() })
    expect(payment).toMatchObject({ status: 'paid', amountFen: 8_000, surplusFen: 0, transactionId: expect.stringMatching(/^42\d{26}$/), paidOn: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), parameters: null })
    await village.tick()
    expect(await paying.toldOf('缴费成功')).toEqual(['m-wang'])
    const [notice] = (await village.as('wang').get('messages', 'list', {})).messages
    expect([notice!.body, notice!.page]).toEqual(['维修费 80.00元已入账（微信支付）', `features/billing/pages/bill-detail/bill-detail?billId=${billId}`])
  })

  it('that comes ten times at once posts once, and every one is acknowledged', async () => {
    await village.again()
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    const rounds = await Promise.all(Array.from({ length: 10 }, () => paying.decide(paymentId, 'success')))
    expect(rounds.flatMap(({ deliveries }) => deliveries).filter(({ isAcknowledged }) => !isAcknowledged)).toEqual([])
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.version, payment.version, bill.status, payment.status]).toEqual([3, 2, 'paid', 'paid'])
    await village.tick()
    expect(await paying.toldOf('缴费成功')).toEqual(['m-wang'])
  })

  it('that comes days later changes nothing any more', async () => {
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'success')
    const before = await posted(billId, paymentId)
    expect((await paying.decide(paymentId, 'callback-repeated')).deliveries.every(({ isAcknowledged }) => isAcknowledged)).toBe(true)
    expect(await posted(billId, paymentId)).toEqual(before)
  })

  it('that somebody forged, as a phone or as WeChat, posts nothing', async () => {
    const { billId, paymentId } = await paying.started()
    expect((await paying.decide(paymentId, 'callback-forged')).deliveries.map(({ isAcknowledged, source }) => [source, isAcknowledged])).toEqual([['wx_client', false], ['wx_paycallback', false]])
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.status, payment.status]).toEqual(['unpaid', 'created'])
  })

  it('a stranger cannot call it, nor can the payer: it is no function of the phone', async () => {
    const { paymentId } = await paying.started()
    for (const who of ['wang', 'stranger']) {
      expect(await village.as(who).callRaw('payment-callback', { returnCode: 'SUCCESS', resultCode: 'SUCCESS', outTradeNo: paymentId, totalFee: 8_000 }).catch(() => 'closed')).toEqual('closed')
    }
    expect((await paying.paymentOf(paymentId)).status).toBe('created')
  })

  it('is not acknowledged while WeChat, asked, does not answer: it comes again', async () => {
    const { billId, paymentId } = await paying.started()
    await village.post('/control/fault', { kind: 'api', name: 'cloudPay.queryOrder', errcode: -1, times: 1 })
    expect((await paying.decide(paymentId, 'success')).deliveries).toMatchObject([{ isAcknowledged: false }])
    expect((await paying.billOf(billId)).status).toBe('unpaid')
    expect((await paying.decide(paymentId, 'success')).deliveries).toMatchObject([{ isAcknowledged: true }])
    expect((await paying.billOf(billId)).status).toBe('paid')
  })
})

describe('money that does not fit what was ordered', () => {
  it('is not posted: people are told, WeChat is acknowledged, and nobody pays again meanwhile', async () => {
    await village.again()
    const { billId, paymentId } = await paying.started()
    expect((await paying.decide(paymentId, 'wrong-amount')).deliveries).toMatchObject([{ isAcknowledged: true }])
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.status, bill.settledBy, payment.status, payment.suspicion]).toEqual(['unpaid', null, 'suspect', 'amount'])
    await village.tick()
    expect((await village.group()).join('\n')).toContain(`【收款核对】3号楼2单元501的一笔微信缴费金额对不上（应收 80.00元，单号 ${paymentId}），没有入账。请财务在商户平台核对`)
    expect((await village.as('he').get('operations', 'status', {})).problems.filter(({ kind }) => kind === 'payments_suspect')).toHaveLength(1)
    expect(await paying.confirm('wang', paymentId)).toBe('posting')
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('BILL_POSTING')
    expect(await paying.record('qian', billId)).toBe('BILL_POSTING')
    expect(await paying.waive('he', billId)).toBe('BILL_POSTING')
    expect((await paying.decide(paymentId, 'success')).deliveries).toMatchObject([{ isAcknowledged: true }])
    expect(await paying.toldOf('缴费成功')).toEqual([])
  })

  it.each<[string, object, string]>([
    ['of another person', { payer: { memberId: 'm-wang', name: '王秀英', openid: 'o-somebody-else' } }, 'payer'],
    ['of another amount', { amountFen: 7_999 }, 'amount'],
  ])('%s is suspect', async (_, change, suspicion) => {
    const { billId, paymentId } = await paying.started()
    await village.alter('payments', paymentId, change)
    await paying.decide(paymentId, 'success')
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.status, payment.status, payment.suspicion]).toEqual(['unpaid', 'suspect', suspicion])
  })
})

describe('money for a bill that was settled meanwhile', () => {
  it('late, on an order that we had closed, still settles the bill that waits for it', async () => {
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    await village.alter('payments', paymentId, { status: 'closed' })
    await village.alter('bills', billId, { openPaymentId: null })
    await paying.decide(paymentId, 'success')
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.status, bill.settledBy, payment.status, payment.surplusFen]).toEqual(['paid', paymentId, 'paid', 0])
  })

  it.each(['paid', 'waived'])('is a surplus when the bill is %s', async (status) => {
    await village.again()
    const { billId, paymentId } = await paying.started()
    await village.alter('bills', billId, { status, openPaymentId: null, settledBy: status === 'paid' ? 'p-other' : null })
    await paying.decide(paymentId, 'callback-repeated')
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.status, bill.settledBy, payment.status, payment.surplusFen]).toEqual([status, status === 'paid' ? 'p-other' : null, 'paid', 8_000])
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'surplus_refund')).toMatchObject([{ _id: `surplus_${paymentId}`, payload: { paymentId } }])
    await village.tick()
    expect([await paying.toldOf('多付的钱会退回'), await paying.toldOf('缴费成功')]).toEqual([['m-wang'], []])
  })
})

describe('the watch over an order', () => {
  it('posts within ten minutes what WeChat never told of', async () => {
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    await paying.later(2.5)
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.status, payment.status]).toEqual(['paid', 'paid'])
    expect((await village.documents('jobs')).filter(({ _id }) => _id === `watch_${paymentId}`)).toEqual([])
  })

  it('posts what is paid between two looks at the second', async () => {
    const { billId, paymentId } = await paying.started()
    await paying.later(2.5)
    await paying.decide(paymentId, 'callback-lost')
    await paying.later(8)
    expect((await paying.billOf(billId)).status).toBe('paid')
  })

  it('closes what nobody paid, here and at WeChat, and the bill can be paid again', async () => {
    const { billId, paymentId } = await paying.started()
    for (const minutes of [3, 9, 15, 21, 27]) {
      await paying.later(minutes)
      expect((await paying.paymentOf(paymentId)).status).toBe('created')
    }
    await paying.later(33)
    const [bill, payment] = await posted(billId, paymentId)
    expect([bill.status, bill.openPaymentId, payment.status, (await paying.askWeChat(paymentId)).state]).toEqual(['unpaid', null, 'closed', 'CLOSED'])
    await paying.noTrouble()
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('OK')
  })

  it('closes the order of somebody whose bill was paid otherwise', async () => {
    const { billId, paymentId } = await paying.started()
    await village.alter('bills', billId, { status: 'paid', settledBy: 'p-other', openPaymentId: null })
    await paying.later(3)
    expect([(await paying.paymentOf(paymentId)).status, (await paying.askWeChat(paymentId)).state]).toEqual(['closed', 'CLOSED'])
  })

  it('goes on while WeChat does not answer, and does not give up what may be paid', async () => {
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    await village.post('/control/fault', { kind: 'api', name: 'cloudPay.queryOrder', errcode: -1, times: 2 })
    await paying.later(3)
    expect((await paying.paymentOf(paymentId)).status).toBe('created')
    await village.post('/control/fault', { kind: 'none' })
    await paying.later(8)
    expect((await paying.billOf(billId)).status).toBe('paid')
  })

  it('outlives the account of whoever began to pay', async () => {
    await village.again()
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    await village.as('wang').get('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })
    await paying.later(3)
    expect((await paying.billOf(billId)).status).toBe('paid')
  })
})

it('no call took more round trips than declared, and only what was to fail did', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || (line.code === 'INTERNAL' && line.function !== 'payment-callback'))).toEqual([])
})
