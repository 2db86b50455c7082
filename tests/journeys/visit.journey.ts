import { openVillageInBrowser, type VillageInBrowser } from './village-in-browser'

let village: VillageInBrowser
beforeAll(async () => {
  village = await openVillageInBrowser()
})
afterAll(() => village?.close())

it('a resident picks free hours, the technician moves them, and both see what was agreed on before', async () => {
  const wang = await village.hold('wang')
  await wang.tap('我要报修')
  await wang.page.locator('textarea').filter({ visible: true }).last().fill('厨房水龙头滴水')
  await wang.tap('水管漏水')
  await wang.tap('尽快，都可以')
  await wang.sees('选好就约定了，之后还可以改')
  await wang.tap('后天')
  await wang.tap('13:30–17:30')
  await wang.sees('已选')
  await wang.photograph('visit-choosing')
  await wang.tap('提交报修')
  await wang.tap('允许')
  await wang.sees('约好 后天 13:30–17:30 上门')
  await wang.sees('陈师傅上门')
  await wang.photograph('visit-agreed')
  const route = new URL(wang.page.url()).hash.slice(2)

  const chen = await village.hold('chen', { route })
  await chen.sees('已约定')
  await chen.tap('我来接单')
  await chen.tap('允许')
  await chen.sees('已派单')
  await chen.tap('改约')
  await chen.sees('现在约的')
  await chen.photograph('visit-moving')
  await chen.tap('17:30–20:00')
  await chen.tap('就约这个时间')
  await chen.sees('改了上门时间')
  await chen.sees('约好 后天 17:30–20:00 上门')

  await wang.show(village.url, route)
  await wang.sees('13:30–17:30 改到')
  await wang.sees('约好 后天 17:30–20:00 上门')
  await wang.photograph('visit-moved')
})
