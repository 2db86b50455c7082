import { shanghaiTime } from '../_shared/clock'
import { yuan } from '../_shared/money'
import type { Notice } from '../_shared/notice'
import type { Bill } from '../billing/bill'
import type { PaymentMethod } from './contract'
import type { Payment } from './payment'

export const methodWords: Record<PaymentMethod, string> = { wechat: '微信支付', cash: '现金', transfer: '转账' }
const suspicionWords: Record<NonNullable<Payment['suspicion']>, string> = { amount: '金额', merchant: '商户', payer: '付款人' }

type Words = { kind: Notice['kind']; title: string; status: string; body: string }

/** To whoever of the house may see what it owes. */
const toHouse = ({ _id, communityId, houseId, title, amountFen }: Bill, { kind, title: heading, status, body }: Words, at: Date): Notice => ({
  kind, communityId, audience: { to: 'house', houseId, scope: 'bills' }, title: heading, body, at: at.toISOString(),
  page: `features/billing/pages/bill-detail/bill-detail?billId=${_id}`,
  values: { summary: title, amount: yuan(amountFen), status, time: shanghaiTime(at), note: body },
})

export const receivedNotice = (bill: Bill, { amountFen, method }: Payment, now: Date): Notice =>
  toHouse(bill, { kind: 'payment_received', title: '缴费成功', status: '已缴费', body: `${bill.title} ${yuan(amountFen)}已入账（${methodWords[method]}）` }, now)

export const surplusNotice = (bill: Bill, { amountFen }: Payment, now: Date): Notice =>
  toHouse(bill, { kind: 'repair_progress', title: '多付的钱会退回', status: '多付待退', body: `这张账单不用再缴，多付的 ${yuan(amountFen)}会原路退回` }, now)

export const waivedNotice = (bill: Bill, now: Date): Notice =>
  toHouse(bill, { kind: 'repair_progress', title: '账单已减免', status: '已减免', body: `${bill.title} ${yuan(bill.amountFen)}已减免，不用再缴：${bill.waiver!.reason}` }, now)

/** For the staff's group. */
export const suspectWords = ({ _id, houseLabel, amountFen }: Payment, suspicion: NonNullable<Payment['suspicion']>): string =>
  `【收款核对】${houseLabel}的一笔微信缴费${suspicionWords[suspicion]}对不上（应收 ${yuan(amountFen)}，单号 ${_id}），没有入账。请财务在商户平台核对`
