import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { RefundsContract, RefundStatus } from '../../cloudfunctions/refunds/contract'
import { cloudFunction } from './cloud'

const refunds = cloudFunction<RefundsContract>('refunds')

export type OpenedBill = Output<RefundsContract, 'bill'>
export type RefundPage = Output<RefundsContract, 'list'>

/** A bill with everything that was paid for it and given back. */
export const openBill = (billId: string) => refunds('bill', { billId })
export const requestRefund = (request: Input<RefundsContract, 'request'>) => refunds('request', request)
export const approveRefund = (decision: Input<RefundsContract, 'approve'>) => refunds('approve', decision)
export const rejectRefund = (decision: Input<RefundsContract, 'reject'>) => refunds('reject', decision)
export const payOutRefund = (payment: Input<RefundsContract, 'payOut'>) => refunds('payOut', payment)
export const listRefunds = (status: RefundStatus, cursor?: string) => refunds('list', cursor ? { status, cursor } : { status })
