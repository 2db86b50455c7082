import { askSheet, make, makeButton } from './sheet'

type BarcodeDetectorLike = { detect(image: ImageBitmap): Promise<{ rawValue: string }[]> }

/** Stands in for the camera: the code is typed, or read from a picture where the browser can. Answers null when cancelled. */
export const askScan = (): Promise<string | null> =>
  askSheet<string | null>(
    'scan',
    (answer) => {
      const field = document.createElement('input')
      field.placeholder = '输入码的内容'
      field.setAttribute('aria-label', '码的内容')
      const picture = document.createElement('input')
      picture.type = 'file'
      picture.accept = 'image/*'
      picture.addEventListener('change', () => {
        const file = picture.files?.[0]
        if (file) void readCode(file).then((code) => (code ? answer(code) : (field.placeholder = '这张图片里没有认出码')))
      })
      return [
        make('strong', '扫一扫'),
        field,
        make('label.phone-album', '从相册选取', picture),
        make(
          'div.phone-answers',
          makeButton('取消', 'phone-cancel', () => answer(null)),
          makeButton('确定', 'phone-confirm', () => field.value && answer(field.value)),
        ),
      ]
    },
    null,
  )

const readCode = async (file: File): Promise<string | undefined> => {
  const Detector = (globalThis as { BarcodeDetector?: new () => BarcodeDetectorLike }).BarcodeDetector
  if (!Detector) return undefined
  const [code] = await new Detector().detect(await createImageBitmap(file))
  return code?.rawValue
}
