import type { Post } from '../_shared/member'
import { covers } from '../_shared/member'
import { pairsOf } from '../repairs/repair-keys'
import { placeLabelOf } from '../repairs/repair'
import type { DeskList } from './contract'
import type { DeskRepair } from './repository'

export type Filter = { list: DeskList; category?: string; building?: string; urgency?: string; technicianId?: string }

/** What the index behind a list leaves to be told apart. */
export const isWanted = (repair: DeskRepair, { list, category, building, urgency, technicianId }: Filter, now: Date): boolean =>
  (list !== 'overdue' || (repair.overdueKey !== null && repair.overdueKey < now.toISOString())) &&
  (list !== 'on_hold' && list !== 'quoted' ? true : repair.status === list) &&
  (category === undefined || repair.category === category) &&
  (building === undefined || (repair.building ?? '') === building) &&
  (urgency === undefined || repair.urgency === urgency) &&
  (technicianId === undefined || repair.assignee?.memberId === technicianId)

/** The field whose last value goes on with a list. */
export const keyOf = (repair: DeskRepair, list: DeskList): string => (list === 'overdue' ? repair.overdueKey! : repair.queueKey)

// Everybody's home has them, so they tell nothing apart.
const common = new Set(['号楼', '单元'])

/** The pair of characters to look up first; null for a text that has none. */
export const searchKeyOf = (text: string): string | null => {
  const pairs = pairsOf(text)
  return pairs.find((pair) => /\p{Script=Han}{2}/u.test(pair) && !common.has(pair)) ?? pairs.at(-1) ?? null
}

/** Whether an order has all that was looked for, and is the caller's business. */
export const isFound = (repair: DeskRepair, text: string, post: Post): boolean => {
  if (!covers(post, repair)) return false
  const theirs = new Set(repair.searchKeys.length > 0 ? repair.searchKeys : [...pairsOf(repair.description), ...pairsOf(placeLabelOf(repair))])
  return pairsOf(text).every((pair) => theirs.has(pair))
}
