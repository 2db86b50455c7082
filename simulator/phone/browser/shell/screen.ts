import { make } from '../sheets/sheet'
import { type ShellState } from './state'

export const WIDTHS = [
  { width: 320, height: 568, label: '320' },
  { width: 375, height: 812, label: '375' },
  { width: 430, height: 932, label: '430' },
  { width: 1280, height: 800, label: '电脑' },
]

const PC = 1280

type Screen = { element: HTMLElement; show(): void; open(address: string): void }

/** The phone itself: the bare page in a frame of the chosen size; `show` follows what changed in `state`. `told` hears every page it shows. */
export const createScreen = (state: ShellState, told: (address: string) => void): Screen => {
  const frame = document.createElement('iframe')
  frame.title = '手机'
  const box = make('div.device', frame)
  const element = make('div.desk', box)
  let shownOpenid = ''

  const fit = (width: number): void => {
    const height = WIDTHS.find((each) => each.width === width)?.height ?? 812
    box.classList.toggle('pc', width === PC)
    box.style.width = `${width}px`
    box.style.height = `${height}px`
    const { clientWidth, clientHeight } = element
    const scale = Math.min(1, (clientWidth - 48) / (width + 20), (clientHeight - 32) / (height + 20))
    box.style.transform = `scale(${scale})`
  }
  const show = (): void => {
    const { openid, width, text, theme, network } = state
    fit(width)
    frame.contentWindow?.postMessage({ kind: 'phone-settings', settings: { text, theme, network } }, location.origin)
    if (openid === shownOpenid) return
    const address = shownOpenid ? '' : location.hash
    shownOpenid = openid
    frame.src = `/app.html?openid=${encodeURIComponent(openid)}${address}`
  }
  window.addEventListener('message', ({ origin, data }: MessageEvent<{ kind?: string; address?: string }>) => {
    if (origin === location.origin && data.kind === 'phone-route' && data.address) told(data.address)
  })
  window.addEventListener('resize', () => fit(state.width))
  requestAnimationFrame(show)
  return {
    element,
    show,
    open: (address) => {
      if (frame.contentWindow) frame.contentWindow.location.hash = `#/${address.replace(/^[#/]+/, '')}`
    },
  }
}
