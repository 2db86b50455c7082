import type { Session } from '../../../cloudfunctions/members/contract'
import type { OpenedBill } from '../../services/refunds'
import { billTag } from '../../support/bill-words'
import { exactTime, sayTime } from '../../support/dates'
import { sayMoney } from '../../support/money'
import { repairDetailPage } from '../../support/open-page'
import { session } from '../../support/session'
import type { MoneyStep } from './money-forms'
import { methodWord, paymentTag, refundTag, routeWord } from './money-words'

type Bill = OpenedBill['bill']
type Payment = OpenedBill['payments'][number]
type Refund = OpenedBill['refunds'][number]
type Act = Refund['requested']

/** `id`: of what the step is about, the bill, a payment or a refund. */
export type MoneyButton = { step: MoneyStep; id: string; word: string; icon: string }

const words: Record<MoneyStep, Omit<MoneyButton, 'step' | 'id'>> = {
  record: { word: '登记收款', icon: 'money' },
  waive: { word: '减免', icon: 'discount' },
  requestRefund: { word: '申请退款', icon: 'rollback' },
  approve: { word: '同意退款', icon: 'check' },
  reject: { word: '驳回', icon: 'close' },
  payOut: { word: '登记已退', icon: 'money' },
  dismiss: { word: '已核对', icon: 'check' },
}
// In the order in which they are wanted; a step this release cannot take has no button.
const buttonsFor = (steps: string[], id: string): MoneyButton[] =>
  (Object.keys(words) as MoneyStep[]).filter((step) => steps.includes(step)).map((step) => ({ step, id, ...words[step] }))

const facts = (rows: [string, string | null][]) => rows.flatMap(([name, said]) => (said ? [{ name, words: said }] : []))

const viewPayment = (payment: Payment, now: number) => ({
  paymentId: payment.paymentId,
  ...methodWord(payment.method),
  amount: sayMoney(payment.amountFen),
  tag: paymentTag(payment.status),
  hint: payment.status === 'suspect' ? '金额或付款人对不上，物业正在核对' : payment.surplusFen > 0 ? '账单已经结清，这笔会全部退回' : '',
  facts: facts([
    ['付款人', payment.payerName],
    ['时间', sayTime(payment.paidAt ?? payment.createdAt, now)],
    ['登记', payment.recordedByName],
    ['备注', payment.note],
    ['单号', payment.transactionId],
  ]),
  photos: payment.photos,
  buttons: buttonsFor(payment.nextSteps, payment.paymentId),
})

const sayAct = ({ by, at, note }: Act, unnamed: string, did: string, now: number): string => `${by ?? unnamed}${did}，${sayTime(at, now)}${note ? `：${note}` : ''}`

const viewRefund = (refund: Refund, now: number) => ({
  refundId: refund.refundId,
  amount: sayMoney(refund.amountFen),
  route: refund.isSurplus ? `多付的钱 · ${routeWord(refund.route)}` : routeWord(refund.route),
  tag: refundTag(refund),
  reason: refund.requested.note,
  story: [
    sayAct({ ...refund.requested, note: '' }, '系统', '申请', now),
    ...(refund.decided ? [sayAct(refund.decided, '物业', refund.status === 'rejected' ? '驳回' : '同意', now)] : []),
    ...(refund.posted ? [sayAct(refund.posted, '微信', '退回', now)] : []),
  ],
  trouble: refund.trouble ?? '',
  buttons: buttonsFor(refund.nextSteps, refund.refundId),
})

const viewLines = ({ lines }: Bill) =>
  lines.map(({ name, quantity, unit, amountFen }, key) => ({ key, name, quantity: `${quantity}${unit}`, amount: sayMoney(amountFen) }))

/** Why there is no button to pay with, though something is owed. */
const sayWhyNot = ({ status, isPosting, nextSteps }: Bill, cannotPay: string | null): string => {
  if (status !== 'unpaid' || isPosting || nextSteps.length > 0) return ''
  return cannotPay ?? '由业主，或业主允许缴费的家人、租户支付'
}

const hintOf = ({ status, isPosting, refundedFen, amountFen, waiver }: Bill, now: number): string => {
  if (waiver) return `${waiver.byName}减免，${sayTime(waiver.at, now)}：${waiver.reason}`
  if (status === 'unpaid') return isPosting ? '钱正在入账，请不要重复付款；入账后会通知您' : ''
  return refundedFen > 0 && refundedFen < amountFen ? `已退 ${sayMoney(refundedFen)}` : ''
}

/** A cashier sees what is paid, not what somebody's home looks like inside. */
const seesOrder = ({ houseLabel }: Bill, session: Session | null): boolean => session?.post?.role !== 'cashier' || session.houses.some(({ label }) => label === houseLabel)

export const viewBill = ({ bill, payments, refunds, cannotPay }: OpenedBill, now: number) => {
  const buttons = buttonsFor(bill.nextSteps, bill.billId)
  const canPay = bill.nextSteps.includes('pay')
  return {
    title: bill.title,
    amount: sayMoney(bill.amountFen),
    tag: billTag(bill),
    hint: hintOf(bill, now),
    facts: facts([
      ['房屋', `${bill.communityName} ${bill.houseLabel}`],
      ['工单', bill.source.orderNo],
      ['出账', exactTime(bill.issuedAt)],
      ['结清', bill.settledAt && exactTime(bill.settledAt)],
    ]),
    lines: viewLines(bill),
    orderPage: seesOrder(bill, session.get()) ? repairDetailPage(bill.source.repairId) : '',
    isPosting: bill.isPosting,
    canPay,
    whyNot: sayWhyNot(bill, cannotPay),
    payments: payments.map((payment) => viewPayment(payment, now)),
    refunds: refunds.map((refund) => viewRefund(refund, now)),
    main: canPay ? null : buttons.find(({ step }) => step === 'record') ?? null,
    quiet: buttons.filter(({ step }) => canPay || step !== 'record'),
  }
}
export type BillView = ReturnType<typeof viewBill>
