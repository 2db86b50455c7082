import * as z from 'zod'
import { cursor, id, instant } from '../_shared/contract'

export const limits = { pageSize: 20 }

/** 待缴 已缴 已减免. What was paid and given back wholly is still paid, with `refundedFen` equal to `amountFen`. */
export const billStatus = z.enum(['unpaid', 'paid', 'waived'])
/** What somebody may do about a bill. The page draws one button for each step in `nextSteps`. */
export const billStep = z.enum(['pay', 'record', 'waive'])

const fen = z.number().int()
/** The order whose work the bill is for. */
export const billSource = z.object({ kind: z.literal('repair'), repairId: id, orderNo: z.string() })
export const billLine = z.object({ name: z.string(), unit: z.string(), quantity: z.number().int(), priceFen: fen, amountFen: fen })

/** What an order shows of its bill. */
export const billSummary = z.object({
  billId: id,
  amountFen: fen,
  refundedFen: fen,
  status: billStatus,
  /** 入账中: somebody has paid, and WeChat or the cashier has not confirmed it. It is not to be paid again. */
  isPosting: z.boolean(),
  issuedAt: instant,
})

export const billCard = billSummary.extend({
  title: z.string(),
  houseLabel: z.string(),
  source: billSource,
  /** When it was paid or waived. */
  settledAt: instant.nullable(),
  nextSteps: z.array(billStep),
})

export const billDetail = billCard.extend({
  communityName: z.string(),
  lines: z.array(billLine),
  /** Why nothing is owed though nobody paid. `byName`: surname and title. */
  waiver: z.object({ reason: z.string(), at: instant, byName: z.string() }).nullable(),
})

const page = z.object({ bills: z.array(billCard), nextCursor: cursor.nullable() })

/** In words for the person: why nobody can pay by WeChat here now; null when one can. */
export const cannotPay = z.string().nullable()

export const contract = {
  /** A house's bills, newest first, for whoever may see what it owes. */
  list: {
    input: z.strictObject({ houseId: id, cursor: cursor.optional() }),
    output: page.extend({
      /** Of the whole house; what is being posted is not owed. */
      owed: z.object({ amountFen: fen, count: z.number().int() }),
      cannotPay,
    }),
  },
  /** Staff: the bills their post covers in one state, what was issued (or settled) last first. */
  desk: {
    input: z.strictObject({ status: billStatus, cursor: cursor.optional() }),
    output: page.extend({ unpaid: z.object({ amountFen: fen, count: z.number().int() }) }),
  },
}
export type BillingContract = typeof contract
export type BillStatus = z.output<typeof billStatus>
export type BillStep = z.output<typeof billStep>
export type BillSummary = z.output<typeof billSummary>
export type BillCard = z.output<typeof billCard>
export type BillDetail = z.output<typeof billDetail>
