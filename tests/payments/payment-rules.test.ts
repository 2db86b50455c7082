import { payTime, fromPayTime } from '../../cloudfunctions/_shared/clock'
import { yuan } from '../../cloudfunctions/_shared/money'
import { issued } from '../../cloudfunctions/billing/bill'
import { closed, dismissed, isReusable, isUndecided, ordered, received, recorded, suspected, suspicionOf } from '../../cloudfunctions/payments/payment'
import { seenIn } from '../../cloudfunctions/payments/seen'

const now = new Date('2026-03-12T15:59:00.000Z')
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const bill = issued({
  communityId: 'c-1', communityName: '梨花苑', houseId: 'h-1', houseLabel: '3号楼2单元501', building: '3', charge: 'repair', source: { kind: 'repair', id: 'r-1', number: '260312-3F7K2' },
  title: '维修费', lines: [], amountFen: 3_000, occasion: 0,
}, now)
const payment = ordered(bill, { _id: 'm-wang', name: '王秀英', openid: 'o-wang' }, '1600000001', 'p-1', now)
const receipt = { amountFen: 3_000, openid: 'o-wang', merchantId: '1600000001', transactionId: '4200', paidAt: minutesLater(2) }

describe('what WeChat Pay says of an order', () => {
  const yes = { returnCode: 'SUCCESS', resultCode: 'SUCCESS' }
  const money = { totalFee: 3_000, subOpenid: 'o-wang', subMchId: '1600000001', transactionId: '4200', timeEnd: '20260313000100' }
  it.each<[string, Record<string, unknown>, string]>([
    ['paid', { ...yes, tradeState: 'SUCCESS', ...money }, 'paid'],
    ['paid, and given back', { ...yes, tradeState: 'REFUND', ...money }, 'paid'],
    ['not paid', { ...yes, tradeState: 'NOTPAY' }, 'unpaid'],
    ['a payment the bank refused', { ...yes, tradeState: 'PAYERROR' }, 'unpaid'],
    ['a password being typed', { ...yes, tradeState: 'USERPAYING' }, 'unclear'],
    ['closed', { ...yes, tradeState: 'CLOSED' }, 'closed'],
    ['revoked', { ...yes, tradeState: 'REVOKED' }, 'closed'],
    ['a state nobody knows', { ...yes, tradeState: 'ELSE' }, 'unclear'],
    ['an order it never heard of', { returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '订单不存在' }, 'absent'],
    ['an order it never heard of, in English', { returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: 'order not exist' }, 'absent'],
    ['another refusal', { returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '系统错误' }, 'unclear'],
    ['a question it could not read', { returnCode: 'FAIL', returnMsg: '商户号不存在' }, 'unclear'],
    ['nothing', {}, 'unclear'],
  ])('%s', (_, answer, state) => {
    expect(seenIn(answer, now).state).toBe(state)
  })

  it('names the money, and when it was paid; by our clock where WeChat’s cannot be read', () => {
    expect(seenIn({ ...yes, tradeState: 'SUCCESS', ...money }, now)).toEqual({
      state: 'paid', receipt: { amountFen: 3_000, openid: 'o-wang', merchantId: '1600000001', transactionId: '4200', paidAt: new Date('2026-03-12T16:01:00.000Z') },
    })
    expect(seenIn({ ...yes, tradeState: 'SUCCESS', ...money, timeEnd: undefined }, now)).toMatchObject({ receipt: { paidAt: now } })
  })
})

describe('WeChat Pay’s times', () => {
  it('are of Shanghai', () => expect([payTime(now), fromPayTime('20260312235900')]).toEqual(['20260312235900', now]))
  it.each(['', '2026031223590', '20261312235900', 'yesterday'])('%j is none', (text) => expect(fromPayTime(text)).toBeNull())
})

describe('a payment', () => {
  it('is ordered for half an hour, of the bill’s amount, for one merchant', () => {
    expect(payment).toMatchObject({ status: 'created', amountFen: 3_000, merchantId: '1600000001', expiresAt: minutesLater(30), parameters: null, people: ['m-wang'], paidOn: null })
  })

  it.each<[string, Parameters<typeof isReusable>, boolean]>([
    ['at once', [payment, 'o-wang', '1600000001', now], true],
    ['with three minutes left', [payment, 'o-wang', '1600000001', minutesLater(27)], true],
    ['with two minutes left', [payment, 'o-wang', '1600000001', minutesLater(28)], false],
    ['by somebody else', [payment, 'o-li', '1600000001', now], false],
    ['after the community changed its merchant', [payment, 'o-wang', '1600000002', now], false],
    ['once it is closed', [closed(payment, now), 'o-wang', '1600000001', now], false],
  ])('is gone on with %s, or not', (_, given, is) => expect(isReusable(...given)).toBe(is))

  it.each<[string, object, string | null]>([
    ['fits', {}, null],
    ['is a fen short', { amountFen: 2_999 }, 'amount'],
    ['is a fen too much', { amountFen: 3_001 }, 'amount'],
    ['cannot be read', { amountFen: Number.NaN }, 'amount'],
    ['lies with another merchant', { merchantId: '1600000002' }, 'merchant'],
    ['is of another person', { openid: 'o-li' }, 'payer'],
  ])('whose money %s is suspect, or not', (_, change, suspicion) => expect(suspicionOf(payment, { ...receipt, ...change })).toBe(suspicion))

  it('belongs to the day in Shanghai on which WeChat got the money', () => {
    expect(received({ ...payment, parameters: { timeStamp: '', nonceStr: '', package: '', signType: 'MD5', paySign: '' } }, receipt, false))
      .toMatchObject({ status: 'paid', paidAt: minutesLater(2), paidOn: '2026-03-13', surplusFen: 0, transactionId: '4200', parameters: null, version: 2, listKey: '2026-03-12T16:01:00.000Z_p-1' })
  })

  it('of a bill that was settled otherwise is too much, all of it', () => expect(received(payment, receipt, true).surplusFen).toBe(3_000))

  it('only moves forward: WeChat’s word decides what is open or was closed, never what is posted, suspect or was looked into', () => {
    const suspect = suspected(payment, 'amount', receipt, now)
    const looked = dismissed(suspect, { note: '已退回', by: { memberId: 'm-he', name: '何管理员' }, at: now })
    expect([payment, closed(payment, now), received(payment, receipt, false), suspect, looked].map(isUndecided)).toEqual([true, true, false, false, false])
    expect(() => dismissed(payment, { note: '', by: { memberId: 'm-he', name: '何管理员' }, at: now })).toThrow('这笔缴费不需要核对')
  })

  it('that was handed over is posted at once, with who took it', () => {
    expect(recorded(bill, { method: 'cash', payerName: '王先生', note: '', photos: [] }, { memberId: 'm-qian', name: '钱会计' }, 'p-2', now))
      .toMatchObject({ status: 'paid', method: 'cash', merchantId: null, expiresAt: null, paidOn: '2026-03-12', payer: { memberId: null, name: '王先生', openid: null }, people: ['m-qian'] })
  })
})

it.each([[0, '0.00元'], [5, '0.05元'], [8_000, '80.00元'], [123_456, '1234.56元']])('%i fen are %s', (fen, words) => expect(yuan(fen)).toBe(words))
