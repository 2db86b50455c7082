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
/** The same page in 关怀模式, by somebody who likes it large. */
const photographElder = async (name: string, route: string, what: string, then: (phone: PhoneInBrowser) => Promise<unknown> = () => Promise.resolve()) => {
  const phone = await village.hold(name, { route: 'pages/me/me' })
  await phone.page.getByRole('switch', { name: '关怀模式' }).filter({ visible: true }).first().tap()
  await phone.show(village.url, route)
  await then(phone)
  await phone.photograph(`${what}-elder`)
  await noTroubles(phone)
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
  await photographElder('stranger', `${members}/house-bind/house-bind`, 'bind')

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
  await newcomer.tap('按楼栋、单元选')
  await newcomer.tap('2号楼')
  await newcomer.photograph('choose-entrance')
  await newcomer.tap('2单元')
  await newcomer.tap('1101')
  await newcomer.sees('2号楼2单元1101')
  await newcomer.tap('业主')
  await write(newcomer, '姓名', '刘洋')
  await newcomer.tap('提交申请')
  await newcomer.sees('待审核')

  await zhou.show(village.url, `${members}/application-list/application-list`)
  await zhou.tap('2号楼2单元1101')
  await zhou.sees('微信已核实')
  await zhou.photograph('approve')
  await photographElder('zhou', `${members}/application-list/application-list`, 'approve', (phone) => phone.tap('2号楼2单元1101').then(() => phone.sees('微信已核实')))
  await photographElder('newcomer', `${members}/house-bind/house-bind`, 'pending')
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
  await photographElder('wang', `${members}/household/household?houseId=h-3-2-501`, 'household')

  const zhao = await village.hold('zhao', { route: 'pages/me/me' })
  await zhao.tap('梨花苑 3号楼2单元501')
  await zhao.sees('您是这套房屋的租户')
  await noTroubles(wang, zhao)
})

const chooseSheet = async (phone: PhoneInBrowser, sheet: Buffer) => {
  await phone.tap('选择 Excel 文件')
  const [chooser] = await Promise.all([phone.page.waitForEvent('filechooser'), phone.tap('同意')])
  await chooser.setFiles({ name: '房屋.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: sheet })
  await phone.sees('检查完了，还没有改动任何东西')
}

it('a manager imports 3,000 rows: mistakes by their cells first, then a bar that moves, then the houses; again, nothing changes', async () => {
  const route = `${houses}/house-import/house-import`
  const he = await village.hold('he', { route })
  const sheet = await sheetOf([...town(2_999), ['11号楼', '1单元', '9901', 88.88, '错号', '1380', '业主']])
  await chooseSheet(he, sheet)
  await he.sees('F3001')
  await he.photograph('import-checked')
  // As far from the cloud as a phone is: each of its steps takes a while.
  await village.post('/control/fault', { kind: 'latency', perCallMs: 150 })
  await he.tap('跳过 1 行，导入其余')
  await he.sees('正在开始')
  await he.sees(/[1-5] \/ 6 批/)
  await he.photograph('import-running')
  await photographElder('he', route, 'import-running', (phone) => phone.sees('正在导入'))
  await village.post('/control/fault', { kind: 'none' })
  await he.sees('导入完成')
  await he.photograph('import-done')
  const again = await village.hold('he', { route })
  await chooseSheet(again, sheet)
  await again.tap('跳过 1 行，导入其余')
  await again.sees('导入完成')
  await again.photograph('import-again')
  const counts = await again.page.locator('.count').filter({ visible: true }).allTextContents()
  expect(counts.map((count) => count.replace(/\s/g, ''))).toEqual(['0新增房屋', '0更新房屋', '0登记住户', '2999没有变化'])
  await again.show(village.url, `${houses}/building/building?building=11`)
  await again.sees('101')
  await noTroubles(he, again)
})

it('somebody with homes and work in two communities changes both in two taps each, and sees nothing of the other', async () => {
  const { communityId } = await village.call('he', 'houses', 'createCommunity', { requestId: 'journey-community-1', name: '桃源里', address: '', servicePhones: [] })
  await village.call('he', 'members', 'switchPost', { communityId })
  await village.call('he', 'houses', 'createBuilding', { building: '9', label: '桃花阁', entrances: [] })
  const { houseId } = await village.call('he', 'houses', 'create', { building: '9', entrance: '', roomNo: '901', areaSqm: null })
  await village.call('he', 'houses', 'addToRoster', { houseId, name: '赵建国', phone: village.phoneOf('zhao'), relation: 'owner' })

  const zhao = await village.hold('zhao', { route: `${members}/house-bind/house-bind` })
  await agreeAndGiveNumber(zhao)
  await zhao.sees('绑定好了')
  await zhao.show(village.url, 'pages/home/home')
  await zhao.tap('梨花苑 1号楼1单元201')
  await zhao.photograph('two-communities')
  await zhao.tap('桃花阁901')
  await zhao.sees('桃源里 桃花阁901')
  await zhao.doesNotSee('梨花苑 1号楼1单元201')

  const he = await village.hold('he', { route: 'pages/desk/desk' })
  await he.tap('桃源里 · 管理员')
  await he.photograph('two-posts')
  await he.tap('梨花苑')
  await he.sees('梨花苑 · 管理员')
  await he.show(village.url, `${houses}/register/register`)
  await he.sees('3号楼')
  await he.doesNotSee('桃花阁')
  await noTroubles(zhao, he)
})

it('a guard looks up a house at the gate, and reads who lives there without a number', async () => {
  const sun = await village.hold('sun', { route: 'pages/desk/desk' })
  await sun.tap('查房屋')
  await write(sun, '梨花苑的房号', '3-2-501')
  await sun.tap('3号楼2单元501')
  await sun.sees('王** · 业主')
  await sun.photograph('guard-profile')
  await sun.doesNotSee('138****5010')
  await noTroubles(sun)
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
