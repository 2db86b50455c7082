import { readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './root'

// The icons the mini-program shows, as CSS masks: they take the colour of the text, need no network (TDesign's own icon font comes
// from a CDN and is boxes on a weak one) and weigh a few hundred bytes each. Add a name, then run `npx tsx tools/icons.ts`.
const names = [
  'add', 'alarm', 'app', 'assignment', 'assignment-filled', 'building', 'call', 'camera', 'check', 'check-circle', 'check-circle-filled',
  'chevron-down', 'chevron-right', 'close', 'close-circle', 'edit', 'error-circle', 'error-triangle', 'home', 'home-filled', 'image-error',
  'info-circle', 'lighting-circle', 'lock-on', 'notification', 'notification-filled', 'refresh', 'root-list', 'secured', 'service', 'time',
  'tools', 'tv-1', 'user', 'user-checked', 'user-filled', 'wifi-off', 'window', 'zoom-in',
]

// TDesign has no drop and no wall; these are drawn on its grid, with its stroke.
const drawn: Record<string, string> = {
  drop: 'M12 3L16.6 8.6A6.8 6.8 0 1 1 7.4 8.6Z',
  wall: 'M3 5H21V19H3ZM3 9.7H21M3 14.3H21M9 5V9.7M15 9.7V14.3M9 14.3V19',
}

const compact = (svg: string): string =>
  svg
    .replace(/view-box/g, 'viewBox')
    .replace(/ (?:id|class|width|height)="[^"]*"/g, '')
    .replace(/<\/?g>/g, '')
    .replace(/<path fill="transparent"[^>]*><\/path>/g, '')
    .replace(/><\/path>/g, '/>')
    .replace(/currentColor/g, 'black')

const byHand = (path: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" fill="none" viewBox="0 0 24 24"><path stroke="black" d="${path}" stroke-linecap="square" stroke-width="2"/></svg>`

const rule = (name: string, svg: string): string =>
  `.glyph-${name} {\n  --mask: url("data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}");\n}`

const fromTDesign = names.map((name) => rule(name, compact(readFileSync(inRoot('node_modules/tdesign-icons-svg/src', `${name}.svg`), 'utf8'))))
const ours = Object.entries(drawn).map(([name, path]) => rule(name, byHand(path)))

const frame = `.glyph {
  display: block;
  width: 1em;
  height: 1em;
  background-color: currentColor;
  -webkit-mask-image: var(--mask);
  mask-image: var(--mask);
  -webkit-mask-position: center;
  mask-position: center;
  -webkit-mask-size: 100% 100%;
  mask-size: 100% 100%;
  -webkit-mask-repeat: no-repeat;
  mask-repeat: no-repeat;
}
:host {
  display: inline-flex;
  flex: none;
  font-size: 20px;
}`

writeFileSync(inRoot('miniprogram/components/glyph/glyph.wxss'), `/* Written by tools/icons.ts */\n${[frame, ...fromTDesign, ...ours].join('\n')}\n`)
