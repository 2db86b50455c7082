import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { PaymentsContract, PaymentStatus } from '../../cloudfunctions/payments/contract'
import { cloudFunction } from './cloud'

const payments = cloudFunction<PaymentsContract>('payments')

export type PaymentPage = Output<PaymentsContract, 'list'>
export type PaymentFilter = { status: PaymentStatus; day?: string }

export const startPayment = (bill: Input<PaymentsContract, 'start'>) => payments('start', bill)
export const confirmPayment = (paymentId: string) => payments('confirm', { paymentId })
export const recordPayment = (payment: Input<PaymentsContract, 'record'>) => payments('record', payment)
export const waiveBill = (waiver: Input<PaymentsContract, 'waive'>) => payments('waive', waiver)
export const dismissPayment = (verdict: Input<PaymentsContract, 'dismiss'>) => payments('dismiss', verdict)
export const listPayments = (filter: PaymentFilter, cursor?: string) => payments('list', cursor ? { ...filter, cursor } : filter)
