import type { Material } from './material'

// What a notice can show (`Notice.values`).
const values = ['title', 'place', 'summary', 'status', 'time', 'note', 'amount']

const missing = (from: string[], there: string[], words: (name: string) => string): string[] => from.filter((name) => !there.includes(name)).map(words)

const pageOf = (route: string): string => route.split('?')[0]!

/** Everything in which code and declaration differ; WeChat's reviewers would find it as well, some days later. */
export const complaintsAbout = ({ review, pages, pageFolders, asked, declared, openApis, noticeKinds, shots }: Material): string[] => {
  const names = pages.map(({ page }) => page)
  const declaredApis = declared.map(({ api }) => api)
  const openInterfaces = review.openInterfaces.map(({ api }) => api)
  const templates = Object.entries(review.templates)
  return [
    ...missing(asked, declaredApis, (api) => `The phone uses ${api}, and miniprogram/privacy.json does not declare it`),
    ...missing(declaredApis, asked, (api) => `miniprogram/privacy.json declares ${api}, and nothing uses it`),
    ...declared.filter(({ information, reason }) => information.length === 0 || reason.length < 10).map(({ api }) => `${api} is declared without what it takes or a reason that a person understands`),
    ...missing(pageFolders, names, (page) => `The page ${page} is not in app.json: nobody can open it`),
    ...missing(names, pageFolders, (page) => `app.json names the page ${page}, and there is none`),
    ...missing(names, shots.map(({ route }) => pageOf(route)), (page) => `The page ${page} has no picture: add it to tests/journeys/every-page.journey.ts`),
    ...missing(openApis, openInterfaces, (api) => `A function's config.json asks for ${api}, and review.json does not say why`),
    ...missing(openInterfaces, openApis, (api) => `review.json explains ${api}, and no function asks for it`),
    ...missing(noticeKinds, Object.keys(review.templates), (kind) => `Notices of kind ${kind} have no template in review.json`),
    ...missing(Object.keys(review.templates), noticeKinds, (kind) => `review.json has a template for ${kind}, and no notice is of this kind`),
    ...templates.flatMap(([kind, { fields }]) => missing(Object.values(fields), values, (value) => `The template of ${kind} shows "${value}", which no notice has`)),
    ...templates.filter(([, { fields }]) => Object.keys(fields).length < 2 || Object.keys(fields).length > 5).map(([kind]) => `The template of ${kind} must have 2 to 5 fields`),
    ...(review.category.length === 0 ? ['review.json names no category'] : []),
    ...(review.testAccount.length < 10 ? ['review.json does not say how a reviewer gets in'] : []),
  ]
}
