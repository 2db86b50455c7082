import type { Caller } from '../_shared/caller'
import { sourceOf } from '../billing/bill-reply'
import type { RefundCard } from './contract'
import { refundSteps, type Act, type Refund } from './refund'

const actOf = ({ by, at, note }: Act): RefundCard['requested'] => ({ by: by && by.name, at: at.toISOString(), note })

/** `isStaff`: troubles with WeChat Pay are the desk's. */
export const cardOf = (refund: Refund, caller: Caller, isStaff: boolean): RefundCard => ({
  refundId: refund._id,
  paymentId: refund.paymentId,
  billId: refund.billId,
  houseLabel: refund.houseLabel,
  source: sourceOf(refund.source),
  amountFen: refund.amountFen,
  isSurplus: refund.isSurplus,
  route: refund.route,
  status: refund.status,
  requested: actOf(refund.requested),
  decided: refund.decided && actOf(refund.decided),
  posted: refund.posted && actOf(refund.posted),
  trouble: isStaff ? refund.trouble : null,
  nextSteps: refundSteps(refund, caller),
})
