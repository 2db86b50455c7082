import type { DeskList } from '../../../cloudfunctions/repair-desk/contract'
import type { Category } from '../../../cloudfunctions/repairs/contract'
import type { Board, BoardFilter } from '../../services/repair-desk'
import { categoryWord } from '../../support/repair-words'

type ListTab = { list: DeskList; word: string; count: string; empty: string }

const words: Record<DeskList, { word: string; empty: string }> = {
  waiting: { word: '待派单', empty: '所有报修都派出去了' },
  working: { word: '处理中', empty: '没有正在处理的单' },
  overdue: { word: '已超时', empty: '没有超时的单' },
  on_hold: { word: '已挂起', empty: '没有挂起的单' },
  quoted: { word: '待确认报价', empty: '没有等住户确认的报价' },
  done: { word: '已结束', empty: '还没有结束的单' },
}
const order = Object.keys(words) as DeskList[]

export const viewTabs = (board: Board | null): ListTab[] =>
  order.map((list) => ({ list, ...words[list], count: board && list !== 'done' ? String(board.counts[list]) : '' }))

/** A filter as a wheel offers it: words to read, and the value behind each; the first is 'no matter which'. */
export type Wheel = { field: 'category' | 'building' | 'technicianId' | 'urgency'; title: string; words: string[]; values: (string | undefined)[]; index: number; said: string }

const wheel = (field: Wheel['field'], title: string, options: [string, string][], chosen: string | undefined): Wheel => {
  const values = [undefined, ...options.map(([value]) => value)]
  const index = Math.max(0, values.indexOf(chosen))
  const said = index > 0 ? options[index - 1]![1] : title
  return { field, title, words: ['不限', ...options.map(([, word]) => word)], values, index, said }
}

export const viewWheels = (board: Board, filter: BoardFilter): Wheel[] => [
  wheel('urgency', '急不急', [['urgent', '紧急'], ['normal', '普通']], filter.urgency),
  wheel('category', '类别', board.categories.map((category: Category) => [category, categoryWord(category).word]), filter.category),
  wheel('building', '楼栋', [...board.buildings.map((each): [string, string] => [each, `${each}号楼`]), ['', '楼外']], filter.building),
  wheel('technicianId', '师傅', board.technicians.map(({ memberId, name }) => [memberId, name]), filter.technicianId),
]

/** Why a list shows nothing: nothing was found, the filters leave nothing, or there is nothing to do. */
export type Nothing = { icon: string; title: string; hint: string; action: string }

export const viewNothing = (search: string, wheels: Wheel[], empty: string): Nothing => {
  if (search) return { icon: 'search', title: `没有找到「${search}」`, hint: '可以试试房号，例如 3-2-501', action: '' }
  const isNarrowed = wheels.some(({ index }) => index > 0)
  return isNarrowed
    ? { icon: 'filter', title: '没有符合条件的单', hint: '换个条件，或看全部', action: '看全部' }
    : { icon: 'check-circle', title: empty, hint: '', action: '' }
}
