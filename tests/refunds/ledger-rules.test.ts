import type { Bill } from '../../cloudfunctions/billing/bill'
import type { Payment } from '../../cloudfunctions/payments/payment'
import { faultsOfLedger, type Ledger } from '../../cloudfunctions/refunds/ledger'
import type { Refund } from '../../cloudfunctions/refunds/refund'
import type { RepairOrder } from '../../cloudfunctions/repairs/repair'

const bill = (fields: Partial<Bill> = {}): Bill => ({ _id: 'repair_r1_0', status: 'paid', amountFen: 8_000, settledBy: 'P1', refundedFen: 3_000, source: { kind: 'repair', id: 'r1', number: 'N1' }, ...fields }) as Bill
const payment = (fields: Partial<Payment> = {}): Payment => ({ _id: 'P1', status: 'paid', amountFen: 8_000, surplusFen: 0, refundedFen: 3_000, reservedFen: 1_000, requestedFen: 500, ...fields }) as Payment
const refund = (_id: string, status: Refund['status'], amountFen: number, fields: Partial<Refund> = {}): Refund => ({ _id, status, amountFen, paymentId: 'P1', ...fields }) as Refund
const order = (totalFen: number, reopenCount = 0): RepairOrder => ({ _id: 'r1', houseId: 'h', place: null, reopenCount, charges: { lines: [], totalFen } }) as unknown as RepairOrder
const refunds = [refund('R1', 'refunded', 3_000), refund('R2', 'approved', 1_000), refund('R3', 'requested', 500), refund('R4', 'rejected', 8_000), refund('R5', 'failed', 8_000)]
const ledger = (fields: Partial<Ledger> = {}): Ledger => ({ bill: bill(), payments: [payment()], refunds, order: order(8_000), ...fields })
const unpaid = { status: 'unpaid', settledBy: null, refundedFen: 0 } as const

describe('the books of a bill', () => {
  it.each<[string, Ledger, string[]]>([
    ['agree', ledger(), []],
    ['agree while nothing is paid', ledger({ bill: bill(unpaid), payments: [], refunds: [] }), []],
    ['agree while an order is open, and after it was closed', ledger({ bill: bill(unpaid), payments: ['created', 'closed'].map((status) => payment({ _id: status, status: status as 'closed', refundedFen: 0, reservedFen: 0, requestedFen: 0 })), refunds: [] }), []],
    ['agree where a second payment is given back', ledger({ payments: [payment(), payment({ _id: 'P2', surplusFen: 8_000, refundedFen: 0, reservedFen: 8_000, requestedFen: 0 })], refunds: [...refunds, refund('S', 'approved', 8_000, { paymentId: 'P2' })] }), []],
    ['agree where the order was finished again for another sum', ledger({ order: order(9_900, 1) }), []],
    ['a paid bill without a payment', ledger({ payments: [], refunds: [] }), ['repair_r1_0 paid_bill_without_payment', 'repair_r1_0 bill_differs_from_refunds']],
    ['an unpaid bill with a payment', ledger({ bill: bill({ status: 'unpaid' }) }), ['repair_r1_0 paid_bill_without_payment']],
    ['a bill paid with another sum', ledger({ payments: [payment({ amountFen: 7_999 })] }), ['repair_r1_0 payment_differs_from_bill']],
    ['a bill that got back another sum', ledger({ bill: bill({ refundedFen: 2_999 }) }), ['repair_r1_0 bill_differs_from_refunds']],
    ['a bill paid twice', ledger({ payments: [payment(), payment({ _id: 'P2', refundedFen: 0, reservedFen: 0, requestedFen: 0 })] }), ['P2 payment_neither_settles_nor_is_surplus']],
    ['a payment that counts another sum given back', ledger({ refunds: refunds.slice(1) }), ['P1 payment_differs_from_refunds']],
    ['money held without an approved refund', ledger({ refunds: refunds.filter(({ _id }) => _id !== 'R2') }), ['P1 money_held_without_approved_refund']],
    ['money held for no request', ledger({ refunds: refunds.filter(({ _id }) => _id !== 'R3') }), ['P1 money_held_without_request']],
    ['more given back than was paid', ledger({ bill: bill({ refundedFen: 8_001 }), payments: [payment({ refundedFen: 8_001, reservedFen: 0, requestedFen: 0 })], refunds: [refund('R1', 'refunded', 8_001)] }), ['P1 more_given_back_than_paid']],
    ['a refund of no payment', ledger({ refunds: [...refunds, refund('R6', 'rejected', 1, { paymentId: 'P9' })] }), ['R6 refund_without_payment']],
    ['a bill without its order', ledger({ order: null }), ['repair_r1_0 bill_without_order']],
    ['a bill of another sum than its order', ledger({ order: order(8_100) }), ['repair_r1_0 bill_differs_from_order']],
  ])('%s', (_, books, faults) => {
    expect(faultsOfLedger(books).map(({ subjectId, problem }) => `${subjectId} ${problem}`)).toEqual(faults)
  })
})
