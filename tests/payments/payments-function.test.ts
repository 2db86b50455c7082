import { letTenant, setPayments } from '../billing/charged'
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

describe('payments.start', () => {
  it('whoever may pay for the house can: the amount is the bill’s, the merchant the community’s, and WeChat knows the order', async () => {
    const { billId, repairId, paymentId, amountFen, parameters } = await paying.started()
    expect(amountFen).toBe(8_000)
    expect(parameters).toEqual({
      timeStamp: expect.stringMatching(/^\d{10}$/), nonceStr: expect.any(String), package: expect.stringMatching(/^prepay_id=wx/), signType: 'MD5', paySign: expect.any(String),
    })
    const prepayId = parameters.package.replace('prepay_id=', '')
    expect(await (await fetch(`${village.url}/control/order?prepayId=${prepayId}`)).json()).toMatchObject({
      outTradeNo: paymentId, merchant: '1600000001', totalFee: 8_000, state: 'NOTPAY', openid: village.as('wang').openid, body: expect.stringMatching(/^梨花苑-维修费 \d{6}-/),
    })
    expect(await paying.paymentOf(paymentId)).toMatchObject({
      status: 'created', billId, method: 'wechat', merchantId: '1600000001', payer: { memberId: 'm-wang' }, source: { kind: 'repair', id: repairId }, houseId: 'h-3-2-501',
    })
    expect(await paying.billOf(billId)).toMatchObject({ status: 'unpaid', openPaymentId: paymentId })
  })

  it('a resident who gave up can pay again at once: the same order, and the same parameters', async () => {
    const { billId, paymentId, parameters } = await paying.started()
    await paying.decide(paymentId, 'cancel')
    expect(await paying.confirm('wang', paymentId)).toBe('unpaid')
    expect(await paying.start('wang', billId)).toMatchObject({ paymentId, parameters })
  })

  it('a resident can tap twice, or send the same request again, and has one order', async () => {
    const { billId } = await paying.charges.charged()
    const requestId = newRequest()
    const started = await Promise.all([1, 2, 3].map(() => paying.start('wang', billId, requestId)))
    expect([new Set(started.map(({ paymentId }) => paymentId)).size, (await paying.paymentsOf(billId)).length]).toEqual([1, 1])
  })

  it('another of the household can pay instead: the first order is closed, so that never both are paid', async () => {
    await letTenant(village, 'bills', 'pay', 'report')
    const { billId, paymentId } = await paying.started()
    const second = await paying.start('li', billId)
    expect(second.paymentId).not.toBe(paymentId)
    expect(await paying.askWeChat(paymentId)).toMatchObject({ state: 'CLOSED' })
    expect([(await paying.paymentOf(paymentId)).status, (await paying.billOf(billId)).openPaymentId]).toEqual(['closed', second.paymentId])
    expect(await paying.confirm('wang', paymentId)).toBe('unpaid')
  })

  it('another of the household cannot pay what the first has just paid, though nobody was told', async () => {
    await letTenant(village, 'bills', 'pay', 'report')
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    expect(await paying.tryAs('li', 'start', { billId, requestId: newRequest() })).toBe('BILL_ALREADY_PAID')
    expect(await paying.billOf(billId)).toMatchObject({ status: 'paid', settledBy: paymentId })
  })

  it('two of a household who start in the same moment have one order that can be paid', async () => {
    await letTenant(village, 'bills', 'pay', 'report')
    const { billId } = await paying.charges.charged()
    await Promise.all(['wang', 'li'].map((who) => paying.tryAs(who, 'start', { billId, requestId: newRequest() })))
    const states = await Promise.all((await paying.paymentsOf(billId)).map(async ({ _id }) => (await paying.askWeChat(_id)).state))
    expect(states.filter((state) => state === 'NOTPAY')).toHaveLength(1)
  })

  it('an order about to end is not handed out again', async () => {
    const { billId, paymentId } = await paying.started()
    await village.post('/control/clock', { now: Date.now() + 29 * 60_000 })
    const again = await paying.start('wang', billId)
    expect([again.paymentId === paymentId, (await paying.paymentOf(paymentId)).status]).toEqual([false, 'closed'])
  })

  it('a bill that is paid, waived or of nobody cannot be paid', async () => {
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'success')
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('BILL_ALREADY_PAID')
    const other = await paying.charges.charged()
    await paying.waive('he', other.billId)
    expect(await paying.tryAs('wang', 'start', { billId: other.billId, requestId: newRequest() })).toBe('BILL_WAIVED')
    expect(await paying.tryAs('wang', 'start', { billId: 'repair_nothing_0', requestId: newRequest() })).toBe('NOT_FOUND')
  })

  it('a request whose order was closed cannot begin again by itself', async () => {
    const { billId } = await paying.charges.charged()
    const requestId = newRequest()
    const { paymentId } = await paying.start('wang', billId, requestId)
    await paying.later(40)
    await paying.noTrouble()
    expect((await paying.paymentOf(paymentId)).status).toBe('closed')
    expect(await paying.tryAs('wang', 'start', { billId, requestId })).toBe('PAYMENT_CLOSED')
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('OK')
  })

  it('an order that did not reach WeChat can be tried again, and is the same', async () => {
    const { billId } = await paying.charges.charged()
    await village.post('/control/fault', { kind: 'api', name: 'cloudPay.unifiedOrder', errcode: -1, times: 1 })
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('UNAVAILABLE')
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('OK')
    expect((await paying.paymentsOf(billId)).map(({ status }) => status)).toEqual(['created'])
  })

  it('a tenant cannot until the owner lets them', async () => {
    const { billId } = await paying.charges.charged()
    await letTenant(village, 'report', 'bills')
    expect(await paying.tryAs('li', 'start', { billId, requestId: newRequest() })).toBe('FORBIDDEN')
  })

  it('a neighbour cannot: the bill does not exist for them', async () => {
    const { billId } = await paying.charges.charged()
    expect(await paying.tryAs('zhao', 'start', { billId, requestId: newRequest() })).toBe('NOT_FOUND')
  })

  it.each(['chen', 'he', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await paying.tryAs(who, 'start', { billId: 'repair_r-village-lamp_0', requestId: newRequest() })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await paying.tryAs('stranger', 'start', { billId: 'repair_r-village-lamp_0', requestId: newRequest() })).toBe('FORBIDDEN')
  })
})

describe('a community that', () => {
  /** Functions remember a configuration for a minute: these begin cold. */
  const withPayments = async (payments: object | null): Promise<string> => {
    await village.post('/control/reset', { seed: 'village' })
    await setPayments(village, payments)
    return (await paying.charges.charged()).billId
  }

  it.each([
    ['has stopped taking money by WeChat', { isOpen: false, merchants: { repair: '1600000001' } }, '物业暂停了线上缴费，请到物业服务中心缴费'],
    ['has no merchant', { isOpen: true, merchants: {} }, '这里还没有开通微信缴费，请到物业服务中心缴费'],
  ])('%s refuses every order, says why wherever one could pay, and takes cash', async (_, payments, words) => {
    const billId = await withPayments(payments)
    expect(await village.as('wang').callRaw('payments', { action: 'start', input: { billId, requestId: newRequest() } })).toMatchObject({
      ok: false, error: { code: 'CONFLICT', reason: 'PAY_CLOSED', message: words },
    })
    const { bills, cannotPay } = await village.as('wang').get('billing', 'list', { houseId: 'h-3-2-501' })
    expect([bills.flatMap(({ nextSteps }) => nextSteps), cannotPay]).toEqual([[], words])
    expect(await paying.record('qian', billId)).toBe('OK')
  })

  it('has a merchant whom WeChat Pay refuses closes the order, says what to do, and lets people try again', async () => {
    const billId = await withPayments({ isOpen: true, merchants: { repair: '1'.repeat(40) } })
    for (const states of [['closed'], ['closed', 'closed']]) {
      expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('PAY_REFUSED')
      expect((await paying.paymentsOf(billId)).map(({ status }) => status)).toEqual(states)
    }
    expect((await paying.billOf(billId)).openPaymentId).toBeNull()
    await village.post('/control/reset', { seed: 'village' })
  })
})

describe('payments.confirm', () => {
  it('the payer can hear that it is paid, though the callback never came: WeChat is asked, the phone is not believed', async () => {
    const { billId, paymentId } = await paying.started()
    expect(await paying.confirm('wang', paymentId)).toBe('unpaid')
    await paying.decide(paymentId, 'callback-lost')
    expect(await paying.confirm('wang', paymentId)).toBe('paid')
    expect(await paying.confirm('wang', paymentId)).toBe('paid')
    expect(await paying.billOf(billId)).toMatchObject({ status: 'paid', settledBy: paymentId, openPaymentId: null })
    const [shown] = (await village.as('wang').get('billing', 'list', { houseId: 'h-3-2-501' })).bills
    expect(shown).toMatchObject({ billId, status: 'paid', isPosting: false, nextSteps: [] })
  })

  it('the payer can see it being posted while WeChat does not answer, everywhere without a button to pay', async () => {
    const { billId, repairId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    await village.post('/control/fault', { kind: 'api', name: 'cloudPay.queryOrder', errcode: -1, times: 1 })
    const owedBefore = (await village.as('wang').get('home', 'open', {})).owed!
    expect(await paying.confirm('wang', paymentId)).toBe('posting')
    const { bills } = await village.as('wang').get('billing', 'list', { houseId: 'h-3-2-501' })
    expect(bills.find((bill) => bill.billId === billId)).toMatchObject({ status: 'unpaid', isPosting: true, nextSteps: [] })
    expect((await village.as('wang').get('repairs', 'get', { repairId })).bills).toMatchObject([{ billId, isPosting: true }])
    expect((await village.as('wang').get('home', 'open', {})).owed!.amountFen).toBe(owedBefore.amountFen - 8_000)
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('BILL_POSTING')
    expect(await paying.confirm('wang', paymentId)).toBe('paid')
  })

  it('what was said to be posted is owed again once WeChat says that nobody paid', async () => {
    const { billId, paymentId } = await paying.started()
    await village.post('/control/fault', { kind: 'api', name: 'cloudPay.queryOrder', errcode: -1, times: 1 })
    expect(await paying.confirm('wang', paymentId)).toBe('posting')
    await paying.later(3)
    expect(await paying.billOf(billId)).toMatchObject({ status: 'unpaid', postingSince: null, openPaymentId: paymentId })
  })

  it.each(['li', 'zhao', 'he', 'qian', 'chen'])('%s cannot: it is not theirs', async (who) => {
    const { paymentId } = await paying.started()
    expect(await paying.tryAs(who, 'confirm', { paymentId })).toBe('NOT_FOUND')
  })

  it('a stranger cannot', async () => {
    expect(await paying.tryAs('stranger', 'confirm', { paymentId: 'p-nothing' })).toBe('FORBIDDEN')
  })
})

it('no call took more round trips than declared, and nothing broke', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
