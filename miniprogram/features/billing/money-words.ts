import type { PaymentMethod, PaymentStatus } from '../../../cloudfunctions/payments/contract'
import type { RefundCard, RefundRoute, RefundStatus } from '../../../cloudfunctions/refunds/contract'
import { known, type Tag } from '../../support/repair-words'

const methods: Record<PaymentMethod, { word: string; icon: string }> = {
  wechat: { word: '微信支付', icon: 'logo-wechatpay' },
  cash: { word: '现金', icon: 'money' },
  transfer: { word: '转账', icon: 'creditcard' },
}
export const methodWord = (method: string) => known(methods, method, { word: '付款', icon: 'money' })
export const counterMethods = (['cash', 'transfer'] as const).map((value) => ({ value, word: methods[value].word }))

const paymentTags: Record<PaymentStatus, Tag> = {
  created: { word: '待支付', tone: 'quiet', icon: 'time' },
  paid: { word: '已入账', tone: 'done', icon: 'check-circle' },
  closed: { word: '已关闭', tone: 'quiet', icon: 'close-circle' },
  suspect: { word: '待核对', tone: 'urgent', icon: 'error-circle' },
}
export const paymentTag = (status: string): Tag => known(paymentTags, status, { word: '处理中', tone: 'quiet', icon: 'time' })

const routes: Record<RefundRoute, string> = { wechat: '微信原路退回', offline: '线下退给住户' }
export const routeWord = (route: string): string => known(routes, route, '退款')

const refundTags: Record<RefundStatus, Tag> = {
  requested: { word: '待审批', tone: 'waiting', icon: 'time' },
  rejected: { word: '已驳回', tone: 'quiet', icon: 'close-circle' },
  approved: { word: '退款中', tone: 'working', icon: 'rollback' },
  refunded: { word: '已退款', tone: 'done', icon: 'check-circle' },
  failed: { word: '退款失败', tone: 'urgent', icon: 'error-circle' },
}
/** Approved, and somebody has to hand the money over, is another thing than money on its way. */
export const refundTag = ({ status, route }: Pick<RefundCard, 'status' | 'route'>): Tag =>
  status === 'approved' && route === 'offline' ? { word: '等财务退款', tone: 'waiting', icon: 'money' } : known(refundTags, status, { word: '处理中', tone: 'quiet', icon: 'time' })
