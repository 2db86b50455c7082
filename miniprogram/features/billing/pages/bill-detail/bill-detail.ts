import { asServiceError } from '../../../../services/cloud'
import { openBill, type OpenedBill } from '../../../../services/refunds'
import { afterLoad } from '../../../../support/cached'
import { asksWhenShown, notLoaded } from '../../../../support/refreshing'
import { type BillView, viewBill } from '../../bill-detail-view'
import { billPaying, type BillPaying } from '../../bill-paying'
import { moneyTaking } from '../../money-taking'

/** A bill with what was paid for it and given back. No copy of it is shown first: an old one could ask for money twice. */
Page({
  ...asksWhenShown,
  behaviors: [billPaying, moneyTaking],
  data: { ...notLoaded, view: null as BillView | null },
  billId: '',
  opened: null as OpenedBill | null,
  stopAsking: null as (() => void) | null,

  onLoad(query) {
    this.billId = query.billId ?? ''
  },
  onHide() {
    this.money().stopWatching()
  },
  onUnload() {
    this.money().stopWatching()
  },

  async refresh() {
    const asked = ++this.asked
    await this.money().catchUp()
    try {
      const opened = await openBill(this.billId)
      if (asked !== this.asked) return
      this.opened = opened
      this.setData({ ...afterLoad(null, 'ready'), view: viewBill(opened, Date.now()) })
    } catch (error) {
      if (asked === this.asked) this.setData(afterLoad(asServiceError(error), this.data.state))
    }
    this.money().watchPosting()
  },

  /** Addresses of photos live for minutes. */
  onExpired() {
    void this.refresh()
  },
  money(): BillPaying {
    return this as unknown as BillPaying
  },
})
