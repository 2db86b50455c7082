import { asServiceError } from '../../../../services/cloud'
import { ensureSession } from '../../../../services/members'
import { offerMessages } from '../../../../services/messages'
import type { RepairForm } from '../../../../services/repairs'
import { prepareRepair } from '../../../../services/repairs'
import { dial } from '../../../../support/ask'
import type { LoadState } from '../../../../support/cached'
import { afterLoad, showCachedThenFresh } from '../../../../support/cached'
import type { Told } from '../../../../support/events'
import { repairDetailPage } from '../../../../support/open-page'
import { brand, selectedHouse } from '../../../../support/session'
import type { DraftErrors, RepairDraft } from '../../repair-draft'
import { dropDraft, keepDraft, missingIn, newDraft, placeOfError, restoreDraft, shownOf } from '../../repair-draft'
import { sendReport } from '../../report-sending'
import { lookForSimilar, similarFinder } from '../../similar-finder'
import { suggest, type Suggestion } from '../../suggestion'
import { closedVisits, findVisits } from '../../visiting'

Page({
  behaviors: [similarFinder],
  data: {
    state: 'loading' as LoadState,
    failure: '',
    form: null as RepairForm | null,
    isRestored: false,
    /** What is written; the description only as it was when the page opened: what is typed from then on lives in the draft. */
    ...shownOf(newDraft()),
    suggestion: null as Suggestion | null,
    visits: closedVisits,
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
    this.setData({ isRestored, ...shownOf(draft), errors: {}, refusal: '' })
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
    // Who could come depends on what is broken and where, and on what others have chosen meanwhile.
    if ((change.category || change.houseId || change.slot === null) && this.data.visits.visitState !== 'closed') this.onVisits()
    this.setData({ ...shown, errors: {}, suggestion: suggest(this.draft.description, this.data.form?.suggestions ?? [], this.draft) })
  },

  onWrite(event: Told<Partial<RepairDraft>>) {
    this.write(event.detail)
  },
  onDescription(event: Told<{ value: string }>) {
    this.write({ description: event.detail.value })
    lookForSimilar(this, this.draft!)
  },
  onVisits() {
    const { houseId, category } = this.draft!
    void findVisits(this, { houseId, ...(category && { category }) })
  },
  onSuggestion() {
    if (this.data.suggestion) this.write(this.data.suggestion.change)
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
      return void wx.pageScrollTo({ selector: placeOfError(errors), duration: 150 })
    }
    const offered = offerMessages()
    this.setData({ isSubmitting: true, refusal: '', isRestored: false })
    try {
      const repairId = await sendReport(this.draft!, this.data.form.uploadPrefix, (change) => this.write(change))
      await offered
      // The button stays busy until the next page is there: another tap would begin another order.
      dropDraft(this.draft!)
      void wx.redirectTo({ url: `/${repairDetailPage(repairId, true)}` })
    } catch (error) {
      const { message, fields } = asServiceError(error)
      if (fields.slot) this.write({ slot: null })
      this.setData({ isSubmitting: false, refusal: message, errors: fields })
    }
  },
})
