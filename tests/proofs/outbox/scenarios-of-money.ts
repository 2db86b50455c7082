import type { Payment } from '../../../cloudfunctions/payments/payment'
import type { Village } from '../../support/village'
import { order } from './orders'
import type { Scenario } from './scenario'

/** 王秀英's repair is finished, and she has a bill for it. */
const charged: Scenario['ready'] = async (village) => `repair_${await order({}, 'assign', 'start', 'quote', 'accept', 'complete')(village)}_0`
/** She has begun to pay it by WeChat. */
const begun: Scenario['ready'] = async (village, photos) =>
  (await village.as('wang').get('payments', 'start', { billId: await charged(village, photos), requestId: 'the-payment-it-is-about' })).paymentId
const billOf = (village: Village, paymentId: string): string =>
  (village.database.documents('payments') as unknown as Payment[]).find(({ _id }) => _id === paymentId)!.billId

type Decided = { deliveries: { isAcknowledged: boolean }[] }
/** She pays, and WeChat says so to nobody. What is paid stays paid at WeChat, also when everything stored here goes back. */
const pays = (village: Village, outTradeNo: string) => village.post('/control/pay', { outTradeNo, outcome: 'callback-lost' })
/** WeChat's callback, once: a true one would be repeated in the middle of another try. What counts is what WeChat, asked, says. */
const tells = async (village: Village, subject: object): Promise<{ ok: true; data: null }> => {
  const { deliveries } = (await village.post('/control/pay', { ...subject, outcome: 'callback-forged' })) as Decided
  if (!deliveries.at(-1)!.isAcknowledged) throw new Error('the callback was not answered')
  return { ok: true, data: null }
}

const record = (village: Village, billId: string, requestId: string) =>
  village.as('qian').call('payments', 'record', { billId, method: 'cash', payerName: '王秀英', note: '', photos: [], requestId })

/** She has paid it by WeChat. */
const paid: Scenario['ready'] = async (village, photos) => {
  const paymentId = await begun(village, photos)
  await village.post('/control/pay', { outTradeNo: paymentId, outcome: 'success' })
  return paymentId
}
/** She has paid it in cash. */
const paidInCash: Scenario['ready'] = async (village, photos) => {
  const answer = await record(village, await charged(village, photos), 'the-money-it-is-about')
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.data.paymentId
}
const ask = (village: Village, paymentId: string, requestId: string) =>
  village.as('qian').call('refunds', 'request', { paymentId, amountFen: 1_000, reason: '少换了一个阀', requestId })
/** 钱会计 has asked that some of it be given back. */
const asked = (ready: Scenario['ready']): Scenario['ready'] => async (village, photos) => {
  const answer = await ask(village, await ready(village, photos), 'the-refund-it-is-about')
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.data.refundId
}
const decide = (action: 'approve' | 'reject' | 'payOut', who: string): Scenario['act'] => (village, refundId, requestId) =>
  village.as(who).call('refunds', action, { refundId, note: '核对过了', requestId })
const approved = (ready: Scenario['ready']): Scenario['ready'] => async (village, photos) => {
  const refundId = await asked(ready)(village, photos)
  const answer = await decide('approve', 'he')(village, refundId, 'approved-before-it', photos)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  await village.tick()
  return refundId
}

const received = { 缴费成功: ['wang'] }

export const moneyScenarios: Scenario[] = [
  {
    name: 'begin to pay', acting: 'payments', told: {}, rows: { payments: 1, jobs: 1 }, ready: charged, leavesHalf: true,
    act: (village, billId, requestId) => village.as('wang').call('payments', 'start', { billId, requestId }),
  },
  {
    name: 'hear that a bill is paid', acting: 'payment-callback', told: received, ready: begun,
    act: async (village, outTradeNo) => {
      await pays(village, outTradeNo)
      return tells(village, { outTradeNo })
    },
  },
  {
    name: 'confirm that a bill is paid', acting: 'payments', told: received, ready: begun,
    act: async (village, paymentId) => {
      await pays(village, paymentId)
      return village.as('wang').call('payments', 'confirm', { paymentId })
    },
  },
  {
    name: 'take cash', acting: 'payments', told: received, rows: { payments: 1, audits: 1 }, ready: charged,
    act: (village, billId, requestId) => record(village, billId, requestId),
  },
  {
    name: 'take cash while somebody is paying', acting: 'payments', told: received, rows: { payments: 1, audits: 1 }, ready: begun, leavesHalf: true,
    act: (village, paymentId, requestId) => record(village, billOf(village, paymentId), requestId),
  },
  {
    name: 'waive a bill', acting: 'payments', told: { 账单已减免: ['wang'] }, rows: { audits: 1 }, ready: charged,
    act: (village, billId, requestId) => village.as('he').call('payments', 'waive', { billId, reason: '返修，不再收费', requestId }),
  },
  {
    name: 'ask for money back', acting: 'refunds', told: { 有一笔退款要审批: ['he'] }, group: 1, rows: { refunds: 1, audits: 1 }, ready: paid,
    act: (village, paymentId, requestId) => ask(village, paymentId, requestId),
  },
  { name: 'approve that WeChat gives money back', acting: 'refunds', told: {}, rows: { audits: 1, jobs: 1 }, ready: asked(paid), act: decide('approve', 'he') },
  { name: 'reject a refund', acting: 'refunds', told: { 退款没有批准: ['qian'] }, rows: { audits: 1 }, ready: asked(paid), act: decide('reject', 'he') },
  {
    name: 'hear that money is back', acting: 'refund-callback', told: { 退款到账: ['wang'] }, ready: approved(paid),
    act: async (village, outRefundNo) => {
      await village.post('/control/pay', { outRefundNo, outcome: 'callback-lost' })
      return tells(village, { outRefundNo })
    },
  },
  { name: 'pay money back by hand', acting: 'refunds', told: { 退款到账: ['wang'] }, rows: { audits: 1 }, ready: approved(paidInCash), act: decide('payOut', 'qian') },
]
