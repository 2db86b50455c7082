import { addressOfCall, memberOf, type Caller } from '../_shared/caller'
import { after, payTime } from '../_shared/clock'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { inTransaction } from '../_shared/db'
import { AppError, conflict, forbidden, notFound } from '../_shared/errors'
import { logLine } from '../_shared/log'
import { factFor } from '../_shared/once'
import { owe } from '../_shared/outbox'
import { askPay, callbackTo } from '../_shared/pay'
import { isYes, wordsOf } from '../_shared/pay-answer'
import type { Situation } from '../_shared/serve'
import { livesIn, mayPay, opened, requireOwed, type Bill } from '../billing/bill'
import { cannotPayBecause, merchantFor } from '../billing/merchant'
import { bills } from '../billing/repository'
import type { PaymentParameters, PaymentsContract } from './contract'
import { firstAskAfterMs, watchKind, type WatchPayload } from './jobs'
import { isReusable, isUndecided, ordered, type Payment } from './payment'
import { keepParameters, payments } from './repository'
import { askAndSettle, closePayment, markPosting } from './settle'

type In<A extends keyof PaymentsContract> = Required<Input<PaymentsContract, A>>
type Out<A extends keyof PaymentsContract> = Output<PaymentsContract, A>

const alreadyPaid = () => conflict('BILL_ALREADY_PAID', '这张账单已经缴过了，请刷新查看')
const underReview = () => conflict('BILL_POSTING', '这张账单有一笔钱正在核对，请不要重复缴费，如有疑问请联系物业')
const overtaken = () => conflict('PAYMENT_CLOSED', '这次支付已经失效，请返回重新点“去缴费”')

const payableBill = async (billId: string, caller: Caller): Promise<Bill> => {
  const bill = await bills.get(billId)
  if (!bill || !livesIn(bill, caller)) throw notFound('张账单')
  if (!mayPay(bill, caller)) throw forbidden('这套房屋由业主缴费，如需代缴请联系业主开通')
  requireOwed(bill)
  return bill
}

const merchantOf = async (bill: Bill): Promise<string> => {
  const configuration = await readConfiguration(bill.communityId)
  const merchantId = merchantFor(configuration, bill.charge)
  if (merchantId === null) throw conflict('PAY_CLOSED', cannotPayBecause(configuration, bill.charge)!)
  return merchantId
}

/** The order, known to us before WeChat hears of it: whatever dies in between, somebody looks after it. */
const openOrder = (billId: string, paymentId: string, merchantId: string, { caller, now }: Situation): Promise<Payment> =>
  inTransaction(async (transaction) => {
    const known = await transaction.get(payments, paymentId)
    if (known?.status === 'created') return known
    if (known) throw known.status === 'paid' ? alreadyPaid() : overtaken()
    const bill = opened((await transaction.get(bills, billId))!, paymentId)
    const payment = ordered(bill, memberOf(caller), merchantId, paymentId, now)
    await transaction.insert(payments, payment)
    await transaction.replace(bills, bill)
    await owe(transaction, { _id: `watch_${paymentId}`, kind: watchKind, payload: { paymentId } satisfies WatchPayload }, after(now, firstAskAfterMs))
    return payment
  })

const closeFor = async (payment: Payment, now: Date): Promise<void> => {
  const status = await closePayment(payment, now)
  if (status === 'paid') throw alreadyPaid()
  if (status === 'suspect') throw underReview()
}

/** WeChat takes the name of what is paid in at most 128 bytes. */
const bodyOf = ({ communityName, title, source }: Bill): string => [...`${communityName}-${title}`].slice(0, 30).join('') + ` ${source.number}`

const shownParameters = (payment: unknown): PaymentParameters => {
  const { timeStamp, nonceStr, package: prepay, signType, paySign } = payment as PaymentParameters
  return { timeStamp, nonceStr, package: prepay, signType, paySign }
}

/** Tells WeChat of the order; again with the same words it is the same order. */
const placeOrder = async (payment: Payment, bill: Bill, now: Date): Promise<PaymentParameters> => {
  const answer = await askPay('unifiedOrder', payment.merchantId!, {
    body: bodyOf(bill), outTradeNo: payment._id, totalFee: payment.amountFen, spbillCreateIp: addressOfCall() ?? '127.0.0.1', tradeType: 'JSAPI',
    timeExpire: payTime(payment.expiresAt!), ...callbackTo('payment-callback'),
  })
  if (!isYes(answer)) {
    logLine({ event: 'pay_refused', payment: payment._id, words: wordsOf(answer) })
    await closeFor(payment, now)
    throw new AppError('UNAVAILABLE', '微信支付没有接受这笔订单，请稍后再试，或到物业服务中心缴费', { reason: 'PAY_REFUSED' })
  }
  const parameters = shownParameters(answer.payment)
  // Closed by somebody while WeChat was being told: nobody looks after it any more, so nobody may pay it.
  if (!(await keepParameters(payment._id, parameters))) {
    await askPay('closeOrder', payment.merchantId!, { outTradeNo: payment._id })
    throw overtaken()
  }
  return parameters
}

export const start = async ({ billId, requestId }: In<'start'>, situation: Situation): Promise<Out<'start'>> => {
  const { caller, now } = situation
  const bill = await payableBill(billId, caller)
  const merchantId = await merchantOf(bill)
  const live = bill.openPaymentId === null ? null : await payments.get(bill.openPaymentId)
  const isOwn = live !== null && isReusable(live, caller.openid, merchantId, now)
  if (live && !isOwn) await closeFor(live, now)
  const payment = isOwn ? live : await openOrder(billId, factFor(caller, `payments.start/${billId}`, requestId), merchantId, situation)
  return { paymentId: payment._id, amountFen: payment.amountFen, parameters: payment.parameters ?? (await placeOrder(payment, bill, now)) }
}

const isUnanswered = (error: unknown): boolean => error instanceof AppError && error.code === 'UNAVAILABLE'

export const confirm = async ({ paymentId }: In<'confirm'>, { caller, now }: Situation): Promise<Out<'confirm'>> => {
  const payment = await payments.get(paymentId)
  if (!payment || payment.payer.openid !== caller.openid) throw notFound('笔缴费')
  if (payment.status === 'paid') return { state: 'paid' }
  if (payment.status === 'suspect') return { state: 'posting' }
  if (!isUndecided(payment)) return { state: 'unpaid' }
  // Of a closed order WeChat may know better: the phone would not ask if nothing had happened.
  const outcome = await askAndSettle(payment, now).catch((error: unknown) => {
    if (isUnanswered(error)) return 'unclear' as const
    throw error
  })
  if (outcome === 'paid') return { state: 'paid' }
  if (outcome === 'unclear') await markPosting(payment, now)
  return { state: outcome === 'unclear' || outcome === 'suspect' ? 'posting' : 'unpaid' }
}
