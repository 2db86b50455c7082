import { createHash, randomBytes } from 'node:crypto'
import type { Masked } from '../_shared/audit'
import type { Caller } from '../_shared/caller'
import { maskPhone, type Sealed, type Vault } from '../_shared/crypto'
import type { Stored } from '../_shared/db'
import { conflict, forbidden } from '../_shared/errors'
import { nameWithTitle } from '../_shared/masking'
import type { Post } from '../_shared/member'
import type { Relation } from '../_shared/roles'
import type { CommitteeRole } from './contract'
import { buildingOrderKeyOf, houseLabelOf, nameKeyOf, orderKeyOf, type Room } from './house-name'

/** `version` counts changes: a change of a document that was changed meanwhile is refused. */
type Versioned = Stored & { version: number }
export type ServicePhone = { label: string; phone: string }

export type Community = Versioned & { name: string; address: string; servicePhones: ServicePhone[] }

/** `name` is what houses, posts and residencies call the building by, and stays; `label` is what people read. */
export type Building = Versioned & { communityId: string; name: string; label: string; entrances: string[]; orderKey: string }

export type House = Versioned & Room & {
  communityId: string
  /** Hundredths of a square metre; null when nobody has written it down. */
  areaSqm: number | null
  label: string
  /** Building and room, by which a typed name is looked up whether or not it says the entrance. */
  nameKey: string
  orderKey: string
  /** How often somebody came to belong to it or ceased to; see `holdHouse`. */
  holds?: number
}

/** Whom the company has on file for a house: who proves this number is let in. A house has a number once. */
export type Roster = Versioned & {
  communityId: string
  building: string
  houseId: string
  name: string
  relation: Relation
  phone: Sealed
  phoneHash: string
  maskedPhone: string
}

export type CommitteeMember = Versioned & { communityId: string; name: string; role: CommitteeRole; startsOn: string; endsOn: string; note: string; orderKey: string }

const idFrom = (prefix: string, ...parts: string[]): string => `${prefix}-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)}`

/** The same intention always makes the same id. */
export const communityIdFor = (openid: string, requestId: string): string => idFrom('c', openid, requestId)
export const committeeMemberIdFor = (openid: string, requestId: string): string => idFrom('cm', openid, requestId)
export const buildingIdFor = (communityId: string, building: string): string => idFrom('b', communityId, building)
/** The same room gets the same id, so that two who write it down at once make one house. */
export const houseIdFor = (communityId: string, { building, entrance, roomNo }: Room): string => idFrom('h', communityId, building, entrance, roomNo)
export const rosterIdFor = (houseId: string, phoneHash: string): string => `${houseId}_${phoneHash.slice(0, 16)}`

export const newBuilding = (communityId: string, building: Pick<Building, 'name' | 'label' | 'entrances'>): Building => ({
  _id: buildingIdFor(communityId, building.name), schema: 1, version: 1, communityId, ...building, orderKey: buildingOrderKeyOf(building.name),
})

export const houseSchema = 2
const namesOf = (building: Pick<Building, 'label'>, room: Room) => ({ label: houseLabelOf(building.label, room), nameKey: nameKeyOf(room), orderKey: orderKeyOf(room) })

export const newHouse = (building: Pick<Building, 'communityId' | 'name' | 'label'>, { entrance, roomNo, areaSqm }: Omit<Room, 'building'> & { areaSqm: number | null }): House => {
  const room = { building: building.name, entrance, roomNo }
  return { _id: houseIdFor(building.communityId, room), schema: houseSchema, version: 1, communityId: building.communityId, ...room, areaSqm, ...namesOf(building, room) }
}

/** The house after a change of what it is called or how large it is. */
export const changeHouse = (house: House, building: Pick<Building, 'label'>, fields: Omit<Room, 'building'> & { areaSqm: number | null }): House => {
  const room = { building: house.building, entrance: fields.entrance, roomNo: fields.roomNo }
  return { ...house, ...room, areaSqm: fields.areaSqm, ...namesOf(building, room), version: house.version + 1 }
}

/** Throws CONFLICT when what somebody changes is no longer what they read. */
export const requireVersion = (document: Versioned, version: number): void => {
  if (document.version !== version) throw conflict('CHANGED_MEANWHILE', '刚刚有人改过这一项，请刷新后再改')
}

const roleOrder: Record<CommitteeRole, number> = { chair: 0, deputy: 1, member: 2 }

/** Who sits on the committee on that day (YYYY-MM-DD in Shanghai), the chair first; the last day itself still counts. */
export const sitting = (members: CommitteeMember[], day: string): CommitteeMember[] =>
  members.filter(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn).sort((a, b) => roleOrder[a.role] - roleOrder[b.role])

export const termOrderKey = ({ _id, endsOn, role }: Pick<CommitteeMember, '_id' | 'endsOn' | 'role'>): string => `${endsOn}_${2 - roleOrder[role]}_${_id}`

/** For the rare room whose usual id is taken by a house that has been renumbered since. */
export const otherHouseId = ({ _id }: Pick<House, '_id'>): string => `${_id}-${randomBytes(4).toString('hex')}`

/** The post, when it is of the whole community: its buildings and its import are nobody's part. Throws FORBIDDEN. */
export const requireWholePost = ({ post }: Caller): Post => {
  if (!post || post.buildings !== null) throw forbidden('这件事要由负责整个小区的人来做，如需开通请联系管理员')
  return post
}

/** +86 138-0013-5010 → 13800135010 */
export const phoneOf = (written: string): string => written.replace(/^\+?86(?=[ -]?1)/, '').replace(/[ -]/g, '')

export const sealPhone = (phone: string, vault: Vault): Pick<Roster, 'phone' | 'phoneHash' | 'maskedPhone'> =>
  ({ phone: vault.seal(phone), phoneHash: vault.hash('phone', phone), maskedPhone: maskPhone(phone) })

/** `phone`: eleven digits. */
export const newRoster = (house: Pick<House, '_id' | 'communityId' | 'building'>, { name, relation }: Pick<Roster, 'name' | 'relation'>, phone: string, vault: Vault): Roster => {
  const sealed = sealPhone(phone, vault)
  return {
    _id: rosterIdFor(house._id, sealed.phoneHash), schema: 1, version: 1, communityId: house.communityId, building: house.building, houseId: house._id,
    name, relation, ...sealed,
  }
}

/** What the audit log keeps of a row: enough to recognise it, not enough to ring somebody. */
export const maskedRoster = ({ name, relation, maskedPhone }: Roster): Masked => ({ name: nameWithTitle(name, '**'), relation, phone: maskedPhone })
