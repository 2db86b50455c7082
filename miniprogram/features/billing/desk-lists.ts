import type { BillStatus } from '../../../cloudfunctions/billing/contract'
import type { RefundStatus } from '../../../cloudfunctions/refunds/contract'
import { type DeskPage, listDeskBills } from '../../services/billing'
import { listPayments, type PaymentFilter, type PaymentPage } from '../../services/payments'
import { listRefunds, type RefundPage } from '../../services/refunds'
import { sayMoney } from '../../support/money'
import { type MoneyCard, viewBillCard, viewPaymentCard, viewRefundCard } from './bill-view'
import { methodWord } from './money-words'

/** 待缴 · 收款 · 退款 · 已结清 · 待核对 */
export type Stage = 'unpaid' | 'payments' | 'refunds' | 'settled' | 'suspect'
/** What the desk shows: a list, narrowed to a part of it, and of payments to a day. */
export type Shown = { stage: Stage; part: string; day: string }
export type List = { cards: MoneyCard[]; nextCursor: string | null }

type Counts = { unpaid: DeskPage['unpaid']; waiting: RefundPage['waiting']; suspectCount: number; sums: PaymentPage['sums'] }
export type Loaded = { list: List; counts: Counts }

const bills = ({ bills: rows, nextCursor }: DeskPage): List => ({ cards: rows.map((row) => viewBillCard(row, true, Date.now())), nextCursor })
const payments = ({ payments: rows, nextCursor }: PaymentPage): List => ({ cards: rows.map((row) => viewPaymentCard(row, Date.now())), nextCursor })
// Approved means two things: WeChat is giving it back, or somebody still has to hand it over.
const routeOf: Record<string, string> = { payOut: 'offline', underway: 'wechat' }
const refunds = ({ refunds: rows, nextCursor }: RefundPage, part: string): List => ({
  cards: rows.filter(({ route }) => (routeOf[part] ?? route) === route).map((row) => viewRefundCard(row, Date.now())), nextCursor,
})

const billsOf = ({ stage, part }: Shown): BillStatus => (stage === 'settled' ? (part as BillStatus) : 'unpaid')
const paymentsOf = ({ stage, day }: Shown): PaymentFilter => (stage === 'suspect' ? { status: 'suspect' } : { status: 'paid', day })
const refundsOf = ({ stage, part }: Shown): RefundStatus => {
  if (stage !== 'refunds') return 'requested'
  return routeOf[part] ? 'approved' : (part as RefundStatus)
}

/** The list that is shown, and the counts of all of them: one of these alone would be a desk that contradicts itself. */
export const loadDesk = async (shown: Shown): Promise<Loaded> => {
  const [billPage, paymentPage, refundPage] = await Promise.all([listDeskBills(billsOf(shown)), listPayments(paymentsOf(shown)), listRefunds(refundsOf(shown))])
  const lists: Record<Stage, () => List> = {
    unpaid: () => bills(billPage),
    settled: () => bills(billPage),
    payments: () => payments(paymentPage),
    suspect: () => payments(paymentPage),
    refunds: () => refunds(refundPage, shown.part),
  }
  const { sums, suspectCount } = paymentPage
  return { list: lists[shown.stage](), counts: { unpaid: billPage.unpaid, waiting: refundPage.waiting, suspectCount, sums } }
}

export const loadOn = async (shown: Shown, cursor: string): Promise<List> => {
  if (shown.stage === 'refunds') return refunds(await listRefunds(refundsOf(shown), cursor), shown.part)
  if (shown.stage === 'unpaid' || shown.stage === 'settled') return bills(await listDeskBills(billsOf(shown), cursor))
  return payments(await listPayments(paymentsOf(shown), cursor))
}

const counted = (word: string, count: number): string => (count > 0 ? `${word} ${count}` : word)

/** The parts of a list; its first is shown first. */
export const partsOf = (stage: Stage, { waiting }: Pick<Counts, 'waiting'>) => {
  if (stage === 'settled') return [{ key: 'paid', word: '已支付' }, { key: 'waived', word: '已减免' }]
  return stage === 'refunds' ? [
    { key: 'requested', word: counted('待审批', waiting.requested) },
    { key: 'payOut', word: counted('待退给住户', waiting.payOut) },
    { key: 'underway', word: '微信退款中' },
    { key: 'failed', word: '退款失败' },
    { key: 'refunded', word: '已退款' },
    { key: 'rejected', word: '已驳回' },
  ] : []
}
export const firstPart = (stage: Stage): string => ({ settled: 'paid', refunds: 'requested' } as Partial<Record<Stage, string>>)[stage] ?? ''

const some = (count: number): string => (count > 0 ? String(count) : '')

export const tabsOf = ({ unpaid, waiting }: Counts): { stage: Stage; word: string; count: string }[] => [
  { stage: 'unpaid', word: '待缴', count: some(unpaid.count) },
  { stage: 'payments', word: '收款', count: '' },
  { stage: 'refunds', word: '退款', count: some(waiting.requested + waiting.payOut) },
  { stage: 'settled', word: '已结清', count: '' },
]

/** What came in on the day, by how it came. */
export const viewSums = (sums: PaymentPage['sums']) => ({
  rows: sums.map(({ method, count, amountFen, refundedFen }) => ({
    method, ...methodWord(method), count: `${count} 笔`, amount: sayMoney(amountFen), refunded: refundedFen > 0 ? `已退 ${sayMoney(refundedFen)}` : '',
  })),
  count: sums.reduce((sum, { count }) => sum + count, 0),
  total: sayMoney(sums.reduce((sum, { amountFen }) => sum + amountFen, 0)),
})

const empties: Record<Stage, { title: string; hint: string }> = {
  unpaid: { title: '没有待缴的账单', hint: '维修完工收费后，账单会出现在这里' },
  payments: { title: '这一天没有收款', hint: '换一天看看' },
  refunds: { title: '没有这样的退款', hint: '在账单里可以申请退款' },
  settled: { title: '还没有这样的账单', hint: '' },
  suspect: { title: '没有要核对的付款', hint: '' },
}
export const emptyOf = (stage: Stage) => empties[stage]
