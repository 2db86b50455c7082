import { inTransaction, type Transaction } from '../_shared/db'
import { oweNotices } from '../_shared/outbox'
import { askPay } from '../_shared/pay'
import { oweRobot } from '../_shared/robot'
import { bills } from '../billing/repository'
import type { Payment } from '../payments/payment'
import { payments } from '../payments/repository'
import type { RefundStatus } from './contract'
import { billAfter, failed, posted, resumed, troubled, type Act, type Pair, type Refund } from './refund'
import { postedNotice, troubleNotice } from './refund-notices'
import { loadPair, refunds, savePair } from './repository'
import { seenIn, toldIn, type Seen } from './seen'

/** Posts an approved refund: refund, payment and bill, and the household is told. Six round trips. */
export const postIn = async (transaction: Transaction, pair: Pair, done: Act): Promise<Pair> => {
  const next = posted(pair, done)
  const bill = (await transaction.get(bills, next.refund.billId))!
  await savePair(transaction, next)
  const after = billAfter(bill, next.refund)
  if (after !== bill) await transaction.replace(bills, after)
  await oweNotices(transaction, `refunded_${next.refund._id}`, [postedNotice(bill, next.refund)], done.at)
  return next
}

/** People must look: the money stays held, and those who can ask WeChat hear of it, once for each reason. */
const saveTrouble = async (transaction: Transaction, refund: Refund, trouble: string, now: Date): Promise<void> => {
  if (refund.trouble === trouble) return
  const next = troubled(refund, trouble)
  await transaction.replace(refunds, next)
  await oweNotices(transaction, `refund_${next._id}_${next.version}`, [troubleNotice(next, now)], now)
}

const fail = async (transaction: Transaction, pair: Pair, trouble: string, now: Date): Promise<void> => {
  const next = failed(pair, trouble, now)
  await savePair(transaction, next)
  await oweNotices(transaction, `refund_${next.refund._id}_${next.refund.version}`, [troubleNotice(next.refund, now)], now)
}

/** What WeChat gave back, as far as it is what was approved. Anything else is for people, and stops nothing. */
const postSeen = async (transaction: Transaction, pair: Pair, { amountFen }: Seen, now: Date): Promise<RefundStatus> => {
  const { refund } = pair
  const held = refund.status === 'approved' ? pair : resumed(pair)
  if (held !== null && amountFen === refund.amountFen) {
    await postIn(transaction, held, { by: null, at: now, note: '' })
    return 'refunded'
  }
  const trouble = held === null ? '微信后来退成功了，而这笔钱又申请了一次，请核对' : '微信退的金额与批准的不一样，请到商户平台核对'
  if (refund.trouble === trouble) return refund.status
  await saveTrouble(transaction, refund, trouble, now)
  await oweRobot(transaction, `refund_${refund._id}_${refund.version}`, { communityId: refund.communityId, text: `【退款核对】${refund.houseLabel}的退款（单号 ${refund._id}）：${trouble}` }, now)
  return refund.status
}

/**
 * Does what WeChat Pay says of a refund, once, whoever asks and however often: posts it when the money is back, frees its money when it cannot
 * be given back. Answers how the refund stands; null when there is none. Nine round trips at most.
 */
export const settleRefund = (refundId: string, seen: Seen, now: Date): Promise<RefundStatus | null> =>
  inTransaction(async (transaction) => {
    const pair = await loadPair(transaction, refundId)
    if (!pair || pair.refund.route !== 'wechat') return pair && pair.refund.status
    const { status } = pair.refund
    if (status !== 'approved' && status !== 'failed') return status
    if (seen.status === 'SUCCESS') return postSeen(transaction, pair, seen, now)
    if (status === 'failed' || (seen.status !== 'CHANGE' && seen.status !== 'REFUNDCLOSE')) return status
    await fail(transaction, pair, seen.status === 'CHANGE' ? '付款人的银行卡退不进去，钱还在商户账户' : '微信关闭了这笔退款', now)
    return 'failed'
  })

/** Gives a refund up that WeChat refuses. Only while it does not have it. */
export const giveUp = (refundId: string, trouble: string, now: Date): Promise<void> =>
  inTransaction(async (transaction) => {
    const pair = await loadPair(transaction, refundId)
    if (pair?.refund.status === 'approved') await fail(transaction, pair, trouble, now)
  })

export const tellTrouble = (refundId: string, trouble: string, now: Date): Promise<void> =>
  inTransaction(async (transaction) => {
    const refund = await transaction.get(refunds, refundId)
    if (refund?.status === 'approved') await saveTrouble(transaction, refund, trouble, now)
  })

/** What WeChat says of it; null when it has none. Throws UNAVAILABLE when it does not answer. One round trip. */
export const askRefund = async ({ _id }: Refund, { merchantId }: Pick<Payment, 'merchantId'>): Promise<Seen | null> =>
  seenIn(await askPay('queryRefund', merchantId!, { outRefundNo: _id }), _id)

/**
 * WeChat's callback tells that a refund has ended. Its word is a reason to ask; it counts only where WeChat, asked, has the refund and does not
 * say how it stands. Answers whether it need not tell again.
 */
export const settleTold = async (refundId: string, event: Record<string, unknown>, now: Date): Promise<boolean> => {
  const refund = await refunds.get(refundId)
  if (!refund || refund.route !== 'wechat') return false
  const payment = (await payments.get(refund.paymentId))!
  const seen = await askRefund(refund, payment)
  if (seen === null) return false
  const status = await settleRefund(refundId, seen.status === null ? toldIn(event) : seen, now)
  return status === 'refunded' || status === 'failed'
}
