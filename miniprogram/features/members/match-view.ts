import type { PhoneMatch } from '../../services/members'
import { sayPost, sayRelation } from '../../support/people-view'

/** What a verified number brought: homes, work, or nothing yet and what to do about it. */
export const viewMatch = (match: PhoneMatch) => {
  const houses = match.newHouses.map((house) => ({ key: house.houseId, icon: 'home', title: `${house.communityName} ${house.label}`, meta: sayRelation(house.relation) }))
  const posts = match.newPosts.map((post) => ({ key: post.communityId, icon: 'assignment', title: post.communityName, meta: sayPost(post) }))
  const isFound = houses.length + posts.length > 0
  return {
    isFound,
    rows: [...houses, ...posts],
    title: isFound ? '绑定好了' : match.contested.length > 0 ? '已交给物业核对' : `没有查到 ${match.maskedPhone} 的登记`,
    contested: [...new Set(match.contested.map(({ communityName }) => communityName))].join('、'),
    canApply: !isFound && match.contested.length === 0,
  }
}
export type MatchView = ReturnType<typeof viewMatch>

const quotaUsedUp = 1400001
const refusedByPrivacy = 104

/** WeChat gave no number: why, and what to do instead. */
export const sayNoNumber = (errno: number | undefined): string => {
  if (errno === quotaUsedUp) return '微信现在取不到手机号，请用下面的房号申请'
  if (errno === refusedByPrivacy) return '没有同意隐私保护指引，就取不到手机号。也可以打物业电话登记'
  return '没有取到手机号。可以再试一次，或用下面的房号申请'
}
