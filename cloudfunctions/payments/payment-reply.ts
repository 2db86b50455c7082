import { sourceOf } from '../billing/bill-reply'
import type { PaymentCard } from './contract'
import type { Payment } from './payment'

/** `urls`: of vouchers, where the reader may see them. */
export const cardOf = (payment: Payment, urls: Map<string, string>): PaymentCard => ({
  paymentId: payment._id,
  billId: payment.billId,
  houseLabel: payment.houseLabel,
  source: sourceOf(payment.source),
  amountFen: payment.amountFen,
  refundedFen: payment.refundedFen,
  surplusFen: payment.surplusFen,
  method: payment.method,
  status: payment.status,
  payerName: payment.payer.name,
  recordedByName: payment.recordedBy?.name ?? null,
  note: payment.note,
  photos: payment.photos.map((fileId) => ({ fileId, url: urls.get(fileId) ?? null })),
  transactionId: payment.transactionId,
  createdAt: payment.createdAt.toISOString(),
  paidAt: payment.paidAt?.toISOString() ?? null,
})
