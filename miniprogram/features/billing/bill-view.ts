import type { BillCard } from '../../../cloudfunctions/billing/contract'
import type { PaymentCard } from '../../../cloudfunctions/payments/contract'
import type { RefundCard } from '../../../cloudfunctions/refunds/contract'
import { billTag } from '../../support/bill-words'
import { sayTime } from '../../support/dates'
import { sayMoney } from '../../support/money'
import type { Tag } from '../../support/repair-words'
import { methodWord, paymentTag, refundTag, routeWord } from './money-words'

/** What a bill, a payment or a refund says in a list. */
export type MoneyCard = { key: string; billId: string; title: string; meta: string[]; amount: string; mark: string; tag: Tag; hint: string; isTodo: boolean }

const sayPart = (refundedFen: number, amountFen: number): string => (refundedFen > 0 && refundedFen < amountFen ? `已退 ${sayMoney(refundedFen)}` : '')

const nextOfBill = ({ nextSteps }: BillCard): string => {
  if (nextSteps.includes('pay')) return '去支付'
  return nextSteps.includes('record') ? '去收款' : '看明细'
}

/** At the desk, where all houses are, a bill says whose it is first. */
export const viewBillCard = (bill: BillCard, isDesk: boolean, now: number): MoneyCard => ({
  key: bill.billId,
  billId: bill.billId,
  title: isDesk ? bill.houseLabel : bill.title,
  meta: [...(isDesk ? [bill.title] : []), bill.settledAt ? `${sayTime(bill.settledAt, now)}结清` : `${sayTime(bill.issuedAt, now)}出账`],
  amount: sayMoney(bill.amountFen),
  mark: sayPart(bill.refundedFen, bill.amountFen),
  tag: billTag(bill),
  hint: nextOfBill(bill),
  isTodo: bill.nextSteps.includes('pay'),
})

export const viewPaymentCard = (payment: PaymentCard, now: number): MoneyCard => ({
  key: payment.paymentId,
  billId: payment.billId,
  title: payment.houseLabel,
  meta: [methodWord(payment.method).word, payment.payerName, sayTime(payment.paidAt ?? payment.createdAt, now), ...(payment.recordedByName ? [`${payment.recordedByName}登记`] : [])],
  amount: sayMoney(payment.amountFen),
  mark: payment.surplusFen > 0 ? '多付，待退回' : payment.refundedFen > 0 && payment.refundedFen === payment.amountFen ? '已全部退款' : sayPart(payment.refundedFen, payment.amountFen),
  tag: paymentTag(payment.status),
  hint: payment.status === 'suspect' ? '去核对' : '看账单',
  isTodo: payment.status === 'suspect',
})

const nextOfRefund = ({ nextSteps }: RefundCard): string => {
  if (nextSteps.includes('approve')) return '去审批'
  return nextSteps.includes('payOut') ? '去退款' : '看账单'
}

export const viewRefundCard = (refund: RefundCard, now: number): MoneyCard => ({
  key: refund.refundId,
  billId: refund.billId,
  title: refund.houseLabel,
  meta: [routeWord(refund.route), `${refund.requested.by ?? '系统'}申请`, sayTime((refund.posted ?? refund.decided ?? refund.requested).at, now), refund.trouble ?? refund.requested.note],
  amount: sayMoney(refund.amountFen),
  mark: refund.isSurplus ? '多付的钱' : '',
  tag: refundTag(refund),
  hint: nextOfRefund(refund),
  isTodo: refund.nextSteps.length > 0,
})

/** What a household owes, at the head of its list; nothing about money that is not known for certain. */
export const viewOwed = ({ amountFen, count }: { amountFen: number; count: number }) =>
  count > 0
    ? { sentence: count > 1 ? `${count} 笔待缴，一共` : '待缴', amount: sayMoney(amountFen) }
    : { sentence: '没有要缴的费用', amount: '' }
