import { after, days, hours, minutes } from '../_shared/clock'
import { isYes, type PayAnswer } from '../_shared/pay-answer'

/** What WeChat Pay says of a refund. `status` null: it has it, and does not say how it stands. Integer fen. */
export type Seen = { status: 'PROCESSING' | 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE' | null; amountFen: number | null }

const statuses = ['PROCESSING', 'SUCCESS', 'CHANGE', 'REFUNDCLOSE'] as const
const statusOf = (value: unknown): Seen['status'] => statuses.find((status) => status === value) ?? null
const fenOf = (value: unknown): number | null => (Number.isInteger(value) ? (value as number) : null)

/** Reads the answer of queryRefund; null when WeChat has no such refund. Its lists were seen to come empty. */
export const seenIn = (answer: PayAnswer, refundId: string): Seen | null => {
  if (!isYes(answer)) return null
  const list = (name: string): unknown[] => (Array.isArray(answer[name]) ? (answer[name] as unknown[]) : [])
  const at = list('outRefundNoList').indexOf(refundId)
  return at < 0 ? { status: null, amountFen: null } : { status: statusOf(list('refundStatusList')[at]), amountFen: fenOf(list('refundFeeList')[at]) }
}

/** Reads what WeChat's callback tells; only for where WeChat, asked, does not say. */
export const toldIn = (event: PayAnswer): Seen => ({ status: statusOf(event.refundStatus), amountFen: fenOf(event.refundFee) })

/** No later try can help: too old, or returned too often. */
const isHopeless = (words: string): boolean => /期限|次数超限/.test(words)
const triesForMs = days(7)

/** Whether to give a refused refund up: at once where nothing helps, after a week otherwise (the merchant may be short of money today). */
export const isGivenUp = (words: string, approvedAt: Date, now: Date): boolean => isHopeless(words) || approvedAt < after(now, -triesForMs)

export const refusedAgainMs = hours(1)
/** A refund to the purse takes moments, one to a bank days. */
export const askAgainMs = (acceptedAt: Date, now: Date): number => (acceptedAt > after(now, -hours(1)) ? minutes(5) : hours(1))
