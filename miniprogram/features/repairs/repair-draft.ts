import type { Category, Slot, Urgency } from '../../../cloudfunctions/repairs/contract'
import type { Photo } from '../../support/photos'
import { dropPhotos, stopped } from '../../support/photos'
import { clearDraft, readDraft, saveDraft } from '../../support/drafts'
import { createRequestId } from '../../support/request-id'

/** The request id belongs to the draft: however often it is sent, it becomes one order. */
export type RepairDraft = {
  requestId: string
  houseId: string
  category: Category | ''
  urgency: Urgency
  description: string
  photos: Photo[]
  /** One at most. */
  films: Photo[]
  /** One at most: what was said instead of, or beside, the description. */
  voices: Photo[]
  isPublicArea: boolean
  /** '' for what is in no building. */
  building: string
  spot: string
  slot: Slot | null
  contactName: string
  contactPhone: string
}

const name = 'repair'

export const newDraft = (): RepairDraft => ({
  requestId: createRequestId(), houseId: '', category: '', urgency: 'normal', description: '', photos: [], films: [], voices: [],
  isPublicArea: false, building: '', spot: '', slot: null, contactName: '', contactPhone: '',
})

const files = ({ photos, films, voices }: RepairDraft): Photo[] => [...photos, ...films, ...voices]
/** What a form shows of a draft: all but its request id. */
export const shownOf = ({ requestId: _kept, ...shown }: RepairDraft): Omit<RepairDraft, 'requestId'> => shown

const hasContent = (draft: RepairDraft): boolean => draft.description.trim() !== '' || files(draft).length > 0 || draft.category !== ''

/** The draft of last time, when there is something in it. */
export const restoreDraft = (): RepairDraft | null => {
  const draft = { ...newDraft(), ...readDraft<RepairDraft>(name) }
  if (!hasContent(draft)) return null
  return { ...draft, photos: stopped(draft.photos), films: stopped(draft.films), voices: stopped(draft.voices) }
}

export const keepDraft = (draft: RepairDraft): void => saveDraft(name, draft)

export const dropDraft = (draft: RepairDraft): void => {
  clearDraft(name)
  dropPhotos(files(draft))
}

export type DraftErrors = { category?: string; description?: string; photos?: string; houseId?: string; spot?: string; contact?: string; slot?: string }

const phoneNumber = /^[0-9-]{7,13}$/

/** What is plainly missing, before anything is uploaded; the server judges the rest. */
export const missingIn = (draft: RepairDraft): DraftErrors => {
  const hasHalfContact = (draft.contactName.trim() === '') !== (draft.contactPhone.trim() === '')
  const isBadPhone = draft.contactPhone.trim() !== '' && !phoneNumber.test(draft.contactPhone.trim())
  return {
    ...(draft.isPublicArea && draft.spot.trim() === '' ? { spot: '请选一个位置，或写下具体在哪里' } : {}),
    ...(draft.category === '' ? { category: '请选一下是哪一类' } : {}),
    ...(draft.description.trim() === '' && draft.voices.length === 0 ? { description: '请写下哪里坏了，或按住说话' } : {}),
    ...(hasHalfContact ? { contact: '联系人要有称呼和电话' } : isBadPhone ? { contact: '请填写正确的电话号码' } : {}),
  }
}

/** Where on the form each of these stands, from top to bottom. */
export const placeOfError = (errors: DraftErrors): string =>
  errors.spot ? '#where' : errors.description ? '#description' : errors.category ? '#category' : '#contact'
