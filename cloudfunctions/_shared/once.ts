import { createHash } from 'node:crypto'
import { auditIn, audits, type Audit } from './audit'
import type { Caller } from './caller'
import { AlreadyExists, inTransaction, type Transaction } from './db'
import type { Situation } from './serve'

/** Everything a change writes goes through here: its documents, what it owes and, with the request's own id, its audit row. */
export type Change = {
  transaction: Transaction
  /** Unique to this request of this person: what is owed is named by it. */
  fact: string
  /** The audit row that makes the request happen once. */
  audit(row: Omit<Audit, '_id' | 'at'>): Promise<void>
}

/** `action`: with the ids of what it is done to, so that a request id used for something else is another request. */
export const factFor = ({ openid }: Caller, action: string, requestId: string): string =>
  createHash('sha256').update(`${openid}/${action}/${requestId}`).digest('hex').slice(0, 32)

/**
 * Runs a change in one transaction with its audit row; the same request again finds that row and changes nothing. Answers whether it
 * was this call that made the change. The body must write its audit row, and may run more than once.
 */
export const once = async (action: string, requestId: string, { caller, now }: Situation, body: (change: Change) => Promise<void>): Promise<boolean> => {
  const fact = factFor(caller, action, requestId)
  try {
    return await inTransaction(async (transaction) => {
      if (await transaction.get(audits, fact)) return false
      await body({ transaction, fact, audit: (row) => auditIn(transaction, { ...row, _id: fact, at: now }) })
      return true
    })
  } catch (error) {
    // The same request in another process was first.
    if (error instanceof AlreadyExists && error.message === fact) return false
    throw error
  }
}
