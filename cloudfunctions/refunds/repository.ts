import { collection, type Transaction } from '../_shared/db'
import { withinPost, type Post } from '../_shared/member'
import { command } from '../_shared/platform'
import { payments } from '../payments/repository'
import type { RefundStatus } from './contract'
import type { Pair, Refund } from './refund'

export const refunds = collection<Refund>('refunds')

/** The latest first. */
export const refundsOfBill = (billId: string): Promise<Refund[]> => refunds.find({ billId }, { sort: { listKey: 'desc' }, limit: 100 })

export const refundsOfBills = (billIds: string[]): Promise<Refund[]> => refunds.find({ billId: command.in(billIds) }, { limit: 1_000 })

export const countFailed = (paymentId: string): Promise<number> => refunds.count({ paymentId, status: 'failed' })

export const refundsOfDesk = (post: Post, status: RefundStatus, cursor: string | undefined, limit: number) =>
  refunds.page({ ...withinPost(post), status }, { by: 'listKey', direction: 'desc', cursor, limit })

/** Whatever names somebody, the latest first. */
export const refundsNaming = (memberId: string, limit: number): Promise<Refund[]> => refunds.find({ people: memberId }, { sort: { listKey: 'desc' }, limit })

/** What the desk has to do. One round trip. */
export const waitingOfDesk = async (post: Post): Promise<{ requested: number; payOut: number }> => {
  const groups = await refunds.countBy({ ...withinPost(post), status: command.in(['requested', 'approved']) }, { status: 'status', route: 'route' })
  const count = (is: (group: (typeof groups)[number]) => boolean) => groups.filter(is).reduce((sum, group) => sum + group.count, 0)
  return { requested: count(({ status }) => status === 'requested'), payOut: count(({ status, route }) => status === 'approved' && route === 'offline') }
}

/** A refund with the payment whose money it is; null when there is none. Two round trips. */
export const loadPair = async (transaction: Transaction, refundId: string): Promise<Pair | null> => {
  const refund = await transaction.get(refunds, refundId)
  return refund && { refund, payment: (await transaction.get(payments, refund.paymentId))! }
}

export const insertPair = async (transaction: Transaction, { refund, payment }: Pair): Promise<void> => {
  await transaction.insert(refunds, refund)
  await transaction.replace(payments, payment)
}

export const savePair = async (transaction: Transaction, { refund, payment }: Pair): Promise<void> => {
  await transaction.replace(refunds, refund)
  await transaction.replace(payments, payment)
}
