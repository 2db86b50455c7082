import fs from 'node:fs'
import path from 'node:path'

type Files = Record<string, string>

const good: Files = {
  'project.config.json': JSON.stringify({
    appid: 'wx0000000000000000',
    compileType: 'miniprogram',
    libVersion: '3.8.0',
    miniprogramRoot: 'miniprogram/',
    setting: { useCompilerPlugins: ['typescript'], es6: true, minified: true, minifyWXML: true, minifyWXSS: true, ignoreUploadUnusedFiles: true },
  }),
  'miniprogram/app.json': JSON.stringify({ pages: ['pages/a/a'], lazyCodeLoading: 'requiredComponents', sitemapLocation: 'sitemap.json' }),
  'miniprogram/app.ts': 'App({})',
  'miniprogram/sitemap.json': '{"rules":[]}',
  'miniprogram/pages/a/a.json': '{}',
  'miniprogram/pages/a/a.ts': "import type { Word } from '../../../outside'\nPage({ data: { word: '' as Word } })",
  'miniprogram/pages/a/a.wxml': '<view class="a">{{word}}</view>',
  'miniprogram/pages/a/a.wxss': '.a{color:red}',
  'outside.ts': "export type Word = string\nexport const word = 'x'",
}

type Breakage = { name: string; files: Files; complaint: RegExp | null }

/** One small mini-program that is right, and one for each way of being wrong. */
export const breakages: Breakage[] = [
  { name: 'good', files: {}, complaint: null },
  { name: 'markup', files: { 'miniprogram/pages/a/a.wxml': '<view><text></view>' }, complaint: /a\.wxml/ },
  { name: 'style', files: { 'miniprogram/pages/a/a.wxss': '.a{color:red' }, complaint: /a\.wxss/ },
  { name: 'component', files: { 'miniprogram/pages/a/a.json': '{"usingComponents":{"b":"../b/b"}}' }, complaint: /\bb\b/ },
  { name: 'outside', files: { 'miniprogram/pages/a/a.ts': "import { word } from '../../../outside'\nPage({ data: { word } })" }, complaint: /requires "\.\.\/\.\.\/\.\.\/outside"/ },
]

export const layOut = (folder: string, changed: Files): void => {
  for (const [name, content] of Object.entries({ ...good, ...changed })) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), content)
  }
}
