import type { Category } from '../../../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../../../services/cloud'
import { type Board, listShifts, openBoard, removeShift, saveShift } from '../../../../services/repair-desk'
import { ask, toast } from '../../../../support/ask'
import type { Tap, Told } from '../../../../support/events'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { closeIntention, requestIdFor } from '../../../../support/request-id'
import { instantsOf, type ShiftView, viewShift } from '../../roster-view'

type Written = { memberId: string; day: string; hours: string; categories: Category[]; buildings: string[] }

/** Who is on duty, and for what: whom a new order is given to first. */
Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    shifts: [] as ShiftView[],
    board: null as Board | null,
    isAdding: false,
    isBusy: false,
    refusal: '',
  },

  async refresh() {
    await refreshPage(this, 'dutyRoster', {
      load: () => Promise.all([listShifts(), openBoard()]),
      show: ([{ shifts }, board]) => this.setData({ state: 'ready', board, shifts: shifts.map((shift) => viewShift(shift, Date.now())) }),
    })
  },
  onAdd() {
    this.setData({ isAdding: true, refusal: '' })
  },
  onClose() {
    if (!this.data.isBusy) this.setData({ isAdding: false })
  },
  async onSave(event: Told<Written>) {
    if (this.data.isBusy) return
    const { memberId, day, hours, categories, buildings } = event.detail
    const intention = `shift.${JSON.stringify(event.detail)}`
    this.setData({ isBusy: true, refusal: '' })
    try {
      await saveShift({
        requestId: requestIdFor(intention), memberId, ...instantsOf(day, hours),
        categories: categories.length > 0 ? categories : null, buildings: buildings.length > 0 ? buildings : null,
      })
      closeIntention(intention)
      this.setData({ isAdding: false })
      await this.refresh()
    } catch (error) {
      this.setData({ refusal: asServiceError(error).message })
    }
    this.setData({ isBusy: false })
  },
  async onRemove(event: Tap<{ id: string; name: string }>) {
    const { id, name } = event.currentTarget.dataset
    if (!(await ask({ title: '取消这个班？', content: `${name}这一班取消后，新的报修不再先派给他。`, confirm: '取消这个班' }))) return
    await removeShift(id).catch((error: unknown) => toast(asServiceError(error).message))
    await this.refresh()
  },
})
