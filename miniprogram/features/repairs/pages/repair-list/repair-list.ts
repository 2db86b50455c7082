import type { House } from '../../../../../cloudfunctions/members/contract'
import type { RepairCard } from '../../../../../cloudfunctions/repairs/contract'
import { ensureSession } from '../../../../services/members'
import type { RepairPage } from '../../../../services/repairs'
import { listRepairs } from '../../../../services/repairs'
import { dial } from '../../../../support/ask'
import type { Told } from '../../../../support/events'
import { openPage, priceListPage, repairCreatePage, repairDetailPage } from '../../../../support/open-page'
import { asksWhenShown, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import { brand, houses, selectedHouse, selectHouse } from '../../../../support/session'

const nothing: RepairPage = { repairs: [], nextCursor: null }

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    houses: [] as House[],
    houseId: '',
    repairs: [] as RepairCard[],
    isLoadingMore: false,
  },
  nextCursor: null as string | null,

  async refresh() {
    await refreshPage(this, `repairs.${selectedHouse()?.houseId ?? ''}`, {
      load: () => this.load(),
      show: ({ repairs, nextCursor }) => {
        this.nextCursor = nextCursor
        this.setData({ state: 'ready', repairs, houses: houses(), houseId: selectedHouse()?.houseId ?? '' })
      },
    })
  },

  /** Opened from a message, before the home page: whose house it is about is asked first. */
  async load(): Promise<RepairPage> {
    await ensureSession()
    const house = selectedHouse()
    return house ? listRepairs(house.houseId) : nothing
  },

  onHouse(event: Told<{ houseId: string }>) {
    selectHouse(event.detail.houseId)
    this.setData({ state: 'loading', repairs: [], houseId: event.detail.houseId })
    void this.refresh()
  },

  async onReachBottom() {
    await loadMore(this, (cursor) => listRepairs(this.data.houseId, cursor), ({ repairs }) => this.setData({ repairs: [...this.data.repairs, ...repairs] }))
  },

  onRepair(event: Told<{ repairId: string }>) {
    openPage(repairDetailPage(event.detail.repairId))
  },

  onCall() {
    dial(brand()?.servicePhone ?? '')
  },

  onPrices() {
    openPage(priceListPage())
  },

  onCreate() {
    openPage(repairCreatePage())
  },
})
