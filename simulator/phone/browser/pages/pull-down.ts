import { make } from '../sheets/sheet'
import { type Frame } from './frame'

export type PullDown = { start(): void; stop(): void }

const REFRESH_AT = 56
const MOST = 100

/** The page's own pull-to-refresh: three dots, then `onPullDownRefresh` until `wx.stopPullDownRefresh`. */
export const installPullDown = ({ body, scroll, page }: Frame, isEnabled: () => boolean, refresh: () => void): PullDown => {
  const dots = make('div.phone-pull', make('i'), make('i'), make('i'))
  body.prepend(dots)
  let from: number | undefined
  let height = 0
  const place = (to: number, isAnimated: boolean): void => {
    height = to
    page.style.transition = isAnimated ? 'margin-top .2s' : 'none'
    page.style.marginTop = to > 0 ? `${to}px` : ''
    dots.classList.toggle('busy', isAnimated && to > 0)
  }
  const start = (): void => {
    place(REFRESH_AT, true)
    refresh()
  }
  scroll.addEventListener('touchstart', ({ touches }) => {
    from = isEnabled() && scroll.scrollTop <= 0 && height === 0 ? touches[0]?.clientY : undefined
  }, { passive: true })
  scroll.addEventListener('touchmove', (event) => {
    const distance = (event.touches[0]?.clientY ?? 0) - (from ?? Infinity)
    if (distance <= 0 || scroll.scrollTop > 0 || event.defaultPrevented) return
    if (event.cancelable) event.preventDefault()
    place(Math.min(MOST, distance / 2), false)
  }, { passive: false })
  const release = (): void => {
    if (from === undefined || height === 0) return
    from = undefined
    if (height >= REFRESH_AT) start()
    else place(0, true)
  }
  scroll.addEventListener('touchend', release)
  scroll.addEventListener('touchcancel', release)
  return { start, stop: () => place(0, true) }
}
