import { createHash } from 'node:crypto'
import { after, minutes } from '../_shared/clock'
import type { Stored } from '../_shared/db'
import type { Post, Residency } from '../_shared/member'

/**
 * A place kept for whoever verifies the number: in a house, by its owner; in the staff, by a manager. It is removed when it is used,
 * withdrawn or too old, so it needs no number that could be read.
 */
export type Invitation = Stored & {
  kind: 'house' | 'post'
  phoneHash: string
  maskedPhone: string
  name: string
  communityId: string
  /** Null for a post. */
  houseId: string | null
  residency: Omit<Residency, 'rosterId'> | null
  post: Post | null
  invitedById: string
  expiresAt: Date
}

const validForMs = minutes(60 * 24 * 90)

type Kept = Pick<Invitation, 'phoneHash' | 'maskedPhone' | 'name' | 'invitedById'>

/** One number is invited to a house, or to the staff of a community, once: the same again takes its place. */
const idOf = (kind: Invitation['kind'], placeId: string, phoneHash: string): string =>
  createHash('sha256').update(`${kind}/${placeId}/${phoneHash}`).digest('hex').slice(0, 32)

export const inviteToHouse = (residency: Omit<Residency, 'rosterId'>, kept: Kept, now: Date): Invitation => ({
  _id: idOf('house', residency.houseId, kept.phoneHash), schema: 1, kind: 'house', ...kept, communityId: residency.communityId,
  houseId: residency.houseId, residency, post: null, expiresAt: after(now, validForMs),
})

export const inviteToPost = (post: Post, kept: Kept, now: Date): Invitation => ({
  _id: idOf('post', post.communityId, kept.phoneHash), schema: 1, kind: 'post', ...kept, communityId: post.communityId,
  houseId: null, residency: null, post, expiresAt: after(now, validForMs),
})
