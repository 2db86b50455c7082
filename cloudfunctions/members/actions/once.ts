import { createHash, randomUUID } from 'node:crypto'
import { auditIn, audits, type Audit } from '../../_shared/audit'
import type { Caller } from '../../_shared/caller'
import { AlreadyExists, inTransaction, type Transaction } from '../../_shared/db'
import { notFound } from '../../_shared/errors'
import { members, type Member } from '../../_shared/member'
import { newMember } from '../residency'
import { consents, guestId } from '../repository'
import type { Situation } from '../../_shared/serve'

/** Everything a change writes goes through here: its documents, what it owes and, with the request's own id, its audit row. */
export type Change = {
  transaction: Transaction
  /** Unique to this request of this person: what is owed is named by it. */
  fact: string
  /** The audit row that makes the request happen once. */
  audit(row: Omit<Audit, '_id' | 'at'>): Promise<void>
}

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

export type Own = { member: Member; save(after: Member): Promise<void> }

/** The caller's own document, in the transaction; a person unknown until now gets one, with what they agreed to as a guest. */
export const ownDocument = async (transaction: Transaction, caller: Caller): Promise<Own> => {
  if (caller.member) {
    const member = await transaction.get(members, caller.member._id)
    if (!member || member.openid !== caller.openid) throw notFound('个账号')
    return { member, save: (after) => transaction.replace(members, after) }
  }
  const guest = await transaction.get(consents, guestId(caller.openid))
  return {
    member: newMember(`m-${randomUUID()}`, caller.openid, guest && { version: guest.version, agreedAt: guest.agreedAt }),
    async save(after) {
      await transaction.insert(members, after)
      if (guest) await transaction.remove(consents, guest._id)
    },
  }
}

/** As `once`, for what makes a stranger known: of two first requests at the same time, the second finds the document of the first. */
export const onceKnown = async (action: string, requestId: string, situation: Situation, body: (change: Change, own: Own) => Promise<void>): Promise<boolean> => {
  const run = (caller: Caller) => once(action, requestId, { ...situation, caller }, async (change) => body(change, await ownDocument(change.transaction, caller)))
  try {
    return await run(situation.caller)
  } catch (error) {
    if (situation.caller.member || !(error instanceof AlreadyExists)) throw error
    return run({ ...situation.caller, member: await members.findOne({ openid: situation.caller.openid }) })
  }
}
