import type { Category, Slot, Source, Urgency } from '../../../cloudfunctions/repairs/contract'
import type { FoundHouse } from '../../services/repair-desk'
import { clearDraft, readDraft, saveDraft } from '../../support/drafts'
import { dropPhotos, type Photo, stopped } from '../../support/photos'
import { createRequestId } from '../../support/request-id'
import type { CallerReport } from '../../services/repairs'

/** What a clerk takes down while somebody is on the phone. The request id belongs to it: it becomes one order. */
export type CallerDraft = {
  requestId: string
  source: Exclude<Source, 'resident'>
  name: string
  phone: string
  house: FoundHouse | null
  isPublicArea: boolean
  building: string
  spot: string
  category: Category | ''
  urgency: Urgency
  description: string
  photos: Photo[]
  slot: Slot | null
}

const name = 'repairForCaller'

export const newCall = (): CallerDraft => ({
  requestId: createRequestId(), source: 'call', name: '', phone: '', house: null, isPublicArea: false, building: '', spot: '',
  category: '', urgency: 'normal', description: '', photos: [], slot: null,
})
export const restoreCall = (): CallerDraft => {
  const draft = { ...newCall(), ...readDraft<CallerDraft>(name) }
  return { ...draft, photos: stopped(draft.photos) }
}
export const keepCall = (draft: CallerDraft): void => saveDraft(name, draft)
export const dropCall = ({ photos }: CallerDraft): void => {
  clearDraft(name)
  dropPhotos(photos)
}

export const sourceChips: { key: CallerDraft['source']; word: string }[] = [
  { key: 'call', word: '来电' }, { key: 'counter', word: '到前台' }, { key: 'patrol', word: '巡查发现' },
]

export type CallErrors = { house?: string; spot?: string; name?: string; category?: string; description?: string; phone?: string; photos?: string; slot?: string }

const phoneNumber = /^[0-9-]{7,13}$/

export const missingInCall = (draft: CallerDraft): CallErrors => ({
  ...(draft.name.trim() === '' ? { name: '请填写来的人怎么称呼' } : {}),
  ...(draft.phone.trim() !== '' && !phoneNumber.test(draft.phone.trim()) ? { phone: '请填写正确的电话号码' } : {}),
  ...(!draft.isPublicArea && !draft.house ? { house: '请找到房号；找不到就报公共区域' } : {}),
  ...(draft.isPublicArea && draft.spot.trim() === '' ? { spot: '请写下具体位置' } : {}),
  ...(draft.category === '' ? { category: '请选一下是哪一类' } : {}),
  ...(draft.description.trim() === '' ? { description: '请写下哪里坏了' } : {}),
})

/** The order it becomes. */
export const orderOf = (draft: CallerDraft): CallerReport => ({
  requestId: draft.requestId,
  source: draft.source,
  urgency: draft.urgency,
  houseId: draft.isPublicArea ? null : (draft.house?.houseId ?? null),
  caller: { name: draft.name.trim(), phone: draft.phone.trim() || null },
  category: draft.category as Category,
  description: draft.description.trim(),
  photos: draft.photos.map(({ fileId }) => fileId),
  place: draft.isPublicArea ? { building: draft.building || null, spot: draft.spot.trim() } : null,
  // An urgent report does not wait for an hour, and a place is always at home.
  slot: draft.isPublicArea || draft.urgency === 'urgent' ? null : draft.slot,
})
