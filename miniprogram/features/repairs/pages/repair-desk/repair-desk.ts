import type { DeskList } from '../../../../../cloudfunctions/repair-desk/contract'
import type { BoardFilter } from '../../../../services/repair-desk'
import type { OpenedRepair } from '../../../../services/repairs'
import type { Told } from '../../../../support/events'
import { openPage, repairDetailPage, repairForCallerPage } from '../../../../support/open-page'
import { everyMinute } from '../../../../support/while-visible'
import { isWide } from '../../../../support/wide'
import { type BoardList, boardList } from '../../board-list'
import { repairCase, type RepairCase } from '../../repair-case'

/** The board of a community: a list, and beside it, where there is room, the order that is being worked on. */
Page({
  behaviors: [repairCase, boardList],
  data: { isWide: isWide(), selectedId: '' },
  filter: { list: 'waiting' } as BoardFilter,
  asked: 0,
  nextCursor: null as string | null,
  repairId: '',
  loadedAt: 0,
  opened: null as OpenedRepair | null,
  stopRefreshing: null as (() => void) | null,

  onLoad(query) {
    this.filter = { list: (query.list ?? 'waiting') as DeskList }
    this.setData({ list: this.filter.list })
    if (query.repairId) this.select(query.repairId)
  },
  onShow() {
    void this.board().refreshList()
    if (this.repairId) void this.case().refresh()
    this.stopRefreshing = everyMinute(() => void this.board().refreshList())
  },
  onHide() {
    this.stopRefreshing?.()
  },
  onUnload() {
    this.stopRefreshing?.()
  },
  onResize() {
    this.setData({ isWide: isWide() })
  },
  onReachBottom() {
    void this.board().addMore()
  },
  async onPullDownRefresh() {
    await this.board().refreshList()
    void wx.stopPullDownRefresh()
  },

  onRepair(event: Told<{ repairId: string }>) {
    if (this.data.isWide) this.select(event.detail.repairId)
    else openPage(repairDetailPage(event.detail.repairId))
  },
  select(repairId: string) {
    Object.assign(this, { repairId, loadedAt: 0, opened: null })
    this.setData({ selectedId: repairId, state: 'loading', view: null, news: '', refusal: '', openStep: '' })
    void this.case().refresh()
  },
  onCreate() {
    openPage(repairForCallerPage())
  },
  /** Told by repairCase after a step: the list beside it has changed as well. */
  triggerChange() {
    void this.board().refreshList()
  },

  case(): RepairCase {
    return this as unknown as RepairCase
  },
  board(): BoardList {
    return this as unknown as BoardList
  },
})
