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

const choosePhotos = async (phone: PhoneInBrowser, names: string[], isFirst = true) => {
  const add = phone.page.getByLabel('添加照片').filter({ visible: true }).first()
  if (isFirst) await add.tap()
  const [chooser] = await Promise.all([phone.page.waitForEvent('filechooser'), isFirst ? phone.tap('同意') : add.tap()])
  await chooser.setFiles(names.map(photo))
}

const write = (phone: PhoneInBrowser, words: string) => phone.page.locator('textarea').filter({ visible: true }).last().fill(words)

/** What the shell around the phone can set: WeChat then tells the mini-program that the network came or went. */
const setNetwork = (phone: PhoneInBrowser, network: 'normal' | 'offline') =>
  phone.page.evaluate(`window.postMessage({ kind: 'phone-settings', settings: { network: '${network}' } }, location.origin)`)

it('an order goes from the report over a quotation to its rating, and a stranger sees nothing', async () => {
  const wang = await village.hold('wang')
  await wang.tap('我要报修')
  await write(wang, '厨房水槽下面漏水，关了总阀还在滴')
  await wang.sees('看起来是「水管漏水」')
  await wang.tap('选它')
  await choosePhotos(wang, ['near.png', 'far.png'])
  await wang.photograph('repair-create')
  await wang.tap('提交报修')
  await wang.tap('允许')
  await wang.sees('已收到报修，正在安排师傅')
  await wang.photograph('repair-submitted')
  const route = new URL(wang.page.url()).hash.slice(2)

  const he = await village.hold('he', { route: 'pages/desk/desk' })
  await he.tap('厨房水槽下面漏水，关了总阀还在滴')
  await he.tap('派单')
  await he.photograph('repair-to-assign')
  await he.tap('陈师傅')
  await he.sees('已派单')

  const chen = await village.hold('chen', { route: 'pages/desk/desk' })
  await chen.tap('处理中')
  await chen.tap('厨房水槽下面漏水，关了总阀还在滴')
  await chen.tap('我到楼下了')
  await chen.sees('已经告诉住户您到了')
  await chen.tap('开始维修')
  await chen.sees('填写完工')
  await chen.tap('报价')
  await chen.page.getByLabel('名称').filter({ visible: true }).fill('不锈钢软管')
  await chen.page.getByLabel('价格').filter({ visible: true }).fill('35.5')
  await chen.tap('添加这一项')
  await chen.sees('¥35.50')
  await chen.photograph('repair-quoting')
  await chen.tap('发给住户确认')
  await chen.tap('允许')
  await chen.sees('待确认报价')

  await wang.show(village.url, route)
  await wang.sees('¥35.50')
  await wang.photograph('repair-quoted')
  await wang.tap('接受报价')
  await wang.page.getByRole('button', { name: '接受报价' }).last().tap()
  await wang.tap('允许')
  await wang.sees('已接受')

  await chen.show(village.url, route)
  await chen.tap('填写完工')
  await write(chen, '换了软管，已试水')
  await choosePhotos(chen, ['done.png'])
  await chen.photograph('repair-completing')
  await chen.tap('提交完工')
  await chen.tap('允许')
  await chen.sees('待评价')

  await wang.show(village.url, route)
  await wang.sees('换了软管，已试水')
  await wang.tap('确认并评价')
  await wang.page.getByRole('radio', { name: '5 星，很满意' }).tap()
  await wang.photograph('repair-rating')
  await wang.tap('提交评价')
  await wang.sees('谢谢您的评价')
  await wang.sees('已完成')
  await wang.photograph('repair-rated')

  const stranger = await village.hold('stranger', { route })
  await stranger.sees('请先绑定房屋，或联系物业登记')
  await stranger.doesNotSee('厨房水槽下面漏水')
  await stranger.photograph('stranger')

  for (const phone of [wang, he, chen, stranger]) {
    expect(await phone.troubles()).toEqual([])
    await phone.close()
  }
})

/** Presses and holds until the phone shows something, as a thumb does. */
const hold = async (phone: PhoneInBrowser, words: string, until: string | RegExp) => {
  const button = phone.page.getByLabel(words).filter({ visible: true }).first()
  await button.scrollIntoViewIfNeeded()
  const { x, y, width, height } = (await button.boundingBox())!
  const finger = await phone.page.context().newCDPSession(phone.page)
  const touch = (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number }[]) => finger.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', [{ x: x + width / 2, y: y + height / 2 }])
  await phone.sees(until)
  await touch('touchEnd', [])
}

it('who cannot type holds a button and speaks, and the clerk hears it', async () => {
  const li = await village.hold('li', { route: 'features/repairs/pages/repair-create/repair-create' })
  await hold(li, '按住说话', '使用前请您同意')
  await li.tap('同意')
  await hold(li, '按住说话', /^2 秒/)
  await li.sees('听语音')
  await li.tap('听语音')
  await li.sees('正在播放，轻点停止')
  await li.photograph('repair-create-spoken')
  await li.tap('水管漏水')
  await li.tap('提交报修')
  await li.tap('允许')
  await li.sees('报修已提交')
  const route = new URL(li.page.url()).hash.slice(2)

  const zhou = await village.hold('zhou', { route })
  await zhou.sees('听语音')
  await zhou.tap('记下语音内容')
  await write(zhou, '卫生间马桶一直进水')
  await zhou.tap('保存')
  await zhou.sees('卫生间马桶一直进水')
  for (const phone of [li, zhou]) {
    expect(await phone.troubles()).toEqual([])
    await phone.close()
  }
})

it('who types of a lift that is known to stand still says 我也遇到 instead of reporting it again', async () => {
  const he = await village.hold('he', { route: 'features/incidents/pages/incident-board/incident-board' })
  await he.tap('发布突发事件')
  await he.tap('电梯故障')
  await he.tap('3号楼')
  await he.tap('照上面选的写一句')
  await he.tap('2 小时内')
  await he.photograph('incident-create')
  await he.tap('发布并通知')
  await he.sees('3号楼电梯故障')

  const wang = await village.hold('wang')
  await wang.sees('3号楼电梯故障')
  await wang.photograph('home-with-incident')
  await wang.tap('我要报修')
  await write(wang, '3号楼电梯坏了，停在三楼')
  await wang.page.getByText('我也遇到').filter({ visible: true }).first().tap()
  await wang.sees('已记下')
  await wang.photograph('repair-create-known')
  await wang.page.getByRole('radio', { name: '紧急' }).tap()
  await wang.sees('24 小时电话')

  for (const phone of [he, wang]) {
    expect(await phone.troubles()).toEqual([])
    await phone.close()
  }
})

it('work that is done where there is no network is told once there is one, and once only', async () => {
  const chen = await village.hold('chen', { route: 'features/repairs/pages/repair-detail/repair-detail?repairId=r-village-door' })
  await chen.tap('填写完工')
  await write(chen, '换了锁芯，三把钥匙都试过')
  await setNetwork(chen, 'offline')
  await chen.tap('提交完工')
  await chen.tap('允许')
  await chen.sees('没有网络，已存在手机里')
  await chen.photograph('repair-deferred')
  await setNetwork(chen, 'normal')
  await chen.sees('待评价')
  await chen.doesNotSee('没有网络')
  await chen.tap('修好了')
  expect(await chen.page.getByText('换了锁芯，三把钥匙都试过').filter({ visible: true }).count()).toBe(1)
  await chen.close()
})
