import { urlOf } from '../host/files'
import { askSheet, make } from './sheet'

/** Pictures full screen; a tap on the right or left third turns, elsewhere closes. */
export const previewPictures = (urls: string[], current: number): Promise<void> =>
  askSheet<undefined>('preview', (answer) => {
    const picture = document.createElement('img')
    const count = make('span.phone-count')
    const box = make('div.phone-preview-box', picture, count)
    let index = current
    const show = (): void => {
      count.textContent = `${index + 1} / ${urls.length}`
      void urlOf(urls[index] ?? '').then((url) => (picture.src = url))
    }
    box.addEventListener('click', ({ clientX }) => {
      const third = Math.floor((clientX / innerWidth) * 3)
      const next = index + third - 1
      if (third === 1 || next < 0 || next >= urls.length) return answer(undefined)
      index = next
      show()
    })
    show()
    return [box]
  })
