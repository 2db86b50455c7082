import { PlatformError } from '../platform-error'
import { findPathFault } from './cloud-path'
import type { PathSigner } from './signed-path'
import { fileIdOf, pathOfFileId } from './storage'
import type { Storage } from './storage'

type Answer = Record<string, unknown>
export type StorageActions = Record<string, (body: Record<string, unknown>) => Promise<Answer>>

const mostFiles = 50
const defaultMaxAge = 7200
const longestMaxAge = 7 * 24 * 3600
const uploadForMs = 15 * 60_000

/** The storage half of the SDK's gateway: bytes themselves go to and from the `/file/` door. */
export const createStorageActions = (storage: Storage, signer: PathSigner, url: string, now: () => number): StorageActions => {
  const describe = (entry: unknown): Answer => {
    const { fileid: fileID, max_age: maxAge = defaultMaxAge } = (typeof entry === 'object' && entry !== null ? entry : {}) as Answer
    const cloudPath = pathOfFileId(fileID)
    if (!cloudPath || !storage.find(cloudPath)) {
      return { fileID, fileid: fileID, tempFileURL: '', code: 'STORAGE_FILE_NONEXIST', message: 'storage file not exists' }
    }
    const seconds = Math.min(Math.max(Number(maxAge) || defaultMaxAge, 1), longestMaxAge)
    const tempFileURL = `${url}/file/${signer.sign('get', cloudPath, now() + seconds * 1000)}`
    return { fileID, fileid: fileID, tempFileURL, download_url: tempFileURL, maxAge: seconds, code: 'SUCCESS' }
  }

  return {
    'storage.getUploadMetadata': async ({ path: cloudPath }) => {
      const fault = findPathFault(cloudPath)
      if (fault) throw new PlatformError('INVALID_PARAM', fault)
      const fileId = fileIdOf(cloudPath as string)
      const target = `${url}/file/${signer.sign('put', cloudPath as string, now() + uploadForMs)}`
      // The SDK sends cosFileId back as a header, where a Chinese file name would not pass.
      return { data: { url: target, token: 'local', authorization: 'local', fileId, cosFileId: 'local' } }
    },
    'storage.batchGetDownloadUrl': async ({ file_list: files }) => ({
      data: { download_list: readList(files, 'file_list').map(describe) },
    }),
    'storage.batchDeleteFile': async ({ fileid_list: fileIds }) => {
      const removals = readList(fileIds, 'fileid_list').map(async (fileID) => {
        const cloudPath = pathOfFileId(fileID)
        const isRemoved = cloudPath !== undefined && (await storage.remove(cloudPath))
        return { fileID, code: isRemoved ? 'SUCCESS' : 'STORAGE_FILE_NONEXIST' }
      })
      return { data: { delete_list: await Promise.all(removals) } }
    },
  }
}

const readList = (list: unknown, field: string): unknown[] => {
  if (!Array.isArray(list) || list.length === 0) throw new PlatformError('INVALID_PARAM', `${field} must be a non-empty array`)
  if (list.length > mostFiles) throw new PlatformError('INVALID_PARAM', `${field} must hold at most ${mostFiles} files`)
  return list
}
