import { ServiceError } from '../../services/cloud'
import { offerMessages } from '../../services/messages'
import type { Photo } from '../../support/photos'
import { uploadPhotos } from '../../services/photos'
import { dropPhotos, sayFailedPhotos } from '../../support/photos'
import { completeRepair } from '../../services/repairs'
import { clearDraft, readDraft, saveDraft } from '../../support/drafts'

/** What a technician writes when the work is done; kept until it is sent, like every draft. */
export type Completion = { note: string; photos: Photo[] }

const name = (repairId: string): string => `completion.${repairId}`

export const restoreCompletion = (repairId: string): Completion => readDraft<Completion>(name(repairId)) ?? { note: '', photos: [] }
export const keepCompletion = (repairId: string, completion: Completion): void => saveDraft(name(repairId), completion)

type Sending = { repairId: string; uploadPrefix: string; onPhotos: (photos: Photo[]) => void }

/**
 * Offers subscription messages (call it first in the tap), uploads the photos and completes the order. When a photo could not be
 * uploaded nothing is sent, and the next try uploads only what is missing.
 */
export const completeRun = ({ note, photos }: Completion, { repairId, uploadPrefix, onPhotos }: Sending) => {
  const offered = offerMessages()
  return async (requestId: string): Promise<void> => {
    const uploaded = await uploadPhotos(photos, uploadPrefix, onPhotos)
    await offered
    const failedCount = uploaded.filter((photo) => photo.state === 'failed').length
    if (failedCount > 0) throw new ServiceError({ code: 'UNAVAILABLE', message: sayFailedPhotos(failedCount) })
    await completeRepair({ repairId, requestId, note, photos: uploaded.map((photo) => photo.fileId) })
    clearDraft(name(repairId))
    dropPhotos(uploaded)
  }
}
