import type { Category, Urgency } from '../../../cloudfunctions/repairs/contract'
import type { Photo } from '../../support/photos'
import { dropPhotos } from '../../support/photos'
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
}

const name = 'repair'

export const newDraft = (): RepairDraft => ({
  requestId: createRequestId(), houseId: '', category: '', urgency: 'normal', description: '', photos: [],
})

const hasContent = (draft: RepairDraft): boolean => draft.description.trim() !== '' || draft.photos.length > 0 || draft.category !== ''

/** The draft of last time, when there is something in it. An upload that was cut off is one to do again. */
export const restoreDraft = (): RepairDraft | null => {
  const draft = readDraft<RepairDraft>(name)
  if (!draft || !hasContent(draft)) return null
  return { ...draft, photos: draft.photos.map((photo) => (photo.state === 'uploading' ? { ...photo, state: 'failed' } : photo)) }
}

export const keepDraft = (draft: RepairDraft): void => saveDraft(name, draft)

export const dropDraft = (draft: RepairDraft): void => {
  clearDraft(name)
  dropPhotos(draft.photos)
}

export type DraftErrors = { category?: string; description?: string; photos?: string; houseId?: string }

/** What is plainly missing, before anything is uploaded; the server judges the rest. */
export const missingIn = (draft: RepairDraft): DraftErrors => ({
  ...(draft.category === '' ? { category: '请选一下是哪一类' } : {}),
  ...(draft.description.trim() === '' ? { description: '请写下哪里坏了' } : {}),
})
