import { spawnSync } from 'node:child_process'
import { inRoot } from '../../tools/root'
import { complaintsAbout } from './complaints'
import { collectMaterial, type Material } from './material'
import { writePage } from './page'

const real = collectMaterial()

describe('the review pack', () => {
  it('finds code and declaration at one', () => {
    expect(complaintsAbout(real)).toEqual([])
  })

  it('finds the pages, their titles, the interfaces, the kinds of notices and what to photograph', () => {
    expect(real.pages).toContainEqual({ page: 'features/repairs/pages/repair-create/repair-create', title: '我要报修' })
    expect(real.asked).toContain('wx.chooseMedia')
    expect(real.openApis).toContain('subscribeMessage.send')
    expect(real.noticeKinds).toEqual(expect.arrayContaining(['repair_submitted', 'repair_progress']))
    expect(real.shots).toContainEqual({ who: 'wang', route: 'features/repairs/pages/repair-list/repair-list' })
  })

  const known = complaintsAbout(real)
  /** What a difference adds to what is complained of already. */
  const plant = (change: Partial<Material>): string[] => complaintsAbout({ ...real, ...change }).filter((complaint) => !known.includes(complaint))
  const repairList = 'features/repairs/pages/repair-list/repair-list'
  it.each<[string, string[], string]>([
    ['an interface that nobody declared', plant({ asked: [...real.asked, 'wx.getLocation'].sort() }), 'The phone uses wx.getLocation, and miniprogram/privacy.json does not declare it'],
    ['a declaration that nothing uses', plant({ declared: [...real.declared, { api: 'wx.getLocation', information: ['位置信息'], reason: '让师傅知道您在哪里，方便上门' }] }), 'miniprogram/privacy.json declares wx.getLocation, and nothing uses it'],
    ['a declaration without a reason', plant({ declared: real.declared.map((one) => (one.api === 'wx.chooseMedia' ? { ...one, reason: '需要' } : one)) }), 'wx.chooseMedia is declared without what it takes or a reason that a person understands'],
    ['a page that app.json forgot', plant({ pages: real.pages.filter(({ page }) => page !== repairList) }), `The page ${repairList} is not in app.json: nobody can open it`],
    ['a page that is gone', plant({ pageFolders: real.pageFolders.filter((page) => page !== repairList) }), `app.json names the page ${repairList}, and there is none`],
    ['a page without a picture', plant({ shots: real.shots.filter(({ route }) => route !== repairList) }), `The page ${repairList} has no picture: add it to tests/journeys/every-page.journey.ts`],
    ['an openapi name without a reason', plant({ openApis: [...real.openApis, 'wxacode.getUnlimited'] }), "A function's config.json asks for wxacode.getUnlimited, and review.json does not say why"],
    ['an explained openapi name that nobody asks for', plant({ openApis: real.openApis.filter((api) => api !== 'subscribeMessage.send') }), 'review.json explains subscribeMessage.send, and no function asks for it'],
    ['a kind of notice without a template', plant({ noticeKinds: [...real.noticeKinds, 'bill_issued'] }), 'Notices of kind bill_issued have no template in review.json'],
    ['a template that shows what no notice has', plant({ review: { ...real.review, templates: { ...real.review.templates, repair_progress: { title: 'x', to: 'y', fields: { thing1: 'weather', time2: 'time' } } } } }), 'The template of repair_progress shows "weather", which no notice has'],
    ['no way in for a reviewer', plant({ review: { ...real.review, testAccount: '' } }), 'review.json does not say how a reviewer gets in'],
    ['no category', plant({ review: { ...real.review, category: [] } }), 'review.json names no category'],
  ])('complains of %s, and of nothing else', (_, complaints, expected) => {
    expect(complaints).toEqual([expected])
  })

  it('is one page that names every page, interface and template', () => {
    const page = writePage(real, [])
    for (const { page: path, title } of real.pages) expect(page).toContain(`| ${title} | \`${path}\` |`)
    for (const { api, reason } of real.declared) expect(page).toContain(`| \`${api}\` | ${real.declared.find((one) => one.api === api)!.information.join('、')} | ${reason} |`)
    for (const { title } of Object.values(real.review.templates)) expect(page).toContain(title)
    expect(page).toContain('演示小区 1号楼1单元101')
  })

  it('runs without pictures from the command line', () => {
    const { status, stdout } = spawnSync(process.execPath, [inRoot('tools/bootstrap.mjs'), 'review-pack', '--quick'], { encoding: 'utf8' })
    expect(stdout).toContain(`dist/review-pack/review-pack.md: ${real.pages.length} pages, 0 pictures, ${known.length} differences`)
    expect(status).toBe(known.length === 0 ? 0 : 1)
  }, 30_000)
})
