import { collection } from '../_shared/db'
import { withinPost, type Post } from '../_shared/member'
import { command } from '../_shared/platform'
import type { PaymentParameters, PaymentStatus } from './contract'
import type { Payment } from './payment'

export const payments = collection<Payment>('payments')

/** Keeps what the phone pays with; false when the order cannot be paid any more. */
export const keepParameters = async (paymentId: string, parameters: PaymentParameters): Promise<boolean> =>
  // Set as a whole: a part of what is null cannot be set.
  (await payments.update({ _id: paymentId, status: 'created' }, { parameters: command.set(parameters) })) === 1

/** What was made, or tried, for a bill; the latest first. */
export const paymentsOfBill = (billId: string): Promise<Payment[]> => payments.find({ billId }, { sort: { listKey: 'desc' }, limit: 100 })

export const paymentsOfBills = (billIds: string[]): Promise<Payment[]> => payments.find({ billId: command.in(billIds) }, { limit: 1_000 })

/** Whatever names somebody, the latest first. */
export const paymentsNaming = (memberId: string, limit: number): Promise<Payment[]> => payments.find({ people: memberId }, { sort: { listKey: 'desc' }, limit })

/** What somebody of that name paid for these houses; whoever hands money over is known by name only. */
export const paymentsBy = (name: string, houseIds: string[], limit: number): Promise<Payment[]> =>
  payments.find({ houseId: command.in(houseIds), 'payer.name': name }, { limit })

type Listed = { status: PaymentStatus; day?: string }
const listed = (post: Post, { status, day }: Listed) => ({ ...withinPost(post), status, ...(day !== undefined && { paidOn: day }) })

export const paymentsOfDesk = (post: Post, list: Listed, cursor: string | undefined, limit: number) =>
  payments.page(listed(post, list), { by: 'listKey', direction: 'desc', cursor, limit })

/** A day's takings by method. One round trip. */
export const takingsOf = (post: Post, day: string) => payments.sumBy(listed(post, { status: 'paid', day }), { method: 'method' }, ['amountFen', 'refundedFen'])

/** Of every community. */
export const countAllSuspects = (): Promise<number> => payments.count({ status: 'suspect' })

export const countSuspects = (post: Post): Promise<number> => payments.count(listed(post, { status: 'suspect' }))
