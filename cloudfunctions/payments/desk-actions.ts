import { memberOf, type Caller } from '../_shared/caller'
import type { Input, Output } from '../_shared/contract'
import type { Transaction } from '../_shared/db'
import { conflict, invalid, notFound } from '../_shared/errors'
import { nameWithTitle, staffTitles } from '../_shared/masking'
import { yuan } from '../_shared/money'
import { factFor, once } from '../_shared/once'
import { oweNotices } from '../_shared/outbox'
import type { Situation } from '../_shared/serve'
import { requireOwnFiles, temporaryUrls, uploadPrefix } from '../_shared/storage'
import { isCashier, opened, paidBy, released, requireOwed, waivedBy, type Bill } from '../billing/bill'
import { bills } from '../billing/repository'
import { limits, type PaymentsContract } from './contract'
import { dismissed, feature, recorded, type HandedOver } from './payment'
import { methodWords, receivedNotice, waivedNotice } from './payment-notices'
import { cardOf } from './payment-reply'
import { countSuspects, payments, paymentsOfDesk, takingsOf } from './repository'
import { closePayment } from './settle'

type In<A extends keyof PaymentsContract> = Required<Input<PaymentsContract, A>>
type Out<A extends keyof PaymentsContract> = Output<PaymentsContract, A>

const recordAction = (billId: string): string => `payments.record/${billId}`

const actorOf = (caller: Caller) => {
  const { _id, name } = memberOf(caller)
  return { memberId: _id, name: nameWithTitle(name, staffTitles[caller.post!.role]!) }
}

const billOfDesk = async (billId: string, caller: Caller): Promise<Bill> => {
  const bill = await bills.get(billId)
  if (!bill || !isCashier(bill, caller)) throw notFound('张账单')
  return bill
}

/** Whoever is paying by WeChat now must not pay as well: their order is closed first, or has won. */
const closeOpenOrder = async ({ status, openPaymentId }: Bill, now: Date): Promise<void> => {
  const open = status === 'unpaid' && openPaymentId !== null ? await payments.get(openPaymentId) : null
  if (open?.status === 'created') await closePayment(open, now)
}

/** The bill as it is now. Throws CONFLICT when it is settled, or somebody has begun to pay it since the look at it. */
const loadOwed = async (transaction: Transaction, billId: string): Promise<Bill> => {
  const bill = (await transaction.get(bills, billId))!
  requireOwed(bill)
  if (bill.openPaymentId !== null) throw conflict('BILL_BEING_PAID', '住户正在用微信付这张账单，请过几分钟再看')
  return bill
}

export const record = async ({ billId, requestId, ...given }: In<'record'>, situation: Situation): Promise<Out<'record'>> => {
  const { caller, now } = situation
  const handedOver: HandedOver = given
  requireOwnFiles(handedOver.photos, feature, caller)
  if (handedOver.method === 'transfer' && handedOver.photos.length === 0) throw invalid({ photos: '请上传转账凭证的照片' })
  await closeOpenOrder(await billOfDesk(billId, caller), now)
  const paymentId = factFor(caller, recordAction(billId), requestId)
  await once(recordAction(billId), requestId, situation, async ({ transaction, fact, audit }) => {
    const bill = await loadOwed(transaction, billId)
    const payment = recorded(bill, handedOver, actorOf(caller), fact, now)
    await transaction.insert(payments, payment)
    await transaction.replace(bills, paidBy(opened(bill, fact), fact, now))
    await oweNotices(transaction, `paid_${fact}`, [receivedNotice(bill, payment, now)], now)
    await audit({
      actorId: memberOf(caller)._id, action: 'payments.record', subjectId: billId, communityId: bill.communityId, after: { method: methodWords[payment.method], amount: yuan(payment.amountFen) },
    })
  })
  return { paymentId }
}

export const waive = async ({ billId, reason, requestId }: In<'waive'>, situation: Situation): Promise<Out<'waive'>> => {
  const { caller, now } = situation
  await closeOpenOrder(await billOfDesk(billId, caller), now)
  await once(`payments.waive/${billId}`, requestId, situation, async ({ transaction, fact, audit }) => {
    const bill = waivedBy(await loadOwed(transaction, billId), { reason, at: now, by: actorOf(caller) })
    await transaction.replace(bills, bill)
    await oweNotices(transaction, `waived_${fact}`, [waivedNotice(bill, now)], now)
    await audit({
      actorId: memberOf(caller)._id, action: 'payments.waive', subjectId: billId, communityId: bill.communityId,
      after: { amount: yuan(bill.amountFen) },
    })
  })
  return { billId }
}

export const dismiss = async ({ paymentId, note, requestId }: In<'dismiss'>, situation: Situation): Promise<Out<'dismiss'>> => {
  const { caller, now } = situation
  await once(`payments.dismiss/${paymentId}`, requestId, situation, async ({ transaction, audit }) => {
    const payment = await transaction.get(payments, paymentId)
    if (!payment || !isCashier(payment, caller)) throw notFound('笔缴费')
    await transaction.replace(payments, dismissed(payment, { note, by: actorOf(caller), at: now }))
    const bill = (await transaction.get(bills, payment.billId))!
    await transaction.replace(bills, released(bill, paymentId))
    await audit({
      actorId: memberOf(caller)._id, action: 'payments.dismiss', subjectId: paymentId, communityId: payment.communityId, after: { amount: yuan(payment.amountFen) },
    })
  })
  return { paymentId }
}

export const list = async ({ status, day, cursor }: Input<PaymentsContract, 'list'>, { caller }: Situation): Promise<Out<'list'>> => {
  const post = caller.post!
  const shown = status ?? 'paid'
  const [page, sums, suspectCount] = await Promise.all([
    paymentsOfDesk(post, { status: shown, day }, cursor, limits.pageSize),
    shown === 'paid' && day !== undefined ? takingsOf(post, day) : [],
    countSuspects(post),
  ])
  const urls = await temporaryUrls(page.documents.flatMap(({ photos }) => photos))
  return {
    payments: page.documents.map((payment) => cardOf(payment, urls)),
    nextCursor: page.nextCursor,
    sums: sums.map(({ method, count, amountFen, refundedFen }) => ({ method: method as Out<'list'>['sums'][number]['method'], count, amountFen, refundedFen })),
    suspectCount,
    uploadPrefix: uploadPrefix(feature, caller),
  }
}
