/** What the shell around the phone can set, and a test can set by the address. */
export type Settings = { text: number; theme: 'light' | 'dark' | 'system'; network: 'normal' | 'weak' | 'offline' }

const KEPT = 'phone-settings'
const listeners = new Set<(settings: Settings, before: Settings) => void>()

const read = (): Settings => {
  const defaults: Settings = { text: 1, theme: 'system', network: 'normal' }
  // What was set in the shell holds for the phone inside it, not for a page opened by its own address.
  const kept = parent === window ? {} : (JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<Settings>)
  const address = new URLSearchParams(location.search)
  const asked: Partial<Settings> = {}
  if (address.has('text')) asked.text = Number(address.get('text'))
  if (address.has('theme')) asked.theme = address.get('theme') as Settings['theme']
  if (address.has('network')) asked.network = address.get('network') as Settings['network']
  return { ...defaults, ...kept, ...asked }
}

let current = read()

export const settings = (): Settings => current

export const onSettings = (listener: (settings: Settings, before: Settings) => void): void => void listeners.add(listener)

window.addEventListener('message', ({ origin, data }: MessageEvent<{ kind?: string; settings?: Partial<Settings> }>) => {
  if (origin !== location.origin || data.kind !== 'phone-settings' || !data.settings) return
  const before = current
  current = { ...current, ...data.settings }
  // WeChat too starts a mini-program anew when the text size was changed.
  if (current.text !== before.text) return location.reload()
  for (const listener of listeners) listener(current, before)
})

const systemDark = matchMedia('(prefers-color-scheme: dark)')

export const isDark = (): boolean => (current.theme === 'system' ? systemDark.matches : current.theme === 'dark')

export const onTheme = (listener: () => void): void => {
  systemDark.addEventListener('change', listener)
  onSettings(({ theme }, before) => {
    if (theme !== before.theme) listener()
  })
}

/** WeChat's text size setting in px, and how many times the standard size that is. */
export const fontSize = (): { fontSizeSetting: number; fontSizeScaleFactor: number } => ({
  fontSizeSetting: 16 * current.text,
  fontSizeScaleFactor: current.text,
})
