import { sheetOf, town } from '../house-import/sheets'
import type { PhoneInBrowser } from '../support/phone-in-browser'
import { openVillageInBrowser, type VillageInBrowser } from './village-in-browser'

const members = 'features/members/pages'
const houses = 'features/houses/pages'

let village: VillageInBrowser
beforeAll(async () => {
  village = await openVillageInBrowser()
})
afterAll(() => village?.close())

const write = (phone: PhoneInBrowser, label: string, words: string) => phone.page.getByLabel(label, { exact: true }).filter({ visible: true }).first().fill(words)
const noTroubles = async (...phones: PhoneInBrowser[]) => {
  for (const phone of phones) expect(await phone.troubles()).toEqual([])
  for (const phone of phones) await phone.close()
}
/** The number WeChat knows somebody by, as its own panel would give it. */
const agreeAndGiveNumber = async (phone: PhoneInBrowser) => {
  await phone.tap('微信手机号一键绑定')
  await phone.sees('使用前请您同意')
  await phone.photograph('privacy')
  await phone.tap('同意')
  await phone.tap('允许')
}

it('a stranger whose number is on file binds their house by phone, and is asked before', async () => {
  const zhou = await village.hold('zhou', { route: `${houses}/house-profile/house-profile?houseId=h-1-2-302` })
  await zhou.tap('登记一位住户')
  await write(zhou, '姓名', '吴敏')
  await write(zhou, '手机号', village.phoneOf('stranger'))
  await zhou.tap('保存')
  await zhou.sees('吴敏 · 业主')
  await zhou.photograph('house-profile')

  const stranger = await village.hold('stranger')
  await stranger.tap('绑定房屋')
  await stranger.photograph('bind')
  await stranger.tap('微信手机号一键绑定')
  await stranger.tap('暂不同意')
  await stranger.sees('没有同意隐私保护指引')
  await agreeAndGiveNumber(stranger)
  await stranger.sees('绑定好了')
  await stranger.photograph('bound')
  await stranger.tap('去首页看看')
  await stranger.sees('家里没有待处理的事')
  await noTroubles(zhou, stranger)
})

it('another applies and waits, a clerk rejects with a reason and then approves', async () => {
  const newcomer = await village.hold('newcomer', { route: `${members}/house-bind/house-bind` })
  await agreeAndGiveNumber(newcomer)
  await newcomer.sees('没有查到')
  await newcomer.tap('填房号申请')
  await write(newcomer, '房号', '2#1101')
  await newcomer.tap('2号楼2单元1101')
  await newcomer.tap('业主')
  await write(newcomer, '姓名', '刘洋')
  await newcomer.photograph('apply')
  await newcomer.tap('提交申请')
  await newcomer.sees('待审核')
  await newcomer.photograph('pending')
  await newcomer.show(village.url, 'pages/home/home')
  await newcomer.sees('2号楼2单元1101的申请正在审核')
  await newcomer.doesNotSee('先绑定您的房屋')

  const zhou = await village.hold('zhou', { route: `${members}/application-list/application-list` })
  await zhou.tap('2号楼2单元1101')
  await zhou.tap('不通过')
  await zhou.tap('请带房产证到物业办理')
  await zhou.photograph('reject')
  await zhou.page.getByRole('dialog').or(zhou.page.locator('.sheet')).getByText('不通过', { exact: true }).filter({ visible: true }).last().tap()
  await zhou.sees('没有通过')

  await newcomer.show(village.url, `${members}/house-bind/house-bind`)
  await newcomer.sees('原因：请带房产证到物业办理')
  await newcomer.photograph('rejected')
  await newcomer.tap('重新申请')
  await write(newcomer, '房号', '2-2-1101')
  await newcomer.tap('2号楼2单元1101')
  await newcomer.tap('业主')
  await write(newcomer, '姓名', '刘洋')
  await newcomer.tap('提交申请')
  await newcomer.sees('待审核')

  await zhou.show(village.url, `${members}/application-list/application-list`)
  await zhou.tap('2号楼2单元1101')
  await zhou.sees('微信已核实')
  await zhou.photograph('approve')
  await zhou.tap('通过')
  await zhou.page.locator('.phone-confirm').tap()
  await zhou.sees('已通过')

  await newcomer.show(village.url, 'pages/home/home')
  await newcomer.sees('2号楼2单元1101')
  await newcomer.sees('我要报修')
  await noTroubles(zhou, newcomer)
})

it('an owner adds a tenant with an end, and the tenant is in the house', async () => {
  const wang = await village.hold('wang', { route: `${members}/household/household?houseId=h-3-2-501` })
  await wang.tap('添加家人或租客')
  await write(wang, '怎么称呼', '赵建国')
  await write(wang, '手机号', village.phoneOf('zhao'))
  await wang.tap('租户')
  await wang.photograph('add-tenant')
  await wang.tap('保存')
  await wang.sees('赵建国 · 租户')
  await wang.photograph('household')

  const zhao = await village.hold('zhao', { route: 'pages/me/me' })
  await zhao.tap('梨花苑 3号楼2单元501')
  await zhao.sees('您是这套房屋的租户')
  await noTroubles(wang, zhao)
})

it('a manager imports a sheet: mistakes first, then a bar, then the houses', async () => {
  const he = await village.hold('he', { route: `${houses}/house-import/house-import` })
  const sheet = await sheetOf([...town(600), ['11号楼', '1单元', '9901', 88.88, '错号', '1380', '业主']])
  await he.tap('选择 Excel 文件')
  const [chooser] = await Promise.all([he.page.waitForEvent('filechooser'), he.tap('同意')])
  await chooser.setFiles({ name: '房屋.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: sheet })
  await he.sees('检查完了，还没有改动任何东西')
  await he.sees('F602')
  await he.photograph('import-checked')
  await he.tap('跳过 1 行，导入其余')
  await he.page.getByText(/正在导入|导入完成/).first().waitFor()
  await he.photograph('import-running')
  await he.sees('导入完成')
  await he.photograph('import-done')
  await he.show(village.url, `${houses}/building/building?building=11`)
  await he.sees('101')
  await noTroubles(he)
})

it('somebody deletes their account after two questions, and is a stranger again', async () => {
  const li = await village.hold('li', { route: `${members}/my-data/my-data` })
  await li.photograph('my-data')
  await li.tap('注销账号')
  await li.sees('我看完了，注销')
  await li.photograph('delete')
  await li.tap('我看完了，注销')
  await li.page.locator('.phone-confirm').tap()
  await li.sees('先绑定您的房屋')
  await noTroubles(li)
})
