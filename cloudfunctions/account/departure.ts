import { departedName, type Departed } from '../_shared/departing'
import { conflict } from '../_shared/errors'
import { memberSchema, type Member } from '../_shared/member'
import type { RetentionDays } from '../_shared/retention'

export const departedOf = (member: Member): Departed => ({
  memberId: member._id, openid: member.openid, name: member.name, phoneHash: member.phoneHash, maskedPhone: member.maskedPhone,
  houseIds: member.houses.map(({ houseId }) => houseId),
})

const departedOpenid = (memberId: string): string => `departed-${memberId}`

export const hasDeparted = ({ _id, openid }: Member): boolean => openid === departedOpenid(_id)

/** What stays in the place of a person: an id that orders and ledgers name, and nothing that says who it was. */
export const tombstoneOf = ({ _id, version }: Member): Member => ({
  _id, schema: memberSchema, version: version + 1, openid: departedOpenid(_id), name: departedName, phone: null, phoneHash: null, maskedPhone: null,
  houses: [], posts: [], post: null, postKeys: [], applications: [], privacy: null, quotas: {},
})

/** Work is ended by the manager first: whoever just disappears would leave a community without one. */
export const blockersOf = ({ posts }: Member): string[] =>
  posts.map(({ communityName }) => `您还是${communityName}的物业人员，请先请管理员结束您的岗位`)

export const requireFree = (member: Member): void => {
  const [blocker] = blockersOf(member)
  if (blocker) throw conflict('STILL_STAFF', blocker)
}

export type Standing = { openRepairCount: number; leavesOthers: string[] }

/** What ends with the account, in words; none of it stops anybody. */
export const warningsOf = ({ houses, applications }: Member, { openRepairCount, leavesOthers }: Standing): string[] => [
  ...(houses.length > 0 ? [`您会立即失去 ${houses.length} 套房屋的绑定，看不到它们的报修和账单；房屋欠费不会因此消除`] : []),
  ...(openRepairCount > 0 ? [`还有 ${openRepairCount} 张报修没有完成：物业会继续处理，但您看不到进度`] : []),
  ...leavesOthers.map((label) => `您是${label}唯一的业主，家人和租户仍可使用，以后由物业管理`),
  ...(applications.some(({ status }) => status === 'pending') ? ['正在审核的住户申请会作废'] : []),
  '姓名、手机号、消息和上传的照片会被删除，无法找回；工单和缴费记录只保留编号，不再指向您',
]

const days = (count: number): string => (count % 365 === 0 ? `${count / 365} 年` : `${count} 天`)

/** What is kept and until when, as a person reads it. */
export const retentionInWords = (kept: RetentionDays) => [
  { what: '姓名、手机号（加密保存）', until: '注销账号时删除' },
  { what: '到期的房屋绑定', until: `到期后 ${days(kept.endedResidency)}删除` },
  { what: '已处理的住户申请', until: `处理后 ${days(kept.decidedApplication)}删除` },
  { what: '谁查看过您电话的记录', until: `保留 ${days(kept.reveal)}` },
  { what: '消息', until: '注销账号时删除' },
  { what: '缴费和退款记录', until: '注销账号时去掉您的姓名，金额留在物业的账目里' },
]
