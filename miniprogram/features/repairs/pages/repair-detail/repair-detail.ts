import { type DeferredStep, deferredSteps } from '../../../../services/deferred-steps'
import type { OpenedRepair } from '../../../../services/repairs'
import { asksEveryMinute } from '../../../../support/refreshing'
import { repairCase, type RepairCase } from '../../repair-case'

Page({
  ...asksEveryMinute,
  behaviors: [repairCase],
  data: {},
  repairId: '',
  loadedAt: 0,
  opened: null as OpenedRepair | null,
  stopWatching: null as (() => void) | null,

  onLoad(query) {
    this.repairId = query.repairId ?? ''
    this.setData({ news: query.isNew ? '报修已提交，有进展会马上告诉您' : '' })
    this.stopWatching = deferredSteps.watch((steps) => this.onDeferredChange(steps))
  },
  onUnload() {
    this.stopRefreshing?.()
    this.stopWatching?.()
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
