import type { PriceItem } from '../../../../../cloudfunctions/repairs/contract'
import type { Technician } from '../../../../services/repairs'
import { comingDays, sayWeekday } from '../../../../support/dates'
import type { Told } from '../../../../support/events'
import type { Photo } from '../../../../support/photos'
import { urgencyChoices } from '../../../../support/repair-words'
import { type Accepted, type Cost, viewCost } from '../../costing'
import { emptyStep, type StepDraft, type StepErrors, type StepForm } from '../../step-forms'

type Chip = { key: string; word: string; hint?: string }
type Candidate = { repairId: string; title: string; meta: string }

const holdDays = 14
const sayLoad = ({ isOnDuty, workingCount }: Technician): string => `${isOnDuty ? '在班' : '不在班'} · 手上 ${workingCount} 单`

const picksOf = (form: StepForm, technicians: Technician[], candidates: Candidate[], now: number): Chip[] => {
  if (form.picks === 'technician') return technicians.map((one) => ({ key: one.memberId, word: one.name, hint: sayLoad(one) }))
  if (form.picks === 'day') return comingDays(holdDays, now).map((day) => ({ key: day, word: sayWeekday(day, now), hint: day.slice(5).replace('-', '/') }))
  if (form.picks === 'urgency') return urgencyChoices.map(({ urgency, word }) => ({ key: urgency, word }))
  return form.picks === 'order' ? candidates.map(({ repairId, title, meta }) => ({ key: repairId, word: title, hint: meta })) : []
}

const fieldOf: Record<string, keyof StepDraft> = { technician: 'technicianId', day: 'until', urgency: 'urgency', order: 'intoId' }

/** What a step asks before it is taken. Emits `write` with what changed, `submit`, `requote`, `retry` (whom to choose from) and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    form: { type: Object, value: null as unknown as StepForm },
    draft: { type: Object, value: emptyStep },
    errors: { type: Object, value: {} as StepErrors },
    technicians: { type: Array, value: [] as Technician[] },
    candidates: { type: Array, value: [] as Candidate[] },
    pickState: { type: String, value: 'ready' },
    pickFailure: { type: String, value: '' },
    accepted: { type: Object, value: null as unknown as Accepted },
    prices: { type: Array, value: [] as PriceItem[] },
    ratingTags: { type: Array, value: [] as string[] },
    noteLength: { type: Number, value: 200 },
    photoCount: { type: Number, value: 9 },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  data: { picks: [] as Chip[], picked: [] as string[], chips: [] as Chip[], tags: [] as Chip[], note: '', isLow: false, isTooMuch: false, errorAt: '' },
  observers: {
    'form, technicians, candidates'(form: StepForm | null, technicians: Technician[], candidates: Candidate[]) {
      if (!form) return
      this.setData({ picks: picksOf(form, technicians, candidates, Date.now()), chips: form.chips.map((word) => ({ key: word, word })) })
    },
    'form, draft'(form: StepForm | null, draft: StepDraft) {
      const field = form && fieldOf[form.picks]
      this.setData({ picked: field ? [String(draft[field])] : [], isLow: draft.stars > 0 && draft.stars <= 3 })
    },
    'form, draft, accepted'(form: StepForm | null, draft: StepDraft, accepted: Accepted | null) {
      this.setData({ isTooMuch: accepted !== null && form?.asksCost === true && viewCost(draft.cost, accepted).isTooMuch })
    },
    /** What is missing may lie above or below what the sheet shows. */
    errors(errors: StepErrors) {
      this.setData({ errorAt: '' })
      const [field] = Object.keys(errors)
      if (field) this.setData({ errorAt: `error-${field}` })
    },
    ratingTags(words: string[]) {
      this.setData({ tags: words.map((word) => ({ key: word, word })) })
    },
    /** What is typed from then on lives in the textarea. */
    'visible, form'(visible: boolean) {
      if (visible) this.setData({ note: (this.data.draft as StepDraft).note })
    },
  },
  methods: {
    write(change: Partial<StepDraft>) {
      if (!this.data.isBusy) this.triggerEvent('write', change)
    },
    onPick(event: Told<{ key: string }>) {
      const field = fieldOf[(this.data.form as StepForm).picks]
      if (field) this.write({ [field]: event.detail.key })
    },
    onStars(event: Told<{ stars: number }>) {
      this.write({ stars: event.detail.stars })
    },
    onTag(event: Told<{ key: string }>) {
      const { tags } = this.data.draft as StepDraft
      const { key } = event.detail
      this.write({ tags: tags.includes(key) ? tags.filter((tag) => tag !== key) : [...tags, key] })
    },
    /** A usual reason is written, not only chosen: it can be added to. */
    onChip(event: Told<{ key: string }>) {
      this.setData({ note: event.detail.key })
      this.write({ note: event.detail.key })
    },
    onNote(event: Told<{ value: string }>) {
      this.write({ note: event.detail.value })
    },
    onPhotos(event: Told<{ photos: Photo[] }>) {
      this.write(event.detail)
    },
    onCost(event: Told<{ cost: Cost }>) {
      this.write(event.detail)
    },
    onRequote() {
      if (!this.data.isBusy) this.triggerEvent('requote')
    },
    onSubmit() {
      if (!this.data.isBusy) this.triggerEvent(this.data.isTooMuch ? 'requote' : 'submit')
    },
    onRetry() {
      this.triggerEvent('retry')
    },
    onClose() {
      if (!this.data.isBusy) this.triggerEvent('close')
    },
  },
})
