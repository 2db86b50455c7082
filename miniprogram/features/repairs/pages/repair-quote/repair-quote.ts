import type { PriceItem } from '../../../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../../../services/cloud'
import { offerMessages } from '../../../../services/messages'
import { listPrices, quoteRepair } from '../../../../services/repairs'
import { afterLoad, type LoadState, showCachedThenFresh } from '../../../../support/cached'
import type { Tap, Told } from '../../../../support/events'
import { readYuan, sayMoney } from '../../../../support/money'
import { closeIntention, requestIdFor } from '../../../../support/request-id'
import { changeQuantity, dropQuote, keepQuote, linesOf, type PriceRow, type QuoteDraft, restoreQuote, sayTotal, viewPrices } from '../../quoting'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    search: '',
    rows: [] as PriceRow[],
    own: [] as { key: number; name: string; price: string }[],
    ownName: '',
    ownPrice: '',
    ownError: '',
    note: '',
    total: '¥0.00',
    isSending: false,
    refusal: '',
  },
  repairId: '',
  items: [] as PriceItem[],
  draft: { quantities: {}, own: [], note: '' } as QuoteDraft,

  onLoad(query) {
    this.repairId = query.repairId ?? ''
    this.draft = restoreQuote(this.repairId)
    this.setData({ note: this.draft.note })
    void this.load()
  },
  async load() {
    this.setData({ state: 'loading' })
    const show = ({ items }: { items: PriceItem[] }): void => {
      this.items = items
      this.setData({ state: 'ready' })
      this.draw()
    }
    const failure = await showCachedThenFresh('prices', { state: 'loading', load: listPrices, show })
    const { state, failure: words } = afterLoad(failure, this.data.state)
    this.setData({ state, failure: words })
  },

  draw() {
    const { items, draft } = this
    this.setData({
      rows: viewPrices(items, draft, this.data.search),
      own: draft.own.map(({ name, priceFen, quantity }, key) => ({ key, name: quantity > 1 ? `${name} × ${quantity}` : name, price: sayMoney(priceFen * quantity) })),
      total: sayTotal(items, draft),
      refusal: '',
    })
  },
  write(draft: QuoteDraft) {
    this.draft = draft
    keepQuote(this.repairId, draft)
    this.draw()
  },

  onSearch(event: Told<{ value: string }>) {
    this.setData({ search: event.detail.value })
    this.draw()
  },
  onMore(event: Tap<{ id: string }>) {
    this.write(changeQuantity(this.draft, event.currentTarget.dataset.id, 1))
  },
  onFewer(event: Tap<{ id: string }>) {
    this.write(changeQuantity(this.draft, event.currentTarget.dataset.id, -1))
  },
  onOwnName(event: Told<{ value: string }>) {
    this.setData({ ownName: event.detail.value, ownError: '' })
  },
  onOwnPrice(event: Told<{ value: string }>) {
    this.setData({ ownPrice: event.detail.value, ownError: '' })
  },
  onOwnAdd() {
    const priceFen = readYuan(this.data.ownPrice)
    const name = this.data.ownName.trim()
    if (!name || priceFen === null) return this.setData({ ownError: '写下名称和价格，例如 35 或 35.50' })
    this.setData({ ownName: '', ownPrice: '' })
    this.write({ ...this.draft, own: [...this.draft.own, { name, priceFen, quantity: 1 }] })
  },
  onOwnRemove(event: Tap<{ index: number }>) {
    this.write({ ...this.draft, own: this.draft.own.filter((_line, index) => index !== event.currentTarget.dataset.index) })
  },
  onNote(event: Told<{ value: string }>) {
    this.draft = { ...this.draft, note: event.detail.value }
    keepQuote(this.repairId, this.draft)
  },

  async onSend() {
    const lines = linesOf(this.draft)
    if (this.data.isSending) return
    if (lines.length === 0) return this.setData({ refusal: '先选一项，或自己写一项' })
    const offered = offerMessages()
    this.setData({ isSending: true, refusal: '' })
    const intention = `quote.${this.repairId}.${JSON.stringify(lines)}`
    try {
      await quoteRepair({ repairId: this.repairId, requestId: requestIdFor(intention), lines, note: this.draft.note.trim() })
      await offered
      closeIntention(intention)
      dropQuote(this.repairId)
      void wx.navigateBack()
    } catch (error) {
      this.setData({ isSending: false, refusal: asServiceError(error).message })
    }
  },
})
