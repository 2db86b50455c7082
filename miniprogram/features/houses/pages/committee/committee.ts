import { getCommittee } from '../../../../services/houses'
import type { LoadState } from '../../../../support/cached'
import { beforeRetry, refreshPage } from '../../../../support/refreshing'
import { selectedHouse } from '../../../../support/session'
import type { CommitteeView } from '../../committee-view'
import { viewCommittee } from '../../committee-view'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    staleNote: '',
    members: [] as CommitteeView,
  },
  asked: 0,
  communityId: '',

  onLoad(query: { communityId?: string }) {
    this.communityId = query.communityId ?? selectedHouse()?.communityId ?? ''
  },
  onShow() {
    void this.refresh()
  },
  async onPullDownRefresh() {
    await this.refresh()
    void wx.stopPullDownRefresh()
  },
  async refresh() {
    await refreshPage(this, `committee.${this.communityId}`, {
      load: () => getCommittee(this.communityId),
      show: ({ members }) => this.setData({ state: 'ready', members: viewCommittee(members) }),
    })
  },
  onRetry() {
    this.setData(beforeRetry(this.data.state))
    void this.refresh()
  },
})
