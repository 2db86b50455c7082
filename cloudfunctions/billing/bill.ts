import type { Caller } from '../_shared/caller'
import type { Charge } from '../_shared/configuration'
import { conflict } from '../_shared/errors'
import { covers } from '../_shared/member'
import type { Stored } from '../_shared/db'
import type { BillStatus, BillStep } from './contract'

/** What the charge is for. `number`: what people say of it on the phone. */
export type BillSource = { kind: 'repair'; id: string; number: string }
/** Integer fen. */
export type BillLine = { name: string; unit: string; quantity: number; priceFen: number; amountFen: number }
export type Waiver = { reason: string; at: Date; by: { memberId: string; name: string } }

/** 账单. `_id` is the fact that it is for, so that nothing is charged twice. */
export type Bill = Stored & {
  version: number
  communityId: string
  communityName: string
  houseId: string
  houseLabel: string
  building: string | null
  charge: Charge
  source: BillSource
  title: string
  lines: BillLine[]
  amountFen: number
  status: BillStatus
  /** The order at WeChat Pay that somebody may be paying now, or whose money is being looked into. One at a time: two people of a home must not both pay. */
  openPaymentId: string | null
  /** 入账中: since when its open payment is said to have been paid, and that is not confirmed. */
  postingSince: Date | null
  /** The payment that settled it. */
  settledBy: string | null
  /** Of that payment; what was paid beyond the bill is not counted here. */
  refundedFen: number
  waiver: Waiver | null
  issuedAt: Date
  settledAt: Date | null
  /** When it was issued, and its id: the household's list. */
  orderKey: string
  /** When it came to its status, and its id: the desk's lists. */
  deskKey: string
  /** Every member it names. */
  people: string[]
}

export const cardFields = [
  'amountFen', 'refundedFen', 'status', 'postingSince', 'issuedAt', 'title', 'houseId', 'houseLabel', 'communityId', 'building', 'source', 'settledAt',
] as const
export type BillShown = Pick<Bill, '_id' | (typeof cardFields)[number]>

/** What a home is charged for. `occasion` tells two facts of one source apart, such as an order that was reopened and finished again. */
export type Charged = Pick<Bill, 'communityId' | 'communityName' | 'houseId' | 'houseLabel' | 'building' | 'charge' | 'source' | 'title' | 'lines' | 'amountFen'> & { occasion: number }

export const billIdOf = ({ charge, source, occasion }: Pick<Charged, 'charge' | 'source' | 'occasion'>): string => `${charge}_${source.id}_${occasion}`

export const issued = ({ occasion, ...charged }: Charged, now: Date): Bill => {
  const _id = billIdOf({ ...charged, occasion })
  const key = `${now.toISOString()}_${_id}`
  return {
    _id, schema: 1, version: 1, ...charged, status: 'unpaid', openPaymentId: null, postingSince: null, settledBy: null, refundedFen: 0, waiver: null,
    issuedAt: now, settledAt: null, orderKey: key, deskKey: key, people: [],
  }
}

export const isPosting = ({ status, postingSince }: Pick<Bill, 'status' | 'postingSince'>): boolean => status === 'unpaid' && postingSince !== null

/** Throws CONFLICT, in words, unless the bill waits for money and nobody's money is on its way. */
export const requireOwed = (bill: Pick<Bill, 'status' | 'postingSince'>): void => {
  if (bill.status === 'paid') throw conflict('BILL_ALREADY_PAID', '这张账单已经缴过了，请刷新查看')
  if (bill.status === 'waived') throw conflict('BILL_WAIVED', '这张账单已减免，不用再缴')
  if (isPosting(bill)) throw conflict('BILL_POSTING', '这张账单有一笔钱正在入账，请不要重复缴费，稍后再看')
}

const changed = (bill: Bill, changes: Partial<Bill>): Bill => ({ ...bill, version: bill.version + 1, ...changes })

/** The bill while this payment is the only one that may be made for it. */
export const opened = (bill: Bill, paymentId: string): Bill => {
  requireOwed(bill)
  if (bill.openPaymentId !== null && bill.openPaymentId !== paymentId) throw conflict('BILL_BEING_PAID', '家里有人正在付这张账单，请稍后再试')
  return changed(bill, { openPaymentId: paymentId })
}

/** The bill once that payment cannot be made any more. */
export const released = (bill: Bill, paymentId: string): Bill =>
  bill.openPaymentId === paymentId ? changed(bill, { openPaymentId: null, postingSince: null }) : bill

/** The bill once somebody says that its open payment was made; as it was when it is not that payment. */
export const posting = (bill: Bill, paymentId: string, now: Date): Bill =>
  bill.status === 'unpaid' && bill.openPaymentId === paymentId && bill.postingSince === null ? changed(bill, { postingSince: now }) : bill

/** The bill once WeChat says that its open payment was not made after all. */
export const notPosting = (bill: Bill, paymentId: string): Bill =>
  bill.openPaymentId === paymentId && bill.postingSince !== null ? changed(bill, { postingSince: null }) : bill

/** The bill held by money that must be looked into. */
export const suspended = (bill: Bill, paymentId: string, now: Date): Bill =>
  bill.status === 'unpaid' ? changed(bill, { openPaymentId: paymentId, postingSince: bill.postingSince ?? now }) : bill

const settled = (bill: Bill, changes: Partial<Bill>, now: Date): Bill =>
  changed(bill, { openPaymentId: null, postingSince: null, settledAt: now, deskKey: `${now.toISOString()}_${bill._id}`, ...changes })

/** The bill paid by this payment. Only of an unpaid one. */
export const paidBy = (bill: Bill, paymentId: string, now: Date): Bill => settled(bill, { status: 'paid', settledBy: paymentId }, now)

/** The bill that nobody has to pay. Throws CONFLICT as `requireOwed`. */
export const waivedBy = (bill: Bill, waiver: Waiver): Bill => {
  requireOwed(bill)
  return settled(bill, { status: 'waived', waiver, people: [...new Set([...bill.people, waiver.by.memberId])] }, waiver.at)
}

type Placed = Pick<Bill, 'communityId' | 'building' | 'houseId'>

export const livesIn = ({ houseId }: Pick<Bill, 'houseId'>, { houses }: Caller): boolean => houses.some((house) => house.houseId === houseId)
const scopesIn = ({ houseId }: Pick<Bill, 'houseId'>, { houses }: Caller) => houses.find((house) => house.houseId === houseId)?.scopes ?? []
/** Whoever lives there and may see what the house owes. */
export const maySee = (bill: Placed, caller: Caller): boolean => scopesIn(bill, caller).includes('bills')
export const mayPay = (bill: Placed, caller: Caller): boolean => scopesIn(bill, caller).includes('pay')
/** Cashiers and managers take money and see what came in. */
export const isCashier = (bill: Pick<Bill, 'communityId' | 'building'>, { post }: Caller): boolean =>
  post !== null && (post.role === 'cashier' || post.role === 'manager') && covers(post, bill)

/** `isOpen`: one can pay by WeChat here now. */
export const billSteps = (bill: Placed & Pick<Bill, 'status' | 'postingSince'>, caller: Caller, isOpen: boolean): BillStep[] => {
  if (bill.status !== 'unpaid' || isPosting(bill)) return []
  const cashes = isCashier(bill, caller)
  return [
    ...(isOpen && mayPay(bill, caller) ? (['pay'] as const) : []),
    ...(cashes ? (['record'] as const) : []),
    ...(cashes && caller.post?.role === 'manager' ? (['waive'] as const) : []),
  ]
}
