import { isPosting, type Bill, type BillShown, type BillSource } from './bill'
import type { BillCard, BillDetail, BillStep, BillSummary } from './contract'

export const sourceOf = ({ kind, id, number }: BillSource): BillCard['source'] => ({ kind, repairId: id, orderNo: number })

export const summaryOf = (bill: BillShown): BillSummary => ({
  billId: bill._id, amountFen: bill.amountFen, refundedFen: bill.refundedFen, status: bill.status, isPosting: isPosting(bill), issuedAt: bill.issuedAt.toISOString(),
})

export const cardOf = (bill: BillShown, nextSteps: BillStep[]): BillCard => ({
  ...summaryOf(bill), title: bill.title, houseLabel: bill.houseLabel, source: sourceOf(bill.source), settledAt: bill.settledAt?.toISOString() ?? null, nextSteps,
})

export const detailOf = (bill: Bill, nextSteps: BillStep[]): BillDetail => ({
  ...cardOf(bill, nextSteps),
  communityName: bill.communityName,
  lines: bill.lines,
  waiver: bill.waiver && { reason: bill.waiver.reason, at: bill.waiver.at.toISOString(), byName: bill.waiver.by.name },
})
