import { asServiceError } from '../../../../services/cloud'
import { followIncident, listIncidents } from '../../../../services/incidents'
import { ensureSession } from '../../../../services/members'
import { offerMessages } from '../../../../services/messages'
import { toast } from '../../../../support/ask'
import type { Tap } from '../../../../support/events'
import { asksEveryMinute, notLoaded, refreshPage } from '../../../../support/refreshing'
import { selectedHouse } from '../../../../support/session'
import { type IncidentView, viewIncident } from '../../incident-view'

/** What is going on at somebody's house. */
Page({
  ...asksEveryMinute,
  data: {
    ...notLoaded,
    incidents: [] as IncidentView[],
    busyId: '',
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
