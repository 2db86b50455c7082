import fs from 'node:fs'
import path from 'node:path'
import { PHONE_FONT } from '../compile/wxss'

const fontFolder = path.resolve(__dirname, '../../../node_modules/@fontsource-variable/noto-sans-sc')

// Families WeChat's phones have and style sheets name (TDesign's do); they are drawn with the one font that is here.
const ALIASES = ['PingFang SC', 'Microsoft YaHei']

/** One rule per family and range of characters: the browser loads only the ranges a page shows. */
export const fontSheet = (): string => {
  const rules = fs.readFileSync(path.join(fontFolder, 'index.css'), 'utf8').replaceAll('./files/', '/phone/fonts/')
  return [rules, ...ALIASES.map((alias) => rules.replaceAll(`'${PHONE_FONT}'`, `'${alias}'`))].join('\n')
}

export const fontFile = (name: string): string => path.join(fontFolder, 'files', path.basename(name))
