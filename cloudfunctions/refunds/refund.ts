import type { Caller } from '../_shared/caller'
import { after, days } from '../_shared/clock'
import type { Stored } from '../_shared/db'
import { conflict } from '../_shared/errors'
import { isCashier, type Bill, type BillSource } from '../billing/bill'
import type { Payment } from '../payments/payment'
import type { PaymentStep, RefundRoute, RefundStatus, RefundStep } from './contract'

/** `name`: surname and title. */
export type Actor = { memberId: string; name: string }
/** `by` null: the system. */
export type Act = { by: Actor | null; at: Date; note: string }

/** 退款. `_id` is also its number at WeChat Pay (outRefundNo), so that asking twice gives back once. Integer fen. */
export type Refund = Stored & {
  version: number
  communityId: string
  houseId: string
  houseLabel: string
  building: string | null
  paymentId: string
  billId: string
  /** Copied from the payment: the order its money was for. */
  source: BillSource
  amountFen: number
  /** Of money that settled no bill. */
  isSurplus: boolean
  route: RefundRoute
  status: RefundStatus
  requested: Act
  decided: Act | null
  posted: Act | null
  /** When WeChat took it on. */
  acceptedAt: Date | null
  /** Why WeChat has not given it back, in words for staff. */
  trouble: string | null
  /** When it came to its status, and its id. */
  listKey: string
  /** Every member it names. */
  people: string[]
}

/** A refund, and the payment whose money it is. */
export type Pair = { refund: Refund; payment: Payment }

/** WeChat gives money back within a year of the payment. */
const wechatRefundsForMs = days(365)

/** What nobody has asked back yet, whatever became of other requests. Fen; 0 unless it was paid. */
export const refundableFen = ({ status, amountFen, refundedFen, reservedFen, requestedFen }: Payment): number =>
  status === 'paid' ? amountFen - refundedFen - reservedFen - requestedFen : 0

/** How money can go back, the usual way first. `hasFailed`: WeChat tried already, and could not. */
export const routesFor = ({ method, paidAt }: Pick<Payment, 'method' | 'paidAt'>, hasFailed: boolean, now: Date): RefundRoute[] => {
  if (method !== 'wechat' || paidAt === null || paidAt < after(now, -wechatRefundsForMs)) return ['offline']
  return hasFailed ? ['wechat', 'offline'] : ['wechat']
}

const routeChosen = (wanted: RefundRoute | undefined, routes: RefundRoute[]): RefundRoute => {
  if (wanted === undefined || routes.includes(wanted)) return wanted ?? routes[0]!
  // Cash for what WeChat can give back would let anybody's WeChat money leave as banknotes.
  throw wanted === 'offline'
    ? conflict('ROUTE_WECHAT_FIRST', '这笔钱可以原路退回微信，不用线下退')
    : conflict('ROUTE_WECHAT_OVER', '这笔钱不是微信支付的，或已超过一年，只能线下退款')
}

const withPerson = (people: string[], by: Actor | null): string[] => (by ? [...new Set([...people, by.memberId])] : people)

const moved = (refund: Refund, { by, at }: Act, changes: Partial<Refund>): Refund => ({
  ...refund, version: refund.version + 1, people: withPerson(refund.people, by), listKey: `${at.toISOString()}_${refund._id}`, ...changes,
})

type Column = 'requestedFen' | 'reservedFen' | 'refundedFen'
const shifted = (payment: Payment, fen: number, from: Column | null, to: Column | null): Payment => ({
  ...payment,
  version: payment.version + 1,
  ...(from && { [from]: payment[from] - fen }),
  ...(to && { [to]: payment[to] + fen }),
})

type Wish = { id: string; amountFen: number; route?: RefundRoute; requested: Act; hasFailed: boolean }

/** A request, and the payment that holds its money for it. Throws CONFLICT when more is asked back than is left. */
export const requestedOf = (payment: Payment, { id, amountFen, route, requested, hasFailed }: Wish): Pair => {
  if (payment.status !== 'paid') throw conflict('PAYMENT_NOT_PAID', '这笔钱没有入账，不能退款')
  if (amountFen > refundableFen(payment)) throw conflict('REFUND_TOO_MUCH', '退款金额超过了这笔缴费还能退的金额，请刷新后再填')
  const { communityId, houseId, houseLabel, building, billId, source } = payment
  const refund: Refund = {
    _id: id, schema: 1, version: 1, communityId, houseId, houseLabel, building, paymentId: payment._id, billId, source, amountFen,
    isSurplus: payment.surplusFen > 0, route: routeChosen(route, routesFor(payment, hasFailed, requested.at)), status: 'requested', requested,
    decided: null, posted: null, acceptedAt: null, trouble: null, listKey: `${requested.at.toISOString()}_${id}`, people: withPerson([], requested.by),
  }
  return { refund, payment: shifted(payment, amountFen, null, 'requestedFen') }
}

const requireWaiting = ({ status }: Refund): void => {
  if (status !== 'requested') throw conflict('REFUND_DECIDED', '这笔退款已经有人审批过了，请刷新查看')
}

const isOwnRequest = ({ requested }: Refund, memberId: string | undefined): boolean => requested.by !== null && requested.by.memberId === memberId

/** Holds the money; it is not back yet. Throws CONFLICT for who asked for it: one person alone must not move money. */
export const approved = ({ refund, payment }: Pair, decided: Act): Pair => {
  requireWaiting(refund)
  if (isOwnRequest(refund, decided.by?.memberId)) throw conflict('OWN_REQUEST', '自己申请的退款要由另一位管理员审批')
  return { refund: moved(refund, decided, { status: 'approved', decided }), payment: shifted(payment, refund.amountFen, 'requestedFen', 'reservedFen') }
}

/** The money is free again. Also by who asked for it. */
export const rejected = ({ refund, payment }: Pair, decided: Act): Pair => {
  requireWaiting(refund)
  return { refund: moved(refund, decided, { status: 'rejected', decided }), payment: shifted(payment, refund.amountFen, 'requestedFen', null) }
}

/** The money is back: the one moment in which payment and bill count it. Only of an approved one. */
export const posted = ({ refund, payment }: Pair, done: Act): Pair => ({
  refund: moved(refund, done, { status: 'refunded', posted: done, trouble: null }),
  payment: shifted(payment, refund.amountFen, 'reservedFen', 'refundedFen'),
})

/** Throws CONFLICT unless it waits to be paid out, and for who approved it: another hand must give the money. */
export const requirePayable = ({ status, route, decided }: Refund, memberId: string): void => {
  if (status !== 'approved' || route !== 'offline') throw conflict('REFUND_NOT_PAYABLE', '这笔退款现在不能登记付款，请刷新查看')
  if (decided?.by?.memberId === memberId) throw conflict('OWN_APPROVAL', '自己审批的退款要由另一位同事付款')
}

/** WeChat has given back after all what it could not: held again, to be posted. Null when the money was asked back otherwise meanwhile. */
export const resumed = ({ refund, payment }: Pair): Pair | null =>
  refund.amountFen > refundableFen(payment)
    ? null
    : { refund: { ...refund, status: 'approved' }, payment: shifted(payment, refund.amountFen, null, 'reservedFen') }

/** Still to be given back, and why it is not. */
export const troubled = (refund: Refund, trouble: string): Refund => ({ ...refund, version: refund.version + 1, trouble })

/** WeChat cannot give it back: the money is free to be asked back again. */
export const failed = ({ refund, payment }: Pair, trouble: string, now: Date): Pair => ({
  refund: moved(refund, { by: null, at: now, note: '' }, { status: 'failed', trouble }),
  payment: shifted(payment, refund.amountFen, 'reservedFen', null),
})

/** The bill after one of its payments was given back; as it was when that payment did not settle it. */
export const billAfter = (bill: Bill, { paymentId, amountFen }: Refund): Bill =>
  bill.settledBy === paymentId ? { ...bill, version: bill.version + 1, refundedFen: bill.refundedFen + amountFen } : bill

export const isManager = (place: Pick<Bill, 'communityId' | 'building'>, caller: Caller): boolean => isCashier(place, caller) && caller.post?.role === 'manager'

/** Money that does not fit is put right by a manager, not given back from here. */
export const paymentSteps = (payment: Payment, caller: Caller): PaymentStep[] => {
  if (payment.status === 'suspect') return isManager(payment, caller) ? ['dismiss'] : []
  return isCashier(payment, caller) && refundableFen(payment) > 0 ? ['requestRefund'] : []
}

export const refundSteps = (refund: Refund, caller: Caller): RefundStep[] => {
  const memberId = caller.member?._id
  if (refund.status === 'requested' && isManager(refund, caller)) return isOwnRequest(refund, memberId) ? ['reject'] : ['approve', 'reject']
  const isPayable = refund.status === 'approved' && refund.route === 'offline' && refund.decided?.by?.memberId !== memberId
  return isPayable && isCashier(refund, caller) ? ['payOut'] : []
}
