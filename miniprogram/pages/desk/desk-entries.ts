import {
  applicationListPage, contentReviewPage, dutyRosterPage, houseLookupPage, incidentBoardPage, paymentDeskPage, priceListPage, repairDeskPage, repairForCallerPage,
  revisitListPage,
} from '../../support/open-page'
import { type StageTab, stageTabs } from '../../support/repair-view'
import type { RefundPage } from '../../services/refunds'
import type { Board } from '../../services/repair-desk'

/** A way from the desk to one of its pages, for those whose work it is. */
type Entry = { page: string; word: string; icon: string; roles: string[] }

const desk = ['manager', 'clerk']
const cashiers = ['manager', 'cashier']

const entries: Entry[] = [
  { page: repairDeskPage(), word: '工单台', icon: 'view-list', roles: desk },
  { page: repairForCallerPage(), word: '代客报修', icon: 'call', roles: desk },
  { page: incidentBoardPage(), word: '突发事件', icon: 'error-circle', roles: desk },
  { page: revisitListPage(), word: '回访', icon: 'user-talk', roles: desk },
  { page: dutyRosterPage(), word: '值班表', icon: 'user-time', roles: desk },
  { page: priceListPage(), word: '价目表', icon: 'money', roles: [...desk, 'technician'] },
  { page: paymentDeskPage(), word: '收费台', icon: 'wallet', roles: cashiers },
  { page: houseLookupPage(), word: '查房屋', icon: 'search', roles: ['guard', 'cashier'] },
]

export type DeskEntry = Pick<Entry, 'page' | 'word' | 'icon'>
export const entriesFor = (role: string): DeskEntry[] => entries.filter(({ roles }) => roles.includes(role))

export type Todo = { page: string; word: string; count: number; isLate: boolean }

/** What needs somebody now, each with the list behind it. */
export const todosOf = ({ counts }: Board, applicationCount: number): Todo[] => [
  { page: repairDeskPage('overdue'), word: '已超时', count: counts.overdue, isLate: counts.overdue > 0 },
  { page: repairDeskPage('quoted'), word: '待确认报价', count: counts.quoted, isLate: false },
  { page: repairDeskPage('on_hold'), word: '已挂起', count: counts.on_hold, isLate: false },
  { page: revisitListPage(), word: '待回访', count: counts.revisits, isLate: false },
  ...(counts.contentReviews > 0 ? [{ page: contentReviewPage(), word: '内容复核', count: counts.contentReviews, isLate: false }] : []),
  ...(applicationCount > 0 ? [{ page: applicationListPage(), word: '住户审核', count: applicationCount, isLate: false }] : []),
]

/** Who takes money and gives it back. */
export const takesMoney = (role: string): boolean => cashiers.includes(role)

/** Refunds that wait for somebody, each with the list behind it. */
export const refundTodosOf = ({ waiting }: RefundPage): Todo[] => [
  ...(waiting.requested > 0 ? [{ page: paymentDeskPage('refunds'), word: '退款审批', count: waiting.requested, isLate: false }] : []),
  ...(waiting.payOut > 0 ? [{ page: paymentDeskPage('refunds', 'payOut'), word: '待退给住户', count: waiting.payOut, isLate: false }] : []),
]

/** Whose desk holds orders. */
export const hasQueue = (role: string): boolean => [...desk, 'technician'].includes(role)

/** `count` is empty where nobody counts. */
export type CountedTab = StageTab & { count: string }
export const countedTabs = (role: string, counts: Partial<Record<string, number>>): CountedTab[] =>
  (hasQueue(role) ? stageTabs(role) : []).map((tab) => ({ ...tab, count: String(counts[tab.stage] ?? '') }))
