import { gunzipSync } from 'node:zlib'
import { startTestCloud, stopTestCloud, waitFor, wang } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

// What it is told, and how often it is still to refuse, are kept in the database: calls may run in different processes.
const callback = {
  code: `exports.main = async (event, context) => {
      const notes = db.collection('notes');
      if (event.refuse !== undefined) return notes.doc('refusals').set({ data: { left: event.refuse } });
      await notes.add({ data: { told: context.function_name, event, context: cloud.getWXContext() } });
      const { stats } = await notes.where({ _id: 'refusals', left: db.command.gt(0) }).update({ data: { left: db.command.inc(-1) } });
      if (stats.updated > 0) throw new Error('not now');
      return { errcode: 0, errmsg: 'OK' } }`,
}
const functions = {
  pay: { code: 'exports.main = async (event) => attempt(cloud.cloudPay[event.api](event.args))' },
  'payment-callback': callback,
  'refund-callback': callback,
}

let cloud: TestCloud
beforeAll(async () => (cloud = await startTestCloud({ functions })))
afterAll(() => stopTestCloud(cloud))

const use = (api: string, args: Record<string, unknown>, here = cloud) => here.call('pay', { api, args: { subMchId: '1600000001', nonceStr: 'n', ...args } })
const order = (outTradeNo: string, changes: Record<string, unknown> = {}) => ({
  functionName: 'payment-callback', envId: 'local-env', body: '邻里-物业费', outTradeNo, totalFee: 12050, spbillCreateIp: '127.0.0.1', tradeType: 'JSAPI',
  attach: 'home-1', ...changes,
})
const decide = async (body: Record<string, unknown>) => (await cloud.post('/control/pay', body)).body
const tellings = async (functionName: string, field: string, number: string, here = cloud) =>
  (await here.get('/control/collection?name=notes')).body.documents.filter(
    (note: { told?: string; event: Record<string, string> }) => note.told === functionName && note.event[field] === number)
const place = (outTradeNo: string, changes = {}) => use('unifiedOrder', order(outTradeNo, changes))

describe('an order', () => {
  it('is placed for the caller, and the phone gets what requestPayment needs', async () => {
    const placed = await place('T1')
    expect(placed).toMatchObject({ returnCode: 'SUCCESS', resultCode: 'SUCCESS', tradeType: 'JSAPI', subMchId: '1600000001', errCode: 0 })
    expect(placed.payment).toMatchObject({ appId: 'wx1111aaaa2222bbbb', signType: 'MD5', package: `prepay_id=${placed.prepayId}`, timeStamp: expect.stringMatching(/^\d{10}$/) })
    const { body } = await cloud.get(`/control/order?prepayId=${placed.prepayId}`)
    expect(body).toEqual({ outTradeNo: 'T1', merchant: '1600000001', body: '邻里-物业费', totalFee: 12050, state: 'NOTPAY', openid: wang })
    expect(await use('queryOrder', { outTradeNo: 'T1' })).toMatchObject({ tradeState: 'NOTPAY', tradeStateDesc: '订单未支付' })
  })

  it('with the same number is taken again unchanged, and refused changed', async () => {
    expect(await place('T1')).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await place('T1', { totalFee: 1 })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '201 商户订单号重复', errCode: 0 })
  })

  it('that is malformed does not reach the cashier', async () => {
    for (const changes of [{ nonceStr: '' }, { totalFee: 0 }, { totalFee: 1.5 }, { outTradeNo: 'x'.repeat(33) }, { outTradeNo: '中文' }, { tradeType: undefined }, { spbillCreateIp: 'here' }, { body: '费'.repeat(43) }]) {
      expect(await place('T-bad', changes)).toMatchObject({ returnCode: 'FAIL' })
    }
    expect((await place('T-bad', { totalFee: '12050' })).errMsg).toContain('-202')
    expect(await place('T-bad', { functionName: 'nowhere' })).toMatchObject({ errCode: -501007 })
    expect(await use('queryOrder', { outTradeNo: 'T-bad' })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
    expect((await use('lottery', {})).errMsg).toContain('cloudPay has no lottery')
  })

  it('can be closed until it is paid', async () => {
    await place('T2')
    expect(await use('closeOrder', { outTradeNo: 'T2' })).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await use('queryOrder', { outTradeNo: 'T2' })).toMatchObject({ tradeState: 'CLOSED' })
    expect(await decide({ outTradeNo: 'T2', outcome: 'success' })).toEqual({ message: 'the order is closed: it cannot be paid' })
    await place('T3')
    await decide({ outTradeNo: 'T3', outcome: 'callback-lost' })
    expect(await use('closeOrder', { outTradeNo: 'T3' })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单已支付' })
  })

  it('cannot be paid after it has expired', async () => {
    await place('T4')
    await cloud.post('/control/clock', { now: Date.now() + 2 * 3600_000 + 1000 })
    expect(await decide({ outTradeNo: 'T4', outcome: 'success' })).toEqual({ message: 'the order has expired: it cannot be paid' })
    await cloud.post('/control/clock', { now: null })
  })
})

describe('paying', () => {
  it('tells the callback function as WeChat Pay does', async () => {
    await place('P1')
    const verdict = await decide({ outTradeNo: 'P1', outcome: 'success' })
    expect(verdict).toMatchObject({ state: 'SUCCESS', deliveries: [{ isAcknowledged: true, result: { errcode: 0, errmsg: 'OK' }, source: 'wx_paycallback' }] })
    const [{ event, context }] = await tellings('payment-callback', 'outTradeNo', 'P1')
    expect(event).toMatchObject({
      returnCode: 'SUCCESS', resultCode: 'SUCCESS', subMchId: '1600000001', subOpenid: wang, tradeType: 'JSAPI', totalFee: 12050, cashFee: 12050,
      attach: 'home-1', outTradeNo: 'P1', transactionId: expect.stringMatching(/^42\d{26}$/), timeEnd: expect.stringMatching(/^\d{14}$/),
    })
    expect(context).toMatchObject({ SOURCE: 'wx_paycallback' })
    expect(context).not.toHaveProperty('OPENID')
    expect(await use('queryOrder', { transactionId: event.transactionId })).toMatchObject({ outTradeNo: 'P1', tradeState: 'SUCCESS', totalFee: 12050, timeEnd: event.timeEnd })
  })

  it('given up leaves the order unpaid and tells nobody', async () => {
    await place('P2')
    expect(await decide({ outTradeNo: 'P2', outcome: 'cancel' })).toEqual({ state: 'NOTPAY', deliveries: [] })
    expect(await tellings('payment-callback', 'outTradeNo', 'P2')).toEqual([])
  })

  it('is told again until it is acknowledged', async () => {
    await place('P3')
    await cloud.call('payment-callback', { refuse: 1 })
    expect((await decide({ outTradeNo: 'P3', outcome: 'success' })).deliveries).toMatchObject([{ isAcknowledged: false }])
    await waitFor(async () => ((await tellings('payment-callback', 'outTradeNo', 'P3')).length === 2 ? true : undefined))
  })

  it('with the callback lost, late, or repeated', async () => {
    await Promise.all(['P4', 'P5', 'P6'].map((number) => place(number)))
    expect(await decide({ outTradeNo: 'P4', outcome: 'callback-lost' })).toEqual({ state: 'SUCCESS', deliveries: [] })
    expect(await decide({ outTradeNo: 'P5', outcome: 'callback-late', afterMs: 200 })).toEqual({ state: 'SUCCESS', deliveries: [] })
    expect(await tellings('payment-callback', 'outTradeNo', 'P5')).toEqual([])
    expect((await decide({ outTradeNo: 'P6', outcome: 'callback-repeated' })).deliveries.length).toBe(3)
    await waitFor(async () => ((await tellings('payment-callback', 'outTradeNo', 'P5')).length === 1 ? true : undefined))
    expect(await tellings('payment-callback', 'outTradeNo', 'P4')).toEqual([])
  })

  it('that never happened: the callback lies, as a phone and as the platform, and the order says so', async () => {
    await place('P7')
    const { state, deliveries } = await decide({ outTradeNo: 'P7', outcome: 'callback-forged' })
    expect([state, deliveries.map(({ source }: { source: string }) => source)]).toEqual(['NOTPAY', ['wx_client', 'wx_paycallback']])
    expect(await use('queryOrder', { outTradeNo: 'P7' })).toMatchObject({ tradeState: 'NOTPAY' })
  })

  it('a wrong amount shows in the callback and in the order', async () => {
    await place('P8')
    await decide({ outTradeNo: 'P8', outcome: 'wrong-amount' })
    const [{ event }] = await tellings('payment-callback', 'outTradeNo', 'P8')
    expect(event.totalFee).toBe(12049)
    expect(await use('queryOrder', { outTradeNo: 'P8' })).toMatchObject({ totalFee: 12049 })
  })
})

describe('a refund', () => {
  const refund = (outTradeNo: string, outRefundNo: string, refundFee: number, changes = {}) =>
    use('refund', { outTradeNo, outRefundNo, totalFee: 12050, refundFee, envId: 'local-env', functionName: 'refund-callback', ...changes })

  it('is accepted, then told of, without attach', async () => {
    await place('R1')
    await decide({ outTradeNo: 'R1', outcome: 'success' })
    expect(await refund('R1', 'R1-a', 2050)).toMatchObject({ resultCode: 'SUCCESS', refundFee: 2050, refundId: expect.stringMatching(/^50\d{26}$/) })
    expect(await use('queryRefund', { outRefundNo: 'R1-a' })).toMatchObject({ refundCount: 1, refundStatusList: ['PROCESSING'], refundFeeList: [2050] })
    expect(await decide({ outRefundNo: 'R1-a', outcome: 'success' })).toMatchObject({ state: 'SUCCESS', deliveries: [{ isAcknowledged: true }] })
    const [{ event, context }] = await tellings('refund-callback', 'outRefundNo', 'R1-a')
    expect(event).toMatchObject({ outTradeNo: 'R1', refundFee: 2050, totalFee: 12050, refundStatus: 'SUCCESS', successTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:/) })
    expect(event).not.toHaveProperty('attach')
    expect(context.SOURCE).toBe('wx_paycallback')
    expect(await use('queryOrder', { outTradeNo: 'R1' })).toMatchObject({ tradeState: 'REFUND' })
  })

  it('with the same number is the same refund, and with another amount an error', async () => {
    expect(await refund('R1', 'R1-a', 2050)).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await refund('R1', 'R1-a', 2051)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '退款单号已存在，且参数不一致' })
    expect(await use('queryRefund', { outTradeNo: 'R1' })).toMatchObject({ refundCount: 1 })
  })

  it('cannot exceed what was paid, nor precede it', async () => {
    expect(await refund('R1', 'R1-b', 10001)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '申请退款金额大于订单可退金额' })
    expect(await refund('R1', 'R1-b', 10000, { totalFee: 12051 })).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单金额不一致' })
    expect(await refund('R1', 'R1-b', 10000)).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await refund('R1', 'R1-c', 1)).toMatchObject({ resultCode: 'FAIL' })
    await place('R2')
    expect(await refund('R2', 'R2-a', 1)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
  })

  it('can fail: its money is free for another try', async () => {
    expect(await decide({ outRefundNo: 'R1-b', outcome: 'cancel' })).toMatchObject({ state: 'REFUNDCLOSE' })
    const [{ event }] = await tellings('refund-callback', 'outRefundNo', 'R1-b')
    expect(event.refundStatus).toBe('REFUNDCLOSE')
    expect(await decide({ outRefundNo: 'R1-b', outcome: 'success' })).toEqual({ message: 'the refund has ended as REFUNDCLOSE already' })
    expect(await refund('R1', 'R1-b', 10000)).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await decide({ outRefundNo: 'R1-b', outcome: 'failed' })).toMatchObject({ state: 'CHANGE' })
  })
})

describe('a day\'s bill', () => {
  const begin = Date.parse('2026-04-10T02:00:00Z')
  beforeAll(async () => {
    await cloud.post('/control/clock', { now: begin })
    for (const [outTradeNo, totalFee] of [['B1', 12050], ['B2', 5]] as const) {
      await place(outTradeNo, { totalFee })
      await decide({ outTradeNo, outcome: 'callback-lost' })
    }
    await use('refund', { outTradeNo: 'B1', outRefundNo: 'B1-a', totalFee: 12050, refundFee: 2050, envId: 'local-env', functionName: 'refund-callback' })
    await decide({ outRefundNo: 'B1-a', outcome: 'callback-lost' })
  })
  afterAll(() => cloud.post('/control/clock', { now: null }))
  const fetchBill = (changes = {}) => use('downloadBill', { billDate: '20260410', billType: 'ALL', ...changes })

  it('is not there before ten the next morning', async () => {
    await cloud.post('/control/clock', { now: Date.parse('2026-04-11T01:59:00Z') })
    expect(await fetchBill()).toMatchObject({ returnCode: 'FAIL', errorCode: '20002' })
  })

  it('lists payments and refunds in yuan, and sums them up', async () => {
    await cloud.post('/control/clock', { now: Date.parse('2026-04-11T02:01:00Z') })
    const { data } = await fetchBill()
    const lines = data.replace('\ufeff', '').trimEnd().split('\r\n').map((line: string) => line.split(','))
    const [heads, ...rows] = lines
    const cell = (row: string[], head: string) => row[heads.indexOf(head)]
    expect(rows.slice(0, 3).map((row: string[]) => [cell(row, '商户订单号'), cell(row, '交易状态'), cell(row, '总金额'), cell(row, '退款金额'), cell(row, '商户退款单号')])).toEqual([
      ['`B1', '`SUCCESS', '`120.50', '`0.00', '`0'], ['`B2', '`SUCCESS', '`0.05', '`0.00', '`0'], ['`B1', '`REFUND', '`0.00', '`20.50', '`B1-a'],
    ])
    expect(cell(rows[0], '交易时间')).toMatch(/^`2026-04-10 10:00:\d\d$/)
    expect(cell(rows[0], '手续费')).toBe('`0.72000')
    expect(rows.slice(3)).toEqual([['总交易单数', '总交易额', '总退款金额', '总代金券退款金额', '手续费总金额'], ['`3', '`120.55', '`20.50', '`0.00', '`0.60000']])
  })

  it('can be of one kind, zipped, and belongs to one merchant', async () => {
    expect((await fetchBill({ billType: 'REFUND' })).data.split('\r\n').length).toBe(5)
    const { data } = await fetchBill({ billType: 'SUCCESS', tarType: 'GZIP' })
    expect(gunzipSync(Buffer.from(data.data)).toString()).not.toContain('退款单号')
    expect(await fetchBill({ subMchId: '1600000002' })).toMatchObject({ returnCode: 'FAIL' })
  })
})

it('a callback still owed is told after a restart; a refund finishes by itself when that is switched on', async () => {
  const first = await startTestCloud({ functions, options: { automatic: { timers: false, refundMs: 50 } } })
  await first.call('pay', { api: 'unifiedOrder', args: { subMchId: '1600000001', nonceStr: 'n', ...order('Q1') } })
  await first.call('payment-callback', { refuse: 99 })
  await first.post('/control/pay', { outTradeNo: 'Q1', outcome: 'success' })
  const second = await first.restart()
  await second.call('payment-callback', { refuse: 0 })
  await waitFor(async () => ((await tellings('payment-callback', 'outTradeNo', 'Q1', second)).length === 2 ? true : undefined))
  await use('refund', { outTradeNo: 'Q1', outRefundNo: 'Q1-a', totalFee: 12050, refundFee: 1, envId: 'local-env', functionName: 'refund-callback' }, second)
  await waitFor(async () => ((await tellings('refund-callback', 'outRefundNo', 'Q1-a', second)).length === 1 ? true : undefined))
  await stopTestCloud(second)
})
