import { mayUsePrivacy } from './privacy'

/** A photo on its way: chosen on this phone, then stored in the cloud under `fileId`. */
export type Photo = { path: string; size: number; fileId: string; state: 'chosen' | 'uploading' | 'stored' | 'failed'; percent: number }

// WeChat deletes what was just chosen when the mini-program is closed; a draft must outlive that.
const keep = (tempFilePath: string): Promise<string> =>
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

/** From the album or the camera, at most `count`; none when the person changed their mind. */
export const choosePhotos = async (count: number): Promise<Photo[]> => {
  if (!(await mayUsePrivacy())) return []
  const chosen = await wx.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] }).catch(() => null)
  const files = chosen?.tempFiles ?? []
  const paths = await Promise.all(files.map((file) => keep(file.tempFilePath)))
  return files.map((file, i) => ({ path: paths[i]!, size: file.size, fileId: '', state: 'chosen', percent: 0 }))
}

export const sayFailedPhotos = (count: number): string => `${count} 张照片没传上去，写的都还在，请再点一次提交`
