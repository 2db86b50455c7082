import { forgetFile, readFile } from '../host/files'
import { findBlob, removeBlob, saveBlob, savedPaths } from '../host/saved-files'
import { api, Refusal } from './call'
import { loudly } from './loudly'

const nameOf = (path: string): string => path.split('/').pop() ?? ''

const save = async ({ tempFilePath, filePath }: { tempFilePath: string; filePath?: string }): Promise<{ savedFilePath: string }> => {
  const savedFilePath = filePath ?? `wxfile://store_${nameOf(tempFilePath).replace(/^tmp_/, '')}`
  await saveBlob(savedFilePath, await readFile(tempFilePath))
  // WeChat moves the file: the temporary path is gone afterwards.
  forgetFile(tempFilePath)
  return { savedFilePath }
}

const remove = async ({ filePath }: { filePath: string }): Promise<void> => {
  if (!(await findBlob(filePath))) throw new Refusal(`no such file or directory ${filePath}`)
  forgetFile(filePath)
  await removeBlob(filePath)
}

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

const read = async ({ filePath, encoding }: { filePath: string; encoding?: string }): Promise<{ data: string | ArrayBuffer }> => {
  const content = await (await readFile(filePath)).arrayBuffer()
  if (!encoding) return { data: content }
  if (encoding === 'base64') return { data: btoa(Array.from(new Uint8Array(content), (byte) => String.fromCharCode(byte)).join('')) }
  if (/^utf-?8$/.test(encoding)) return { data: new TextDecoder().decode(content) }
  throw new Refusal(`encoding ${encoding} is not in this phone`)
}

type Write = { filePath: string; data: string | ArrayBuffer; encoding?: string }

/** The part of FileSystemManager that keeps photos and exports; it works without `…Sync`, as the browser's storage does. */
export const fileSystem = loudly('FileSystemManager', {
  saveFile: api('saveFile', save),
  removeSavedFile: api('removeSavedFile', remove),
  unlink: api('unlink', remove),
  getSavedFileList: api('getSavedFileList', async () => ({
    fileList: (await savedPaths()).map((filePath) => ({ filePath, size: 0, createTime: 0 })),
  })),
  getFileInfo: api<{ filePath: string }>('getFileInfo', async ({ filePath }) => ({ size: (await readFile(filePath)).size })),
  access: api<{ path: string }>('access', async ({ path }) => {
    await readFile(path).catch(() => {
      throw new Refusal(`no such file or directory ${path}`)
    })
  }),
  readFile: api('readFile', read),
  writeFile: api<Write>('writeFile', ({ filePath, data, encoding }) =>
    saveBlob(filePath, new Blob([encoding === 'base64' && typeof data === 'string' ? fromBase64(data) : data])),
  ),
})
