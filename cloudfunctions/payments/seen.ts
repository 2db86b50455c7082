import { fromPayTime } from '../_shared/clock'
import { isRefusal, isYes, type PayAnswer } from '../_shared/pay-answer'

/** Money that WeChat Pay says it has: integer fen, whose, and for whom. */
export type Receipt = { amountFen: number; openid: string; merchantId: string; transactionId: string; paidAt: Date }

/** How an order stands at WeChat Pay. 'absent': it never heard of it. 'unclear': it did not say, or the payer is typing a password. */
export type Seen = { state: 'paid'; receipt: Receipt } | { state: 'unpaid' | 'closed' | 'absent' | 'unclear' }

/** Of a refusal only words arrive; these are WeChat's for ORDERNOTEXIST. */
const neverHeardOf = /不存在|not exist/i
const unpaid = ['NOTPAY', 'PAYERROR']
const ended = ['CLOSED', 'REVOKED']

/** Reads the answer of queryOrder. An order whose money went back has been paid all the same. */
export const seenIn = (answer: PayAnswer, now: Date): Seen => {
  if (!isYes(answer)) return { state: isRefusal(answer) && neverHeardOf.test(String(answer.errCodeDes)) ? 'absent' : 'unclear' }
  const state = String(answer.tradeState)
  if (unpaid.includes(state)) return { state: 'unpaid' }
  if (ended.includes(state)) return { state: 'closed' }
  if (state !== 'SUCCESS' && state !== 'REFUND') return { state: 'unclear' }
  const { totalFee, subOpenid, subMchId, transactionId, timeEnd } = answer
  return {
    state: 'paid',
    receipt: {
      amountFen: Number(totalFee), openid: String(subOpenid), merchantId: String(subMchId), transactionId: String(transactionId), paidAt: fromPayTime(String(timeEnd)) ?? now,
    },
  }
}
