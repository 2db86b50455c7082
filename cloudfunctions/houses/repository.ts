import { collection, type Stored, type Transaction } from '../_shared/db'
import { members } from '../_shared/member'
import { command } from '../_shared/platform'
import type { Building, CommitteeMember, Community, House, Roster } from './house'
import { housesNamed, nameKeyOf, orderKeyOf, type HouseName, type Room } from './house-name'

export const communities = collection<Community>('communities')
export const buildings = collection<Building>('buildings')
export const houses = collection<House>('houses', {
  // Release 0.1.0 had no keys to find a house by.
  upgrades: [(stored) => {
    const { building = '', entrance = '', roomNo = '' } = stored as unknown as Partial<Room>
    return { version: 1, nameKey: nameKeyOf({ building, roomNo }), orderKey: orderKeyOf({ entrance, roomNo }), ...stored }
  }],
})
export const roster = collection<Roster>('roster')
export const committeeMembers = collection<CommitteeMember>('committee_members')

const mostCommunities = 200
const mostBuildings = 300

export const allCommunities = () => communities.find({}, { sort: { name: 'asc' }, limit: mostCommunities })

export const buildingsOf = (communityId: string): Promise<Building[]> =>
  buildings.find({ communityId }, { sort: { orderKey: 'asc' }, limit: mostBuildings })

export const buildingNamed = (communityId: string, name: string): Promise<Building | null> => buildings.findOne({ communityId, name })

export const housesOf = (communityId: string, building: string, cursor: string | undefined, limit: number) =>
  houses.page({ communityId, building }, { by: 'orderKey', direction: 'asc', cursor, limit })

/** How many houses each building of the community has; one round trip. */
export const countHouses = async (communityId: string): Promise<Map<string, number>> => {
  const counts = await houses.countBy({ communityId }, { building: 'building' })
  return new Map(counts.map(({ building, count }) => [String(building), count]))
}

/** The houses a name may mean, those of its likeliest reading first; at most one round trip. */
export const findHouses = async (communityId: string, names: HouseName[], limit: number): Promise<House[]> => {
  const keys = [...new Set(names.map(nameKeyOf))]
  if (keys.length === 0) return []
  const found = await houses.find({ communityId, nameKey: command.in(keys) }, { limit: 100 })
  return housesNamed(names, found.sort((a, b) => (a.orderKey < b.orderKey ? -1 : 1))).slice(0, limit)
}

export const rosterOf = (houseId: string): Promise<Roster[]> => roster.find({ houseId }, { limit: 100 })

/** Whom the company has on file under a number, wherever; the same person may have several houses. */
export const rosterByPhone = (phoneHash: string): Promise<Roster[]> => roster.find({ phoneHash }, { limit: 200 })

export const countResidents = (houseId: string): Promise<number> => members.count({ 'houses.houseId': houseId })

/** Kept by `members`. A house that somebody asks for, or is asked into, is in use. */
const applications = collection<Stored & { houseId: string; stage: string }>('applications')
const invitations = collection<Stored & { houseId: string }>('invitations')

export const countAwaited = async (houseId: string): Promise<number> =>
  (await Promise.all([applications.count({ houseId, stage: 'pending' }), invitations.count({ houseId })])).reduce((sum, count) => sum + count, 0)

export const residentsOf = (houseId: string) => members.find({ 'houses.houseId': houseId }, { limit: 200, fields: ['houses'] })

export const committeeOf = (communityId: string, endsFrom?: string): Promise<CommitteeMember[]> =>
  committeeMembers.find(endsFrom === undefined ? { communityId } : { communityId, orderKey: command.gte(endsFrom) }, { sort: { orderKey: 'desc' }, limit: 200 })

/**
 * As `holdHouse`, of many at once and without a transaction: called after people were put on file for them. Whoever looked before that
 * and decides after it is refused; and of a house that somebody took off the register in between, the count says that it is gone.
 */
export const holdHouses = (houseIds: string[]): Promise<number> =>
  houseIds.length > 0 ? houses.update({ _id: command.in(houseIds) }, { holds: command.inc(1) }) : Promise.resolve(0)

/**
 * The house, for a transaction that makes somebody or something belong to it, or cease to; null when it is gone. It is written back,
 * counted, so that two of these conflict, and so that whoever looked at its people before can tell that they have changed.
 */
export const holdHouse = async (transaction: Transaction, houseId: string): Promise<House | null> => {
  const house = await transaction.get(houses, houseId)
  if (house) await transaction.replace(houses, { ...house, holds: (house.holds ?? 0) + 1 })
  return house
}
