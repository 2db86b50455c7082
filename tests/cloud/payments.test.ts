import { ofCashier, startCashier } from './cashier'
import type { Cashier } from './cashier'
import { stopTestCloud, waitFor, wang } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

let cloud: TestCloud
let cashier: Cashier
beforeAll(async () => {
  cloud = await startCashier()
  cashier = ofCashier(cloud)
})
afterAll(() => stopTestCloud(cloud))

describe('an order', () => {
  it('is placed for the caller, and the phone gets what requestPayment needs', async () => {
    const placed = await cashier.place('T1')
    expect(placed).toMatchObject({ returnCode: 'SUCCESS', resultCode: 'SUCCESS', tradeType: 'JSAPI', subMchId: '1600000001', errCode: 0 })
    expect(placed.payment).toMatchObject({
      appId: 'wx1111aaaa2222bbbb',
      signType: 'MD5',
      package: `prepay_id=${placed.prepayId}`,
      timeStamp: expect.stringMatching(/^\d{10}$/),
    })
    const { body } = await cloud.get(`/control/order?prepayId=${placed.prepayId}`)
    expect(body).toEqual({ outTradeNo: 'T1', merchant: '1600000001', body: '邻里-物业费', totalFee: 12050, state: 'NOTPAY', openid: wang })
    expect(await cashier.use('queryOrder', { outTradeNo: 'T1' })).toMatchObject({ tradeState: 'NOTPAY', tradeStateDesc: '订单未支付' })
  })

  it('with the same number is taken again unchanged, and refused changed', async () => {
    expect(await cashier.place('T1')).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await cashier.place('T1', { totalFee: 1 })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '201 商户订单号重复', errCode: 0 })
  })

  it('that is malformed does not reach the cashier', async () => {
    for (const changes of [
      { nonceStr: '' },
      { totalFee: 0 },
      { totalFee: 1.5 },
      { outTradeNo: 'x'.repeat(33) },
      { outTradeNo: '中文' },
      { tradeType: undefined },
      { spbillCreateIp: 'here' },
      { body: '费'.repeat(43) },
    ]) {
      expect(await cashier.place('T-bad', changes)).toMatchObject({ returnCode: 'FAIL' })
    }
    expect((await cashier.place('T-bad', { totalFee: '12050' })).errMsg).toContain('-202')
    expect(await cashier.place('T-bad', { functionName: 'nowhere' })).toMatchObject({ errCode: -501007 })
    expect(await cashier.use('queryOrder', { outTradeNo: 'T-bad' })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
    expect((await cashier.use('lottery', {})).errMsg).toContain('cloudPay has no lottery')
  })

  it('can be closed until it is paid', async () => {
    await cashier.place('T2')
    expect(await cashier.use('closeOrder', { outTradeNo: 'T2' })).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await cashier.use('queryOrder', { outTradeNo: 'T2' })).toMatchObject({ tradeState: 'CLOSED' })
    expect(await cashier.decide({ outTradeNo: 'T2', outcome: 'success' })).toEqual({ message: 'the order is closed: it cannot be paid' })
    await cashier.place('T3')
    await cashier.decide({ outTradeNo: 'T3', outcome: 'callback-lost' })
    expect(await cashier.use('closeOrder', { outTradeNo: 'T3' })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单已支付' })
  })

  it('cannot be paid after it has expired', async () => {
    await cashier.place('T4')
    await cloud.post('/control/clock', { now: Date.now() + 2 * 3600_000 + 1000 })
    expect(await cashier.decide({ outTradeNo: 'T4', outcome: 'success' })).toEqual({ message: 'the order has expired: it cannot be paid' })
    await cloud.post('/control/clock', { now: null })
  })
})

describe('paying', () => {
  it('tells the callback function as WeChat Pay does', async () => {
    await cashier.place('P1')
    const verdict = await cashier.decide({ outTradeNo: 'P1', outcome: 'success' })
    expect(verdict).toMatchObject({
      state: 'SUCCESS',
      deliveries: [{ isAcknowledged: true, result: { errcode: 0, errmsg: 'OK' }, source: 'wx_paycallback' }],
    })
    const [{ event, context }] = await cashier.tellings('payment-callback', 'outTradeNo', 'P1')
    expect(event).toMatchObject({
      returnCode: 'SUCCESS',
      resultCode: 'SUCCESS',
      subMchId: '1600000001',
      subOpenid: wang,
      tradeType: 'JSAPI',
      totalFee: 12050,
      cashFee: 12050,
      attach: 'home-1',
      outTradeNo: 'P1',
      transactionId: expect.stringMatching(/^42\d{26}$/),
      timeEnd: expect.stringMatching(/^\d{14}$/),
    })
    expect(context).toMatchObject({ SOURCE: 'wx_paycallback' })
    expect(context).not.toHaveProperty('OPENID')
    expect(await cashier.use('queryOrder', { transactionId: event.transactionId })).toMatchObject({
      outTradeNo: 'P1',
      tradeState: 'SUCCESS',
      totalFee: 12050,
      timeEnd: event.timeEnd,
    })
  })

  it('given up leaves the order unpaid and tells nobody', async () => {
    await cashier.place('P2')
    expect(await cashier.decide({ outTradeNo: 'P2', outcome: 'cancel' })).toEqual({ state: 'NOTPAY', deliveries: [] })
    expect(await cashier.tellings('payment-callback', 'outTradeNo', 'P2')).toEqual([])
  })

  it('is told again until it is acknowledged', async () => {
    await cashier.place('P3')
    await cloud.call('payment-callback', { refuse: 1 })
    expect((await cashier.decide({ outTradeNo: 'P3', outcome: 'success' })).deliveries).toMatchObject([{ isAcknowledged: false }])
    await waitFor(async () => ((await cashier.tellings('payment-callback', 'outTradeNo', 'P3')).length === 2 ? true : undefined))
  })

  it('with the callback lost, late, or repeated', async () => {
    await Promise.all(['P4', 'P5', 'P6'].map((number) => cashier.place(number)))
    expect(await cashier.decide({ outTradeNo: 'P4', outcome: 'callback-lost' })).toEqual({ state: 'SUCCESS', deliveries: [] })
    expect(await cashier.decide({ outTradeNo: 'P5', outcome: 'callback-late', afterMs: 200 })).toEqual({ state: 'SUCCESS', deliveries: [] })
    expect(await cashier.tellings('payment-callback', 'outTradeNo', 'P5')).toEqual([])
    expect((await cashier.decide({ outTradeNo: 'P6', outcome: 'callback-repeated' })).deliveries.length).toBe(3)
    await waitFor(async () => ((await cashier.tellings('payment-callback', 'outTradeNo', 'P5')).length === 1 ? true : undefined))
    expect(await cashier.tellings('payment-callback', 'outTradeNo', 'P4')).toEqual([])
  })

  it('that never happened: the callback lies, as a phone and as the platform, and the order says so', async () => {
    await cashier.place('P7')
    const { state, deliveries } = await cashier.decide({ outTradeNo: 'P7', outcome: 'callback-forged' })
    expect([state, deliveries.map(({ source }: { source: string }) => source)]).toEqual(['NOTPAY', ['wx_client', 'wx_paycallback']])
    expect(await cashier.use('queryOrder', { outTradeNo: 'P7' })).toMatchObject({ tradeState: 'NOTPAY' })
  })

  it('a wrong amount shows in the callback and in the order', async () => {
    await cashier.place('P8')
    await cashier.decide({ outTradeNo: 'P8', outcome: 'wrong-amount' })
    const [{ event }] = await cashier.tellings('payment-callback', 'outTradeNo', 'P8')
    expect(event.totalFee).toBe(12049)
    expect(await cashier.use('queryOrder', { outTradeNo: 'P8' })).toMatchObject({ totalFee: 12049 })
  })
})
