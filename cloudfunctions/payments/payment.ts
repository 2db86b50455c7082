import { after, minutes, shanghaiDay } from '../_shared/clock'
import type { Stored } from '../_shared/db'
import { conflict } from '../_shared/errors'
import type { Member } from '../_shared/member'
import type { Bill, BillSource } from '../billing/bill'
import type { PaymentMethod, PaymentParameters, PaymentStatus } from './contract'
import type { Receipt } from './seen'

type Person = { memberId: string; name: string }

/** 缴费. `_id` is the order's number at WeChat Pay (outTradeNo). */
export type Payment = Stored & {
  version: number
  communityId: string
  houseId: string
  houseLabel: string
  building: string | null
  billId: string
  /** Copied from the bill: the order its money was for. */
  source: BillSource
  amountFen: number
  method: PaymentMethod
  /** The merchant at WeChat Pay; null for money that was handed over. */
  merchantId: string | null
  /** Of money that was handed over only the name that was given. */
  payer: { memberId: string | null; name: string; openid: string | null }
  recordedBy: Person | null
  note: string
  /** Vouchers of money that was handed over. */
  photos: string[]
  status: PaymentStatus
  /** What the phone pays with, for as long as it may; the same for whoever tries again. */
  parameters: PaymentParameters | null
  transactionId: string | null
  expiresAt: Date | null
  createdAt: Date
  paidAt: Date | null
  /** YYYY-MM-DD in Shanghai: the day whose takings it belongs to. */
  paidOn: string | null
  /** Paid for a bill that was settled already: all of it is to be given back. */
  surplusFen: number
  refundedFen: number
  /** Of refunds that wait for a decision. */
  requestedFen: number
  /** Of approved refunds that are not posted yet. */
  reservedFen: number
  /** What did not fit, in a word of code, of a suspect payment. */
  suspicion: 'amount' | 'payer' | 'merchant' | null
  /** How a suspect payment was put right. */
  dismissal: { note: string; by: Person; at: Date } | null
  /** When it came to its status, and its id. */
  listKey: string
  /** Every member it names. */
  people: string[]
}

export const feature = 'payments'
/** As long as the order may be paid. */
const livesForMs = minutes(30)
/** An order that ends sooner is not handed out again: a password takes its time. */
const worthPayingForMs = minutes(2)

/** The job that gives back what was paid for a bill that was settled already. */
export const surplusRefundKind = 'surplus_refund'
export type SurplusPayload = { paymentId: string }

type Wanted = { paymentId: string; bill: Bill; amountFen: number; at: Date }
const blank = ({ paymentId, bill, amountFen, at }: Wanted) => ({
  _id: paymentId, schema: 1, version: 1, communityId: bill.communityId, houseId: bill.houseId, houseLabel: bill.houseLabel, building: bill.building, billId: bill._id,
  source: bill.source, amountFen, note: '', photos: [], parameters: null, transactionId: null, createdAt: at, surplusFen: 0, refundedFen: 0, requestedFen: 0, reservedFen: 0,
  suspicion: null, dismissal: null, listKey: `${at.toISOString()}_${paymentId}`,
})

/** An order at WeChat Pay, before WeChat has heard of it. */
export const ordered = (bill: Bill, { _id, name, openid }: Pick<Member, '_id' | 'name' | 'openid'>, merchantId: string, paymentId: string, now: Date): Payment => ({
  ...blank({ paymentId, bill, amountFen: bill.amountFen, at: now }), method: 'wechat', merchantId, payer: { memberId: _id, name, openid }, recordedBy: null, status: 'created',
  expiresAt: after(now, livesForMs), paidAt: null, paidOn: null, people: [_id],
})

export type HandedOver = { method: 'cash' | 'transfer'; payerName: string; note: string; photos: string[] }

/** Money that somebody of the staff took down. */
export const recorded = (bill: Bill, { method, payerName, note, photos }: HandedOver, by: Person, paymentId: string, now: Date): Payment => ({
  ...blank({ paymentId, bill, amountFen: bill.amountFen, at: now }), method, merchantId: null, payer: { memberId: null, name: payerName, openid: null }, recordedBy: by, note,
  photos, status: 'paid', expiresAt: null, paidAt: now, paidOn: shanghaiDay(now), people: [by.memberId],
})

const moved = (payment: Payment, status: PaymentStatus, now: Date, changes: Partial<Payment>): Payment =>
  ({ ...payment, version: payment.version + 1, status, parameters: null, listKey: `${now.toISOString()}_${payment._id}`, ...changes })

/** Whether this person may go on with the order, instead of having a new one. */
export const isReusable = ({ status, payer, merchantId, expiresAt }: Payment, openid: string, merchant: string, now: Date): boolean =>
  status === 'created' && payer.openid === openid && merchantId === merchant && expiresAt !== null && expiresAt > after(now, worthPayingForMs)

/** What of a receipt does not fit the order; null when all does. Money that does not fit is never posted by itself. */
export const suspicionOf = ({ amountFen, merchantId, payer }: Payment, receipt: Receipt): Payment['suspicion'] =>
  receipt.amountFen !== amountFen ? 'amount' : receipt.merchantId !== merchantId ? 'merchant' : receipt.openid !== payer.openid ? 'payer' : null

/** Whether WeChat's word can still change anything: what is posted stays posted, what is being looked into, or was, is people's business. */
export const isUndecided = ({ status, dismissal }: Payment): boolean => status === 'created' || (status === 'closed' && dismissal === null)

/** The payment posted. Of a bill that was settled meanwhile all of it is too much. */
export const received = (payment: Payment, { transactionId, paidAt }: Receipt, isSurplus: boolean): Payment =>
  moved(payment, 'paid', paidAt, { transactionId, paidAt, paidOn: shanghaiDay(paidAt), surplusFen: isSurplus ? payment.amountFen : 0 })

export const suspected = (payment: Payment, suspicion: NonNullable<Payment['suspicion']>, { transactionId }: Receipt, now: Date): Payment =>
  moved(payment, 'suspect', now, { suspicion, transactionId })

/** The order that nobody can pay any more. */
export const closed = (payment: Payment, now: Date): Payment => moved(payment, 'closed', now, {})

export const dismissed = (payment: Payment, dismissal: NonNullable<Payment['dismissal']>): Payment => {
  if (payment.status !== 'suspect') throw conflict('PAYMENT_NOT_SUSPECT', '这笔缴费不需要核对，请刷新查看')
  return moved(payment, 'closed', dismissal.at, { dismissal, people: [...new Set([...payment.people, dismissal.by.memberId])] })
}
