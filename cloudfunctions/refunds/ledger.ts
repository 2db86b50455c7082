import type { Finding } from '../_shared/findings'
import { billIdOf, type Bill } from '../billing/bill'
import type { Payment } from '../payments/payment'
import { chargedOf } from '../repairs/charging'
import type { RepairOrder } from '../repairs/repair'
import type { Refund } from './refund'

/** Everything there is about the money of one bill. */
export type Ledger = { bill: Bill; payments: Payment[]; refunds: Refund[]; order: RepairOrder | null }

const found = (subjectId: string, problems: (string | false)[]): Finding[] =>
  problems.filter((problem) => problem !== false).map((problem) => ({ subjectId, problem }))

const sumOf = (refunds: Refund[], status: Refund['status']): number =>
  refunds.filter((refund) => refund.status === status).reduce((sum, { amountFen }) => sum + amountFen, 0)

const faultsOfPayment = (payment: Payment, { bill, refunds }: Ledger): Finding[] => {
  const own = refunds.filter(({ paymentId }) => paymentId === payment._id)
  const { amountFen, refundedFen, reservedFen, requestedFen, surplusFen } = payment
  const isSettling = bill.settledBy === payment._id
  return found(payment._id, [
    payment.status === 'paid' && isSettling === (surplusFen > 0) && 'payment_neither_settles_nor_is_surplus',
    refundedFen !== sumOf(own, 'refunded') && 'payment_differs_from_refunds',
    reservedFen !== sumOf(own, 'approved') && 'money_held_without_approved_refund',
    requestedFen !== sumOf(own, 'requested') && 'money_held_without_request',
    refundedFen + reservedFen + requestedFen > amountFen && 'more_given_back_than_paid',
  ])
}

/** The order's last completion is charged by the last bill; those before it stay what they were. */
const differsFromOrder = (bill: Bill, order: RepairOrder): boolean => {
  const charged = chargedOf(order)
  return charged !== null && billIdOf(charged) === bill._id && charged.amountFen !== bill.amountFen
}

/** What cannot be about the money of a bill; empty when its books agree. */
export const faultsOfLedger = (ledger: Ledger): Finding[] => {
  const { bill, payments, refunds, order } = ledger
  const settling = payments.find(({ _id, status }) => _id === bill.settledBy && status === 'paid')
  return [
    ...found(bill._id, [
      (bill.status === 'paid') !== (settling !== undefined) && 'paid_bill_without_payment',
      settling !== undefined && settling.amountFen !== bill.amountFen && 'payment_differs_from_bill',
      bill.refundedFen !== (settling?.refundedFen ?? 0) && 'bill_differs_from_refunds',
      order === null && 'bill_without_order',
      order !== null && differsFromOrder(bill, order) && 'bill_differs_from_order',
    ]),
    ...payments.flatMap((payment) => faultsOfPayment(payment, ledger)),
    ...refunds.filter(({ paymentId }) => !payments.some(({ _id }) => _id === paymentId)).flatMap(({ _id }) => found(_id, ['refund_without_payment'])),
  ]
}
