import { after, minutes } from '../_shared/clock'
import { inTransaction } from '../_shared/db'
import type { JobRunner, JobRunners } from '../_shared/jobs'
import { oweNotices } from '../_shared/outbox'
import { askPay, callbackTo } from '../_shared/pay'
import { isYes, wordsOf } from '../_shared/pay-answer'
import { oweRobot } from '../_shared/robot'
import { surplusRefundKind, type Payment, type SurplusPayload } from '../payments/payment'
import { payments } from '../payments/repository'
import { booksCheckKind, checkBooks, type BooksWalk } from './books-check'
import { refundableFen, requestedOf, type Refund } from './refund'
import { requestedNotice, requestedWords } from './refund-notices'
import { insertPair, refunds } from './repository'
import { askAgainMs, isGivenUp, refusedAgainMs } from './seen'
import { askRefund, giveUp, settleRefund, tellTrouble } from './settle'

export const watchKind = 'refund_watch'
export type WatchPayload = { refundId: string }

const firstAskAfterMs = minutes(2)

const markAccepted = ({ _id, version }: Refund, now: Date): Promise<number> =>
  refunds.update({ _id, version, status: 'approved' }, { acceptedAt: now, trouble: null, version: version + 1 })

/** WeChat said no. It is not given up before WeChat, asked, says that it has no such refund: money must not go back twice. */
const refused = async (refund: Refund, payment: Payment, words: string, now: Date): Promise<'done' | Date> => {
  if (!isGivenUp(words, refund.decided!.at, now)) {
    await tellTrouble(refund._id, words, now)
    return after(now, refusedAgainMs)
  }
  if ((await askRefund(refund, payment)) === null) {
    await giveUp(refund._id, words, now)
    return 'done'
  }
  await markAccepted(refund, now)
  return now
}

/** Tells WeChat to give the money back; again with the same number it is the same refund. */
const send = async (refund: Refund, payment: Payment, now: Date): Promise<'done' | Date> => {
  const answer = await askPay('refund', payment.merchantId!, {
    outTradeNo: payment._id, outRefundNo: refund._id, totalFee: payment.amountFen, refundFee: refund.amountFen, refundDesc: `${refund.source.number} 退款`,
    ...callbackTo('refund-callback'),
  })
  if (!isYes(answer)) return refused(refund, payment, wordsOf(answer), now)
  await markAccepted(refund, now)
  return after(now, firstAskAfterMs)
}

/** Watches over an approved refund: has WeChat take it on, and asks until the money is back or cannot be given back. */
const watch: JobRunner = async (job, now) => {
  const refund = await refunds.get((job.payload as WatchPayload).refundId)
  if (refund?.status !== 'approved') return 'done'
  const payment = (await payments.get(refund.paymentId))!
  if (refund.acceptedAt === null) return send(refund, payment, now)
  const seen = await askRefund(refund, payment)
  const status = seen && (await settleRefund(refund._id, seen, now))
  return status === 'refunded' || status === 'failed' ? 'done' : after(now, askAgainMs(refund.acceptedAt, now))
}

const surplusIdOf = (paymentId: string): string => `surplus_${paymentId}`

/** Asks, in nobody's name, that money be given back that was paid for a bill which was settled already. Done again, it asks once. */
const requestSurplus: JobRunner = async (job, now) => {
  const { paymentId } = job.payload as SurplusPayload
  const id = surplusIdOf(paymentId)
  await inTransaction(async (transaction) => {
    if (await transaction.get(refunds, id)) return
    const payment = await transaction.get(payments, paymentId)
    const amountFen = payment ? refundableFen(payment) : 0
    if (!payment || amountFen === 0) return
    const pair = requestedOf(payment, { id, amountFen, requested: { by: null, at: now, note: '账单已经结清，这笔是多付的' }, hasFailed: false })
    await insertPair(transaction, pair)
    await oweNotices(transaction, `refund_${id}_1`, [requestedNotice(pair.refund)], now)
    await oweRobot(transaction, `refund_${id}_1`, { communityId: payment.communityId, text: requestedWords(pair.refund) }, now)
  })
  return 'done'
}

export const refundJobs: JobRunners = { [watchKind]: watch, [surplusRefundKind]: requestSurplus, [booksCheckKind]: checkBooks }

/** What this feature does once a night. */
export const nightly: { kind: string; payload: Record<string, unknown> }[] = [
  { kind: booksCheckKind, payload: { stage: 0, cursor: null, seenCount: 0 } satisfies BooksWalk },
]
