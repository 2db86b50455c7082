import { complain } from './loud'
import { openid } from './persona'
import { post } from './doors'
import { isSavedPath, savedFile } from './saved-files'

type Kept = { blob: Blob; url: string }

const kept = new Map<string, Kept>()
let count = 0

const extensionOf = (blob: Blob): string => {
  const name = blob instanceof File ? /\.(\w+)$/.exec(blob.name)?.[1] : undefined
  return name ?? ({ 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif', 'image/svg+xml': 'svg', 'video/mp4': 'mp4' }[blob.type] ?? 'jpg')
}

/** Gives a picked or drawn file the kind of path WeChat gives it. */
export const keepFile = (blob: Blob): string => {
  count += 1
  const path = `wxfile://tmp_${count}.${extensionOf(blob)}`
  kept.set(path, { blob, url: URL.createObjectURL(blob) })
  return path
}

export const forgetFile = (path: string): void => {
  const file = kept.get(path)
  if (file) URL.revokeObjectURL(file.url)
  kept.delete(path)
}

const find = async (path: string): Promise<Kept | undefined> => {
  const file = kept.get(path)
  if (file || !isSavedPath(path)) return file
  const blob = await savedFile(path)
  if (!blob) return undefined
  const restored = { blob, url: URL.createObjectURL(blob) }
  kept.set(path, restored)
  return restored
}

/** The content behind a path of this phone: a temporary file, one of the mini-program's, or an address of this machine. */
export const readFile = async (path: string): Promise<Blob> => {
  const file = await find(path)
  if (file) return file.blob
  const url = await urlOf(path)
  const response = await fetch(url)
  if (!response.ok) throw new Error(`file ${path} is not there`)
  return response.blob()
}

/** An address the browser can load for anything a page may put into `src`. Throws for addresses outside this machine. */
export const urlOf = async (path: string, from = ''): Promise<string> => {
  const file = await find(path)
  if (file) return file.url
  if (path.startsWith('cloud://')) return temporaryUrl(path)
  if (/^(blob|data):/.test(path)) return path
  if (/^(https?:)?\/\//.test(path)) {
    const url = new URL(path, location.href)
    if (url.origin === location.origin) return url.href
    complain(`${path} lies outside this machine: this phone does not call other servers`)
    throw new Error(`${path} is out of reach`)
  }
  if (path.startsWith('/file/')) return path
  return `/phone/files${new URL(path, `http://phone/${from}`).pathname}${/\?.*/.exec(path)?.[0] ?? ''}`
}

export type TemporaryUrl = { fileID: string; tempFileURL: string; status: number; errMsg: string }

export const askTemporaryUrls = async (fileList: string[]): Promise<TemporaryUrl[]> => {
  const { fileList: answers } = await post<{ fileList: TemporaryUrl[] }>('/client/temp-url', { openid, fileList })
  return answers
}

let waiting: Map<string, ((url: string) => void)[]> | undefined

/** Pictures of one screen ask together. */
const temporaryUrl = (fileId: string): Promise<string> =>
  new Promise((resolve) => {
    if (!waiting) {
      const batch = new Map<string, ((url: string) => void)[]>()
      waiting = batch
      setTimeout(() => {
        waiting = undefined
        void askTemporaryUrls([...batch.keys()]).then((answers) => {
          for (const { fileID, tempFileURL } of answers) for (const answer of batch.get(fileID) ?? []) answer(tempFileURL)
        })
      })
    }
    waiting.set(fileId, [...(waiting.get(fileId) ?? []), resolve])
  })
