import { gunzipSync } from 'node:zlib'
import { ofCashier, startCashier } from './cashier'
import type { Cashier } from './cashier'
import { stopTestCloud, waitFor } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

let cloud: TestCloud
let cashier: Cashier
beforeAll(async () => {
  cloud = await startCashier()
  cashier = ofCashier(cloud)
})
afterAll(() => stopTestCloud(cloud))

describe('a refund', () => {
  it('is accepted, then told of, without attach', async () => {
    await cashier.place('R1')
    await cashier.decide({ outTradeNo: 'R1', outcome: 'success' })
    expect(await cashier.refund('R1', 'R1-a', 2050)).toMatchObject({
      resultCode: 'SUCCESS',
      refundFee: 2050,
      refundId: expect.stringMatching(/^50\d{26}$/),
    })
    expect(await cashier.use('queryRefund', { outRefundNo: 'R1-a' })).toMatchObject({
      refundCount: 1,
      refundStatusList: ['PROCESSING'],
      refundFeeList: [2050],
    })
    expect(await cashier.decide({ outRefundNo: 'R1-a', outcome: 'success' })).toMatchObject({
      state: 'SUCCESS',
      deliveries: [{ isAcknowledged: true }],
    })
    const [{ event, context }] = await cashier.tellings('refund-callback', 'outRefundNo', 'R1-a')
    expect(event).toMatchObject({
      outTradeNo: 'R1',
      refundFee: 2050,
      totalFee: 12050,
      refundStatus: 'SUCCESS',
      successTime: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:/),
    })
    expect(event).not.toHaveProperty('attach')
    expect(context.SOURCE).toBe('wx_paycallback')
    expect(await cashier.use('queryOrder', { outTradeNo: 'R1' })).toMatchObject({ tradeState: 'REFUND' })
  })

  it('with the same number is the same refund, and with another amount an error', async () => {
    expect(await cashier.refund('R1', 'R1-a', 2050)).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await cashier.refund('R1', 'R1-a', 2051)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '退款单号已存在，且参数不一致' })
    expect(await cashier.use('queryRefund', { outTradeNo: 'R1' })).toMatchObject({ refundCount: 1 })
  })

  it('cannot exceed what was paid, nor precede it', async () => {
    expect(await cashier.refund('R1', 'R1-b', 10001)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '申请退款金额大于订单可退金额' })
    expect(await cashier.refund('R1', 'R1-b', 10000, { totalFee: 12051 })).toMatchObject({
      resultCode: 'FAIL',
      errCodeDes: '订单金额不一致',
    })
    expect(await cashier.refund('R1', 'R1-b', 10000)).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await cashier.refund('R1', 'R1-c', 1)).toMatchObject({ resultCode: 'FAIL' })
    await cashier.place('R2')
    expect(await cashier.refund('R2', 'R2-a', 1)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单不存在' })
  })

  it('can fail: its money is free for another try', async () => {
    expect(await cashier.decide({ outRefundNo: 'R1-b', outcome: 'cancel' })).toMatchObject({ state: 'REFUNDCLOSE' })
    const [{ event }] = await cashier.tellings('refund-callback', 'outRefundNo', 'R1-b')
    expect(event.refundStatus).toBe('REFUNDCLOSE')
    expect(await cashier.decide({ outRefundNo: 'R1-b', outcome: 'success' })).toEqual({
      message: 'the refund has ended as REFUNDCLOSE already',
    })
    expect(await cashier.refund('R1', 'R1-b', 10000)).toMatchObject({ resultCode: 'SUCCESS' })
    expect(await cashier.decide({ outRefundNo: 'R1-b', outcome: 'failed' })).toMatchObject({ state: 'CHANGE' })
  })
})

describe("a day's bill", () => {
  const begin = Date.parse('2026-04-10T02:00:00Z')
  beforeAll(async () => {
    await cloud.post('/control/clock', { now: begin })
    for (const [outTradeNo, totalFee] of [
      ['B1', 12050],
      ['B2', 5],
    ] as const) {
      await cashier.place(outTradeNo, { totalFee })
      await cashier.decide({ outTradeNo, outcome: 'callback-lost' })
    }
    await cashier.refund('B1', 'B1-a', 2050)
    await cashier.decide({ outRefundNo: 'B1-a', outcome: 'callback-lost' })
  })
  afterAll(() => cloud.post('/control/clock', { now: null }))
  const fetchBill = (changes = {}) => cashier.use('downloadBill', { billDate: '20260410', billType: 'ALL', ...changes })

  it('is not there before ten the next morning', async () => {
    await cloud.post('/control/clock', { now: Date.parse('2026-04-11T01:59:00Z') })
    expect(await fetchBill()).toMatchObject({ returnCode: 'FAIL', errorCode: '20002' })
  })

  it('lists payments and refunds in yuan, and sums them up', async () => {
    await cloud.post('/control/clock', { now: Date.parse('2026-04-11T02:01:00Z') })
    const { data } = await fetchBill()
    const lines = data
      .replace('\ufeff', '')
      .trimEnd()
      .split('\r\n')
      .map((line: string) => line.split(','))
    const [heads, ...rows] = lines
    const cell = (row: string[], head: string) => row[heads.indexOf(head)]
    expect(
      rows
        .slice(0, 3)
        .map((row: string[]) => [
          cell(row, '商户订单号'),
          cell(row, '交易状态'),
          cell(row, '总金额'),
          cell(row, '退款金额'),
          cell(row, '商户退款单号'),
        ]),
    ).toEqual([
      ['`B1', '`SUCCESS', '`120.50', '`0.00', '`0'],
      ['`B2', '`SUCCESS', '`0.05', '`0.00', '`0'],
      ['`B1', '`REFUND', '`0.00', '`20.50', '`B1-a'],
    ])
    expect(cell(rows[0], '交易时间')).toMatch(/^`2026-04-10 10:00:\d\d$/)
    expect(cell(rows[0], '手续费')).toBe('`0.72000')
    expect(rows.slice(3)).toEqual([
      ['总交易单数', '总交易额', '总退款金额', '总代金券退款金额', '手续费总金额'],
      ['`3', '`120.55', '`20.50', '`0.00', '`0.60000'],
    ])
  })

  it('can be of one kind, zipped, and belongs to one merchant', async () => {
    expect((await fetchBill({ billType: 'REFUND' })).data.split('\r\n').length).toBe(5)
    const { data } = await fetchBill({ billType: 'SUCCESS', tarType: 'GZIP' })
    expect(gunzipSync(Buffer.from(data.data)).toString()).not.toContain('退款单号')
    expect(await fetchBill({ subMchId: '1600000002' })).toMatchObject({ returnCode: 'FAIL' })
  })
})

it('a callback still owed is told after a restart; a refund finishes by itself when that is switched on', async () => {
  const first = await startCashier({ options: { automatic: { timers: false, refundMs: 50 } } })
  await ofCashier(first).place('Q1')
  await first.call('payment-callback', { refuse: 99 })
  await ofCashier(first).decide({ outTradeNo: 'Q1', outcome: 'success' })
  const second = await first.restart()
  const again = ofCashier(second)
  await second.call('payment-callback', { refuse: 0 })
  await waitFor(async () => ((await again.tellings('payment-callback', 'outTradeNo', 'Q1')).length === 2 ? true : undefined))
  await again.refund('Q1', 'Q1-a', 1)
  await waitFor(async () => ((await again.tellings('refund-callback', 'outRefundNo', 'Q1-a')).length === 1 ? true : undefined))
  await stopTestCloud(second)
})
