import type { OpenedBill } from '../../services/refunds'
import { whileVisible } from '../../support/while-visible'
import type { BillView } from './bill-detail-view'
import { confirmPaying, hasBegun, idle, type Paying, payBill } from './paying'

const askedEveryMs = 3_000

/** Pays the bill a page shows, and watches, only while money is on its way, for when it has arrived. */
export const billPaying = Behavior({
  data: { paying: idle, isPaying: false },
  methods: {
    async onPay(this: BillPaying) {
      if (this.data.isPaying || !this.opened) return
      // Nothing may be awaited before: WeChat asks about messages only at the tap itself.
      const under = payBill(this.billId, this.opened.templateIds)
      this.setData({ isPaying: true, paying: idle })
      const paying = await under
      // 付好了 is never said beside a bill that still asks for money.
      if (paying.state === 'paid') await this.refresh()
      this.setData({ paying, isPaying: false })
      if (paying.state !== 'paid') await this.refresh()
    },
    /** Of a payment that this phone began and lost sight of: WeChat was killed, or there was no network. */
    async catchUp(this: BillPaying) {
      if (!this.data.isPaying && hasBegun(this.billId)) this.setData({ paying: await confirmPaying(this.billId) })
    },
    watchPosting(this: BillPaying) {
      const { paying, view } = this.data
      if (paying.state !== 'posting' && !view?.isPosting) return this.stopWatching()
      this.stopAsking ??= whileVisible(() => askedEveryMs, () => void this.refresh())
    },
    stopWatching(this: BillPaying) {
      this.stopAsking?.()
      this.stopAsking = null
    },
  },
})

/** What a page that takes `billPaying` has. */
export type BillPaying = {
  billId: string
  opened: OpenedBill | null
  stopAsking: (() => void) | null
  data: { paying: Paying; isPaying: boolean; view: BillView | null }
  setData(change: object): void
  refresh(): Promise<void>
  catchUp(): Promise<void>
  watchPosting(): void
  stopWatching(): void
}
