import { mayUsePrivacy } from './privacy'

/** A photo on its way: chosen on this phone, then stored in the cloud under `fileId`. A film or a voice message says its extension and length. */
export type Photo = {
  path: string
  size: number
  fileId: string
  state: 'chosen' | 'uploading' | 'stored' | 'failed'
  percent: number
  extension?: 'mp4' | 'mp3'
  seconds?: number
}

// WeChat deletes what was just chosen when the mini-program is closed; a draft must outlive that.
export const keepFile = (tempFilePath: string): Promise<string> =>
  new Promise((resolve) => {
    wx.getFileSystemManager().saveFile({
      tempFilePath,
      success: (saved) => resolve(saved.savedFilePath),
      fail: () => resolve(tempFilePath),
    })
  })

/** Room for kept files is limited: those of a photo taken out, or of an order sent, are given back. */
export const dropPhotos = (photos: Photo[]): void => {
  const files = wx.getFileSystemManager()
  for (const { path } of photos) files.removeSavedFile({ filePath: path, fail: () => undefined })
}

const keep = (files: { path: string; size: number }[]): Promise<Photo[]> =>
  Promise.all(files.map(async ({ path, size }): Promise<Photo> => ({ path: await keepFile(path), size, fileId: '', state: 'chosen', percent: 0 })))

/** Of a draft: an upload that was cut off is one to do again. */
export const stopped = (photos: Photo[]): Photo[] => photos.map((photo) => (photo.state === 'uploading' ? { ...photo, state: 'failed' } : photo))

/** From the album or the camera, at most `count`; none when the person changed their mind. */
export const choosePhotos = async (count: number): Promise<Photo[]> => {
  if (!(await mayUsePrivacy())) return []
  const chosen = await wx.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] }).catch(() => null)
  return keep((chosen?.tempFiles ?? []).map(({ tempFilePath, size }) => ({ path: tempFilePath, size })))
}

/** From a chat, where people send them to the desk; on a PC from its disk as well. */
export const choosePhotosFromChat = async (count: number): Promise<Photo[]> => {
  if (!(await mayUsePrivacy())) return []
  const chosen = await wx.chooseMessageFile({ count, type: 'image' }).catch(() => null)
  return keep((chosen?.tempFiles ?? []).map(({ path, size }) => ({ path, size })))
}

/** A short film from the camera or the album; null when the person changed their mind. */
export const chooseFilm = async (maxSeconds: number): Promise<Photo | null> => {
  if (!(await mayUsePrivacy())) return null
  const chosen = await wx.chooseMedia({ count: 1, mediaType: ['video'], maxDuration: maxSeconds, sizeType: ['compressed'] }).catch(() => null)
  const [file] = chosen?.tempFiles ?? []
  if (!file) return null
  const path = await keepFile(file.tempFilePath)
  return { path, size: file.size, fileId: '', state: 'chosen', percent: 0, extension: 'mp4', seconds: Math.round(file.duration) }
}

export const sayFailedPhotos = (count: number): string => `${count} 张照片没传上去，写的都还在，请再点一次提交`
