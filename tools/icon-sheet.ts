// TDesign's icons are a font on a CDN: boxes instead of icons on a weak network, and in every browser without one. Its SVGs
// are strokes, so no font can be made of them; each icon in use becomes a CSS mask instead, painted in the text's colour.
import fs from 'node:fs'
import path from 'node:path'
import { inRoot } from './root'

const svgFolder = inRoot('node_modules/tdesign-icons-svg/src')
const iconName = '[a-z][a-z0-9-]*'

/** Names of TDesign's table, as its own icon.wxss lists them. */
export const iconTable = (iconWxss: string): Set<string> => new Set([...iconWxss.matchAll(/\.t-icon-([a-z0-9-]+):before/g)].map((match) => match[1]!))

export const hasDrawing = (icon: string): boolean => fs.existsSync(path.join(svgFolder, `${icon}.svg`))

/**
 * Icons a piece of source may show: every quoted word of the table, and what its quoted parts make when joined
 * ('check-' + icon + '-filled'). One too many is harmless; one too few is a hole on a screen.
 */
export const iconsIn = (source: string, table: Set<string>): string[] => {
  const quoted = [...source.matchAll(/(?<=['"`])-?[a-z][a-z0-9-]*(?=['"`])/g)].map((match) => match[0])
  const before = ['', ...quoted.filter((part) => part.endsWith('-') && !part.startsWith('-'))]
  const after = ['', ...quoted.filter((part) => part.startsWith('-'))]
  const words = new Set(quoted.filter((part) => !part.startsWith('-') && !part.endsWith('-')))
  const joined = [...words].flatMap((word) => before.flatMap((start) => after.map((end) => start + word + end)))
  return [...new Set(joined)].filter((name) => table.has(name))
}

/** Icons written out, where a misspelt name or a missing drawing would leave a hole: `<t-icon name="x">`, `prefix-icon="x"`, `icon: 'x'` … */
export const literalIconsIn = (source: string): string[] => {
  const named = [...source.matchAll(/<t-icon\s([^>]*)>/g)].map((match) => match[1]!).filter((attributes) => !/(^|\s)prefix=/.test(attributes))
  return [
    ...named.map((attributes) => new RegExp(`(?:^|\\s)name="(${iconName})"`).exec(attributes)?.[1]),
    ...[...source.matchAll(new RegExp(`\\s(?:[a-z]+-)*icon="(${iconName})"`, 'g'))].map((match) => match[1]),
    ...[...source.matchAll(new RegExp(`\\b(?:icon|[a-z]+Icon)["']?: ?["'](${iconName})["']`, 'g'))].map((match) => match[1]),
  ].filter((name) => name !== undefined)
}

const drawing = (icon: string): string => {
  const svg = fs.readFileSync(path.join(svgFolder, `${icon}.svg`), 'utf8')
  const shapes = svg
    .replace(/^<svg[^>]*>|<\/svg>$/g, '')
    .replace(/<(path|circle|ellipse)([^>]*?)><\/\1>/g, '<$1$2/>')
    .replace(/<[a-z]+ [^>]*fill="transparent"[^>]*\/>/g, (shape) => (shape.includes('stroke="') ? shape.replace('fill="transparent"', 'fill="none"') : ''))
    .replace(/ id="[^"]*"/g, (id) => (svg.includes('url(#') ? id : ''))
    .replace(/^<g>(.*)<\/g>$/, '$1')
    .replaceAll('currentColor', 'black')
  return `<svg xmlns="http://www.w3.org/2000/svg" fill="none" viewBox="0 0 24 24">${shapes}</svg>`
}

const dataUrl = (svg: string): string =>
  `data:image/svg+xml,${svg.replaceAll('"', "'").replace(/[%#<>{}]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`

/** TDesign's icon.wxss with the font taken out and the given icons drawn in. */
export const iconSheet = (iconWxss: string, icons: string[]): string => {
  const rules = iconWxss
    .replace(/@font-face\{[^}]*\}/, '')
    .replace(/\.t-icon\{font-family:[^}]*\}\n?/, '')
    .replace(/\.t-icon-[a-z0-9-]+:before\{content:[^}]*\}\n?/g, '')
  const drawn = icons.filter(hasDrawing).sort()
  if (drawn.length === 0) return rules
  const all = drawn.map((icon) => `.t-icon-${icon}:before`).join(',')
  // As wide and high as the glyph was; top-aligned, for an empty box stands on the base line and would raise the line.
  const shared = `${all}{content:'';display:inline-block;vertical-align:top;width:1em;height:1em;background-color:currentColor;-webkit-mask:var(--t-icon) center/contain no-repeat;mask:var(--t-icon) center/contain no-repeat;}`
  return [rules.trimEnd(), shared, ...drawn.map((icon) => `.t-icon-${icon}:before{--t-icon:url("${dataUrl(drawing(icon))}");}`)].join('\n') + '\n'
}
