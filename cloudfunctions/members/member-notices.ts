import { shanghaiTime } from '../_shared/clock'
import { maskName } from '../_shared/masking'
import type { Member, Post } from '../_shared/member'
import type { Notice, NoticeAudience } from '../_shared/notice'
import type { Relation } from '../_shared/roles'
import { placeShownIn, type Application } from './application'
import type { Place } from './residency'

const relationWord: Record<Relation, string> = { owner: '业主', family: '家属', tenant: '租户' }
const applicationPage = (applicationId: string) => `features/members/pages/application-detail/application-detail?applicationId=${applicationId}`

type Words = { kind: Notice['kind']; audience: NoticeAudience; communityId: string; title: string; body: string; status: string; place: string; page: string | null }

const notice = ({ status, place, ...words }: Words, at: Date): Notice => ({
  ...words, at: at.toISOString(), values: { place, summary: words.title, status, time: shanghaiTime(at), note: words.body },
})

/** Names are masked in what others keep: a person who deletes their account goes from everywhere. The desk of the place hears of it; so do the owners where they may decide. */
export const submittedNotices = (application: Application, owners: Member[], now: Date): Notice[] => {
  const { communityId, building, houseLabel, name, relation, _id } = application
  const words = { kind: 'verification_submitted' as const, communityId, title: '新的住户认证申请', status: '待审核', place: houseLabel, page: applicationPage(_id) }
  return [
    notice({ ...words, audience: { to: 'staff', communityId, roles: ['manager', 'clerk'], building }, body: `${houseLabel}：${maskName(name)}申请认证为${relationWord[relation]}` }, now),
    ...(relation === 'owner' ? [] : owners.map((owner) =>
      notice({ ...words, audience: { to: 'member', memberId: owner._id }, body: `${maskName(name)}申请成为您${houseLabel}的${relationWord[relation]}，您可以直接审核` }, now))),
  ]
}

const toMember = (memberId: string, communityId: string, place: string, title: string, status: string, body: string, page: string | null, now: Date): Notice =>
  notice({ kind: 'verification_decided', audience: { to: 'member', memberId }, communityId, title, body, status, place, page }, now)

export const decidedNotice = (application: Application, now: Date): Notice => {
  const { _id, memberId, communityId, houseLabel, status, reason } = application
  const { label } = placeShownIn(application)
  return status === 'approved'
    ? toMember(memberId, communityId, houseLabel, '住户认证已通过', '已通过', `您已绑定${houseLabel}，可以报修和查看小区服务了`, null, now)
    : toMember(memberId, communityId, label, '住户认证未通过', '未通过', `${label}：${reason}。您可以修改后重新申请`, applicationPage(_id), now)
}

export const joinedNotice = (memberId: string, { communityId, houseLabel }: Place, relation: Relation, by: string, now: Date): Notice =>
  toMember(memberId, communityId, houseLabel, '您已加入一套房屋', '已加入', `${by}把您加为${houseLabel}的${relationWord[relation]}。如果弄错了，可以在「我的」里解绑`, null, now)

export const endedNotice = (memberId: string, { communityId, houseLabel }: Place, why: string, now: Date): Notice =>
  toMember(memberId, communityId, houseLabel, '房屋绑定已结束', '已结束', `您与${houseLabel}的绑定已结束：${why}。如有疑问请联系物业`, null, now)

/** Whoever still has the number's old WeChat must see that somebody else proved it. */
export const numberMovedNotice = (memberId: string, communityId: string, now: Date): Notice =>
  toMember(memberId, communityId, '', '手机号已在另一个微信认证', '已变更',
    '您登记的手机号刚刚在另一个微信上完成了认证，已从您的账号移除，房屋没有变化。如果不是您本人操作，请联系物业', null, now)

export const postNotice = (memberId: string, { communityId, communityName }: Post, body: string, now: Date): Notice =>
  toMember(memberId, communityId, communityName, '您的岗位有变化', '已变更', body, null, now)
