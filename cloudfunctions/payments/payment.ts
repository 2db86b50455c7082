import type { Stored } from '../_shared/db'
import type { BillSource } from '../billing/bill'
import type { PaymentMethod, PaymentParameters, PaymentStatus } from './contract'

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
