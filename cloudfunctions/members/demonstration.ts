import { randomUUID } from 'node:crypto'
import { writeAudit } from '../_shared/audit'
import type { Caller } from '../_shared/caller'
import { environmentKind } from '../_shared/environment'
import { members, usualScopes, type Residency } from '../_shared/member'
import { demonstrationCommunity, demonstrationHouse } from './demonstration-house'
import { join, newMember } from './residency'

const residency: Residency = {
  houseId: demonstrationHouse._id, communityId: demonstrationCommunity._id, communityName: demonstrationCommunity.name,
  building: demonstrationHouse.building, houseLabel: demonstrationHouse.label,
  relation: 'owner', scopes: usualScopes('owner'), knownAs: '演示业主', rosterId: null, endsOn: null,
}

/**
 * In a demonstration whoever opens it for the first time owns the demonstration house from then on; everywhere else, and for whoever is
 * known, the caller as they are. Four round trips the first time, none otherwise.
 */
export const welcome = async (caller: Caller, now: Date): Promise<Caller> => {
  if (environmentKind() !== 'demonstration' || caller.member) return caller
  const guest = join(newMember(`m-${randomUUID()}`, caller.openid, null), residency)
  await writeAudit({ actorId: guest._id, action: 'members.welcome', subjectId: guest._id, communityId: residency.communityId, at: now })
  // Two calls at once: one document for one person.
  const member = (await members.insert(guest)) ? guest : await members.findOne({ openid: caller.openid })
  return { ...caller, member, houses: member?.houses ?? [] }
}
