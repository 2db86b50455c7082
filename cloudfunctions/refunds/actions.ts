import { memberOf, type Caller } from '../_shared/caller'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import { nameWithTitle, staffTitles } from '../_shared/masking'
import { covers } from '../_shared/member'
import { factFor, once, type Change } from '../_shared/once'
import { owe, oweNotices } from '../_shared/outbox'
import { oweRobot } from '../_shared/robot'
import type { Situation } from '../_shared/serve'
import { temporaryUrls, uploadPrefix } from '../_shared/storage'
import { billSteps, isCashier, maySee, type Bill } from '../billing/bill'
import { detailOf } from '../billing/bill-reply'
import { cannotPayBecause } from '../billing/merchant'
import { bills } from '../billing/repository'
import { feature, type Payment } from '../payments/payment'
import { cardOf as paymentCardOf } from '../payments/payment-reply'
import { payments, paymentsOfBill } from '../payments/repository'
import { limits, type RefundsContract } from './contract'
import { watchKind, type WatchPayload } from './jobs'
import { approved, isManager, paymentSteps, refundableFen, rejected, requestedOf, requirePayable, routesFor, type Act, type Pair } from './refund'
import { approvedNotices, rejectedNotices, requestedNotice, requestedWords } from './refund-notices'
import { cardOf } from './refund-reply'
import { countFailed, insertPair, loadPair, refundsOfBill, refundsOfDesk, savePair, waitingOfDesk } from './repository'
import { postIn } from './settle'

type In<A extends keyof RefundsContract> = Input<RefundsContract, A>
type Out<A extends keyof RefundsContract> = Output<RefundsContract, A>

const readers = ['manager', 'cashier', 'clerk']
const isStaffOf = (bill: Bill, { post }: Caller): boolean => post !== null && readers.includes(post.role) && covers(post, bill)

/** To the household a payment is who paid what, and how; what staff wrote of it is theirs. */
const shownPayment = (payment: Payment, urls: Map<string, string>, isStaff: boolean) =>
  isStaff ? paymentCardOf(payment, urls) : { ...paymentCardOf(payment, urls), note: '', photos: [] }

export const bill = async ({ billId }: In<'bill'>, { caller, now }: Situation): Promise<Out<'bill'>> => {
  const found = await bills.get(billId)
  const isStaff = found !== null && isStaffOf(found, caller)
  if (!found || !(isStaff || maySee(found, caller))) throw notFound('张账单')
  const [configuration, all, refunds] = await Promise.all([readConfiguration(found.communityId), paymentsOfBill(billId), refundsOfBill(billId)])
  const made = all.filter(({ status }) => status === 'paid' || status === 'suspect')
  const urls = await temporaryUrls(isStaff ? made.flatMap(({ photos }) => photos) : [])
  const cannotPay = cannotPayBecause(configuration, found.charge)
  const { templates } = configuration
  return {
    bill: detailOf(found, billSteps(found, caller, cannotPay === null)),
    payments: made.map((payment) => {
      const left = refundableFen(payment)
      const hasFailed = refunds.some(({ paymentId, status }) => paymentId === payment._id && status === 'failed')
      return {
        ...shownPayment(payment, urls, isStaff), refundableFen: left, routes: left > 0 ? routesFor(payment, hasFailed, now) : [],
        nextSteps: paymentSteps(payment, caller),
      }
    }),
    refunds: refunds.map((refund) => cardOf(refund, caller, isStaff)),
    cannotPay,
    templateIds: [templates.payment_received, templates.refund_posted].flatMap((template) => template?.templateId ?? []),
    limits: { reasonLength: limits.reasonLength, noteLength: limits.noteLength },
    uploadPrefix: isCashier(found, caller) && found.status === 'unpaid' ? uploadPrefix(feature, caller) : null,
  }
}

const actBy = (caller: Caller, now: Date, note: string): Act => {
  const { _id, name } = memberOf(caller)
  return { by: { memberId: _id, name: nameWithTitle(name, staffTitles[caller.post!.role]!) }, at: now, note }
}

/** The amount is in it: a request id that is used for another amount is another request. */
const requestAction = ({ paymentId, amountFen, route }: Pick<In<'request'>, 'paymentId' | 'amountFen' | 'route'>): string =>
  `refunds.request/${paymentId}/${amountFen}/${route ?? ''}`

export const request = async (input: In<'request'>, situation: Situation): Promise<Out<'request'>> => {
  const { paymentId, amountFen, reason, route, requestId } = input
  const { caller, now } = situation
  const id = factFor(caller, requestAction(input), requestId)
  const hasFailed = (await countFailed(paymentId)) > 0
  await once(requestAction(input), requestId, situation, async ({ transaction, fact, audit }) => {
    const payment = await transaction.get(payments, paymentId)
    if (!payment || !isCashier(payment, caller)) throw notFound('笔缴费')
    const pair = requestedOf(payment, { id, amountFen, route, requested: actBy(caller, now, reason), hasFailed })
    await insertPair(transaction, pair)
    await oweNotices(transaction, fact, [requestedNotice(pair.refund)], now)
    await oweRobot(transaction, fact, { communityId: payment.communityId, text: requestedWords(pair.refund) }, now)
    await audit({
      actorId: memberOf(caller)._id, action: 'refunds.request', subjectId: id, communityId: payment.communityId, after: { amountFen, route: pair.refund.route },
    })
  })
  return { refundId: id }
}

type Deed = 'approve' | 'reject' | 'payOut'
type Step = { refundId: string; requestId: string }

/** A step of somebody who may take it at all: once, with its audit row. */
const step = async (deed: Deed, { refundId, requestId }: Step, situation: Situation, act: (pair: Pair, change: Change) => Promise<Pair>): Promise<{ refundId: string }> => {
  const { caller } = situation
  await once(`refunds.${deed}/${refundId}`, requestId, situation, async (change) => {
    const pair = await loadPair(change.transaction, refundId)
    if (!pair || !(deed === 'payOut' ? isCashier : isManager)(pair.refund, caller)) throw notFound('笔退款')
    const { refund } = await act(pair, change)
    await change.audit({
      actorId: memberOf(caller)._id, action: `refunds.${deed}`, subjectId: refundId, communityId: refund.communityId,
      before: { status: pair.refund.status }, after: { status: refund.status, amountFen: refund.amountFen },
    })
  })
  return { refundId }
}

export const approve = ({ note = '', ...input }: In<'approve'>, situation: Situation): Promise<Out<'approve'>> =>
  step('approve', input, situation, async (pair, { transaction, fact }) => {
    const { now, caller } = situation
    const next = approved(pair, actBy(caller, now, note))
    await savePair(transaction, next)
    if (next.refund.route === 'wechat') {
      const payload: WatchPayload = { refundId: next.refund._id }
      await owe(transaction, { _id: `refund_watch_${next.refund._id}`, kind: watchKind, payload }, now)
    }
    await oweNotices(transaction, fact, approvedNotices(next.refund), now)
    return next
  })

export const reject = ({ note, ...input }: In<'reject'>, situation: Situation): Promise<Out<'reject'>> =>
  step('reject', input, situation, async (pair, { transaction, fact }) => {
    const next = rejected(pair, actBy(situation.caller, situation.now, note))
    await savePair(transaction, next)
    await oweNotices(transaction, fact, rejectedNotices(next.refund), situation.now)
    return next
  })

export const payOut = ({ note, ...input }: In<'payOut'>, situation: Situation): Promise<Out<'payOut'>> =>
  step('payOut', input, situation, async (pair, { transaction }) => {
    requirePayable(pair.refund, memberOf(situation.caller)._id)
    return postIn(transaction, pair, actBy(situation.caller, situation.now, note))
  })

export const list = async ({ status = 'requested', cursor }: In<'list'>, { caller }: Situation): Promise<Out<'list'>> => {
  const post = caller.post!
  const [page, waiting] = await Promise.all([refundsOfDesk(post, status, cursor, limits.pageSize), waitingOfDesk(post)])
  return { refunds: page.documents.map((refund) => cardOf(refund, caller, true)), nextCursor: page.nextCursor, waiting }
}
