import { writeAudit } from '../../_shared/audit'
import { shanghaiDay } from '../../_shared/clock'
import type { Caller } from '../../_shared/caller'
import type { Input, Output } from '../../_shared/contract'
import { maskPhone } from '../../_shared/crypto'
import { notFound } from '../../_shared/errors'
import { covers, members, usualScopes, type Member, type Residency } from '../../_shared/member'
import { oweNotices } from '../../_shared/outbox'
import { once } from '../../_shared/once'
import type { Situation } from '../../_shared/serve'
import { openVault } from '../../_shared/vault'
import { rosterIdFor, type Roster } from '../../houses/house'
import { holdHouse, houses, roster, rosterOf } from '../../houses/repository'
import type { MembersContract } from '../contract'
import { joinedNotice } from '../member-notices'
import * as repository from '../repository'
import { residencyIn, type Place } from '../residency'
import { endResidency, holdAsSeen } from './applications'
import { joinIn } from './joining'
import { placesOf } from './verification'

type In<A extends keyof MembersContract> = Input<MembersContract, A>
type Out<A extends keyof MembersContract> = Output<MembersContract, A>

/** A house of the post's own community and buildings; any other does not exist. */
const requireCovered = async (houseId: string, { post }: Caller): Promise<Place> => {
  const [place] = await placesOf([houseId])
  if (!place || !post || !covers(post, place)) throw notFound('套房屋')
  return place
}

/** What is owed stays with the house; the people change. */
export const transferHouse = async ({ requestId, houseId, name, phone, reason }: In<'transferHouse'>, situation: Situation): Promise<Out<'transferHouse'>> => {
  const { caller, now } = situation
  const [place, vault] = [await requireCovered(houseId, caller), await openVault()]
  const house = await houses.get(houseId)
  const phoneHash = vault.hash('phone', phone)
  const [people, rows, invited, [known]] = await Promise.all([
    repository.peopleOf(houseId), rosterOf(houseId), repository.invitationsTo(houseId), repository.withPhone(phoneHash),
  ])
  await once(`transferHouse/${houseId}/${phoneHash}`, requestId, situation, async (change) => {
    const { transaction } = change
    await holdAsSeen(transaction, house)
    for (const { _id } of people) {
      const member = await transaction.get(members, _id)
      if (member && member._id !== known?._id) await endResidency(change, member, houseId, '房屋已过户', now)
    }
    for (const { _id } of rows) await transaction.remove(roster, _id)
    for (const { _id } of invited) await transaction.remove(repository.invitations, _id)
    const row: Roster = {
      _id: rosterIdFor(houseId, phoneHash), schema: 1, version: 1, communityId: place.communityId, building: place.building, houseId, name,
      relation: 'owner', phone: vault.seal(phone), phoneHash, maskedPhone: maskPhone(phone),
    }
    await transaction.replace(roster, row)
    const owner = known && await transaction.get(members, known._id)
    if (owner) {
      const residency: Residency = { ...place, relation: 'owner', scopes: usualScopes('owner'), knownAs: name, rosterId: row._id, endsOn: null }
      await transaction.replace(members, await joinIn(transaction, owner, residency, now))
      await oweNotices(transaction, change.fact, [joinedNotice(owner._id, place, 'owner', '物业', now)], now)
    }
    await change.audit({
      actorId: caller.member!._id, action: 'members.transferHouse', subjectId: owner ? owner._id : houseId, communityId: place.communityId,
      before: { houseId, residents: livingIn(people, houseId, now), onFile: rows.map(({ maskedPhone }) => maskedPhone) }, after: { maskedPhone: maskPhone(phone), reason },
    })
  })
  return { outcome: known ? 'joined' : 'invited' }
}

const livingIn = (people: Member[], houseId: string, now: Date): string[] =>
  people.filter((one) => residencyIn(one, houseId, shanghaiDay(now))).map(({ _id }) => _id)

export const moveOut = async ({ requestId, houseId, memberId, reason }: In<'moveOut'>, situation: Situation): Promise<Out<'moveOut'>> => {
  const { caller, now } = situation
  const { communityId } = await requireCovered(houseId, caller)
  await once(`moveOut/${houseId}/${memberId}`, requestId, situation, async (change) => {
    await holdHouse(change.transaction, houseId)
    const member = await change.transaction.get(members, memberId)
    const residency = member && residencyIn(member, houseId, shanghaiDay(now))
    if (!residency) throw notFound('位住户')
    await endResidency(change, member, houseId, `物业已办理退房（${reason}）`, now)
    await change.audit({
      actorId: caller.member!._id, action: 'members.moveOut', subjectId: memberId, communityId,
      before: { houseId, relation: residency.relation }, after: { reason },
    })
  })
  return { isDone: true }
}

export const revealPhone = async ({ houseId, memberId, reason }: In<'revealPhone'>, { caller, now }: Situation): Promise<Out<'revealPhone'>> => {
  const [place, member, waiting] = await Promise.all([requireCovered(houseId, caller), members.get(memberId), repository.pendingOf(houseId)])
  const application = waiting.find((one) => one.memberId === memberId)
  if (!member || !(residencyIn(member, houseId, shanghaiDay(now)) ?? application)) throw notFound('位住户')
  const vault = await openVault()
  // Written before the number is shown: a number that was seen without a trace is what must not happen.
  await writeAudit({
    actorId: caller.member!._id, action: 'members.revealPhone', subjectId: memberId, communityId: place.communityId, after: { houseId, reason }, at: now,
  })
  const sealed = member.phone ?? application?.phone ?? null
  return { phone: sealed && vault.open(sealed) }
}
