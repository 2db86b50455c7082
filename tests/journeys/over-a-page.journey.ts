import { sizes, type PhoneInBrowser } from '../support/phone-in-browser'
import { findIllegible, wearElder } from './legible'
import { openVillageInBrowser, type VillageInBrowser } from './village-in-browser'

const detail = (name: string) => `features/repairs/pages/repair-detail/repair-detail?repairId=r-village-${name}`
const household = 'features/members/pages/household/household?houseId=h-3-2-501'
const board = 'features/incidents/pages/incident-board/incident-board'

/** What lies over a page, or opens on it, at a tap on these words. */
const opened: Record<string, [route: string, words: string][]> = {
  wang: [
    [detail('wall'), '确认并评价'], [detail('tap'), '取消报修'], [detail('tap'), '约上门时间'], [detail('tap'), '调整紧急程度'], [household, '添加家人或租客'],
    ['features/repairs/pages/repair-create/repair-create', '提交报修'], ['features/repairs/pages/repair-create/repair-create', '公共区域'],
  ],
  zhao: [[detail('socket'), '还没修好'], [detail('heater'), '再商量']],
  chen: [[detail('door'), '填写完工'], [detail('door'), '记录现场'], [detail('door'), '先挂起'], [detail('door'), '转给别人'], [detail('door'), '退回']],
  he: [
    [detail('tap'), '派单'], [detail('tap'), '合并同类'], ['features/repairs/pages/revisit-list/revisit-list', '记录回访'],
    ['features/repairs/pages/duty-roster/duty-roster', '排一个班'], [board, '更新进展'], [board, '宣布恢复'], ['features/members/pages/staff-list/staff-list', '邀请员工'],
  ],
}

let village: VillageInBrowser
beforeAll(async () => {
  village = await openVillageInBrowser()
})
afterAll(() => village?.close())

/** A sheet slides in for less than this. */
const untilItStands = (phone: PhoneInBrowser) => phone.page.waitForTimeout(500)

it.each(Object.keys(opened))('%s can read and hit everything that opens over a page, on the narrowest phone in 关怀模式', async (who) => {
  const found: string[] = []
  const phone = await village.hold(who, { size: sizes.small })
  await wearElder(phone, village.url)
  for (const [index, [route, words]] of opened[who]!.entries()) {
    await phone.show(village.url, route)
    await phone.tap(words)
    await untilItStands(phone)
    await phone.photograph(`over-a-page-${index}`)
    const findings = (await findIllegible(phone, 'elder')).map(({ what, where, detail }) => `${what}: ${where} (${detail})`)
    found.push(...[...findings, ...await phone.troubles()].map((trouble) => `${who} ${words}: ${trouble}`))
  }
  await phone.close()
  expect(found).toEqual([])
})
