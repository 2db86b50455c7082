import { livesThere, usualScopes, type Member, type Post, type Residency } from '../_shared/member'
import type { Relation } from '../_shared/roles'
import type { Invitation } from './invitation'
import { residencyIn, type Place } from './residency'

/** What the company has on file for a number. */
export type RosterRow = { _id: string; houseId: string; name: string; phoneHash: string | null; relation: Relation }

export type OnFile = {
  rows: RosterRow[]
  invitations: Invitation[]
  /** The houses that the rows name. */
  places: Place[]
  /** Everybody with one of these houses, or with this number; the caller as well. */
  others: Member[]
}

export type Match = {
  residencies: Residency[]
  posts: Post[]
  /** What somebody else holds already. */
  contested: (Place & { relation: Relation; name: string })[]
  usedRows: string[]
  usedInvitations: string[]
}

/** A row is claimed once. Somebody with this house and this number claimed it before rows were noted down. */
const isClaimedBy = (row: RosterRow) => (other: Member): boolean =>
  other.houses.some((house) => house.rosterId === row._id || (house.houseId === row.houseId && other.phoneHash === row.phoneHash))

const ofRow = (row: RosterRow, place: Place): Residency => ({
  ...place, relation: row.relation, scopes: usualScopes(row.relation), knownAs: row.name, rosterId: row._id, endsOn: null,
})

/**
 * What a person who has just proved a number comes into. Nothing is taken from anybody: what another person claimed with the same number
 * (an old WeChat of theirs, or the number's owner of before) is contested, and 物业 decides.
 */
export const match = ({ rows, invitations, places, others }: OnFile, me: Member, phoneHash: string, now: Date, today: string): Match => {
  const strangers = others.filter(({ _id }) => _id !== me._id)
  const placed = rows.flatMap((row) => {
    const place = places.find(({ houseId }) => houseId === row.houseId)
    return place ? [{ row, place }] : []
  })
  // A residency that has ended stays ended: the row it came from does not open the door again.
  const isNew = (houseId: string) => !me.houses.some((house) => house.houseId === houseId)
  const free = placed.filter(({ row }) => isNew(row.houseId) && !strangers.some(isClaimedBy(row)))
  const taken = placed.filter(({ row }) => isNew(row.houseId) && strangers.some(isClaimedBy(row)))
  // An owner's word holds as long as they own the house.
  const isStillMeant = ({ houseId, invitedById }: Invitation) => houseId === null || others.some(({ _id, houses }) =>
    _id === invitedById && houses.some((house) => house.houseId === houseId && house.relation === 'owner' && livesThere(house, today)))
  const valid = invitations.filter((invitation) => invitation.expiresAt > now && isStillMeant(invitation))
  const invited = valid.flatMap(({ residency }) => (residency && livesThere(residency, today) ? [{ ...residency, rosterId: null }] : []))

  const residencies = [...new Map([...invited, ...free.map(({ row, place }) => ofRow(row, place))].map((one) => [one.houseId, one])).values()]
    .filter(({ houseId }) => !residencyIn(me, houseId, today))
  const gained = new Set(residencies.map(({ houseId }) => houseId))
  const heldWithThisNumber = strangers.filter((other) => other.phoneHash === phoneHash).flatMap((other) =>
    other.houses.filter((house) => livesThere(house, today)).map((house) => ({ ...placeOf(house), relation: house.relation, name: house.knownAs })))
  const contested = [...taken.map(({ row, place }) => ({ ...place, relation: row.relation, name: row.name })), ...heldWithThisNumber]
    .filter(({ houseId }) => !gained.has(houseId) && !residencyIn(me, houseId, today))
  return {
    residencies,
    // A post they hold is changed by a manager, who is told when it is the last of its kind.
    posts: valid.flatMap(({ post }) => (post && !me.posts.some(({ communityId }) => communityId === post.communityId) ? [post] : [])),
    contested: [...new Map(contested.map((one) => [one.houseId, one])).values()],
    usedRows: free.map(({ row }) => row._id),
    usedInvitations: invitations.map(({ _id }) => _id),
  }
}

const placeOf = ({ houseId, communityId, communityName, building, houseLabel }: Residency): Place =>
  ({ houseId, communityId, communityName, building, houseLabel })
