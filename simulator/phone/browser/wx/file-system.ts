import { forgetFile, readFile } from '../host/files'
import { isSavedPath, removeSavedFile, saveFile, savedFile } from '../host/saved-files'
import { api, Refusal } from './call'

const extensionOf = (path: string): string => /\.(\w+)$/.exec(path)?.[1] ?? 'bin'

/** What `wx.getFileSystemManager()` gives. */
export const fileSystem = {
  saveFile: api<{ tempFilePath: string }>('saveFile', async ({ tempFilePath }) => {
    const savedFilePath = await saveFile(await readFile(tempFilePath), extensionOf(tempFilePath))
    // WeChat moves the file: the temporary path is gone afterwards.
    forgetFile(tempFilePath)
    return { savedFilePath }
  }),
  removeSavedFile: api<{ filePath: string }>('removeSavedFile', async ({ filePath }) => {
    if (!isSavedPath(filePath) || !(await savedFile(filePath))) throw new Refusal('file not exist')
    forgetFile(filePath)
    await removeSavedFile(filePath)
  }),
}
