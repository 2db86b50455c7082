import { collection, type Stored } from './db'
import { counted } from './invocation'
import { cloud } from './platform'
import { temporaryUrls } from './storage'

/** What words and photos belong to; whoever knows the kind settles what is said of them (`content-settling`). */
export type CheckSubject = { kind: string; id: string }

/** A photo sent to WeChat's content check; the answer comes back by its trace id, minutes later. `isOverdue`: a person was asked instead. */
export type PhotoCheck = Stored & { subject: CheckSubject; fileId: string; askedAt: Date; isOverdue: boolean }

export const photoChecks = collection<PhotoCheck>('photo_checks', {
  upgrades: [
    // Release 0.1.0 checked photos of repairs only.
    ({ repairId, ...rest }) => ({ ...rest, subject: { kind: 'repair', id: repairId } }),
    (stored) => ({ ...stored, isOverdue: false }),
  ],
})

const checkVersion = 2
const imageMedia = 2
/** WeChat's scene for what people write and upload about themselves and their homes (资料), and for remarks (评论). */
export const scenes = { profile: 1, comment: 2 } as const
export type Scene = (typeof scenes)[keyof typeof scenes]

export type Verdict = 'pass' | 'review' | 'risky'
/** The author has not used the mini-program for two hours: WeChat does not check for them any more. */
const authorIsGone = 61010

/**
 * WeChat's judgement of a text of at most 2,500 characters (msgSecCheck v2); null when it can no longer be asked, because its author was not
 * seen for two hours. Throws when the check is down: what waits for it is held, and asked again.
 */
export const checkText = async (content: string, openid: string, scene: Scene): Promise<Verdict | null> => {
  try {
    const { result } = await counted(() => cloud.openapi.security!.msgSecCheck!({ content, openid, scene, version: checkVersion }))
    return (result as { suggest: Verdict }).suggest
  } catch (error) {
    if ((error as { errCode?: number }).errCode === authorIsGone) return null
    throw error
  }
}

/**
 * Hands photos to WeChat's check (mediaCheckAsync), whose answers come to `content-callback`, and answers those it can no longer be asked
 * about. A photo asked twice is answered twice. Films cannot be checked: they must never be public. Throws when the check is down.
 */
export const askPhotoChecks = async (fileIds: string[], subject: CheckSubject, openid: string, now: Date): Promise<string[]> => {
  if (fileIds.length === 0) return []
  const refused: string[] = []
  const urls = await temporaryUrls(fileIds)
  for (const fileId of fileIds) {
    const mediaUrl = urls.get(fileId)
    if (mediaUrl === undefined) continue
    try {
      const { traceId } = await counted(() =>
        cloud.openapi.security!.mediaCheckAsync!({ mediaUrl, mediaType: imageMedia, version: checkVersion, openid, scene: scenes.profile }))
      await photoChecks.insert({ _id: String(traceId), schema: 3, subject, fileId, askedAt: now, isOverdue: false })
    } catch (error) {
      if ((error as { errCode?: number }).errCode !== authorIsGone) throw error
      refused.push(fileId)
    }
  }
  return refused
}
