import { asServiceError } from '../../../../services/cloud'
import { finishIncident, openIncidents, updateIncident } from '../../../../services/incidents'
import type { Tap, Told } from '../../../../support/events'
import { incidentCreatePage, openPage } from '../../../../support/open-page'
import { asksWhenShown, loadAsMuch, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import { closeIntention, requestIdFor } from '../../../../support/request-id'
import { endAfter, type IncidentView, viewIncident } from '../../incident-view'

type State = 'open' | 'ended'
type News = { note: string; end: string; isOver: boolean }

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    tabs: [{ key: 'open' as State, word: '进行中' }, { key: 'ended' as State, word: '已结束' }],
    tab: 'open' as State,
    incidents: [] as IncidentView[],
    isLoadingMore: false,
    telling: null as IncidentView | null,
    isOver: false,
    isBusy: false,
    refusal: '',
  },
  nextCursor: null as string | null,

  async refresh() {
    const { tab } = this.data
    await refreshPage(this, `incidentBoard.${tab}`, {
      load: () => loadAsMuch(this.data.incidents.length, (cursor) => openIncidents(tab, cursor), ({ incidents }) => incidents),
      show: ({ rows, nextCursor }) => {
        this.nextCursor = nextCursor
        this.setData({ state: 'ready', incidents: rows.map((one) => viewIncident(one, Date.now())) })
      },
    })
  },
  onTab(event: Tap<{ key: State }>) {
    this.setData({ tab: event.currentTarget.dataset.key, state: 'loading', incidents: [] })
    void this.refresh()
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => openIncidents(this.data.tab, cursor), ({ incidents }) =>
      this.setData({ incidents: [...this.data.incidents, ...incidents.map((one) => viewIncident(one, Date.now()))] }))
  },

  onUpdate(event: Tap<{ index: number }>) {
    this.setData({ telling: this.data.incidents[event.currentTarget.dataset.index] ?? null, isOver: false, refusal: '' })
  },
  onFinish(event: Tap<{ index: number }>) {
    this.setData({ telling: this.data.incidents[event.currentTarget.dataset.index] ?? null, isOver: true, refusal: '' })
  },
  onClose() {
    if (!this.data.isBusy) this.setData({ telling: null })
  },
  async onTell(event: Told<News>) {
    const { telling } = this.data
    if (!telling || this.data.isBusy) return
    this.setData({ isBusy: true, refusal: '' })
    const { note, end, isOver } = event.detail
    const { incidentId } = telling
    const intention = `incident.${incidentId}.${isOver}.${note}`
    const requestId = requestIdFor(intention)
    try {
      if (isOver) await finishIncident({ incidentId, requestId, note })
      else await updateIncident({ incidentId, requestId, note, expectedEndAt: endAfter(end, Date.now()) })
      closeIntention(intention)
      this.setData({ telling: null })
      await this.refresh()
    } catch (error) {
      this.setData({ refusal: asServiceError(error).message })
    }
    this.setData({ isBusy: false })
  },
  onCreate() {
    openPage(incidentCreatePage())
  },
})
