import type { BillCard } from '../../../../../cloudfunctions/billing/contract'
import type { House } from '../../../../../cloudfunctions/members/contract'
import { listBills } from '../../../../services/billing'
import { ensureSession } from '../../../../services/members'
import { dial } from '../../../../support/ask'
import type { Told } from '../../../../support/events'
import { billDetailPage, openPage } from '../../../../support/open-page'
import { asksWhenShown, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import { brand, houses, selectedHouse, selectHouse } from '../../../../support/session'
import { loadBills, type LoadedBills } from '../../bill-loading'
import { type MoneyCard, viewBillCard, viewOwed } from '../../bill-view'

type Stage = 'unpaid' | 'all'

/** What a household owes and has paid, newest first. */
Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    houses: [] as House[],
    houseId: '',
    stage: 'unpaid' as Stage,
    tabs: [] as { stage: Stage; word: string; count: string }[],
    head: null as ReturnType<typeof viewOwed> | null,
    cannotPay: '',
    cards: [] as MoneyCard[],
    isLoadingMore: false,
  },
  rows: [] as BillCard[],
  nextCursor: null as string | null,

  async refresh() {
    await refreshPage(this, `bills.${selectedHouse()?.houseId ?? ''}`, { load: () => this.load(), show: (loaded) => this.show(loaded) })
  },
  /** Opened from a message, before the home page: whose house it is about is asked first. */
  async load(): Promise<LoadedBills | null> {
    await ensureSession()
    const house = selectedHouse()
    this.setData({ houses: houses(), houseId: house?.houseId ?? '' })
    return house && loadBills(house.houseId, this.rows.length)
  },
  show(loaded: LoadedBills | null) {
    this.rows = loaded?.rows ?? []
    this.nextCursor = loaded?.nextCursor ?? null
    this.setData({
      state: 'ready',
      head: loaded && viewOwed(loaded.first.owed),
      cannotPay: loaded && loaded.first.owed.count > 0 ? loaded.first.cannotPay ?? '' : '',
      tabs: [
        { stage: 'unpaid', word: '待缴', count: loaded && loaded.first.owed.count > 0 ? String(loaded.first.owed.count) : '' },
        { stage: 'all', word: '全部', count: '' },
      ],
    })
    this.draw()
  },
  draw() {
    const { stage } = this.data
    const bills = this.rows.filter(({ status }) => stage === 'all' || status === 'unpaid')
    this.setData({ cards: bills.map((bill) => viewBillCard(bill, false, Date.now())) })
  },

  onStage(event: Told<{ stage: Stage }>) {
    this.setData({ stage: event.detail.stage })
    this.draw()
  },
  onHouse(event: Told<{ houseId: string }>) {
    selectHouse(event.detail.houseId)
    this.rows = []
    this.setData({ state: 'loading', cards: [], head: null, houseId: event.detail.houseId })
    void this.refresh()
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => listBills(this.data.houseId, cursor), ({ bills }) => {
      this.rows = [...this.rows, ...bills]
      this.draw()
    })
  },
  onBill(event: Told<{ billId: string }>) {
    openPage(billDetailPage(event.detail.billId))
  },
  onCall() {
    dial(brand()?.servicePhone ?? '')
  },
})
