import type { PhoneInBrowser } from '../support/phone-in-browser'
import { openVillageInBrowser, type VillageInBrowser } from './village-in-browser'

/** A one-pixel photo is a photo: the phone's own picker takes it. */
const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
const photo = (name: string) => ({ name, mimeType: 'image/png', buffer: pixel })

let village: VillageInBrowser
beforeAll(async () => {
  village = await openVillageInBrowser()
})
afterAll(() => village?.close())

const choosePhotos = async (phone: PhoneInBrowser, ...names: string[]) => {
  await phone.page.getByLabel('添加照片').filter({ visible: true }).first().tap()
  const [chooser] = await Promise.all([phone.page.waitForEvent('filechooser'), phone.tap('同意')])
  await chooser.setFiles(names.map(photo))
}

it('a resident reports with two photos, the manager assigns, the technician completes, and a stranger sees nothing', async () => {
  const wang = await village.hold('wang')
  await wang.tap('我要报修')
  await wang.tap('水管漏水')
  await wang.page.locator('textarea').filter({ visible: true }).fill('厨房水槽下面漏水，关了总阀还在滴')
  await choosePhotos(wang, 'near.png', 'far.png')
  await wang.photograph('repair-create')
  await wang.tap('提交报修')
  await wang.tap('允许')
  await wang.sees('已收到报修，正在安排师傅')
  await wang.photograph('repair-submitted')
  const route = new URL(wang.page.url()).hash.slice(2)

  const he = await village.hold('he', { route: 'pages/desk/desk' })
  await he.tap('厨房水槽下面漏水，关了总阀还在滴')
  await he.photograph('repair-to-assign')
  await he.tap('派单')
  await he.tap('陈师傅')
  await he.sees('已派单')

  const chen = await village.hold('chen', { route: 'pages/desk/desk' })
  await chen.tap('处理中')
  await chen.tap('厨房水槽下面漏水，关了总阀还在滴')
  await chen.tap('开始维修')
  await chen.tap('填写完工')
  await chen.page.locator('textarea').filter({ visible: true }).fill('换了密封圈，已试水')
  await choosePhotos(chen, 'done.png')
  await chen.photograph('repair-completing')
  await chen.tap('提交完工')
  await chen.tap('允许')
  await chen.sees('已经修好了')

  await wang.page.reload()
  await wang.sees('换了密封圈，已试水')
  await wang.photograph('repair-completed')

  const stranger = await village.hold('stranger', { route })
  await stranger.sees('请先绑定房屋，或联系物业登记')
  await stranger.doesNotSee('厨房水槽下面漏水')
  await stranger.photograph('stranger')

  for (const phone of [wang, he, chen]) expect(await phone.troubles()).toEqual([])
})
