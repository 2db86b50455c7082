import { followClock } from './clock'

type LiveEvent = { kind: 'state'; version: string; mistake?: string } | { kind: 'clock'; now: number }

/** Follows the compiler: a new version reloads the page (its address keeps page and person), a mistake lies over it until mended. */
export const followCompiler = (): void => {
  const loaded = document.documentElement.dataset.version
  const events = new EventSource('/phone/events')
  events.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const event = JSON.parse(data) as LiveEvent
    if (event.kind === 'clock') return followClock(event.now)
    showMistake(event.mistake)
    if (!event.mistake && event.version !== loaded) location.reload()
  })
}

const showMistake = (mistake: string | undefined): void => {
  document.querySelector('.phone-mistake')?.remove()
  if (!mistake) return
  const sheet = document.createElement('pre')
  sheet.className = 'phone-mistake'
  sheet.textContent = mistake
  document.body.append(sheet)
}
