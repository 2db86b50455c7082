import { listApplications } from '../../../../services/members'
import type { LoadState } from '../../../../support/cached'
import type { Tap, Told } from '../../../../support/events'
import { applicationDetailPage, openPage } from '../../../../support/open-page'
import { beforeRetry, loadMore, refreshPage } from '../../../../support/refreshing'
import { everyMinute } from '../../../../support/while-visible'
import type { ApplicationView } from '../../application-view'
import { viewApplication } from '../../application-view'

type Stage = 'pending' | 'decided'
const tabsWith = (pendingCount: number) => [{ stage: 'pending', word: '待审核', count: String(pendingCount) }, { stage: 'decided', word: '已处理', count: '' }]

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    stage: 'pending' as Stage,
    tabs: tabsWith(0),
    applications: [] as ApplicationView[],
    isLoadingMore: false,
  },
  asked: 0,
  nextCursor: null as string | null,
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
    const { stage } = this.data
    await refreshPage(this, `applications.${stage}`, {
      load: () => listApplications(stage),
      show: ({ applications, nextCursor, pendingCount }) => {
        this.nextCursor = nextCursor
        this.setData({ state: 'ready', tabs: tabsWith(pendingCount), applications: applications.map(viewApplication) })
      },
    })
  },
  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },
  onStage(event: Told<{ stage: Stage }>) {
    this.setData({ stage: event.detail.stage, state: 'loading', applications: [] })
    void this.refresh()
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => listApplications(this.data.stage, cursor), ({ applications }) =>
      this.setData({ applications: [...this.data.applications, ...applications.map(viewApplication)] }))
  },
  onApplication(event: Tap<{ id: string }>) {
    openPage(applicationDetailPage(event.currentTarget.dataset.id))
  },
})
