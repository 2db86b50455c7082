import type { Caller } from './caller'
import { environmentVault } from './vault'
import { invalid } from './errors'
import { counted } from './invocation'
import { cloud } from './platform'

const filesPerCall = 50
const urlSeconds = 3_600

/** Short-lived addresses of private files; one round trip for every 50. A file that is gone has no entry. */
export const temporaryUrls = async (fileIds: string[]): Promise<Map<string, string>> => {
  const unique = [...new Set(fileIds)]
  const batches = Array.from({ length: Math.ceil(unique.length / filesPerCall) }, (_, i) =>
    unique.slice(i * filesPerCall, (i + 1) * filesPerCall))
  const replies = await Promise.all(batches.map((batch) =>
    counted(() => cloud.getTempFileURL({ fileList: batch.map((fileID) => ({ fileID, maxAge: urlSeconds })) }))))
  return new Map(replies.flatMap(({ fileList }) => fileList.filter((file) => file.status === 0).map((file) => [file.fileID, file.tempFileURL])))
}

/** The folder a person's photos go to: unguessable, and recognised as theirs without asking the database. */
export const uploadPrefix = (feature: string, caller: Caller): string =>
  `${feature}/${environmentVault().hash('upload', caller.openid).slice(0, 24)}`

/**
 * Refuses photos that are not in the caller's own folder: naming somebody else's file must not make us hand out its address.
 * Throws INVALID_INPUT on field `photos`.
 */
export const requireOwnFiles = (fileIds: string[], feature: string, caller: Caller): void => {
  const folder = `/${uploadPrefix(feature, caller)}/`
  const isOwn = (fileId: string) => {
    const [, path] = /^cloud:\/\/[^/]+(\/.*)$/.exec(fileId) ?? []
    return path !== undefined && path.startsWith(folder) && !path.includes('..')
  }
  if (!fileIds.every(isOwn)) throw invalid({ photos: '照片没有上传成功，请重新选择' })
  if (new Set(fileIds).size !== fileIds.length) throw invalid({ photos: '同一张照片只需上传一次' })
}
