import * as z from 'zod'
import { cursor, id, instant, requestId, text } from '../_shared/contract'
import { billDetail, billSource, cannotPay } from '../billing/contract'
import { paymentCard } from '../payments/contract'

export const limits = { reasonLength: 200, noteLength: 200, pageSize: 20 }

/** 原路退回 线下退款. By WeChat only what was paid by WeChat within a year. */
export const route = z.enum(['wechat', 'offline'])
/** 待审批 已驳回 退款中 已退款 退款失败. `approved` only holds the money; `refunded` is when it is back. */
export const refundStatus = z.enum(['requested', 'rejected', 'approved', 'refunded', 'failed'])
/** What somebody may do about a refund. Two people decide: whoever asked for it cannot approve it. */
export const refundStep = z.enum(['approve', 'reject', 'payOut'])
/** `dismiss`: of money that does not fit, once it has been put right; it is `payments` that takes that step. */
export const paymentStep = z.enum(['requestRefund', 'dismiss'])

const fen = z.number().int()
/** `by`: surname and title; null for the system itself. */
const act = z.object({ by: z.string().nullable(), at: instant, note: z.string() })

export const refundCard = z.object({
  /** Also the refund's number at WeChat Pay (商户退款单号). */
  refundId: id,
  paymentId: id,
  billId: id,
  houseLabel: z.string(),
  source: billSource,
  amountFen: fen,
  /** The money was paid for a bill that was settled already; the bill itself stays paid. */
  isSurplus: z.boolean(),
  route,
  status: refundStatus,
  /** `note`: why. */
  requested: act,
  /** Approved, or rejected. */
  decided: act.nullable(),
  /** When the money was back with the payer. `by`: who paid it out; null when WeChat did. */
  posted: act.nullable(),
  /** In words for staff: why WeChat has not given it back, or not yet; null when all is well, and for the household. */
  trouble: z.string().nullable(),
  nextSteps: z.array(refundStep),
})

const note = z.string().trim().max(limits.noteLength, `最多 ${limits.noteLength} 个字`)
const amountFen = z.number().int('金额最小到分').min(1, '请填写退款金额').max(100_000_000, '金额太大，请核对')
const refundOnly = z.object({ refundId: id })

export const contract = {
  /**
   * 账单详情, in one call: the bill, what was paid for it and what was given back, for whoever may see what the house owes and for cashiers,
   * managers and clerks. Each part says what the caller may do about it.
   */
  bill: {
    input: z.strictObject({ billId: id }),
    output: z.object({
      bill: billDetail,
      /** Newest first; orders that nobody paid are left out. */
      payments: z.array(paymentCard.extend({
        /** What could be asked back still: less than was paid once something was asked for. */
        refundableFen: fen,
        /** By which way, the usual one first; empty when nothing can be asked back. */
        routes: z.array(route),
        nextSteps: z.array(paymentStep),
      })),
      refunds: z.array(refundCard),
      cannotPay,
      /** What WeChat is asked to allow at the tap that pays. */
      templateIds: z.array(z.string()).max(3),
      limits: z.object({ reasonLength: z.number().int(), noteLength: z.number().int() }),
      /** Photos of vouchers are uploaded under this path; null for whoever records nothing. */
      uploadPrefix: z.string().nullable(),
    }),
  },
  /**
   * Asks for money back, for the household. `route` absent: the usual way. Refused with REFUND_TOO_MUCH, PAYMENT_NOT_PAID, ROUTE_WECHAT_OVER
   * (more than a year old, or not paid by WeChat) and ROUTE_WECHAT_FIRST (WeChat can still give it back).
   */
  request: {
    input: z.strictObject({ paymentId: id, amountFen, reason: text(limits.reasonLength, '请写下退款的原因'), route: route.optional(), requestId }),
    output: refundOnly,
  },
  /** A manager who did not ask for it. Refused with REFUND_DECIDED, OWN_REQUEST. */
  approve: { input: z.strictObject({ refundId: id, note: note.default(''), requestId }), output: refundOnly },
  reject: { input: z.strictObject({ refundId: id, note: text(limits.noteLength, '请写下驳回的原因'), requestId }), output: refundOnly },
  /** The money was handed over, by somebody else than who approved it; `note`: how, and who took it. */
  payOut: { input: z.strictObject({ refundId: id, note: text(limits.noteLength, '请写下怎么退的、谁收的'), requestId }), output: refundOnly },
  /** Staff: refunds their post covers in one state, what came to it last first. */
  list: {
    input: z.strictObject({ status: refundStatus.default('requested'), cursor: cursor.optional() }),
    output: z.object({
      refunds: z.array(refundCard),
      nextCursor: cursor.nullable(),
      /** To be decided, and approved for somebody to pay out. */
      waiting: z.object({ requested: z.number().int(), payOut: z.number().int() }),
    }),
  },
}
export type RefundsContract = typeof contract
export type RefundStatus = z.output<typeof refundStatus>
export type RefundRoute = z.output<typeof route>
export type PaymentStep = z.output<typeof paymentStep>
export type RefundStep = z.output<typeof refundStep>
export type RefundCard = z.output<typeof refundCard>
export type BillPage = z.output<typeof contract.bill.output>
