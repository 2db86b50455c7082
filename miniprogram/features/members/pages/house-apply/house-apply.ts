import type { HouseChoice } from '../../../../../cloudfunctions/houses/contract'
import type { Relation } from '../../../../../cloudfunctions/members/contract'
import type { Directory } from '../../../../services/houses'
import { listCommunities } from '../../../../services/houses'
import { applyForHouse, ensureSession } from '../../../../services/members'
import { offerMessages } from '../../../../services/messages'
import type { LoadState } from '../../../../support/cached'
import { afterLoad, showCachedThenFresh } from '../../../../support/cached'
import type { Tap, Told } from '../../../../support/events'
import { relationChoices } from '../../../../support/people-view'
import { mayUsePrivacy } from '../../../../support/privacy'
import { session } from '../../../../support/session'
import { calm, submit } from '../../../../support/submitting'
import { type ApplyDraft, dropDraft, keepDraft, missingIn, openDraft } from '../../apply-draft'
import { createFinder, nothingFound } from '../../house-finder'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    draft: openDraft(),
    communities: [] as Directory,
    communityName: '',
    communityChoices: [] as { key: string; title: string; meta: string }[],
    isChoosing: false,
    ...nothingFound,
    relationChoices,
    needsPhone: false,
    ...calm,
  },
  finder: null as ReturnType<typeof createFinder> | null,

  onLoad() {
    this.setData({ draft: openDraft() })
    this.finder = createFinder((found) => this.setData(found))
    void this.load()
  },
  onUnload() {
    this.finder?.stop()
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
      communityChoices: communities.map((one) => ({ key: one.communityId, title: one.name, meta: one.address })),
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
    this.setData({ isChoosing: this.data.communities.length > 1 })
  },
  onCommunity(event: Told<{ key: string }>) {
    this.write({ communityId: event.detail.key, house: null, text: '' })
    this.setData({ isChoosing: false, ...nothingFound })
    this.show(this.data.communities)
  },
  onCloseChoice() {
    this.setData({ isChoosing: false })
  },

  onText(event: Told<{ value: string }>) {
    this.write({ text: event.detail.value, house: null })
    this.finder?.type(this.data.draft.communityId, event.detail.value)
  },
  onHouse(event: Tap<{ index: number }>) {
    const house: HouseChoice | undefined = this.data.found[event.currentTarget.dataset.index]
    if (!house) return
    this.finder?.stop()
    this.write({ house, text: house.label })
    this.setData(nothingFound)
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
