import fs from 'node:fs'
import path from 'node:path'
import postcss, { type Root } from 'postcss'

const iconFolder = path.resolve(__dirname, '../../../node_modules/tdesign-icons-svg/src')
const ICON_RULE = /^[^,]*\.t-icon-([\w-]+):{1,2}before$/

/** TDesign's own icon sheet names a font on Tencent's servers, which the phone does not call. */
export const usesRemoteIconFont = (sheet: string): boolean => /url\(\s*['"]?https:\/\/tdesign\.gtimg\.com\/icon/.test(sheet)

/** Draws the same glyphs from the icons' SVG files as masks, so that they keep taking their colour from the text. */
export const drawIcons = (root: Root): void => {
  const drawn = new Set(fs.existsSync(iconFolder) ? fs.readdirSync(iconFolder) : [])
  root.walkRules(ICON_RULE, (rule) => {
    const name = ICON_RULE.exec(rule.selector)?.[1]
    if (!name || !drawn.has(`${name}.svg`)) return
    const mask = `url(/phone/icons/${name}.svg) center/contain no-repeat`
    rule.replaceWith(
      postcss.parse(
        `${rule.selector}{content:'';display:inline-block;width:1em;height:1em;background:currentColor;-webkit-mask:${mask};mask:${mask}}`,
      ),
    )
  })
}

/** An icon's SVG, or undefined. Some files spell `viewBox` wrongly. */
export const readIcon = (name: string): string | undefined => {
  const file = path.join(iconFolder, `${path.basename(name)}`)
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').replace('view-box', 'viewBox') : undefined
}
