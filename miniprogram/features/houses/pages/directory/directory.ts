import type { Directory } from '../../../../services/houses'
import { listCommunities } from '../../../../services/houses'
import { dial } from '../../../../support/ask'
import type { Tap } from '../../../../support/events'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { brand } from '../../../../support/session'

/** For anybody, before and after they are verified: whom to ring. */
Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    communities: [] as Directory,
    emergencyPhone: '',
  },

  async refresh() {
    await refreshPage(this, 'directory', {
      load: listCommunities,
      show: ({ communities }) => this.setData({ state: 'ready', communities, emergencyPhone: brand()?.emergencyPhone ?? '' }),
    })
  },
  onCall(event: Tap<{ phone: string }>) {
    dial(event.currentTarget.dataset.phone)
  },
})
