import { after, minutes } from '../_shared/clock'
import type { JobRunner, JobRunners } from '../_shared/jobs'
import { bills } from '../billing/repository'
import { askAndSettle, closePayment, unmarkPosting } from './settle'
import { payments } from './repository'
import type { Payment } from './payment'

export const watchKind = 'payment_watch'
export type WatchPayload = { paymentId: string }

export const firstAskAfterMs = minutes(2)
const askAgainMs = minutes(5)
/** A payment may be on its way in the last second, and WeChat's clock is not ours. */
const graceMs = minutes(1)
const givesUpAfterMs = minutes(60)

const isOver = async ({ expiresAt, billId }: Payment, now: Date): Promise<boolean> =>
  after(expiresAt!, graceMs) <= now || (await bills.get(billId))?.status !== 'unpaid'

/**
 * Watches over an order at WeChat Pay until it is posted or closed, whatever became of the phone that made it and of WeChat's callback. One
 * that no phone was ever given, because we died before, is given up at once.
 */
const watch: JobRunner = async (job, now) => {
  const payment = await payments.get((job.payload as WatchPayload).paymentId)
  if (payment?.status !== 'created') return 'done'
  const outcome = await askAndSettle(payment, now)
  if (outcome === 'paid' || outcome === 'suspect') return 'done'
  if (outcome === 'absent' || outcome === 'closed' || payment.parameters === null || (outcome === 'unpaid' && (await isOver(payment, now)))) {
    await closePayment(payment, now)
    return 'done'
  }
  if (outcome === 'unpaid') await unmarkPosting(payment)
  // A job that fails again and again is what 运行状况 shows to people.
  if (outcome === 'unclear' && after(payment.expiresAt!, givesUpAfterMs) < now) throw new Error(`WeChat Pay does not say what became of ${payment._id}`)
  return after(now, askAgainMs)
}

export const paymentJobs: JobRunners = { [watchKind]: watch }
