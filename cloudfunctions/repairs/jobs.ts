import { AppError } from '../_shared/errors'
import { counted } from '../_shared/invocation'
import type { JobRunner, JobRunners } from '../_shared/jobs'
import { cloud } from '../_shared/platform'
import { temporaryUrls } from '../_shared/storage'
import { settlePhoto, type RepairOrder } from './repair'
import { photoChecks, repairs } from './repository'

export type PhotoCheckDuty = { repairId: string; openid: string; fileIds: string[] }
export const photoCheckKind = 'repair_photo_checks'

const imageMedia = 2
const checkVersion = 2
/** WeChat's scene for what people upload about themselves and their homes (资料). */
const scene = 1

/** Hands an order's new photos to WeChat's content check. A photo asked twice is answered twice, which changes nothing. */
const checkPhotos: JobRunner = async (job, now) => {
  const { repairId, openid, fileIds } = job.payload as PhotoCheckDuty
  const urls = await temporaryUrls(fileIds)
  for (const fileId of fileIds) {
    const mediaUrl = urls.get(fileId)
    if (mediaUrl === undefined) continue
    const { traceId } = await counted(() =>
      cloud.openapi.security!.mediaCheckAsync!({ mediaUrl, mediaType: imageMedia, version: checkVersion, openid, scene }))
    await photoChecks.insert({ _id: String(traceId), schema: 1, repairId, fileId, askedAt: now })
  }
  return 'done'
}

export const repairJobs: JobRunners = { [photoCheckKind]: checkPhotos }

const saveUnlessChanged = async ({ _id, ...after }: RepairOrder, versionBefore: number): Promise<boolean> =>
  (await repairs.update({ _id, version: versionBefore }, { version: after.version, photos: after.photos, timeline: after.timeline })) === 1

const attempts = 5

/** WeChat's answer to one photo. A trace nobody waits for (answered before, or not ours) is ignored. */
export const settlePhotoCheck = async (traceId: string, suggest: string): Promise<void> => {
  const check = await photoChecks.get(traceId)
  if (!check) return
  for (let attempt = 1; ; attempt += 1) {
    const repair = await repairs.get(check.repairId)
    // What a human should look at stays visible: only the household and the staff see it.
    if (!repair || (await saveUnlessChanged(settlePhoto(repair, check.fileId, suggest === 'risky' ? 'risky' : 'passed'), repair.version))) break
    if (attempt === attempts) throw new AppError('CONFLICT', '报修单正在被修改', { reason: 'BUSY' })
  }
  await photoChecks.remove(traceId)
}
