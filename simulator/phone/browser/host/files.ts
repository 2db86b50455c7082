import { complain } from './loud'
import { findBlob } from './saved-files'
import { temporaryUrl } from './temporary-urls'

type Kept = { blob: Blob; url: string }

const kept = new Map<string, Kept>()

const extensionOf = (blob: Blob): string => {
  const name = blob instanceof File ? /\.(\w+)$/.exec(blob.name)?.[1] : undefined
  return (
    name ?? { 'image/png': 'png', 'image/webp': 'webp', 'image/gif': 'gif', 'image/svg+xml': 'svg', 'video/mp4': 'mp4', 'video/webm': 'webm' }[blob.type] ?? 'jpg'
  )
}

/** Gives a picked or drawn file the kind of path WeChat gives it. */
export const keepFile = (blob: Blob): string => {
  const path = `wxfile://tmp_${crypto.randomUUID()}.${extensionOf(blob)}`
  keepAs(path, blob)
  return path
}

const keepAs = (path: string, blob: Blob): Kept => {
  const file = { blob, url: URL.createObjectURL(blob) }
  kept.set(path, file)
  return file
}

export const forgetFile = (path: string): void => {
  const file = kept.get(path)
  if (file) URL.revokeObjectURL(file.url)
  kept.delete(path)
}

/** A temporary file of this document or a saved one. Throws for phone paths that lead nowhere; undefined for other addresses. */
const find = async (path: string): Promise<Kept | undefined> => {
  const file = kept.get(path)
  if (file || !path.startsWith('wxfile://')) return file
  const saved = await findBlob(path)
  if (!saved) throw new Error(`no such file or directory ${path}`)
  return keepAs(path, saved)
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
