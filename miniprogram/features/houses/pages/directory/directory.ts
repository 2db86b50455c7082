import type { Directory } from '../../../../services/houses'
import { listCommunities } from '../../../../services/houses'
import { dial } from '../../../../support/ask'
import type { LoadState } from '../../../../support/cached'
import type { Tap } from '../../../../support/events'
import { beforeRetry, refreshPage } from '../../../../support/refreshing'
import { brand } from '../../../../support/session'

/** For anybody, before and after they are verified: whom to ring. */
Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    communities: [] as Directory,
    emergencyPhone: '',
  },
  asked: 0,

  onShow() {
    void this.refresh()
  },
  async onPullDownRefresh() {
    await this.refresh()
    void wx.stopPullDownRefresh()
  },
  async refresh() {
    await refreshPage(this, 'directory', {
      load: listCommunities,
      show: ({ communities }) => this.setData({ state: 'ready', communities, emergencyPhone: brand()?.emergencyPhone ?? '' }),
    })
  },
  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },
  onCall(event: Tap<{ phone: string }>) {
    dial(event.currentTarget.dataset.phone)
  },
})
