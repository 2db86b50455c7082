import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { filePrefix } from '../platform'
import type { Records } from '../records'
import { contentTypeOf } from './content-type'

/** `openid` is who uploaded it; '' for a function's own. */
type StoredFile = { path: string; openid: string; size: number; contentType: string; storedAt: number }

export type Storage = {
  find: (cloudPath: string) => StoredFile | undefined
  read: (cloudPath: string) => Promise<Buffer>
  write: (cloudPath: string, content: Buffer, openid: string) => Promise<void>
  remove: (cloudPath: string) => Promise<boolean>
  clear: () => Promise<void>
}

export const fileIdOf = (cloudPath: string): string => filePrefix + cloudPath
/** undefined for an id of another environment or no id at all. */
export const pathOfFileId = (fileId: unknown): string | undefined =>
  typeof fileId === 'string' && fileId.startsWith(filePrefix) ? fileId.slice(filePrefix.length) : undefined

/** Files of the bucket. On disk they are named by the hash of their path: a path can name nothing else on this machine. */
export const openStorage = (folder: string, records: Records, now: () => number): Storage => {
  const index = records.table<StoredFile>('files')
  const diskName = (cloudPath: string): string => {
    const hash = createHash('sha256').update(cloudPath).digest('hex')
    return path.join(folder, hash.slice(0, 2), hash)
  }
  const keyOf = (cloudPath: string): string => createHash('sha256').update(cloudPath).digest('base64url')

  return {
    find: (cloudPath) => index.get(keyOf(cloudPath)),
    read: (cloudPath) => fs.readFile(diskName(cloudPath)),
    write: async (cloudPath, content, openid) => {
      const target = diskName(cloudPath)
      const temporary = `${target}.${randomUUID()}`
      await fs.mkdir(path.dirname(target), { recursive: true })
      await fs.writeFile(temporary, content)
      await fs.rename(temporary, target)
      const contentType = contentTypeOf(cloudPath)
      await index.put(keyOf(cloudPath), { path: cloudPath, openid, size: content.length, contentType, storedAt: now() })
    },
    remove: async (cloudPath) => {
      if (!index.get(keyOf(cloudPath))) return false
      await index.remove(keyOf(cloudPath))
      await fs.rm(diskName(cloudPath), { force: true })
      return true
    },
    clear: async () => {
      await index.clear()
      await fs.rm(folder, { recursive: true, force: true })
    },
  }
}
