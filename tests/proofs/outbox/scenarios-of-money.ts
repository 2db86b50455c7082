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
]
