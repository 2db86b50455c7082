import { audits } from '../_shared/audit'
import type { Caller } from '../_shared/caller'
import { collection, type CollectionOf, type Stored } from '../_shared/db'
import { members, postKey, type Member } from '../_shared/member'
import { command } from '../_shared/platform'
import { rateLimits } from '../_shared/rate-limit'
import { staffRole } from '../_shared/roles'
import { environmentVault } from '../_shared/vault'
import { communities, houses, roster } from '../houses/repository'
import type { Application } from './application'
import type { Known } from './consistency'
import type { Invitation } from './invitation'
import type { Privacy } from './privacy'
import type { SetupCode } from './setup-code'

export const applications = collection<Application>('applications')
export const invitations = collection<Invitation>('invitations')
export const setupCodes = collection<SetupCode>('setup_codes')

/** What somebody agreed to before the company knew them; it moves to the member, and is removed here. Named by a keyed hash. */
export type GuestPrivacy = Stored & Privacy
export const consents = collection<GuestPrivacy>('consents')

export const guestId = (openid: string): string => environmentVault().hash('guest', openid).slice(0, 32)

/** Which privacy guide the caller agreed to. A round trip for strangers only. */
export const privacyOf = async ({ member, openid }: Caller): Promise<Privacy | null> =>
  member ? member.privacy : consents.get(guestId(openid))

/** A value that is an object is set whole: the SDK would otherwise write into the one that is there. */
export const savePrivacy = (memberId: string, privacy: Privacy | null): Promise<number> =>
  members.update({ _id: memberId }, { privacy: command.set(privacy) })
/** Only while the person is still what was read: none changed means that they are not. */
export const savePost = ({ _id, version, post }: Member): Promise<number> =>
  members.update({ _id, version: version - 1 }, { post: command.set(post), version })

const most = 200

/** Everybody with the house on their document, also when their time there has ended. */
export const peopleOf = (houseId: string): Promise<Member[]> => members.find({ 'houses.houseId': houseId }, { limit: most })
export const peopleOfHouses = (houseIds: string[]): Promise<Member[]> =>
  houseIds.length > 0 ? members.find({ 'houses.houseId': command.in(houseIds) }, { limit: 1_000 }) : Promise.resolve([])
export const withPhone = (phoneHash: string): Promise<Member[]> => members.find({ phoneHash })

/** Everybody with a post in the community. */
export const staffOf = (communityId: string): Promise<Member[]> =>
  members.find({ postKeys: command.in(staffRole.options.map((role) => postKey(communityId, role))) }, { limit: 1_000 })

export const invitationsFor = (phoneHash: string): Promise<Invitation[]> => invitations.find({ phoneHash })
export const invitationsTo = (houseId: string): Promise<Invitation[]> => invitations.find({ houseId })
export const staffInvitationsOf = (communityId: string): Promise<Invitation[]> => invitations.find({ kind: 'post', communityId })

export const pendingOf = (houseId: string): Promise<Application[]> =>
  applications.find({ houseId, stage: 'pending' }, { sort: { orderKey: 'desc' } })

type Reach = { communityId: string; buildings: string[] | null }
type Stage = Application['stage']
const within = ({ communityId, buildings }: Reach, stage: Stage) =>
  ({ communityId, stage, ...(buildings && { building: command.in(buildings) }) })

/** The applications that a post covers, newest first. */
export const listFor = (reach: Reach, stage: Stage, cursor: string | undefined, limit: number) =>
  applications.page(within(reach, stage), { by: 'orderKey', direction: 'desc', cursor, limit })

/** How many of `listFor` there are; for the desk's count as well. */
export const countApplications = (reach: Reach, stage: Stage = 'pending'): Promise<number> => applications.count(within(reach, stage))

export const applicationsOfHouse = (houseId: string): Promise<Application[]> =>
  applications.find({ houseId, stage: command.in(['pending', 'decided']) }, { sort: { orderKey: 'desc' }, limit: 20 })

/** Everything of one of the four collections that belonging is kept in, by id. */
const walked = { members, roster, applications, invitations }
export type Walked = keyof typeof walked
export const walk = (name: Walked, cursor: string | undefined, limit: number) =>
  (walked[name] as CollectionOf<Stored>).page({}, { by: '_id', direction: 'asc', cursor, limit })

const byIds = <T extends Stored>(from: CollectionOf<T>, ids: string[]): Promise<T[]> =>
  ids.length > 0 ? (from.find({ _id: command.in([...new Set(ids)]) }, { limit: 1_000 }) as Promise<T[]>) : Promise.resolve([])

/** What of the things that are named there is; four round trips at once. */
export const findNamed = async (named: { houses: string[]; communities: string[]; rows: string[]; members: string[] }): Promise<Known> => {
  const [foundHouses, foundCommunities, foundRows, foundMembers] = await Promise.all([
    byIds(houses, named.houses), byIds(communities, named.communities), byIds(roster, named.rows), byIds(members, named.members),
  ])
  return {
    houses: new Map(foundHouses.map(({ _id, communityId }) => [_id, communityId])), communities: new Set(foundCommunities.map(({ _id }) => _id)),
    rows: new Map(foundRows.map(({ _id, houseId }) => [_id, houseId])), members: new Map(foundMembers.map((one) => [one._id, one])),
  }
}

export const forgetExpired = async (now: Date): Promise<void> => {
  await rateLimits.removeWhere({ expiresAt: command.lte(now) })
  await invitations.removeWhere({ expiresAt: command.lte(now) })
}
export const forgetDecided = (before: Date): Promise<number> => applications.removeWhere({ stage: 'decided', decidedAt: command.lt(before) })
/** Rows that tell only who looked at whom. What changed who may do what is kept. */
export const forgetLooks = (actions: string[], before: Date): Promise<number> => audits.removeWhere({ action: command.in(actions), at: command.lt(before) })
/** People with a belonging that ended before the day (YYYY-MM-DD). */
export const endedBefore = (day: string, limit: number): Promise<Member[]> => members.find({ 'houses.endsOn': command.lt(day) }, { limit })
