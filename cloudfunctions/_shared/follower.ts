import { collection, type Stored, type Transaction } from './db'
import { command } from './platform'

/** A household that said 我也遇到 of a report or an incident, or whose own report was merged into another. `_id` is the fact: once each. */
export type Follower = Stored & { subjectId: string; houseId: string; memberId: string; at: Date }

export const followers = collection<Follower>('followers')

/** More neighbours than any notice reaches in one job. */
const mostFollowers = 500

const idOf = (subjectId: string, houseId: string): string => `${subjectId}_${houseId}`
const followerOf = ({ subjectId, houseId, memberId, at }: Omit<Follower, '_id' | 'schema'>): Follower =>
  ({ _id: idOf(subjectId, houseId), schema: 1, subjectId, houseId, memberId, at })

export const followersOf = (subjectId: string): Promise<Follower[]> => followers.find({ subjectId }, { limit: mostFollowers })
export const countFollowers = (subjectId: string): Promise<number> => followers.count({ subjectId })

/** How many follow each; one round trip for all. */
export const countFollowersOf = async (subjectIds: string[]): Promise<Map<string, number>> => {
  if (subjectIds.length === 0) return new Map()
  const groups = await followers.countBy({ subjectId: command.in(subjectIds) }, { subjectId: 'subjectId' })
  return new Map(groups.map(({ subjectId, count }) => [String(subjectId), count]))
}

/** Which of the subjects one of these houses follows; one round trip. */
export const followedBy = async (subjectIds: string[], houseIds: string[]): Promise<Set<string>> => {
  if (subjectIds.length === 0 || houseIds.length === 0) return new Set()
  const ids = subjectIds.flatMap((subjectId) => houseIds.map((houseId) => idOf(subjectId, houseId)))
  return new Set((await followers.find({ _id: command.in(ids) }, { limit: ids.length })).map(({ subjectId }) => subjectId))
}

export const startFollowing = async (follower: Omit<Follower, '_id' | 'schema'>): Promise<void> => {
  await followers.insert(followerOf(follower))
}
/** Answers whether the house followed until now. */
export const stopFollowing = async (subjectId: string, houseId: string): Promise<boolean> => (await followers.removeWhere({ _id: idOf(subjectId, houseId) })) > 0

/** As `startFollowing`, with the fact that makes the household follow. */
export const followIn = (transaction: Transaction, follower: Omit<Follower, '_id' | 'schema'>): Promise<void> =>
  transaction.replace(followers, followerOf(follower))
