import type { PriceItem } from '../../../../../cloudfunctions/repairs/contract'
import type { Tap, Told } from '../../../../support/events'
import { type Accepted, addItem, type Cost, countLine, offerItems, viewCost } from '../../costing'
import { type PriceRow, viewPrice } from '../../quoting'

/** What the finished work cost, beginning from what the household accepted. Emits `change` with the `cost`, and `requote`. */
Component({
  properties: {
    accepted: { type: Object, value: null as unknown as Accepted },
    cost: { type: Object, value: null as unknown as Cost },
    prices: { type: Array, value: [] as PriceItem[] },
  },
  data: { view: null as ReturnType<typeof viewCost> | null, isAdding: false, search: '', offers: [] as PriceRow[] },
  observers: {
    'accepted, cost, prices, search'(accepted: Accepted | null, cost: Cost | null, prices: PriceItem[], search: string) {
      this.setData({ view: accepted && viewCost(cost, accepted), offers: offerItems(prices, cost, search).map((item) => viewPrice(item)) })
    },
  },
  methods: {
    change(cost: Cost) {
      this.triggerEvent('change', { cost })
    },
    count(index: number, by: number) {
      this.change(countLine(this.data.cost as Cost | null, this.data.accepted as Accepted, index, by))
    },
    onMore(event: Tap<{ index: number }>) {
      this.count(event.currentTarget.dataset.index, 1)
    },
    onFewer(event: Tap<{ index: number }>) {
      this.count(event.currentTarget.dataset.index, -1)
    },
    onAdding() {
      this.setData({ isAdding: true })
    },
    onSearch(event: Told<{ value: string }>) {
      this.setData({ search: event.detail.value })
    },
    onItem(event: Tap<{ id: string }>) {
      const item = (this.data.prices as PriceItem[]).find(({ itemId }) => itemId === event.currentTarget.dataset.id)
      if (item) this.change(addItem(this.data.cost as Cost | null, this.data.accepted as Accepted, item))
      this.setData({ isAdding: false, search: '' })
    },
    onRequote() {
      this.triggerEvent('requote')
    },
  },
})
