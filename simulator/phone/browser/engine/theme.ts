import { isDark, onTheme, settings } from '../host/settings'

const QUERY = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/g

const sheets: { element: HTMLStyleElement; css: string }[] = []

/** A set theme must reach the sheets too, and a page cannot change what its browser prefers: the query becomes always true or never. */
const withTheme = (css: string): string =>
  settings().theme === 'system'
    ? css
    : css.replace(QUERY, (_, scheme: string) => ((scheme === 'dark') === isDark() ? '(min-width: 0px)' : '(max-width: 0px)'))

export const addSheet = (css: string): void => {
  const element = document.createElement('style')
  element.textContent = withTheme(css)
  document.head.append(element)
  if (css.includes('prefers-color-scheme')) sheets.push({ element, css })
}

const mark = (): void => void document.documentElement.classList.toggle('dark', isDark())

export const followTheme = (): void => {
  mark()
  onTheme(() => {
    mark()
    for (const { element, css } of sheets) element.textContent = withTheme(css)
  })
}
