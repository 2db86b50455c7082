import { urlOf } from '../host/files'
import { askSheet, make, makeButton } from './sheet'

export type Previewed = { url: string; type?: string }

const viewOf = ({ url, type }: Previewed): HTMLElement => {
  const view = document.createElement(type === 'video' ? 'video' : 'img')
  if (view instanceof HTMLVideoElement) Object.assign(view, { controls: true, autoplay: true, playsInline: true })
  void urlOf(url).then((address) => (view.src = address))
  return view
}

/** Pictures and films full screen; a tap on the right or left third turns, elsewhere closes. Films have their own buttons, and a cross. */
export const preview = (sources: Previewed[], current: number): Promise<void> =>
  askSheet<undefined>('preview', (answer) => {
    const count = make('span.phone-count')
    const box = make('div.phone-preview-box')
    const close = makeButton('×', 'phone-preview-close', () => answer(undefined))
    close.setAttribute('aria-label', '关闭预览')
    let index = current
    const show = (): void => {
      count.textContent = `${index + 1} / ${sources.length}`
      box.replaceChildren(viewOf(sources[index] ?? { url: '' }), count)
    }
    box.addEventListener('click', ({ clientX, target }) => {
      const third = Math.floor((clientX / innerWidth) * 3)
      const next = index + third - 1
      if (third === 1 && target instanceof HTMLVideoElement) return
      if (third === 1 || next < 0 || next >= sources.length) return answer(undefined)
      index = next
      show()
    })
    show()
    return [box, close]
  })
