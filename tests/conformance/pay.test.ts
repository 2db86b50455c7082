import { gunzipSync } from 'node:zlib'
import { wang } from '../cloud/cloud-fixture'
import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

let platform: Platform
const setClock = (now: string) => platform.cloud.post('/control/clock', { now })
const morning = '2026-03-10T02:00:00Z'

beforeAll(async () => {
  platform = await openPlatform({
    functions: {
      paid: { code: "exports.main = async (event) => ({ errcode: 0, errmsg: 'OK', event, context: cloud.getWXContext() })" },
      deaf: { code: 'exports.main = async () => ({ errcode: 1 })' },
    },
  })
  await setClock(morning)
})
afterAll(() => platform.close())

const order = (number: string, fields: string): string => `({
  functionName: 'paid', envId: 'local-env', subMchId: '1900000001', nonceStr: 'n', body: '物业费', outTradeNo: '${number}', totalFee: 12050,
  spbillCreateIp: '127.0.0.1', tradeType: 'JSAPI', ${fields}
})`
const unified = (number: string, fields = ''): string => `cloud.cloudPay.unifiedOrder(${order(number, fields)})`
const of = (number: string): string => `({ subMchId: '1900000001', nonceStr: 'n', outTradeNo: '${number}' })`
const refund = (number: string, refundNo: string, fen: number, total = 12050): string => `cloud.cloudPay.refund({
  functionName: 'paid', envId: 'local-env', subMchId: '1900000001', nonceStr: 'n', outTradeNo: '${number}', outRefundNo: '${refundNo}',
  totalFee: ${total}, refundFee: ${fen},
})`
const pay = async (outTradeNo: string, outcome = 'success') => (await platform.cloud.post('/control/pay', { outTradeNo, outcome })).body
const paidOrder = async (number: string): Promise<void> => {
  await platform.run(`return ${unified(number)}`)
  await pay(number)
}

/** A refusal WeChat Pay answers: not thrown, and without its err_code, which the SDK overwrites. */
const answersFail = (name: string, evidence: string, code: string, fields: object): Case => ({
  name, evidence, code: `return ${code}`, gives: expect.objectContaining({ errCode: 0, ...fields }),
})
const business = 'wire §2.5 business failures do not throw [V]; platform §7.5 err_code is lost [S]'

describe('unifiedOrder', () => {
  hold(() => platform, [
    { name: 'answers a prepay id and what the phone pays with, in camelCase', evidence: 'wire §2.5 [V]; platform §7.2 [D]',
      code: `return ${unified('u1')}`,
      gives: {
        returnCode: 'SUCCESS', returnMsg: 'OK', resultCode: 'SUCCESS', appid: expect.any(String), mchId: expect.any(String),
        subAppid: 'wx1111aaaa2222bbbb', subMchId: '1900000001', nonceStr: expect.any(String), sign: expect.any(String),
        tradeType: 'JSAPI', prepayId: expect.stringMatching(/^wx\d{14}/),
        payment: {
          appId: 'wx1111aaaa2222bbbb', timeStamp: expect.stringMatching(/^\d{10}$/), nonceStr: expect.any(String),
          package: expect.stringMatching(/^prepay_id=wx/), signType: 'MD5', paySign: expect.any(String),
        },
        errCode: 0, errMsg: 'cloudPay.unifiedOrder:ok',
      } },
    answersFail('the same again is ok', 'platform §7.2 [OK]', `(await ${unified('u2')}, ${unified('u2')})`, { resultCode: 'SUCCESS' }),
    answersFail('the same number for another amount fails', business, `(await ${unified('u3')}, ${unified('u3', 'totalFee: 1')})`,
      { returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '201 商户订单号重复' }),
    answersFail('without a nonce fails', 'platform §7.2 missing nonceStr [C]', unified('u4', 'nonceStr: undefined'),
      { returnCode: 'FAIL', returnMsg: expect.stringContaining('nonce_str') }),
    answersFail('without a trade type fails', 'platform §7.2 missing tradeType [C]', unified('u5', 'tradeType: undefined'),
      { returnCode: 'FAIL', returnMsg: expect.stringContaining('trade_type') }),
    answersFail('of nothing to pay fails', 'platform §7.2 integer fen [D]', unified('u6', 'totalFee: 0'), { returnCode: 'FAIL' }),
    answersFail('of a part of a fen fails', 'platform §7.2 integer fen [D]', unified('u7', 'totalFee: 1.5'), { returnCode: 'FAIL' }),
    answersFail('with a number of 33 characters fails', 'platform §7.2 [D]', unified('u'.repeat(33)), { returnCode: 'FAIL' }),
    answersFail('with a Chinese number fails', 'platform §7.2 [D]', unified('订单1'), { returnCode: 'FAIL' }),
    answersFail('with a body over 128 bytes fails', 'platform §7.2 [D]', unified('u8', "body: '费'.repeat(43)"), { returnCode: 'FAIL' }),
    answersFail('with what is no IP address fails', 'platform §7.2 [D]', unified('u9', "spbillCreateIp: 'here'"), { returnCode: 'FAIL' }),
    { name: 'with an amount of text throws', evidence: 'platform §7.2 "wx api error: -202" [C]',
      code: `return ${unified('u10', "totalFee: '12050'")}`,
      fails: { errCode: -501001, errMsg: 'cloudPay.unifiedOrder:fail -501001 resource system error. wx api error: -202' } },
    { name: 'for a function that is not there throws', evidence: 'design §5: refused as the platform does, or louder',
      code: `return ${unified('u11', "functionName: 'nowhere'")}`,
      fails: { errCode: -501007, errMsg: /^cloudPay\.unifiedOrder:fail -501007 invalid parameters\. .*nowhere/ } },
    { name: 'of another name is refused', evidence: 'design §5: what the product does not use is refused',
      code: 'return cloud.cloudPay.micropay({})',
      fails: { errCode: -501007, errMsg: /^cloudPay\.micropay:fail -501007 / } },
  ])
})

describe('queryOrder and closeOrder', () => {
  const query = (number: string): string => `cloud.cloudPay.queryOrder(${of(number)})`
  hold(() => platform, [
    answersFail('of an order that is not there fails', business, query('none'),
      { returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '订单不存在' }),
    answersFail('of an unpaid order says NOTPAY', 'wire §2.5 trade_state [D]', `(await ${unified('q1')}, ${query('q1')})`,
      { resultCode: 'SUCCESS', tradeState: 'NOTPAY', outTradeNo: 'q1' }),
    answersFail('of a closed order says CLOSED', 'wire §2.5 trade_state [D]',
      `(await ${unified('q2')}, await cloud.cloudPay.closeOrder(${of('q2')}), ${query('q2')})`, { tradeState: 'CLOSED' }),
    answersFail('a closed number cannot be ordered again', business,
      `(await ${unified('q3')}, await cloud.cloudPay.closeOrder(${of('q3')}), ${unified('q3')})`,
      { resultCode: 'FAIL', errCodeDes: '该订单已关闭' }),
  ])

  it('of a paid order says SUCCESS, with what was paid and when — wire §2.5 trade_state [D]; platform §7.5 [D]', async () => {
    await paidOrder('q4')
    expect(await platform.run(`return ${query('q4')}`)).toMatchObject({
      errCode: 0, resultCode: 'SUCCESS', tradeState: 'SUCCESS', outTradeNo: 'q4',
      totalFee: 12050, cashFee: 12050, feeType: 'CNY', subOpenid: wang,
      transactionId: expect.stringMatching(/^\d{28}$/), timeEnd: expect.stringMatching(/^\d{14}$/),
    })
  })

  it('a paid order cannot be closed or ordered again — platform §7.5 ORDERPAID [D]', async () => {
    await paidOrder('q5')
    expect(await platform.run(`return cloud.cloudPay.closeOrder(${of('q5')})`)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '订单已支付' })
    expect(await platform.run(`return ${unified('q5')}`)).toMatchObject({ resultCode: 'FAIL', errCodeDes: '该订单已支付' })
  })
})

describe('the callback of a payment', () => {
  it('comes from wx_paycallback, without an openid of its own, in camelCase — platform §7.4 [D]; wire §1.1 [D]', async () => {
    await platform.run(`return ${unified('c1', "attach: 'h1'")}`)
    const { deliveries: [delivery] } = await pay('c1')
    expect(delivery.isAcknowledged).toBe(true)
    expect(delivery.result.context).toEqual({ APPID: 'wx1111aaaa2222bbbb', ENV: 'local-env', SOURCE: 'wx_paycallback' })
    expect(delivery.result.event).toMatchObject({
      returnCode: 'SUCCESS', resultCode: 'SUCCESS', outTradeNo: 'c1', attach: 'h1', totalFee: 12050, cashFee: 12050,
      subOpenid: wang, subMchId: '1900000001', tradeType: 'JSAPI', bankType: 'OTHERS', feeType: 'CNY',
      transactionId: expect.stringMatching(/^\d{28}$/), timeEnd: expect.stringMatching(/^\d{14}$/),
      nonceStr: expect.any(String), userInfo: { appId: 'wx1111aaaa2222bbbb' },
    })
  })

  it('is owed until the function answers errcode 0 — platform §0 trap 8 [D]', async () => {
    await platform.run(`return ${unified('c2', "functionName: 'deaf'")}`)
    expect(await pay('c2')).toMatchObject({ state: 'SUCCESS', deliveries: [{ isAcknowledged: false, result: { errcode: 1 } }] })
  })

  it('can come more than once, and can be lost — platform §7.4 [D][C]', async () => {
    await platform.run(`return ${unified('c3')}`)
    expect((await pay('c3', 'callback-repeated')).deliveries).toHaveLength(3)
    await platform.run(`return ${unified('c4')}`)
    expect(await pay('c4', 'callback-lost')).toEqual({ state: 'SUCCESS', deliveries: [] })
  })

  it('does not come for a payment that was cancelled — platform §7.4 only success is notified [D]', async () => {
    await platform.run(`return ${unified('c5')}`)
    expect(await pay('c5', 'cancel')).toEqual({ state: 'NOTPAY', deliveries: [] })
  })
})

describe('refund and queryRefund', () => {
  beforeAll(() => paidOrder('r1'))

  it('is accepted, not yet done — platform §7.6 [D]', async () => {
    expect(await platform.run(`return ${refund('r1', 'r1-a', 50)}`)).toMatchObject({
      errCode: 0, resultCode: 'SUCCESS', outRefundNo: 'r1-a', refundFee: 50, totalFee: 12050, refundId: expect.stringMatching(/^\d{28}$/),
    })
    expect(await platform.run("return cloud.cloudPay.queryRefund({ subMchId: '1900000001', nonceStr: 'n', outRefundNo: 'r1-a' })"))
      .toMatchObject({ resultCode: 'SUCCESS', refundCount: 1, refundStatusList: ['PROCESSING'], refundFeeList: [50] })
  })

  it('tells of its end without attach — platform §7.6, §0 trap 22 [D/C]', async () => {
    const { body } = await platform.cloud.post('/control/pay', { outRefundNo: 'r1-a', outcome: 'success' })
    const { event, context } = body.deliveries[0].result
    expect([body.state, context.SOURCE, 'attach' in event]).toEqual(['SUCCESS', 'wx_paycallback', false])
    expect(event).toMatchObject({
      outRefundNo: 'r1-a', outTradeNo: 'r1', refundStatus: 'SUCCESS', refundFee: 50, settlementRefundFee: 50, totalFee: 12050,
    })
    expect(await platform.run(`return cloud.cloudPay.queryOrder(${of('r1')})`)).toMatchObject({ tradeState: 'REFUND' })
  })

  hold(() => platform, [
    answersFail('of the same refund number again is the same refund', 'platform §7.6 same outRefundNo [D]', refund('r1', 'r1-a', 50),
      { resultCode: 'SUCCESS', outRefundNo: 'r1-a' }),
    answersFail('of the same refund number for another amount fails', business, refund('r1', 'r1-a', 60), { resultCode: 'FAIL' }),
    answersFail('of more than was paid fails', business, refund('r1', 'r1-b', 12001), { resultCode: 'FAIL', errCodeDes: '申请退款金额大于订单可退金额' }),
    answersFail('of another total than was paid fails', business, refund('r1', 'r1-c', 1, 99),
      { resultCode: 'FAIL', errCodeDes: '订单金额不一致' }),
    answersFail('of an order that is not there fails', business, refund('none', 'n-a', 1), { resultCode: 'FAIL', errCodeDes: '订单不存在' }),
    answersFail('that is not there fails', business,
      "cloud.cloudPay.queryRefund({ subMchId: '1900000001', nonceStr: 'n', outRefundNo: 'none' })", { resultCode: 'FAIL' }),
  ])
})

describe('downloadBill', () => {
  const bill = (fields = ''): string =>
    `return cloud.cloudPay.downloadBill({ subMchId: '1900000001', nonceStr: 'n', billDate: given, billType: 'ALL' ${fields} })`
  it('of a day without a bill fails, without throwing — platform §7.7 20002 [D]', async () => {
    expect(await platform.run(bill(), '20260310')).toMatchObject({ returnCode: 'FAIL', returnMsg: 'No Bill Exist', errorCode: '20002' })
  })

  it('of yesterday is text in yuan behind backticks, totals last — platform §7.7 [S][D]', async () => {
    await setClock('2026-03-11T02:00:01Z')
    const { data, errCode } = (await platform.run(bill(), '20260310')) as { data: string | Buffer; errCode: number }
    const { data: packed } = (await platform.run(bill(", tarType: 'GZIP'"), '20260310')) as { data: Buffer }
    await setClock(morning)
    const lines = String(data).trim().split('\r\n')
    expect(errCode).toBe(0)
    expect(lines[0]).toMatch(/^\ufeff?交易时间,服务商APPID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,/)
    expect(lines.find((line) => line.includes('`q4'))).toMatch(/^`2026-03-10 10:\d\d:\d\d,.*,`SUCCESS,`OTHERS,`CNY,`120\.50,/)
    expect(lines[lines.length - 2]).toBe('总交易单数,总交易额,总退款金额,总代金券退款金额,手续费总金额')
    expect(gunzipSync(Buffer.from(packed)).toString()).toBe(String(data))
  })
})

holdToThisMachine(() => platform)
