import { ServiceError } from './cloud'
import { monthFolder } from '../support/dates'
import { type Photo, sayFailedPhotos } from '../support/photos'
import { randomWord } from '../support/request-id'

const atOnce = 3
const largeFrom = 400 * 1024
const enoughPixels = 1600

/** A photo that cannot be made smaller is sent as it is. */
const compressed = async (photo: Photo): Promise<string> => {
  if (photo.extension || photo.size < largeFrom) return photo.path
  try {
    return (await wx.compressImage({ src: photo.path, quality: 70, compressedWidth: enoughPixels })).tempFilePath
  } catch {
    return photo.path
  }
}

const uploadOne = (filePath: string, cloudPath: string, onProgress: (percent: number) => void): Promise<string> =>
  new Promise((resolve, reject) => {
    const task = wx.cloud.uploadFile({ cloudPath, filePath, success: (stored) => resolve(stored.fileID), fail: reject })
    task?.onProgressUpdate?.((update) => onProgress(update.progress))
  })

/**
 * Uploads those not stored yet, three at a time, under `<prefix>/<yyyymm>/<random>.jpg` (or mp4, mp3), and tells `onChange` of every change.
 * Answers all photos in their order; one that failed says so and is tried again by the next call, the stored ones are not.
 */
export const uploadPhotos = async (photos: Photo[], prefix: string, onChange: (photos: Photo[]) => void): Promise<Photo[]> => {
  let current = photos
  const change = (index: number, part: Partial<Photo>): void => {
    current = current.map((photo, i) => (i === index ? { ...photo, ...part } : photo))
    onChange(current)
  }

  const upload = async (index: number): Promise<void> => {
    change(index, { state: 'uploading', percent: 0 })
    let told = 0
    try {
      const filePath = await compressed(current[index]!)
      const cloudPath = `${prefix.replace(/\/$/, '')}/${monthFolder(Date.now())}/${randomWord(24)}.${current[index]!.extension ?? 'jpg'}`
      const fileId = await uploadOne(filePath, cloudPath, (percent) => {
        // Twenty changes a second are all that a page can take; a step of 20 % is all that a person needs.
        if (percent - told < 20 || percent >= 100) return
        told = percent
        change(index, { percent })
      })
      change(index, { state: 'stored', fileId, percent: 100 })
    } catch {
      change(index, { state: 'failed', percent: 0 })
    }
  }

  const waiting = photos.flatMap((photo, index) => (photo.state === 'stored' ? [] : [index]))
  const work = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) await upload(index)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return current
}

/** The same, for what is sent only with all its photos: throws when one did not arrive. */
export const storePhotos = async (photos: Photo[], prefix: string, onChange: (photos: Photo[]) => void): Promise<Photo[]> => {
  const uploaded = await uploadPhotos(photos, prefix, onChange)
  const failedCount = uploaded.filter(({ state }) => state === 'failed').length
  if (failedCount > 0) throw new ServiceError({ code: 'UNAVAILABLE', message: sayFailedPhotos(failedCount) })
  return uploaded
}

/** Uploads a file of the given kind under `prefix`; answers its fileId. */
export const uploadFile = (filePath: string, prefix: string, ending: 'xlsx'): Promise<string> =>
  uploadOne(filePath, `${prefix.replace(/\/$/, '')}/${randomWord(24)}.${ending}`, () => undefined).catch(() => {
    throw new ServiceError({ code: 'UNAVAILABLE', message: '文件没传上去，请检查网络后再试' })
  })
