import { type AppConfig, type WindowJson } from '../../compile/config-json'
import { unitJson } from '../engine/space'
import { isDark } from '../host/settings'

let config: AppConfig = { app: { pages: [] }, pages: [], theme: {} }

export const useConfig = (given: AppConfig): void => void (config = given)

export const isPage = (path: string): boolean => config.pages.includes(path)

export const isTabPage = (path: string): boolean => config.app.tabBar?.list.some(({ pagePath }) => pagePath === path) ?? false

export const hasTabBar = (): boolean => Boolean(config.app.tabBar?.custom)

export const firstPage = (): string => config.app.entryPagePath ?? config.pages[0] ?? ''

export const isDarkModeOn = (): boolean => Boolean(config.app.darkmode)

/** A page's window settings over the app's, with the theme's `@names` filled in. */
export const windowOf = (path: string): WindowJson => {
  const names = config.theme[isDark() && isDarkModeOn() ? 'dark' : 'light'] ?? {}
  const merged = { ...config.app.window, ...unitJson(path) } as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(merged).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith('@') ? names[value.slice(1)] : value,
    ]),
  ) as WindowJson
}
