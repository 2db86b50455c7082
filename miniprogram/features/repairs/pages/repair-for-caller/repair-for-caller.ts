import { asServiceError } from '../../../../services/cloud'
import { type Board, findHouses, type FoundHouse, openBoard } from '../../../../services/repair-desk'
import { afterLoad, type LoadState } from '../../../../support/cached'
import type { Tap, Told } from '../../../../support/events'
import { repairDetailPage } from '../../../../support/open-page'
import { type CallerDraft, type CallErrors, dropCall, keepCall, missingInCall, newCall, restoreCall, sourceChips } from '../../caller-draft'
import { sendCall } from '../../report-sending'
import { closedVisits, findVisits } from '../../visiting'

const pause = 300

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    board: null as Board | null,
    sourceChips,
    draft: newCall(),
    /** What the textarea starts with. */
    description: '',
    houseText: '',
    found: [] as FoundHouse[],
    searched: '',
    visits: closedVisits,
    errors: {} as CallErrors,
    refusal: '',
    isSubmitting: false,
  },
  draft: newCall(),
  timer: 0,

  onLoad() {
    this.draft = restoreCall()
    this.setData({ draft: this.draft, description: this.draft.description })
    void this.load()
  },
  async load() {
    this.setData({ state: 'loading' })
    try {
      this.setData({ board: await openBoard(), ...afterLoad(null, 'ready') })
    } catch (error) {
      this.setData(afterLoad(asServiceError(error), 'loading'))
    }
  },

  write(change: Partial<CallerDraft>) {
    this.draft = { ...this.draft, ...change }
    keepCall(this.draft)
    // Who could come depends on what is broken and where, and on what others have chosen meanwhile.
    if ((change.category || change.house !== undefined || change.slot === null) && this.data.visits.visitState !== 'closed') this.onVisits()
    this.setData({ draft: this.draft, errors: {} })
  },
  onVisits() {
    const { house, category } = this.draft
    void findVisits(this, { ...(category && { category }), ...(house && { building: house.building }) })
  },
  onWrite(event: Told<Partial<CallerDraft>>) {
    this.write(event.detail)
  },
  onHome() {
    this.write({ isPublicArea: false })
  },
  onPublicArea() {
    this.write({ isPublicArea: true, category: 'public_area' })
  },
  onSource(event: Told<{ key: CallerDraft['source'] }>) {
    this.write({ source: event.detail.key })
  },
  onName(event: Told<{ value: string }>) {
    this.write({ name: event.detail.value })
  },
  onPhone(event: Told<{ value: string }>) {
    this.write({ phone: event.detail.value })
  },
  onDescription(event: Told<{ value: string }>) {
    this.write({ description: event.detail.value })
  },
  onHouseText(event: Told<{ value: string }>) {
    const text = event.detail.value.trim()
    this.setData({ houseText: text })
    clearTimeout(this.timer)
    if (!text) return this.setData({ found: [], searched: '' })
    this.timer = Number(setTimeout(() => void this.search(text), pause))
  },
  async search(text: string) {
    try {
      const { houses } = await findHouses(text)
      if (text === this.data.houseText) this.setData({ found: houses, searched: text, refusal: '' })
    } catch (error) {
      this.setData({ refusal: asServiceError(error).message })
    }
  },
  onHouse(event: Tap<{ index: number }>) {
    const house = this.data.found[event.currentTarget.dataset.index] ?? null
    this.setData({ found: [], houseText: '', searched: '' })
    this.write({ house })
  },
  onOtherHouse() {
    this.write({ house: null })
  },

  async onSubmit() {
    if (this.data.isSubmitting) return
    const errors = missingInCall(this.draft)
    if (Object.keys(errors).length > 0) return this.setData({ errors })
    this.setData({ isSubmitting: true, refusal: '' })
    try {
      const repairId = await sendCall(this.draft, this.data.board!.uploadPrefix, (change) => this.write(change))
      dropCall(this.draft)
      void wx.redirectTo({ url: `/${repairDetailPage(repairId)}` })
    } catch (error) {
      const { message, fields } = asServiceError(error)
      if (fields.slot) this.write({ slot: null })
      this.setData({ isSubmitting: false, refusal: message, errors: fields })
    }
  },
})
