import { conflict, forbidden, invalid, notFound } from '../_shared/errors'
import { livesThere, memberSchema, type Member, type Residency } from '../_shared/member'
import type { ResidentScope } from '../_shared/roles'
import { limits } from './contract'
import type { Privacy } from './privacy'

/** Where something is, as residencies and applications keep it. */
export type Place = Pick<Residency, 'houseId' | 'communityId' | 'communityName' | 'building' | 'houseLabel'>

/** A person whom the company did not know until now. */
export const newMember = (memberId: string, openid: string, privacy: Privacy | null): Member => ({
  _id: memberId, schema: memberSchema, version: 0, openid, name: '', phone: null, phoneHash: null, maskedPhone: null,
  houses: [], posts: [], post: null, postKeys: [], applications: [], privacy, quotas: {},
})

/** The document made anew without a change, so that two changes that rest on it cannot both happen. */
export const touch = (member: Member): Member => ({ ...member, version: member.version + 1 })

export const residencyIn = (member: Member, houseId: string, today: string): Residency | undefined =>
  member.houses.find((house) => house.houseId === houseId && livesThere(house, today))

export const isOwnerOf = (member: Member, houseId: string, today: string): boolean =>
  residencyIn(member, houseId, today)?.relation === 'owner'

/** The person belonging to the house; what was refused them there is forgotten. Throws CONFLICT beyond `housesPerPerson`. */
export const join = (member: Member, residency: Residency): Member => {
  const others = member.houses.filter(({ houseId }) => houseId !== residency.houseId)
  if (others.length >= limits.housesPerPerson) throw conflict('TOO_MANY_HOUSES', `一个人最多绑定 ${limits.housesPerPerson} 套房屋`)
  return {
    ...touch(member), name: member.name || residency.knownAs, houses: [...others, residency],
    applications: member.applications.filter(({ houseId }) => houseId !== residency.houseId),
  }
}

/** The person without the house, whose data they cannot read any more from the next call on. */
export const leave = (member: Member, houseId: string): Member =>
  ({ ...touch(member), houses: member.houses.filter((house) => house.houseId !== houseId) })

/** Throws INVALID_INPUT for a day that has passed. */
export const requireFuture = (endsOn: string | null, today: string): void => {
  if (endsOn !== null && endsOn < today) throw invalid({ endsOn: '结束日期不能早于今天' })
}

/** What an owner may change or end is a family's or tenant's belonging to the house; another owner's is for 物业. */
const requireChangeable = (member: Member, houseId: string, today: string): Residency => {
  const residency = residencyIn(member, houseId, today)
  if (!residency) throw notFound('位住户')
  if (residency.relation === 'owner') throw forbidden('业主之间不能互相修改，请联系物业办理')
  return residency
}

export const changed = (member: Member, houseId: string, change: { scopes: ResidentScope[]; endsOn: string | null }, today: string): Member => {
  const before = requireChangeable(member, houseId, today)
  requireFuture(change.endsOn, today)
  return { ...touch(member), houses: member.houses.map((house) => (house === before ? { ...before, ...change } : house)) }
}

export const removed = (member: Member, houseId: string, today: string): Member => {
  requireChangeable(member, houseId, today)
  return leave(member, houseId)
}

/**
 * Who leaves a house by themselves. The last owner cannot while others live on their account: nobody could look after them.
 * `others`: everybody else who belongs to the house today.
 */
export const left = (member: Member, houseId: string, others: Member[], today: string): Member => {
  const mine = residencyIn(member, houseId, today)
  if (!mine) throw notFound('套房屋')
  const isLastOwner = mine.relation === 'owner' && !others.some((other) => isOwnerOf(other, houseId, today))
  if (isLastOwner && others.some((other) => residencyIn(other, houseId, today))) {
    throw conflict('LAST_OWNER', '您是这套房屋唯一的业主，还有家人或租户在用。请先移除他们，或请物业办理过户')
  }
  return leave(member, houseId)
}
