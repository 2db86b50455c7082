import { randomUUID } from 'node:crypto'
import type { Caller } from '../../_shared/caller'
import { AlreadyExists, type Transaction } from '../../_shared/db'
import { notFound } from '../../_shared/errors'
import { members, type Member } from '../../_shared/member'
import { once, type Change } from '../../_shared/once'
import type { Situation } from '../../_shared/serve'
import { consents, guestId } from '../repository'
import { newMember } from '../residency'

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
