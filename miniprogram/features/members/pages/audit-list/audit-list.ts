import { listAudits } from '../../../../services/members'
import type { LoadState } from '../../../../support/cached'
import type { Tap, Told } from '../../../../support/events'
import { beforeRetry, loadMore, refreshPage } from '../../../../support/refreshing'
import type { AuditView } from '../../audit-view'
import { actionChoices, sayFilter, viewAudit } from '../../audit-view'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    actionChoices,
    action: '',
    actionWord: sayFilter(''),
    isChoosing: false,
    actorId: '',
    actorName: '',
    audits: [] as AuditView[],
    isLoadingMore: false,
  },
  asked: 0,
  nextCursor: null as string | null,

  onShow() {
    void this.refresh()
  },
  async onPullDownRefresh() {
    await this.refresh()
    void wx.stopPullDownRefresh()
  },

  filter() {
    const { action, actorId } = this.data
    return { ...(action && { action }), ...(actorId && { actorId }) }
  },
  async refresh() {
    const filter = this.filter()
    await refreshPage(this, `audits.${JSON.stringify(filter)}`, {
      load: () => listAudits(filter),
      show: ({ audits, nextCursor }) => {
        this.nextCursor = nextCursor
        this.setData({ state: 'ready', audits: audits.map(viewAudit) })
      },
    })
  },
  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },
  restart() {
    this.setData({ state: 'loading', audits: [] })
    void this.refresh()
  },

  onChoose() {
    this.setData({ isChoosing: true })
  },
  onClose() {
    this.setData({ isChoosing: false })
  },
  onAction(event: Told<{ key: string }>) {
    const action = event.detail.key
    this.setData({ isChoosing: false, action, actionWord: sayFilter(action), actorId: '', actorName: '' })
    this.restart()
  },
  onActor(event: Tap<{ id: string; name: string }>) {
    const { id, name } = event.currentTarget.dataset
    this.setData({ actorId: id, actorName: name, action: '', actionWord: sayFilter('') })
    this.restart()
  },
  onEverybody() {
    this.setData({ actorId: '', actorName: '' })
    this.restart()
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => listAudits({ ...this.filter(), cursor }), ({ audits }) =>
      this.setData({ audits: [...this.data.audits, ...audits.map(viewAudit)] }))
  },
})
