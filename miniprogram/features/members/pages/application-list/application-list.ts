import { listApplications } from '../../../../services/members'
import type { Tap, Told } from '../../../../support/events'
import { applicationDetailPage, openPage } from '../../../../support/open-page'
import { asksEveryMinute, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import type { ApplicationView } from '../../application-view'
import { viewApplication } from '../../application-view'

type Stage = 'pending' | 'decided'
const tabsWith = (pendingCount: number) => [{ stage: 'pending', word: '待审核', count: String(pendingCount) }, { stage: 'decided', word: '已处理', count: '' }]

Page({
  ...asksEveryMinute,
  data: {
    ...notLoaded,
    stage: 'pending' as Stage,
    tabs: tabsWith(0),
    applications: [] as ApplicationView[],
    isLoadingMore: false,
  },
  nextCursor: null as string | null,

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
