import { shanghaiDay } from '../../_shared/clock'
import type { Caller } from '../../_shared/caller'
import type { Input, Output } from '../../_shared/contract'
import { maskPhone } from '../../_shared/crypto'
import { conflict, forbidden, notFound } from '../../_shared/errors'
import { maskName } from '../../_shared/masking'
import { members, type Member, type Residency } from '../../_shared/member'
import { oweNotices } from '../../_shared/outbox'
import { once } from '../../_shared/once'
import type { Situation } from '../../_shared/serve'
import { openVault } from '../../_shared/vault'
import { holdHouse, houses } from '../../houses/repository'
import { limits, type MembersContract } from '../contract'
import { inviteToHouse } from '../invitation'
import { endedNotice, joinedNotice } from '../member-notices'
import { houseInvitations, peopleIn, shownApplication } from '../member-reply'
import * as repository from '../repository'
import { changed, left, removed, requireFuture, residencyIn } from '../residency'
import { endResidency, holdAsSeen } from './applications'
import { joinIn } from './joining'
import { ownDocument } from './own-document'

type In<A extends keyof MembersContract> = Input<MembersContract, A>
type Out<A extends keyof MembersContract> = Output<MembersContract, A>

/** The caller's own house. Somebody else's does not exist; whoever only lives there is told who may. */
const requireOwned = ({ houses }: Caller, houseId: string): Residency => {
  const house = houses.find((one) => one.houseId === houseId)
  if (!house) throw notFound('套房屋')
  if (house.relation !== 'owner') throw forbidden('家人和租户由业主管理，请联系这套房屋的业主')
  return house
}

export const household = async ({ houseId }: In<'household'>, { caller, now }: Situation): Promise<Out<'household'>> => {
  requireOwned(caller, houseId)
  const [people, invited, pending] = await Promise.all([repository.peopleOf(houseId), repository.invitationsTo(houseId), repository.pendingOf(houseId)])
  return {
    people: peopleIn(houseId, people, caller.member!._id, now),
    invitations: houseInvitations(invited, now),
    // Who else owns the house is for 物业 to decide.
    applications: pending.filter(({ relation }) => relation !== 'owner').map(shownApplication),
    limits: { peoplePerHouse: limits.peoplePerHouse, nameLength: limits.nameLength },
  }
}

/** In the transaction: an owner who has ceased to be one a moment ago may no longer. */
const requireStillOwner = (owner: Member, houseId: string, today: string): void => {
  if (residencyIn(owner, houseId, today)?.relation !== 'owner') throw notFound('套房屋')
}

export const addPerson = async ({ requestId, houseId, name, phone, relation, scopes, endsOn }: In<'addPerson'>, situation: Situation): Promise<Out<'addPerson'>> => {
  const { caller, now } = situation
  const today = shanghaiDay(now)
  const { communityId, communityName, building, houseLabel } = requireOwned(caller, houseId)
  requireFuture(endsOn, today)
  const vault = await openVault()
  const phoneHash = vault.hash('phone', phone)
  const [[known], people, invited] = await Promise.all([repository.withPhone(phoneHash), repository.peopleOf(houseId), repository.invitationsTo(houseId)])
  if (known && residencyIn(known, houseId, today)) throw conflict('ALREADY_LIVES_THERE', '这个手机号已经在这套房屋里了')
  if (people.length + invited.length >= limits.peoplePerHouse) throw conflict('HOUSE_IS_FULL', `一套房屋最多 ${limits.peoplePerHouse} 人`)
  const residency: Residency = { houseId, communityId, communityName, building, houseLabel, relation, scopes, knownAs: name, rosterId: null, endsOn }

  await once(`addPerson/${houseId}/${phoneHash}`, requestId, situation, async ({ transaction, audit, fact }) => {
    const own = await ownDocument(transaction, caller)
    requireStillOwner(own.member, houseId, today)
    if (!(await holdHouse(transaction, houseId))) throw notFound('套房屋')
    const person = known && await transaction.get(members, known._id)
    if (person) {
      await transaction.replace(members, await joinIn(transaction, person, residency, now))
      await oweNotices(transaction, fact, [joinedNotice(person._id, residency, relation, `业主${maskName(own.member.name)}`, now)], now)
    } else {
      const invitation = inviteToHouse(residency, { phoneHash, maskedPhone: maskPhone(phone), name, invitedById: own.member._id }, now)
      await transaction.replace(repository.invitations, invitation)
    }
    await audit({
      actorId: own.member._id, action: 'members.addPerson', subjectId: person ? person._id : houseId, communityId,
      after: { houseId, maskedPhone: maskPhone(phone), relation, scopes, endsOn },
    })
  })
  return { outcome: known ? 'joined' : 'invited' }
}

export const changePerson = async ({ requestId, houseId, memberId, scopes, endsOn }: In<'changePerson'>, situation: Situation): Promise<Out<'changePerson'>> => {
  const { caller, now } = situation
  const today = shanghaiDay(now)
  const { communityId } = requireOwned(caller, houseId)
  await once(`changePerson/${houseId}/${memberId}`, requestId, situation, async ({ transaction, audit }) => {
    requireStillOwner((await ownDocument(transaction, caller)).member, houseId, today)
    const person = await transaction.get(members, memberId)
    if (!person) throw notFound('位住户')
    const after = changed(person, houseId, { scopes, endsOn }, today)
    await transaction.replace(members, after)
    const before = residencyIn(person, houseId, today)!
    await audit({
      actorId: caller.member!._id, action: 'members.changePerson', subjectId: memberId, communityId,
      before: { houseId, scopes: before.scopes, endsOn: before.endsOn }, after: { houseId, scopes, endsOn },
    })
  })
  return { isDone: true }
}

export const removePerson = async ({ requestId, houseId, memberId }: In<'removePerson'>, situation: Situation): Promise<Out<'removePerson'>> => {
  const { caller, now } = situation
  const today = shanghaiDay(now)
  const { communityId } = requireOwned(caller, houseId)
  await once(`removePerson/${houseId}/${memberId}`, requestId, situation, async (change) => {
    requireStillOwner((await ownDocument(change.transaction, caller)).member, houseId, today)
    const person = await change.transaction.get(members, memberId)
    if (!person) throw notFound('位住户')
    removed(person, houseId, today)
    const before = residencyIn(person, houseId, today)!
    await endResidency(change, person, houseId, '业主已移除您', now)
    await change.audit({
      actorId: caller.member!._id, action: 'members.removePerson', subjectId: memberId, communityId, before: { houseId, relation: before.relation },
    })
  })
  return { isDone: true }
}

/** The caller's house once more as they leave it, and who else is in it. What the company has on file stays: it is theirs again when they come back. */
export const leaveHouse = async ({ requestId, houseId }: In<'leaveHouse'>, situation: Situation): Promise<Out<'leaveHouse'>> => {
  const { caller, now } = situation
  const today = shanghaiDay(now)
  const house = await houses.get(houseId)
  const people = await repository.peopleOf(houseId)
  await once(`leaveHouse/${houseId}`, requestId, situation, async ({ transaction, audit, fact }) => {
    const own = await ownDocument(transaction, caller)
    const before = residencyIn(own.member, houseId, today)
    const after = left(own.member, houseId, people.filter(({ _id }) => _id !== own.member._id), today)
    // Of two owners who leave at the same moment the second must know that they are the last.
    await holdAsSeen(transaction, house)
    await own.save(after)
    await audit({
      actorId: own.member._id, action: 'members.leaveHouse', subjectId: own.member._id, communityId: before!.communityId,
      before: { houseId, relation: before!.relation },
    })
    await oweNotices(transaction, fact, [endedNotice(own.member._id, before!, '您已解绑', now)], now)
  })
  return { isDone: true }
}
