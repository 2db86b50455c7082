import type { Transaction } from './db'
import { currentInvocation } from './invocation'
import { jobs, type Job } from './jobs'
import type { Notice } from './notice'

/**
 * Saves work that is owed with the fact that owes it, in the fact's own transaction. `_id` is made from the fact, so that the same
 * fact never owes twice. `tick` does it within a minute.
 */
export const owe = (transaction: Transaction, job: Pick<Job, '_id' | 'kind' | 'payload'>, now: Date): Promise<void> =>
  transaction.insert(jobs, { ...job, schema: 1, dueAt: now, attempts: 0 })

/** As `owe`; moreover the reply names the job, and the phone asks for it to be delivered at once. */
export const oweNotices = async (transaction: Transaction, fact: string, notices: Notice[], now: Date): Promise<void> => {
  if (notices.length === 0) return
  const _id = `notices_${fact}`
  await owe(transaction, { _id, kind: 'notices', payload: { notices } }, now)
  currentInvocation().owed.push(_id)
}
