import { readStatus } from '../../../../services/operations'
import type { LoadState } from '../../../../support/cached'
import { beforeRetry, refreshPage } from '../../../../support/refreshing'
import { everyMinute } from '../../../../support/while-visible'
import type { StatusView } from '../../status-view'
import { viewStatus } from '../../status-view'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    view: null as StatusView | null,
    showsRefusals: false,
  },
  asked: 0,
  stopRefreshing: null as (() => void) | null,

  onShow() {
    void this.refresh()
    this.stopRefreshing = everyMinute(() => void this.refresh())
  },
  onHide() {
    this.stopRefreshing?.()
  },
  onUnload() {
    this.stopRefreshing?.()
  },
  async onPullDownRefresh() {
    await this.refresh()
    void wx.stopPullDownRefresh()
  },

  async refresh() {
    await refreshPage(this, 'operations.status', {
      load: readStatus,
      show: (status) => this.setData({ state: 'ready', view: viewStatus(status, Date.now()) }),
    })
  },

  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },

  onRefusals() {
    this.setData({ showsRefusals: !this.data.showsRefusals })
  },
})
