import type { IncidentKind } from '../../../../../cloudfunctions/incidents/contract'
import { asServiceError } from '../../../../services/cloud'
import { createIncident, openIncidents } from '../../../../services/incidents'
import { afterLoad, type LoadState } from '../../../../support/cached'
import { clearDraft, readDraft, saveDraft } from '../../../../support/drafts'
import type { Told } from '../../../../support/events'
import { incidentWord } from '../../../../support/incident-words'
import { createRequestId } from '../../../../support/request-id'
import { endAfter, endChips, kindChips } from '../../incident-view'

const name = 'incident'
const whole = '*'
const blank = () => ({ requestId: createRequestId(), kind: 'elevator' as IncidentKind, title: '', buildings: [] as string[], end: '', note: '' })
type Draft = ReturnType<typeof blank>

const errorsIn = ({ title, buildings }: Draft) => ({
  ...(buildings.length === 0 ? { buildings: '请选择受影响的楼栋，或全小区' } : {}),
  ...(title.trim() === '' ? { title: '请写一句话说明' } : {}),
})

Page({
  data: {
    state: 'loading' as LoadState,
    failure: '',
    kindChips,
    endChips,
    buildingChips: [] as { key: string; word: string }[],
    draft: blank(),
    /** What the textarea starts with. */
    note: '',
    errors: {} as { title?: string; buildings?: string; note?: string },
    refusal: '',
    isSubmitting: false,
  },

  onLoad() {
    const draft = readDraft<Draft>(name) ?? blank()
    this.setData({ draft, note: draft.note })
    void this.load()
  },
  async load() {
    this.setData({ state: 'loading' })
    try {
      const { buildings } = await openIncidents('open')
      const chips = buildings.map((building) => ({ key: building, word: `${building}号楼` }))
      this.setData({ buildingChips: [{ key: whole, word: '全小区' }, ...chips], ...afterLoad(null, 'ready') })
    } catch (error) {
      this.setData(afterLoad(asServiceError(error), 'loading'))
    }
  },
  write(change: Partial<Draft>) {
    const draft = { ...this.data.draft, ...change }
    saveDraft(name, draft)
    this.setData({ draft, errors: {} })
  },
  onKind(event: Told<{ key: IncidentKind }>) {
    this.write({ kind: event.detail.key })
  },
  /** The whole community, or some of its buildings: never both. */
  onBuilding(event: Told<{ key: string }>) {
    const { key } = event.detail
    const others = this.data.draft.buildings.filter((each) => each !== whole && each !== key)
    const isChosen = this.data.draft.buildings.includes(key)
    this.write({ buildings: key === whole ? [whole] : isChosen ? others : [...others, key] })
  },
  onTitle(event: Told<{ value: string }>) {
    this.write({ title: event.detail.value })
  },
  onUsual() {
    const { kind, buildings } = this.data.draft
    const where = buildings.includes(whole) || buildings.length === 0 ? '' : buildings.map((each) => `${each}号楼`).join('、')
    this.write({ title: `${where}${incidentWord(kind).word}` })
  },
  onEnd(event: Told<{ key: string }>) {
    this.write({ end: event.detail.key })
  },
  onNote(event: Told<{ value: string }>) {
    this.write({ note: event.detail.value })
  },

  async onSubmit() {
    if (this.data.isSubmitting) return
    const { draft } = this.data
    const errors = errorsIn(draft)
    if (Object.keys(errors).length > 0) return this.setData({ errors })
    this.setData({ isSubmitting: true, refusal: '' })
    const { requestId, kind, end } = draft
    const buildings = draft.buildings.includes(whole) ? null : draft.buildings
    const now = Date.now()
    try {
      await createIncident({
        requestId, kind, title: draft.title.trim(), buildings, startsAt: new Date(now).toISOString(), expectedEndAt: endAfter(end, now), note: draft.note.trim(),
      })
      clearDraft(name)
      void wx.navigateBack()
    } catch (error) {
      const { message, fields } = asServiceError(error)
      this.setData({ isSubmitting: false, refusal: message, errors: fields })
    }
  },
})
