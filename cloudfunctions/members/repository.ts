import type { Caller } from '../_shared/caller'
import { collection, type Stored } from '../_shared/db'
import { members, postKey, type Member } from '../_shared/member'
import { command } from '../_shared/platform'
import { staffRole } from '../_shared/roles'
import { environmentVault } from '../_shared/vault'
import type { Application } from './application'
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
export const namesOf = (memberIds: string[]) =>
  members.find({ _id: command.in(memberIds) }, { limit: 100, fields: ['name'] })

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
