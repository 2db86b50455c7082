import type { House } from '../../../../../cloudfunctions/members/contract'
import type { RepairCard } from '../../../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../../../services/cloud'
import { ensureSession } from '../../../../services/members'
import type { RepairPage } from '../../../../services/repairs'
import { listRepairs } from '../../../../services/repairs'
import { dial, toast } from '../../../../support/ask'
import type { LoadState } from '../../../../support/cached'
import { afterLoad, showCachedThenFresh } from '../../../../support/cached'
import type { Told } from '../../../../support/events'
import { openPage, repairCreatePage, repairDetailPage } from '../../../../support/open-page'
import { brand, houses, selectedHouse, selectHouse } from '../../../../support/session'

const nothing: RepairPage = { repairs: [], nextCursor: null }

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    houses: [] as House[],
    houseId: '',
    repairs: [] as RepairCard[],
    isLoadingMore: false,
  },
  asked: 0,
  nextCursor: null as string | null,

  onShow() {
    void this.refresh()
  },
  async onPullDownRefresh() {
    await this.refresh()
    void wx.stopPullDownRefresh()
  },

  async refresh() {
    const asked = (this.asked = (this.asked || 0) + 1)
    const failure = await showCachedThenFresh(`repairs.${selectedHouse()?.houseId ?? ''}`, {
      state: this.data.state,
      load: () => this.load(),
      show: (page: RepairPage) => {
        if (asked !== this.asked) return
        this.nextCursor = page.nextCursor
        this.setData({ state: 'ready', repairs: page.repairs, houses: houses(), houseId: selectedHouse()?.houseId ?? '' })
      },
    })
    if (asked === this.asked) this.setData(afterLoad(failure, this.data.state))
  },

  /** Opened from a message, before the home page: whose house it is about is asked first. */
  async load(): Promise<RepairPage> {
    await ensureSession()
    const house = selectedHouse()
    return house ? listRepairs(house.houseId) : nothing
  },

  onRetry() {
    this.setData({ state: this.data.state === 'ready' ? 'ready' : 'loading', staleNote: '' })
    void this.refresh()
  },

  onHouse(event: Told<{ houseId: string }>) {
    selectHouse(event.detail.houseId)
    this.setData({ state: 'loading', repairs: [], houseId: event.detail.houseId })
    void this.refresh()
  },

  async onReachBottom() {
    if (!this.nextCursor || this.data.isLoadingMore) return
    const { asked } = this
    this.setData({ isLoadingMore: true })
    try {
      const more = await listRepairs(this.data.houseId, this.nextCursor)
      if (asked !== this.asked) return
      this.nextCursor = more.nextCursor
      this.setData({ repairs: [...this.data.repairs, ...more.repairs] })
    } catch (error) {
      toast(asServiceError(error).message)
    } finally {
      this.setData({ isLoadingMore: false })
    }
  },

  onRepair(event: Told<{ repairId: string }>) {
    openPage(repairDetailPage(event.detail.repairId))
  },

  onCall() {
    dial(brand()?.servicePhone ?? '')
  },

  onCreate() {
    openPage(repairCreatePage())
  },
})
