import type { HouseChoice } from '../../../../../cloudfunctions/houses/contract'
import { asServiceError } from '../../../../services/cloud'
import { ensureSession } from '../../../../services/members'
import type { LoadState } from '../../../../support/cached'
import { houseProfilePage, openPage } from '../../../../support/open-page'
import { choosesHouse, notChosen } from '../../house-choosing'

/** For staff who keep no register: which house it is, and then what their role may know of it. */
Page({
  ...choosesHouse,
  data: { state: 'loading' as LoadState, failure: '', communityId: '', communityName: '', text: '', ...notChosen },

  onLoad() {
    this.beginChoosing()
    void this.load()
  },
  async load() {
    this.setData({ state: 'loading' })
    try {
      const { post } = await ensureSession()
      this.setData(post
        ? { state: 'ready', communityId: post.communityId, communityName: post.communityName }
        : { state: 'missing', failure: '查房屋是物业人员的工作，如需开通请联系管理员' })
    } catch (error) {
      this.setData({ state: 'failed', failure: asServiceError(error).message })
    }
  },
  where() {
    return this.data.communityId
  },
  onTyped(text: string) {
    this.setData({ text })
  },
  onChosen(house: HouseChoice) {
    openPage(houseProfilePage(house.houseId))
  },
})
