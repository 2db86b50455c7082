import { isYes, wordsOf } from '../../cloudfunctions/_shared/pay-answer'
import { askAgainMs, isGivenUp, seenIn, toldIn } from '../../cloudfunctions/refunds/seen'

const now = new Date('2026-11-24T10:00:00+08:00')
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000)
const answer = (fields: object = {}) => ({
  returnCode: 'SUCCESS', resultCode: 'SUCCESS', errCode: 0, refundCount: 2, outRefundNoList: ['R0', 'R1'], refundFeeList: [500, 3_000], refundStatusList: ['SUCCESS', 'PROCESSING'], ...fields,
})

describe('what WeChat says of a refund', () => {
  it.each<[string, object, object | null]>([
    ['the one that was asked for among others', answer(), { status: 'PROCESSING', amountFen: 3_000 }],
    ['a word nobody knows', answer({ refundStatusList: ['SUCCESS', 'ABNORMAL'] }), { status: null, amountFen: 3_000 }],
    ['lists that came empty', answer({ outRefundNoList: undefined, refundFeeList: undefined, refundStatusList: undefined }), { status: null, amountFen: null }],
    ['an amount that is no number', answer({ refundFeeList: ['500', '3000'] }), { status: 'PROCESSING', amountFen: null }],
    ['that there is none', { returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '退款订单查询失败', errCode: 0 }, null],
    ['that it could not read the question', { returnCode: 'FAIL', returnMsg: '参数错误' }, null],
  ])('%s', (_, said, seen) => {
    expect(seenIn(said as Record<string, unknown>, 'R1')).toEqual(seen)
  })

  it('is yes only in both words: a refusal carries errCode 0 too', () => {
    expect([answer(), answer({ resultCode: 'FAIL' }), { returnCode: 'FAIL', errCode: 0 }, {}].map((said) => isYes(said as Record<string, unknown>))).toEqual([true, false, false, false])
    expect(wordsOf({ returnCode: 'SUCCESS', resultCode: 'FAIL', errCodeDes: '基本账户余额不足' })).toBe('基本账户余额不足')
  })

  it('is read from a callback with nothing made up', () => {
    expect(toldIn({ outRefundNo: 'R1', refundStatus: 'SUCCESS', refundFee: 3_000 })).toEqual({ status: 'SUCCESS', amountFen: 3_000 })
    expect(toldIn({ refundStatus: 'DONE' })).toEqual({ status: null, amountFen: null })
  })
})

describe('a refund that WeChat refuses', () => {
  it.each<[string, Date, boolean]>([
    ['基本账户余额不足，请充值后重新发起', ago(1), false],
    ['基本账户余额不足，请充值后重新发起', ago(7 * 24 + 1), true],
    ['订单已经超过退款期限', ago(0), true],
    ['部分退款次数超限', ago(0), true],
  ])('「%s」 after that long', (words, approvedAt, isOver) => {
    expect(isGivenUp(words, approvedAt, now)).toBe(isOver)
  })

  it('is asked about often at first, and later every hour', () => {
    expect([askAgainMs(ago(0.5), now), askAgainMs(ago(2), now)]).toEqual([300_000, 3_600_000])
  })
})
