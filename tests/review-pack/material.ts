import path from 'node:path'
import { askedByThePhone, declarationFile } from '../support/privacy-asked'
import { filesUnder, read, readJson } from '../support/tree'

export type Review = {
  category: { path: string; why: string; papers: string[] }[]
  testAccount: string
  openInterfaces: { api: string; why: string }[]
  templates: Record<string, { title: string; to: string; fields: Record<string, string> }>
}
export type Declaration = { api: string; information: string[]; reason: string }
export type Shot = { who: string; route: string }
export type Material = {
  version: string
  review: Review
  /** Of app.json, each with its title. */
  pages: { page: string; title: string }[]
  /** Folders that hold a page, whether app.json has it or not. */
  pageFolders: string[]
  asked: string[]
  declared: Declaration[]
  /** openapi names that config.json files ask for. */
  openApis: string[]
  noticeKinds: string[]
  /** What is photographed: the walk of every page. */
  shots: Shot[]
}

type AppJson = { pages: string[]; subPackages: { root: string; pages: string[] }[]; window: { navigationBarTitleText: string } }

const pagesOf = ({ pages, subPackages }: AppJson): string[] => [...pages, ...subPackages.flatMap(({ root, pages: inside }) => inside.map((page) => `${root}/${page}`))]

const titleOf = (page: string, app: AppJson): string =>
  readJson<{ navigationBarTitleText?: string }>(`miniprogram/${page}.json`).navigationBarTitleText ?? app.window.navigationBarTitleText

/** A page's folder bears its name: pages/home/home. */
const pageFolders = (): string[] =>
  filesUnder('miniprogram', /\.wxml$/)
    .map((file) => file.replace(/^miniprogram\//, '').replace(/\.wxml$/, ''))
    .filter((file) => /(^|\/)pages\//.test(file) && path.basename(path.dirname(file)) === path.basename(file))

const walkFile = 'tests/journeys/every-page.journey.ts'

/** The journey's own list, so that a page is added in one place. */
const shotsIn = (source: string): Shot[] => {
  const named = Object.fromEntries([...source.matchAll(/^const (\w+) = '([^']+)'$/gm)].map(([, name, value]) => [name, value!]))
  return [...source.matchAll(/\{ who: '([\w-]+)', route: (?:'([^']+)'|`([^`]+)`)/g)]
    .map(([, who, plain, template]) => ({ who: who!, route: (plain ?? template!).replace(/\$\{(\w+)\}/g, (_, name: string) => named[name] ?? name) }))
}

const kindsIn = (source: string): string[] => {
  const [, union = ''] = /export type NoticeKind =([^/]*?)\n\n/s.exec(source) ?? []
  return [...union.matchAll(/'(\w+)'/g)].map(([, kind]) => kind!)
}

const openApis = (): string[] =>
  [...new Set(filesUnder('cloudfunctions', /\/config\.json$/).flatMap((file) => readJson<{ permissions?: { openapi?: string[] } }>(file).permissions?.openapi ?? []))].sort()

export const collectMaterial = (): Material => {
  const app = readJson<AppJson>('miniprogram/app.json')
  return {
    version: readJson<{ version: string }>('package.json').version,
    review: readJson<Review>('review.json'),
    pages: pagesOf(app).map((page) => ({ page, title: titleOf(page, app) })),
    pageFolders: pageFolders(),
    asked: askedByThePhone(),
    declared: readJson<{ declared: Declaration[] }>(declarationFile).declared,
    openApis: openApis(),
    noticeKinds: kindsIn(read('cloudfunctions/_shared/notice.ts')),
    shots: shotsIn(read(walkFile)),
  }
}
