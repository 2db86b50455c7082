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

/** Whether a file is in the caller's own folder: naming somebody else's must not make us hand out what is in it. */
export const isOwnFile = (fileId: string, feature: string, caller: Caller): boolean => {
  const [, path] = /^cloud:\/\/[^/]+(\/.*)$/.exec(fileId) ?? []
  return path !== undefined && path.startsWith(`/${uploadPrefix(feature, caller)}/`) && !path.includes('..')
}

/** Refuses photos that are not in the caller's own folder. Throws INVALID_INPUT on field `photos`. */
export const requireOwnFiles = (fileIds: string[], feature: string, caller: Caller): void => {
  if (!fileIds.every((fileId) => isOwnFile(fileId, feature, caller))) throw invalid({ photos: '照片没有上传成功，请重新选择' })
  if (new Set(fileIds).size !== fileIds.length) throw invalid({ photos: '同一张照片只需上传一次' })
}

/** A file's content; null when it is gone, 'too_large' when it is more than that. Never holds more than that in memory. Two round trips. */
export const downloadFile = async (fileId: string, mostBytes: number): Promise<Buffer | 'too_large' | null> => {
  const url = (await temporaryUrls([fileId])).get(fileId)
  if (url === undefined) return null
  const response = await counted(() => fetch(encodeURI(url)))
  if (!response.ok || !response.body) return null
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length
    if (length > mostBytes) return 'too_large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A file of our own, private as all are; answers its id. One round trip. */
export const saveFile = async (path: string, content: Buffer): Promise<string> =>
  (await counted(() => cloud.uploadFile({ cloudPath: path, fileContent: content }))).fileID

/** Those that are gone already are no mistake. One round trip for every 50. */
export const deleteFiles = async (fileIds: string[]): Promise<void> => {
  for (let from = 0; from < fileIds.length; from += filesPerCall) {
    await counted(() => cloud.deleteFile({ fileList: fileIds.slice(from, from + filesPerCall) }))
  }
}
