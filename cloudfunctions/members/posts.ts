import { conflict, forbidden, invalid, notFound } from '../_shared/errors'
import { postKey, type Member, type Post } from '../_shared/member'
import { touch } from './residency'

export const postIn = (member: Member, communityId: string): Post | undefined => member.posts.find((post) => post.communityId === communityId)

const withPosts = (member: Member, posts: Post[]): Member => ({
  ...touch(member),
  posts,
  postKeys: posts.map(({ communityId, role }) => postKey(communityId, role)),
  // Where they work now stays where it was, unless that very post has ended.
  post: posts.find(({ communityId }) => communityId === member.post?.communityId) ?? posts[0] ?? null,
})

/** One post in a community: a new one takes the place of the old. */
export const withPost = (member: Member, post: Post): Member =>
  withPosts(member, [...member.posts.filter(({ communityId }) => communityId !== post.communityId), post])

export const withoutPost = (member: Member, communityId: string): Member =>
  withPosts(member, member.posts.filter((post) => post.communityId !== communityId))

/** Throws NOT_FOUND when the person holds no post there. */
export const switched = (member: Member, communityId: string): Member => {
  const post = postIn(member, communityId)
  if (!post) throw notFound('个岗位')
  return { ...touch(member), post }
}

const isWithin = (buildings: string[] | null, of: string[] | null): boolean =>
  of === null || (buildings !== null && buildings.every((building) => of.includes(building)))

/**
 * What a manager may give: a post in the community they manage, in no more buildings than their own. `known`: the buildings that exist.
 */
export const requireGivable = (manager: Post, buildings: string[] | null, known: string[]): void => {
  if (!isWithin(buildings, manager.buildings)) throw forbidden('您只能安排自己负责的楼栋')
  if (buildings && !isWithin(buildings, known)) throw invalid({ buildings: '有的楼栋不存在，请重新选择' })
}

/** A manager of some buildings cannot change or end a post that reaches beyond them. */
export const requireInReach = (manager: Post, post: Post | undefined): Post => {
  if (!post || !isWithin(post.buildings, manager.buildings)) throw notFound('位同事')
  return post
}

const leadsAll = (member: Member, communityId: string): boolean => {
  const post = postIn(member, communityId)
  return post?.role === 'manager' && post.buildings === null
}

/** Whether a technician's work, or some of it, is left to nobody when this post ends or becomes that one. */
export const leavesWork = (before: Post, next: Pick<Post, 'role' | 'buildings'> | null): boolean =>
  before.role === 'technician' && !(next?.role === 'technician' && isWithin(before.buildings, next.buildings))

/** Owed when it is: `repairs` gives orders and visits to others. */
export const leavingKind = 'technician_leaves'
export type Leaving = { memberId: string; communityId: string; at: Date }

/** Who leads the whole community besides this person. Throws CONFLICT when nobody would be left. */
export const otherLeaders = (member: Member, colleagues: Member[], communityId: string): Member[] => {
  const others = colleagues.filter((one) => one._id !== member._id && leadsAll(one, communityId))
  if (leadsAll(member, communityId) && others.length === 0) {
    throw conflict('LAST_MANAGER', '这是小区唯一的管理员，请先安排另一位负责全小区的管理员')
  }
  return others
}

/** Whether taking this post away, or changing it to that one, costs the community a leader. */
export const stopsLeading = (member: Member, communityId: string, next: Pick<Post, 'role' | 'buildings'> | null): boolean =>
  leadsAll(member, communityId) && !(next?.role === 'manager' && next.buildings === null)
