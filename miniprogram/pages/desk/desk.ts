import type { RepairCard, Stage } from '../../../cloudfunctions/repairs/contract'
import type { ServiceError } from '../../services/cloud'
import { ensureSession } from '../../services/members'
import type { RepairQueue } from '../../services/repairs'
import { queueRepairs } from '../../services/repairs'
import type { LoadState } from '../../support/cached'
import type { Tap, Told } from '../../support/events'
import { openPage, repairDetailPage } from '../../support/open-page'
import { beforeRetry, loadMore, refreshPage } from '../../support/refreshing'
import type { StageTab } from '../../support/repair-view'
import { staffWord, stageTabs } from '../../support/repair-view'
import { forgetPost, session } from '../../support/session'
import { everyMinute } from '../../support/while-visible'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    isStaff: true,
    role: '',
    where: '',
    tabs: [] as (StageTab & { count: string })[],
    stage: 'waiting' as Stage,
    current: null as StageTab | null,
    repairs: [] as RepairCard[],
    isLoadingMore: false,
  },
  asked: 0,
  nextCursor: null as string | null,
  /** Somebody who has scrolled on is reading: the list is not taken from under their thumb every minute. */
  isGrown: false,
  stopRefreshing: null as (() => void) | null,

  onShow() {
    this.getTabBar?.()?.setData({ selected: 'pages/desk/desk' })
    this.setData({ isStaff: true })
    void this.refresh()
    this.stopRefreshing = everyMinute(() => this.isGrown || void this.refresh())
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
    const failure = await refreshPage(this, `desk.${stage}`, {
      load: async () => (await Promise.all([queueRepairs(stage), ensureSession()]))[0],
      show: (queue) => this.show(queue),
    })
    if (failure?.code === 'FORBIDDEN') this.leave(failure)
  },

  show(queue: RepairQueue) {
    const post = session.get()?.post
    const role = post?.role ?? ''
    const where = post ? `${post.communityName} · ${staffWord(post.role)}` : ''
    const counts: Record<string, number> = queue.counts
    const tabs = stageTabs(role).map((tab) => ({ ...tab, count: tab.stage in counts ? String(counts[tab.stage]) : '' }))
    this.nextCursor = queue.nextCursor
    this.isGrown = false
    const current = tabs.find((tab) => tab.stage === this.data.stage) ?? null
    this.setData({ state: 'ready', role, where, tabs, current, repairs: queue.repairs })
  },

  /** The server no longer counts this person as staff: the tab goes, and they are told why in its words. */
  leave(refusal: ServiceError) {
    forgetPost()
    this.stopRefreshing?.()
    this.setData({ isStaff: false, state: 'ready', failure: refusal.message, staleNote: '', repairs: [] })
  },

  onStage(event: Tap<{ stage: Stage }>) {
    if (event.currentTarget.dataset.stage === this.data.stage) return
    this.setData({ stage: event.currentTarget.dataset.stage, state: 'loading', repairs: [] })
    void this.refresh()
  },

  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },

  async onReachBottom() {
    await loadMore(this, (cursor) => queueRepairs(this.data.stage, cursor), ({ repairs }) => {
      this.isGrown = true
      this.setData({ repairs: [...this.data.repairs, ...repairs] })
    })
  },

  onRepair(event: Told<{ repairId: string }>) {
    openPage(repairDetailPage(event.detail.repairId))
  },

  onHome() {
    openPage('pages/home/home')
  },
})
