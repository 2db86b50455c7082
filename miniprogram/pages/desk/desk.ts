import type { Session } from '../../../cloudfunctions/members/contract'
import type { RepairCard, Stage } from '../../../cloudfunctions/repairs/contract'
import { asServiceError, type ServiceError } from '../../services/cloud'
import { sendDeferred } from '../../services/deferred-steps'
import { ensureSession, switchPost } from '../../services/members'
import { queueRepairs } from '../../services/repairs'
import { toast } from '../../support/ask'
import type { Tap, Told } from '../../support/events'
import { openPage, repairDeskPage, repairDetailPage } from '../../support/open-page'
import { asksEveryMinute, loadMore, notLoaded, refreshPage } from '../../support/refreshing'
import type { StageTab } from '../../support/repair-view'
import { forgetPost, session } from '../../support/session'
import { isWide } from '../../support/wide'
import { type CountedTab, countedTabs, type DeskEntry, entriesFor, type Todo } from './desk-entries'
import { openQueue, openTodos, type Queue } from './desk-steps'

Page({
  ...asksEveryMinute,
  data: {
    ...notLoaded,
    isStaff: true,
    role: '',
    posts: [] as Session['posts'],
    communityId: '',
    todos: [] as Todo[],
    entries: [] as DeskEntry[],
    tabs: [] as CountedTab[],
    stage: 'waiting' as Stage,
    current: null as StageTab | null,
    repairs: [] as RepairCard[],
    isLoadingMore: false,
  },
  nextCursor: null as string | null,

  onShow() {
    this.getTabBar?.()?.setData({ selected: 'pages/desk/desk' })
    this.setData({ isStaff: true })
    asksEveryMinute.onShow.call(this)
  },

  async refresh() {
    const { stage, repairs } = this.data
    void sendDeferred()
    const failure = await refreshPage(this, `desk.${stage}`, {
      load: async () => {
        const [queue] = await Promise.all([openQueue(stage, repairs.length), ensureSession(), this.refreshTodos()])
        return queue
      },
      show: ({ first, rows, nextCursor }) => this.show(first, rows, nextCursor),
    })
    if (failure?.code === 'FORBIDDEN') this.leave(failure)
  },
  /** Beside the list, and never in its way: without them the desk is still a desk. */
  async refreshTodos() {
    const todos = await openTodos()
    if (todos) this.setData({ todos })
  },

  show({ counts }: Queue, repairs: RepairCard[], nextCursor: string | null) {
    const post = session.get()?.post
    const role = post?.role ?? ''
    const tabs = countedTabs(role, counts)
    const current = tabs.find((tab) => tab.stage === this.data.stage) ?? null
    this.nextCursor = nextCursor
    this.setData({ state: 'ready', role, posts: session.get()?.posts ?? [], communityId: post?.communityId ?? '', entries: entriesFor(role), tabs, current, repairs })
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
  async onPost(event: Told<{ communityId: string }>) {
    await switchPost(event.detail.communityId).catch((error: unknown) => toast(asServiceError(error).message))
    this.setData({ state: 'loading', repairs: [] })
    void this.refresh()
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => queueRepairs(this.data.stage, cursor), ({ repairs }) => this.setData({ repairs: [...this.data.repairs, ...repairs] }))
  },
  onEntry(event: Tap<{ page: string }>) {
    openPage(event.currentTarget.dataset.page)
  },
  onRepair(event: Told<{ repairId: string }>) {
    const { repairId } = event.detail
    const hasBoard = this.data.todos.length > 0
    openPage(hasBoard && isWide() ? repairDeskPage(this.data.stage, repairId) : repairDetailPage(repairId))
  },
  onHome() {
    openPage('pages/home/home')
  },
})
