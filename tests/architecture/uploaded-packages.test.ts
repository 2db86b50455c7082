import { complaintsAbout, packagesOf, qualityComplaints, strayRequires } from '../wechat-compiler/judge'

const appJson = JSON.stringify({ pages: ['pages/home/home'], subPackages: [{ root: 'features/repairs', pages: ['a'] }] })
const kilobytes = (count: number) => 'x'.repeat(count * 1024)

describe('what WeChat’s compiler made', () => {
  it('is measured for the main package and for each subpackage', () => {
    const files = { 'app.json': appJson, 'pages/home/home.js': kilobytes(3), 'features/repairs/a.js': kilobytes(2), 'features/repairs/b.wxml': kilobytes(1) }
    expect(packagesOf(files)).toEqual([
      { name: 'main', bytes: 3 * 1024 + appJson.length, limit: 1024 * 1024 },
      { name: 'features/repairs/', bytes: 3 * 1024, limit: 1536 * 1024 },
    ])
  })

  it('is refused when the main package exceeds 1 MB or another 1.5 MB', () => {
    const heavyMain = { 'app.json': appJson, 'pages/home/home.wxml': kilobytes(1024) }
    const heavyFeature = { 'app.json': appJson, 'features/repairs/a.wxml': kilobytes(1537) }
    expect(complaintsAbout({ files: heavyMain, quality: [] })).toEqual(['package main is 1024 KB; at most 1024 KB'])
    expect(complaintsAbout({ files: heavyFeature, quality: [] })).toEqual(['package features/repairs/ is 1537 KB; at most 1536 KB'])
  })

  it.each([
    ['a file beside', 'require("./home-view")', []],
    ['a folder', 'require("../../support/money")', []],
    ['a package', 'require("dayjs")', []],
    ['something outside the mini-program', 'require("../../../cloudfunctions/repairs/contract")', ['pages/home/home.js requires "../../../cloudfunctions/repairs/contract", which is not on the phone']],
    ['a package nobody packed', "require('zod')", ['pages/home/home.js requires "zod", which is not on the phone']],
  ])('may require only what is on the phone: %s', (_, code, complaints) => {
    const files = { 'pages/home/home.js': code, 'pages/home/home-view.js': '', 'support/money/index.js': '', 'miniprogram_npm/dayjs/index.js': '' }
    expect(strayRequires(files)).toEqual(complaints)
  })

  it.each([
    ['a violation named by an item that calls itself a success', { name: 'CONTAINS_UNUSED_COMPONENTS', success: true, text: 'unused:', detail: ['components/old/old.json'] }, ['CONTAINS_UNUSED_COMPONENTS: unused: components/old/old.json']],
    ['a failed item without detail', { name: 'LAZYCODE_LOADING_OPEN', success: false, text: 'not turned on' }, ['LAZYCODE_LOADING_OPEN: not turned on']],
    ['a file of ours that nothing uses', { name: 'CONTAINS_UNUSED_CODES', success: true, text: 'unused', detail: ['miniprogram_npm/a/a.js', 'support/old.ts'] }, ['CONTAINS_UNUSED_CODES: unused support/old.ts']],
    ['nothing', { name: 'CONTAINS_OTHER_PKG_JS', success: true, text: 'only others use:', detail: { size: 0, files: [] } }, []],
    ['TDesign’s components that only a subpackage uses', { name: 'CONTAINS_OTHER_PKG_COMPONENTS', success: true, text: 'x', detail: { size: 9, files: ['miniprogram_npm/t/t.js'], comps: ['miniprogram_npm/t/t'] } }, []],
  ])('is judged by what the quality report names: %s', (_, item, complaints) => {
    expect(qualityComplaints([item])).toEqual(complaints)
  })
})
