import { inTransaction } from '../_shared/db'
import { conflict } from '../_shared/errors'
import { owe, oweNotices } from '../_shared/outbox'
import { askPay } from '../_shared/pay'
import { isYes } from '../_shared/pay-answer'
import { oweRobot } from '../_shared/robot'
import { notPosting, paidBy, posting, released, suspended, type Bill } from '../billing/bill'
import { bills } from '../billing/repository'
import type { PaymentStatus } from './contract'
import { closed, isUndecided, received, surplusRefundKind, suspected, suspicionOf, type Payment, type SurplusPayload } from './payment'
import { receivedNotice, surplusNotice, suspectWords } from './payment-notices'
import { payments } from './repository'
import { seenIn, type Receipt, type Seen } from './seen'

/**
 * Posts money that WeChat Pay says it has: payment and bill in one transaction, with what is owed for them. Whoever asks, and however often,
 * it is posted once. Money for a bill that was settled meanwhile is posted too, and owed back; money that does not fit what was ordered is
 * not posted, but people are told. Answers how the payment stands; null when there is none. Nine round trips at most.
 */
export const settlePayment = (paymentId: string, receipt: Receipt, now: Date): Promise<PaymentStatus | null> =>
  inTransaction(async (transaction) => {
    const payment = await transaction.get(payments, paymentId)
    if (!payment || !isUndecided(payment)) return payment?.status ?? null
    const bill = (await transaction.get(bills, payment.billId))!
    const suspicion = suspicionOf(payment, receipt)
    if (suspicion) {
      await transaction.replace(payments, suspected(payment, suspicion, receipt, now))
      await transaction.replace(bills, suspended(bill, paymentId, now))
      await oweRobot(transaction, `suspect_${paymentId}`, { communityId: payment.communityId, text: suspectWords(payment, suspicion) }, now)
      return 'suspect'
    }
    const isSurplus = bill.status !== 'unpaid'
    await transaction.replace(payments, received(payment, receipt, isSurplus))
    if (isSurplus) {
      await owe(transaction, { _id: `surplus_${paymentId}`, kind: surplusRefundKind, payload: { paymentId } satisfies SurplusPayload }, now)
    } else {
      await transaction.replace(bills, paidBy(bill, paymentId, now))
    }
    await oweNotices(transaction, `paid_${paymentId}`, [isSurplus ? surplusNotice(bill, payment, now) : receivedNotice(bill, payment, now)], now)
    return 'paid'
  })

/** What becomes of a payment once WeChat was asked: as it stands, or what WeChat knows of an order that is not paid. */
export type Outcome = 'paid' | 'suspect' | Exclude<Seen['state'], 'paid'>

/** Asks WeChat Pay how the order stands, and posts its money. Throws UNAVAILABLE when WeChat does not answer. Ten round trips at most. */
export const askAndSettle = async ({ _id, merchantId }: Payment, now: Date): Promise<Outcome> => {
  const seen = seenIn(await askPay('queryOrder', merchantId!, { outTradeNo: _id }), now)
  if (seen.state !== 'paid') return seen.state
  return (await settlePayment(_id, seen.receipt, now)) === 'paid' ? 'paid' : 'suspect'
}

/** Changes the bill of a payment by itself; nothing is written when nothing changes. */
const changeBill = async (billId: string, change: (bill: Bill) => Bill): Promise<void> =>
  inTransaction(async (transaction) => {
    const bill = (await transaction.get(bills, billId))!
    const next = change(bill)
    if (next !== bill) await transaction.replace(bills, next)
  })

/** 入账中, from now on. */
export const markPosting = ({ _id, billId }: Payment, now: Date): Promise<void> => changeBill(billId, (bill) => posting(bill, _id, now))

/** WeChat says that nobody has paid it: the bill is owed as before. */
export const unmarkPosting = ({ _id, billId }: Payment): Promise<void> => changeBill(billId, (bill) => notPosting(bill, _id))

const beingPaid = () => conflict('BILL_BEING_PAID', '家里有人正在用微信付这张账单，请几分钟后再试')

/** `isSure`: WeChat will not take money for it; otherwise it is closed only when no phone was ever given what to pay it with. */
const markClosed = (paymentId: string, isSure: boolean, now: Date): Promise<PaymentStatus> =>
  inTransaction(async (transaction) => {
    const payment = (await transaction.get(payments, paymentId))!
    if (payment.status !== 'created') return payment.status
    if (!isSure && payment.parameters !== null) throw beingPaid()
    const bill = (await transaction.get(bills, payment.billId))!
    await transaction.replace(payments, closed(payment, now))
    await transaction.replace(bills, released(bill, paymentId))
    return 'closed'
  })

/**
 * Makes sure that nobody can pay the order any more, and frees its bill. Somebody may have been faster: then their money is posted, and it is
 * 'paid' or 'suspect'. Throws CONFLICT where WeChat will not close it yet, UNAVAILABLE where it does not answer. 17 round trips at most.
 */
export const closePayment = async (payment: Payment, now: Date): Promise<PaymentStatus> => {
  if (payment.status !== 'created') return payment.status
  if (!isYes(await askPay('closeOrder', payment.merchantId!, { outTradeNo: payment._id }))) {
    const outcome = await askAndSettle(payment, now)
    if (outcome === 'paid' || outcome === 'suspect') return outcome
    return markClosed(payment._id, outcome === 'absent' || outcome === 'closed', now)
  }
  return markClosed(payment._id, true, now)
}

/**
 * WeChat's callback tells that an order was paid. Its word is a reason to ask, and no more: a forged one posts nothing. Answers whether it need
 * not tell again.
 */
export const settleTold = async (outTradeNo: string, now: Date): Promise<boolean> => {
  const payment = await payments.get(outTradeNo)
  if (!payment) return false
  if (!isUndecided(payment)) return true
  const outcome = await askAndSettle(payment, now)
  return outcome === 'paid' || outcome === 'suspect'
}
