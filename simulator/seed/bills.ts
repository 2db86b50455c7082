import type { Member } from '../../cloudfunctions/_shared/member'
import { issued, paidBy, type Bill } from '../../cloudfunctions/billing/bill'
import { recorded, type HandedOver, type Payment } from '../../cloudfunctions/payments/payment'
import { chargedOf } from '../../cloudfunctions/repairs/charging'
import type { RepairOrder } from '../../cloudfunctions/repairs/repair'

const hourMs = 3_600_000

/** What finished work cost and what was paid for it at the counter, an hour after the work, by the product's own rules. */
export const billsOf = (orders: RepairOrder[], cashier: Member, isPaid: (order: RepairOrder) => boolean): { bills: Bill[]; payments: Payment[] } => {
  const payments: Payment[] = []
  const bills = orders.flatMap((order) => {
    const charged = chargedOf(order)
    if (!charged || !order.completedAt) return []
    const bill = issued(charged, order.completedAt)
    if (!isPaid(order)) return [bill]
    const paidAt = new Date(order.completedAt.getTime() + hourMs)
    const handedOver: HandedOver = { method: 'cash', payerName: order.contact.name, note: '', photos: [] }
    const payment = recorded(bill, handedOver, { memberId: cashier._id, name: cashier.name }, `cash_${order._id}`.slice(0, 32), paidAt)
    payments.push(payment)
    return [paidBy(bill, payment._id, paidAt)]
  })
  return { bills, payments }
}
