import { getCommittee } from '../../../../services/houses'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { selectedHouse } from '../../../../support/session'
import type { CommitteeView } from '../../committee-view'
import { viewCommittee } from '../../committee-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    members: [] as CommitteeView,
  },
  communityId: '',

  onLoad(query: { communityId?: string }) {
    this.communityId = query.communityId ?? selectedHouse()?.communityId ?? ''
  },
  async refresh() {
    await refreshPage(this, `committee.${this.communityId}`, {
      load: () => getCommittee(this.communityId),
      show: ({ members }) => this.setData({ state: 'ready', members: viewCommittee(members) }),
    })
  },
})
