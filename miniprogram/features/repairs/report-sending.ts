import type { Category } from '../../../cloudfunctions/repairs/contract'
import { ServiceError } from '../../services/cloud'
import { storePhotos, uploadPhotos } from '../../services/photos'
import { createRepair, createRepairFor } from '../../services/repairs'
import { type Photo, sayFailedPhotos } from '../../support/photos'
import { type CallerDraft, orderOf } from './caller-draft'
import type { RepairDraft } from './repair-draft'

type Change = (change: Partial<RepairDraft>) => void

const sayFailed = (failed: Photo[]): string =>
  failed.some(({ extension }) => extension) ? '语音或视频没传上去，写的都还在，请再点一次提交' : sayFailedPhotos(failed.length)

/** Uploads what is not stored yet, telling `change` how far it is. Throws when something did not arrive: what did is not sent twice. */
const upload = async (draft: RepairDraft, prefix: string, change: Change): Promise<Pick<RepairDraft, 'photos' | 'films' | 'voices'>> => {
  const photos = await uploadPhotos(draft.photos, prefix, (changed) => change({ photos: changed }))
  const films = await uploadPhotos(draft.films, prefix, (changed) => change({ films: changed }))
  const voices = await uploadPhotos(draft.voices, prefix, (changed) => change({ voices: changed }))
  const failed = [...photos, ...films, ...voices].filter(({ state }) => state === 'failed')
  if (failed.length > 0) throw new ServiceError({ code: 'UNAVAILABLE', message: sayFailed(failed) })
  return { photos, films, voices }
}

/** Sends a report with its photos, film and voice; answers the order's id. However often, it becomes one order. */
export const sendReport = async (draft: RepairDraft, prefix: string, change: Change): Promise<string> => {
  const { photos, films, voices } = await upload(draft, prefix, change)
  const [voice] = voices
  const { repairId } = await createRepair({
    requestId: draft.requestId,
    houseId: draft.houseId,
    category: draft.category as Category,
    urgency: draft.urgency,
    description: draft.description.trim(),
    photos: photos.map(({ fileId }) => fileId),
    place: draft.isPublicArea ? { building: draft.building || null, spot: draft.spot.trim() } : null,
    // An urgent report does not wait for an hour, and a place is always at home.
    slot: draft.isPublicArea || draft.urgency === 'urgent' ? null : draft.slot,
    contact: draft.contactName.trim() ? { name: draft.contactName.trim(), phone: draft.contactPhone.trim() } : null,
    video: films[0]?.fileId ?? null,
    voice: voice ? { fileId: voice.fileId, seconds: Math.max(1, voice.seconds ?? 1) } : null,
  })
  return repairId
}

/** Sends what a caller said, with the photos he sent; answers the order's id. However often, it becomes one order. */
export const sendCall = async (draft: CallerDraft, prefix: string, change: (change: Partial<CallerDraft>) => void): Promise<string> => {
  const photos = await storePhotos(draft.photos, prefix, (changed) => change({ photos: changed }))
  return (await createRepairFor(orderOf({ ...draft, photos }))).repairId
}
