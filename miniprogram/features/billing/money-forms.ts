import type { BillStep } from '../../../cloudfunctions/billing/contract'
import type { RefundRoute, RefundStep } from '../../../cloudfunctions/refunds/contract'
import { readYuan, sayMoney } from '../../support/money'
import type { Photo } from '../../support/photos'

/** What staff do about money. Each opens a form: nothing about money is done by one tap. */
export type MoneyStep = Exclude<BillStep, 'pay'> | RefundStep | 'requestRefund' | 'dismiss'

export type MoneyForm = {
  title: string
  /** What happens when it is sent, before it is. */
  words: string
  submit: string
  busy: string
  note: 'optional' | 'required'
  noteLabel: string
  noteHint: string
  /** Usual words: one tap writes them. */
  chips: string[]
  /** Money that is handed over: how, by whom, and what shows it. */
  isCounter: boolean
  asksAmount: boolean
  isDanger: boolean
}

const form = (title: string, words: string, submit: string, more: Partial<MoneyForm>): MoneyForm => ({
  title, words, submit, busy: '正在提交', note: 'optional', noteLabel: '备注', noteHint: '可以不写', chips: [], isCounter: false, asksAmount: false, isDanger: false, ...more,
})
const reason = (chips: string[], noteHint = '写一句，或点一个常用的'): Partial<MoneyForm> => ({ note: 'required', noteLabel: '原因', noteHint, chips })

/** `amount`: of the bill, the payment or the refund it is about, as it is said. */
const forms: Record<MoneyStep, (amount: string) => MoneyForm> = {
  record: (amount) => form(`登记收款 ${amount}`, '钱已经收到再登记；登记后账单变为已支付，住户会收到通知。', `已收到 ${amount}`, { isCounter: true }),
  waive: (amount) => form(`减免 ${amount}`, '住户不用再缴，会看到原因。减免后不能改回。', `减免 ${amount}`, {
    ...reason(['返修，不收费', '保修期内', '和住户商量好免收'], '住户会看到'), isDanger: true,
  }),
  requestRefund: () => form('申请退款', '另一位管理员同意后才会退；微信付的原路退回。', '提交申请', { ...reason(['多收了', '没有修好', '重复付款'], '住户会看到'), asksAmount: true }),
  approve: (amount) => form(`同意退款 ${amount}`, '微信付的马上原路退回，到账后住户会收到通知；现金和转账付的，由财务退给住户。', `同意退 ${amount}`, {}),
  reject: (amount) => form(`驳回退款 ${amount}`, '申请人会看到原因。', '驳回', { ...reason(['金额不对，请重新申请', '先和住户核实'], '申请人会看到') }),
  payOut: (amount) => form(`登记已退 ${amount}`, '钱已经退给住户再登记；账单会记下这笔退款，住户会收到通知。', `已退给住户 ${amount}`, {
    note: 'required', noteLabel: '怎么退的', noteHint: '例如：现金退给王女士本人', chips: ['现金退给本人', '转账退到原账户'],
  }),
  dismiss: (amount) => form(`核对 ${amount}`, '在微信支付商户平台查清并处理好这笔钱以后再登记；账单可以重新缴。', '已处理好', {
    note: 'required', noteLabel: '核对结果', noteHint: '查到了什么，钱怎么处理的',
  }),
}
export const moneyForm = (step: MoneyStep, amountFen: number): MoneyForm => forms[step](sayMoney(amountFen))

/** `route` empty: the usual way. */
export type MoneyDraft = { note: string; method: 'cash' | 'transfer'; payerName: string; amount: string; route: RefundRoute | ''; photos: Photo[] }
export const emptyMoney: MoneyDraft = { note: '', method: 'cash', payerName: '', amount: '', route: '', photos: [] }
export type MoneyErrors = { note?: string; payerName?: string; amount?: string; photos?: string }

/** What is plainly missing or cannot be, before anything is sent; the server judges the rest. `mostFen`: what can still be given back. */
export const missingInMoney = ({ note, isCounter, asksAmount }: MoneyForm, draft: MoneyDraft, mostFen: number): MoneyErrors => {
  const amountFen = asksAmount ? readYuan(draft.amount) : 0
  return {
    ...(asksAmount && !amountFen && { amount: '写下金额，例如 35 或 35.50' }),
    ...(asksAmount && amountFen && amountFen > mostFen && { amount: `最多能退 ${sayMoney(mostFen)}` }),
    ...(isCounter && !draft.payerName.trim() && { payerName: '请填写交款人' }),
    ...(isCounter && draft.method === 'transfer' && draft.photos.length === 0 && { photos: '转账要拍下凭证' }),
    ...(note === 'required' && !draft.note.trim() && { note: '请写一句，或点一个常用的' }),
  }
}
