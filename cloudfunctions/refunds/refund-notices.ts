import { shanghaiTime } from '../_shared/clock'
import { yuan } from '../_shared/money'
import type { Notice, NoticeAudience } from '../_shared/notice'
import type { StaffRole } from '../_shared/roles'
import type { Bill } from '../billing/bill'
import type { Refund } from './refund'

type Words = { title: string; status: string; body: string; at: Date }

const notice = (kind: Notice['kind'], { billId, communityId, houseLabel, amountFen }: Refund, audience: NoticeAudience, { title, status, body, at }: Words): Notice => ({
  kind, communityId, audience, title, body, at: at.toISOString(), page: `features/billing/pages/bill-detail/bill-detail?billId=${billId}`,
  values: { summary: `${houseLabel}退款`, place: houseLabel, amount: yuan(amountFen), status, time: shanghaiTime(at), note: body },
})

const toStaff = (refund: Refund, roles: StaffRole[], words: Words): Notice =>
  notice('refund_progress', refund, { to: 'staff', communityId: refund.communityId, roles, building: refund.building }, words)

const what = ({ houseLabel, source, amountFen }: Refund): string => `${houseLabel} ${source.number} 的退款 ${yuan(amountFen)}`

export const requestedNotice = (refund: Refund): Notice => {
  const { at, note, by } = refund.requested
  return toStaff(refund, ['manager'], { title: '有一笔退款要审批', status: '待审批', body: `${what(refund)}，${by ? `${by.name}申请` : '系统申请'}：${note}`, at })
}

/** For the staff's group, where managers read. */
export const requestedWords = (refund: Refund): string => `【退款审批】${what(refund)}，请管理员在账单里审批`

/** Somebody has to hand the money over; what WeChat gives back needs nobody. */
export const approvedNotices = (refund: Refund): Notice[] =>
  refund.route === 'wechat' ? [] : [toStaff(refund, ['cashier', 'manager'], { title: '退款已批准，请付款', status: '待付款', body: `${what(refund)}已批准，请线下退给住户后登记`, at: refund.decided!.at })]

export const rejectedNotices = (refund: Refund): Notice[] => {
  const { requested, decided } = refund
  if (!requested.by || requested.by.memberId === decided!.by!.memberId) return []
  const words = { title: '退款没有批准', status: '已驳回', body: `${what(refund)}没有批准：${decided!.note}`, at: decided!.at }
  return [notice('refund_progress', refund, { to: 'member', memberId: requested.by.memberId }, words)]
}

/** The money is with the payer's WeChat, or in somebody's hand: whoever of the house may see its bills hears of it. */
export const postedNotice = (bill: Bill, refund: Refund): Notice => {
  const { houseId, route, amountFen, posted } = refund
  const body = `${bill.title} ${yuan(amountFen)}已${route === 'wechat' ? '原路退回付款的微信' : '退给您'}${refund.isSurplus ? '（多付的钱）' : ''}`
  return notice('refund_posted', refund, { to: 'house', houseId, scope: 'bills' }, { title: '退款到账', status: '已退款', body, at: posted!.at })
}

export const troubleNotice = (refund: Refund, now: Date): Notice => {
  const isOver = refund.status === 'failed'
  return toStaff(refund, ['cashier', 'manager'], {
    title: isOver ? '退款没有退成' : '微信还没有退款', status: isOver ? '退款失败' : '退款受阻', at: now,
    body: `${what(refund)}：${refund.trouble}。${isOver ? '可以重新申请，或改为线下退款' : '系统会继续试'}`,
  })
}
