import type { HouseChoice } from '../../../../../cloudfunctions/houses/contract'
import type { Relation } from '../../../../../cloudfunctions/members/contract'
import type { Directory } from '../../../../services/houses'
import { listCommunities } from '../../../../services/houses'
import { applyForHouse, ensureSession } from '../../../../services/members'
import { offerMessages } from '../../../../services/messages'
import type { LoadState } from '../../../../support/cached'
import { afterLoad, showCachedThenFresh } from '../../../../support/cached'
import type { Told } from '../../../../support/events'
import { relationChoices } from '../../../../support/people-view'
import { mayUsePrivacy } from '../../../../support/privacy'
import { session } from '../../../../support/session'
import { calm, submit } from '../../../../support/submitting'
import { type ApplyDraft, dropDraft, keepDraft, missingIn, openDraft } from '../../apply-draft'
import { choosesHouse, notChosen } from '../../house-choosing'

Page({
  ...choosesHouse,
  data: {
    state: 'loading' as LoadState,
    failure: '',
    draft: openDraft(),
    communities: [] as Directory,
    communityName: '',
    ...notChosen,
    relationChoices,
    needsPhone: false,
    ...calm,
  },

  onLoad() {
    this.setData({ draft: openDraft() })
    this.beginChoosing((communityId) => {
      this.write({ communityId, house: null, text: '' })
      this.setData(notChosen)
      this.show(this.data.communities)
    })
    void this.load()
  },

  async load() {
    this.setData({ state: 'loading' })
    const failure = await showCachedThenFresh('directory', {
      state: 'loading',
      load: async () => (await Promise.all([listCommunities(), ensureSession()]))[0],
      show: ({ communities }) => this.show(communities),
    })
    const { state, failure: words } = afterLoad(failure, this.data.state)
    this.setData({ state, failure: words })
  },

  show(communities: Directory) {
    const current = communities.find((one) => one.communityId === this.data.draft.communityId) ?? communities[0]
    this.write({ communityId: current?.communityId ?? '' })
    this.setData({
      state: 'ready',
      communities,
      communityName: current?.name ?? '',
      needsPhone: !session.get()?.member?.maskedPhone,
    })
  },

  /** Everything written is kept at once: the page may be left, or WeChat closed, at any moment. */
  write(change: Partial<ApplyDraft>) {
    const draft = { ...this.data.draft, ...change }
    keepDraft(draft)
    this.setData({ draft, errors: {} })
  },
  onField(event: Told<{ name: string; value: string }>) {
    this.write({ [event.detail.name]: event.detail.value })
  },
  onRelation(event: Told<{ values: Relation[] }>) {
    this.write({ relation: event.detail.values[0] ?? '' })
  },

  onChoose() {
    if (this.data.communities.length > 1) this.browser?.communities(this.data.communities)
  },

  where() {
    return this.data.draft.communityId
  },
  onTyped(text: string) {
    this.write({ text, house: null })
  },
  onChosen(house: HouseChoice) {
    this.write({ house, text: house.label })
  },

  async onSubmit() {
    const { draft } = this.data
    const errors = missingIn(draft)
    if (Object.keys(errors).length > 0) return this.setData({ errors })
    const offered = offerMessages()
    if (!(await mayUsePrivacy())) return this.setData({ refusal: '申请要用到您的姓名和电话，同意隐私保护指引后才能提交' })
    const { requestId, relation, name, note, phone } = draft
    const application = { requestId, houseId: draft.house!.houseId, relation: relation as Relation, name, note, ...(phone ? { phone } : {}) }
    const reply = await submit(this, `apply.${requestId}`, () => applyForHouse(application))
    await offered
    if (!reply) return
    dropDraft()
    void wx.navigateBack()
  },
})
