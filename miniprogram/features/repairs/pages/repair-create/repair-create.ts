import type { Category } from '../../../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../../../services/cloud'
import { ensureSession } from '../../../../services/members'
import { offerMessages } from '../../../../services/messages'
import { uploadPhotos } from '../../../../services/photos'
import type { RepairForm } from '../../../../services/repairs'
import { createRepair, prepareRepair } from '../../../../services/repairs'
import { dial } from '../../../../support/ask'
import type { LoadState } from '../../../../support/cached'
import { afterLoad, showCachedThenFresh } from '../../../../support/cached'
import type { Told } from '../../../../support/events'
import { repairDetailPage } from '../../../../support/open-page'
import { type Photo, sayFailedPhotos } from '../../../../support/photos'
import { brand, selectedHouse } from '../../../../support/session'
import type { DraftErrors, RepairDraft } from '../../repair-draft'
import { dropDraft, keepDraft, missingIn, newDraft, restoreDraft } from '../../repair-draft'

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    form: null as RepairForm | null,
    isRestored: false,
    houseId: '',
    category: '',
    urgency: 'normal',
    /** What the textarea starts with; what is typed from then on lives in the draft. */
    description: '',
    photos: [] as Photo[],
    errors: {} as DraftErrors,
    refusal: '',
    isSubmitting: false,
  },
  draft: null as RepairDraft | null,

  onLoad() {
    const restored = restoreDraft()
    this.start(restored ?? newDraft(), restored !== null)
    void this.load()
  },

  start(draft: RepairDraft, isRestored: boolean) {
    this.draft = draft
    const { houseId, category, urgency, description, photos } = draft
    this.setData({ isRestored, houseId, category, urgency, description, photos, errors: {}, refusal: '' })
  },

  async load() {
    this.setData({ state: 'loading' })
    const failure = await showCachedThenFresh('repairForm', {
      state: 'loading',
      load: async () => (await Promise.all([prepareRepair(), ensureSession()]))[0],
      show: (form) => this.show(form),
    })
    const { state, failure: words } = afterLoad(failure, this.data.state)
    this.setData({ state, failure: words })
  },

  show(form: RepairForm) {
    this.setData({ form, state: 'ready' })
    const wanted = [this.draft?.houseId, selectedHouse()?.houseId]
    const house = form.houses.find((each) => wanted.includes(each.houseId)) ?? form.houses[0]
    if (house) this.write({ houseId: house.houseId })
  },

  /** Everything written is kept at once: the page may be left, or WeChat closed, at any moment. */
  write(change: Partial<RepairDraft>) {
    this.draft = { ...this.draft!, ...change }
    keepDraft(this.draft)
    const { description: _typed, ...shown } = change
    this.setData({ ...shown, errors: {} })
  },

  onWrite(event: Told<Partial<RepairDraft>>) {
    this.write(event.detail)
  },
  onDescription(event: Told<{ value: string }>) {
    this.write({ description: event.detail.value })
  },

  onCall() {
    dial(brand()?.servicePhone ?? '')
  },

  onClear() {
    dropDraft(this.draft!)
    this.start({ ...newDraft(), houseId: this.data.houseId }, false)
  },

  async onSubmit() {
    if (this.data.isSubmitting || !this.data.form) return
    const errors = missingIn(this.draft!)
    if (Object.keys(errors).length > 0) {
      this.setData({ errors })
      return void wx.pageScrollTo({ selector: errors.category ? '#category' : '#description', duration: 150 })
    }
    const offered = offerMessages()
    this.setData({ isSubmitting: true, refusal: '', isRestored: false })
    try {
      await this.send(this.data.form.uploadPrefix, offered)
    } catch (error) {
      const { message, fields } = asServiceError(error)
      this.setData({ isSubmitting: false, refusal: message, errors: fields })
    }
  },

  async send(uploadPrefix: string, offered: Promise<unknown>) {
    const photos = await uploadPhotos(this.draft!.photos, uploadPrefix, (changed) => this.write({ photos: changed }))
    await offered
    const failedCount = photos.filter((photo) => photo.state === 'failed').length
    if (failedCount > 0) return this.setData({ isSubmitting: false, refusal: sayFailedPhotos(failedCount) })

    const { requestId, houseId, category, urgency, description } = this.draft!
    const order = { requestId, houseId, category: category as Category, urgency, description, photos: photos.map((photo) => photo.fileId) }
    const { repairId } = await createRepair(order)
    // The button stays busy until the next page is there: another tap would begin another order.
    dropDraft(this.draft!)
    void wx.redirectTo({ url: `/${repairDetailPage(repairId, true)}` })
  },
})
