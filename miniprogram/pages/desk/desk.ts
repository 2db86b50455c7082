import type { RepairCard, Stage } from '../../../cloudfunctions/repairs/contract'
import type { ServiceError } from '../../services/cloud'
import { asServiceError } from '../../services/cloud'
import { ensureSession } from '../../services/members'
import type { RepairQueue } from '../../services/repairs'
import { queueRepairs } from '../../services/repairs'
import { toast } from '../../support/ask'
import type { LoadState } from '../../support/cached'
import { afterLoad, showCachedThenFresh } from '../../support/cached'
import type { Tap, Told } from '../../support/events'
import { openPage, repairDetailPage } from '../../support/open-page'
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
  stopRefreshing: null as (() => void) | null,

  onShow() {
    this.getTabBar?.()?.setData({ selected: 'pages/desk/desk' })
    this.setData({ isStaff: true })
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
    const asked = (this.asked = (this.asked || 0) + 1)
    const { stage } = this.data
    const failure = await showCachedThenFresh(`desk.${stage}`, {
      state: this.data.state,
      load: async () => (await Promise.all([queueRepairs(stage), ensureSession()]))[0],
      show: (queue: RepairQueue) => {
        if (asked === this.asked) this.show(queue)
      },
    })
    if (asked !== this.asked) return
    if (failure?.code === 'FORBIDDEN') this.leave(failure)
    else this.setData(afterLoad(failure, this.data.state))
  },

  show(queue: RepairQueue) {
    const post = session.get()?.post
    const role = post?.role ?? ''
    const where = post ? `${post.communityName} · ${staffWord(post.role)}` : ''
    const counts: Record<string, number> = queue.counts
    const tabs = stageTabs(role).map((tab) => ({ ...tab, count: tab.stage in counts ? String(counts[tab.stage]) : '' }))
    this.nextCursor = queue.nextCursor
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
    this.setData({ state: this.data.state === 'ready' ? 'ready' : 'loading', staleNote: '' })
    void this.refresh()
  },

  async onReachBottom() {
    if (!this.nextCursor || this.data.isLoadingMore) return
    const { asked } = this
    this.setData({ isLoadingMore: true })
    try {
      const more = await queueRepairs(this.data.stage, this.nextCursor)
      if (asked !== this.asked) return
      this.nextCursor = more.nextCursor
      this.setData({ repairs: [...this.data.repairs, ...more.repairs] })
    } catch (error) {
      toast(asServiceError(error).message)
    } finally {
      this.setData({ isLoadingMore: false })
    }
  },

  onRepair(event: Told<{ repairId: string }>) {
    openPage(repairDetailPage(event.detail.repairId))
  },

  onHome() {
    openPage('pages/home/home')
  },
})
