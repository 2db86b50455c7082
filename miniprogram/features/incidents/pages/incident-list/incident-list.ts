import { asServiceError } from '../../../../services/cloud'
import { followIncident, listIncidents } from '../../../../services/incidents'
import { ensureSession } from '../../../../services/members'
import { offerMessages } from '../../../../services/messages'
import { toast } from '../../../../support/ask'
import type { LoadState } from '../../../../support/cached'
import type { Tap } from '../../../../support/events'
import { beforeRetry, refreshPage } from '../../../../support/refreshing'
import { selectedHouse } from '../../../../support/session'
import { everyMinute } from '../../../../support/while-visible'
import { type IncidentView, viewIncident } from '../../incident-view'

/** What is going on at somebody's house. */
Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    incidents: [] as IncidentView[],
    busyId: '',
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
    await refreshPage(this, 'incidents', {
      load: async () => {
        await ensureSession()
        const house = selectedHouse()
        return house ? listIncidents(house.houseId) : { incidents: [] }
      },
      show: ({ incidents }) => this.setData({ state: 'ready', incidents: incidents.map((one) => viewIncident(one, Date.now())) }),
    })
  },
  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },
  async onFollow(event: Tap<{ id: string; following: boolean }>) {
    const { id, following } = event.currentTarget.dataset
    const house = selectedHouse()
    if (!house || this.data.busyId) return
    const offered = following ? Promise.resolve(0) : offerMessages()
    this.setData({ busyId: id })
    try {
      await followIncident({ houseId: house.houseId, incidentId: id, isFollowing: !following })
      await offered
      await this.refresh()
    } catch (error) {
      toast(asServiceError(error).message)
    }
    this.setData({ busyId: '' })
  },
})
