import { keepFile, readFile, urlOf } from '../host/files'
import { pickFiles } from '../sheets/files'
import { askScan } from '../sheets/scan'
import { api, nothing, Refusal } from './call'
import { requirePrivacy } from './privacy'

const loadPicture = async (src: string): Promise<HTMLImageElement> => {
  const picture = new Image()
  picture.src = await urlOf(src)
  await picture.decode()
  return picture
}

type Measured = { width: number; height: number; duration: number; thumbTempFilePath: string }
const UNKNOWN: Measured = { width: 0, height: 0, duration: 0, thumbTempFilePath: '' }

const measurePicture = async (file: File): Promise<Measured> => {
  const bitmap = await createImageBitmap(file).catch(() => undefined)
  return { ...UNKNOWN, width: bitmap?.width ?? 0, height: bitmap?.height ?? 0 }
}

const shown = (film: HTMLVideoElement, event: string): Promise<boolean> =>
  new Promise((resolve) => {
    film.addEventListener(event, () => resolve(true), { once: true })
    film.addEventListener('error', () => resolve(false), { once: true })
  })

/** How long a film is, and its first picture. One that this browser cannot play is taken all the same. */
const measureFilm = async (file: File): Promise<Measured> => {
  const film = document.createElement('video')
  Object.assign(film, { muted: true, preload: 'auto', src: URL.createObjectURL(file) })
  if (!(await shown(film, 'loadeddata'))) return UNKNOWN
  const { videoWidth: width, videoHeight: height } = film
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.getContext('2d')?.drawImage(film, 0, 0, width, height)
  const duration = Number.isFinite(film.duration) ? film.duration : 0
  return { width, height, duration, thumbTempFilePath: keepFile(await blobOf(canvas, 'image/jpeg', 0.8)) }
}

const measure = async (file: File): Promise<Measured> =>
  file.type.startsWith('video/') ? measureFilm(file) : file.type.startsWith('image/') ? measurePicture(file) : UNKNOWN

const pickPictures = async (accept: string, count: number): Promise<File[]> => {
  await requirePrivacy('chooseMedia')
  const files = await pickFiles(accept, count)
  if (files.length === 0) throw new Refusal('cancel')
  return files
}

const blobOf = (canvas: HTMLCanvasElement, type: string, quality?: number): Promise<Blob> =>
  new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Refusal('the canvas is empty'))), type, quality),
  )

/** Draws a picture again at a size and quality; answers the new temporary path. */
const redraw = async (src: string, width: number, height: number, quality: number): Promise<string> => {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  canvas.getContext('2d')?.drawImage(await loadPicture(src), 0, 0, width, height)
  return keepFile(await blobOf(canvas, 'image/jpeg', quality))
}

type Compress = { src: string; quality?: number; compressedWidth?: number; compressedHeight?: number }

export const mediaApis = {
  chooseMedia: api<{ count?: number; mediaType?: string[] }>('chooseMedia', async ({ count = 9, mediaType = ['image', 'video'] }) => {
    const types = mediaType.includes('mix') ? ['image', 'video'] : mediaType
    const files = await pickPictures(types.map((type) => `${type}/*`).join(), count)
    const tempFiles = await Promise.all(
      files.map(async (file) => ({
        tempFilePath: keepFile(file),
        size: file.size,
        fileType: file.type.split('/')[0] ?? 'image',
        ...(await measure(file)),
      })),
    )
    return { type: tempFiles[0]?.fileType, tempFiles }
  }),
  chooseImage: api<{ count?: number }>('chooseImage', async ({ count = 9 }) => {
    const files = await pickPictures('image/*', count)
    const tempFiles = files.map((file) => ({ path: keepFile(file), size: file.size }))
    return { tempFiles, tempFilePaths: tempFiles.map(({ path }) => path) }
  }),
  chooseMessageFile: api<{ count?: number; type?: string; extension?: string[] }>('chooseMessageFile', async ({ count = 9, type = 'all', extension = [] }) => {
    const files = await pickPictures(type === 'image' ? 'image/*' : extension.map((each) => `.${each}`).join(), count)
    return {
      tempFiles: files.map((file) => ({
        path: keepFile(file),
        size: file.size,
        name: file.name,
        type: type === 'image' ? 'image' : 'file',
        time: Math.floor(Date.now() / 1000),
      })),
    }
  }),
  compressImage: api<Compress>('compressImage', async ({ src, quality = 80, compressedWidth, compressedHeight }) => {
    const { naturalWidth, naturalHeight } = await loadPicture(src)
    const scale = (compressedWidth ?? (compressedHeight ? (compressedHeight * naturalWidth) / naturalHeight : naturalWidth)) / naturalWidth
    return { tempFilePath: await redraw(src, Math.round(naturalWidth * scale), Math.round(naturalHeight * scale), quality / 100) }
  }),
  getImageInfo: api<{ src: string }>('getImageInfo', async ({ src }) => {
    const { naturalWidth: width, naturalHeight: height } = await loadPicture(src)
    const { type } = await readFile(src)
    return { width, height, path: src, orientation: 'up', type: type.split('/')[1] ?? 'unknown' }
  }),
  canvasToTempFilePath: api<{ canvas: HTMLCanvasElement; fileType?: string; quality?: number }>(
    'canvasToTempFilePath',
    async ({ canvas, fileType = 'png', quality }) => ({
      tempFilePath: keepFile(await blobOf(canvas, fileType === 'jpg' ? 'image/jpeg' : 'image/png', quality)),
    }),
  ),
  saveImageToPhotosAlbum: api<{ filePath: string }>('saveImageToPhotosAlbum', async ({ filePath }) => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(await readFile(filePath))
    link.download = filePath.split('/').pop() ?? 'picture'
    link.click()
  }),
  scanCode: api('scanCode', async () => {
    const result = await askScan()
    if (result === null) throw new Refusal('cancel')
    return { result, scanType: 'QR_CODE', charSet: 'UTF-8', path: '', rawData: '' }
  }),
  authorize: nothing('authorize'),
}
