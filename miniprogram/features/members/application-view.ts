import type { OwnApplication, ShownApplication } from '../../../cloudfunctions/members/contract'
import type { OpenedApplication } from '../../services/members'
import { sayEnd, sayRelation, sayScopes } from '../../support/people-view'
import type { Tag } from '../../support/repair-words'

const tags: Record<ShownApplication['status'], Tag> = {
  pending: { word: '待审核', tone: 'waiting', icon: 'time' },
  approved: { word: '已通过', tone: 'done', icon: 'check-circle' },
  rejected: { word: '没有通过', tone: 'urgent', icon: 'close-circle' },
  withdrawn: { word: '已撤回', tone: 'quiet', icon: 'rollback' },
}
export const applicationTag = (status: string): Tag =>
  Object.keys(tags).includes(status) ? tags[status as ShownApplication['status']] : { word: '处理中', tone: 'quiet', icon: 'info-circle' }

/** The applicant's own: what happens next, or why not and what to do. */
export const viewOwn = (own: OwnApplication) => ({
  applicationId: own.applicationId,
  isPending: own.status === 'pending',
  tag: applicationTag(own.status),
  title: `${own.communityName} ${own.label}`,
  meta: `以${sayRelation(own.relation)}身份申请`,
  words: own.status === 'pending' ? '物业一般一个工作日内核对，有结果会通知您。等的时候也能看公告、打物业电话。' : `原因：${own.reason ?? '物业没有写明，请打电话问问'}`,
})
export type OwnView = ReturnType<typeof viewOwn>

export const viewApplication = (application: ShownApplication) => ({
  ...application,
  tag: applicationTag(application.status),
  title: `${application.name} · ${sayRelation(application.relation)}`,
  phone: application.maskedPhone ? `${application.maskedPhone}（${application.isPhoneVerified ? '微信已核实' : '自己填的，没有核实'}）` : '没有留电话',
  decided: application.decidedByName ? `${application.decidedByName} ${application.status === 'approved' ? '通过' : '没有通过'}` : '',
})
export type ApplicationView = ReturnType<typeof viewApplication>

type OnFile = NonNullable<OpenedApplication['decision']>['onFile']
const comparisons: Record<OnFile, { tone: string; words: string }> = {
  same_phone: { tone: 'done', words: '手机号和登记的一致' },
  same_name: { tone: 'info', words: '姓名和登记的一致，手机号不同，最好打电话问一下' },
  other_people: { tone: 'warning', words: '登记的是别人，请先核对房产证或租约' },
  nobody: { tone: 'info', words: '这套房屋还没有登记过人，请核对房产证或租约' },
}

export const viewDecision = (opened: OpenedApplication) => {
  const { application, decision } = opened
  if (!decision) return null
  return {
    comparison: comparisons[decision.onFile] ?? comparisons.nobody,
    residents: decision.residents.map((one) => ({
      value: one.memberId, word: `${one.name} · ${sayRelation(one.relation)}`, meta: `${sayScopes(one.scopes)} · ${sayEnd(one.endsOn)}`,
    })),
    /** A new owner beside, or instead of, those who live there: the clerk must say which. */
    asksWhoLeaves: application.relation === 'owner' && decision.residents.length > 0,
    asksScopes: application.relation !== 'owner',
  }
}
export type DecisionView = ReturnType<typeof viewDecision>

export const rejectionReasons = ['没有查到您的房产登记', '房号填错了，请核对后再申请', '请带房产证到物业办理', '请带租约到物业办理', '请让业主在「家人与租客」里添加您']
