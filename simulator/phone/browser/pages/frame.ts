import { make } from '../sheets/sheet'
import { windowOf } from './config'

/** The drawn part of a page: navigation bar, scrolling body and the `page` element. */
export type Frame = {
  element: HTMLElement
  body: HTMLElement
  scroll: HTMLElement
  page: HTMLElement
  title(): string
  setTitle(title: string): void
  setColors(colors: { front?: string; background?: string }): void
  setBack(hasBack: boolean): void
  setBusy(isBusy: boolean): void
  repaint(): void
}

export const createFrame = (path: string, goBack: () => void): Frame => {
  const title = make('span.phone-title')
  const busy = make('i.phone-spinner')
  busy.hidden = true
  const back = make('button.phone-back')
  back.setAttribute('aria-label', '返回')
  back.addEventListener('click', goBack)
  const bar = make('header.phone-nav', back, busy, title)
  const page = document.createElement('wx-page')
  page.setAttribute('route', path)
  const scroll = make('div.phone-scroll', page)
  const body = make('div.phone-body', scroll)
  const element = make('div.phone-frame', bar, body)
  let colors: { front?: string; background?: string } = {}
  const repaint = (): void => {
    const json = windowOf(path)
    bar.hidden = json.navigationStyle === 'custom'
    element.classList.toggle('full', bar.hidden)
    bar.style.background = colors.background ?? json.navigationBarBackgroundColor ?? '#ffffff'
    bar.style.color = colors.front ?? (json.navigationBarTextStyle === 'black' ? '#000000' : '#ffffff')
    element.style.background = json.backgroundColor ?? '#ffffff'
    scroll.style.overflowY = json.disableScroll ? 'hidden' : ''
  }
  title.textContent = windowOf(path).navigationBarTitleText ?? ''
  repaint()
  return {
    element, body, scroll, page, repaint,
    title: () => title.textContent ?? '',
    setTitle: (text) => {
      title.textContent = text
      if (!element.hidden) document.title = text
    },
    setColors: (given) => {
      colors = { ...colors, ...given }
      repaint()
    },
    setBack: (hasBack) => void (back.hidden = !hasBack),
    setBusy: (isBusy) => void (busy.hidden = !isBusy),
  }
}
