import type { PriceItem } from '../../../../../cloudfunctions/repairs/contract'
import { listPrices } from '../../../../services/repairs'
import type { Told } from '../../../../support/events'
import { asksAgain, notLoaded, refreshPage } from '../../../../support/refreshing'
import { type PriceRow, viewPrices } from '../../quoting'

/** What repairs cost, for everybody to read. */
Page({
  ...asksAgain,
  data: { ...notLoaded, search: '', rows: [] as PriceRow[], isEmpty: false },
  items: [] as PriceItem[],

  onLoad() {
    void this.refresh()
  },
  async refresh() {
    await refreshPage(this, 'prices', {
      load: listPrices,
      show: ({ items }) => {
        this.items = items
        this.setData({ state: 'ready', isEmpty: items.length === 0 })
        this.draw()
      },
    })
  },
  draw() {
    this.setData({ rows: viewPrices(this.items, { quantities: {}, own: [], note: '' }, this.data.search) })
  },
  onSearch(event: Told<{ value: string }>) {
    this.setData({ search: event.detail.value })
    this.draw()
  },
})
