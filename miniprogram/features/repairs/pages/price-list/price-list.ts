import type { PriceItem } from '../../../../../cloudfunctions/repairs/contract'
import { listPrices } from '../../../../services/repairs'
import { afterLoad, type LoadState, showCachedThenFresh } from '../../../../support/cached'
import type { Told } from '../../../../support/events'
import { type PriceRow, viewPrices } from '../../quoting'

/** What repairs cost, for everybody to read. */
Page({
  data: { state: 'loading' as LoadState, failure: '', staleNote: '', search: '', rows: [] as PriceRow[], isEmpty: false },
  items: [] as PriceItem[],

  onLoad() {
    void this.load()
  },
  async load() {
    if (this.data.state !== 'ready') this.setData({ state: 'loading' })
    const show = ({ items }: { items: PriceItem[] }): void => {
      this.items = items
      this.setData({ state: 'ready', isEmpty: items.length === 0 })
      this.draw()
    }
    const failure = await showCachedThenFresh('prices', { state: this.data.state, load: listPrices, show })
    this.setData(afterLoad(failure, this.data.state))
  },
  draw() {
    this.setData({ rows: viewPrices(this.items, { quantities: {}, own: [], note: '' }, this.data.search) })
  },
  onSearch(event: Told<{ value: string }>) {
    this.setData({ search: event.detail.value })
    this.draw()
  },
})
