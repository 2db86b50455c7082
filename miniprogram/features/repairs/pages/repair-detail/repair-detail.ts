import { type DeferredStep, deferredSteps } from '../../../../services/deferred-steps'
import type { OpenedRepair } from '../../../../services/repairs'
import { everyMinute } from '../../../../support/while-visible'
import { repairCase, type RepairCase } from '../../repair-case'

Page({
  behaviors: [repairCase],
  data: {},
  repairId: '',
  loadedAt: 0,
  opened: null as OpenedRepair | null,
  stopRefreshing: null as (() => void) | null,
  stopWatching: null as (() => void) | null,

  onLoad(query) {
    this.repairId = query.repairId ?? ''
    this.setData({ news: query.isNew ? '报修已提交，有进展会马上告诉您' : '' })
    this.stopWatching = deferredSteps.watch((steps) => this.onDeferredChange(steps))
  },
  onShow() {
    void this.case().refresh()
    this.stopRefreshing = everyMinute(() => void this.case().refresh())
  },
  onHide() {
    this.stopRefreshing?.()
  },
  onUnload() {
    this.stopRefreshing?.()
    this.stopWatching?.()
  },
  async onPullDownRefresh() {
    await this.case().refresh()
    void wx.stopPullDownRefresh()
  },

  /** What was kept on the phone has been sent, or has come a little further. */
  onDeferredChange(steps: DeferredStep[]) {
    if (steps.some(({ repairId }) => repairId === this.repairId)) this.case().draw()
    else void this.case().refresh()
  },
  case(): RepairCase {
    return this as unknown as RepairCase
  },
})
