import { type Settings } from '../host/settings'

export type ShellState = { openid: string; width: number } & Settings & { theme: 'light' | 'dark' }

const KEPT = 'phone-settings'

/** The person and the width stand in the address, so that both can be linked; the rest is kept by the browser. */
export const readShellState = (): ShellState => {
  const address = new URLSearchParams(location.search)
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as Partial<ShellState>
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches
  return {
    text: kept.text ?? 1,
    theme: kept.theme ?? (isDark ? 'dark' : 'light'),
    network: kept.network ?? 'normal',
    openid: address.get('openid') ?? document.documentElement.dataset['openid'] ?? '',
    width: Number(address.get('width')) || 375,
  }
}

export const writeShellState = ({ openid, width, text, theme, network }: ShellState): void => {
  const address = new URLSearchParams({ openid, width: String(width) })
  history.replaceState(null, '', `?${address.toString()}${location.hash}`)
  localStorage.setItem(KEPT, JSON.stringify({ text, theme, network }))
}
