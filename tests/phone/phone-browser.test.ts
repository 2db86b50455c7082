import path from 'node:path'
import { openBrowserWorld, type BrowserWorld } from './support/browser-world'
import { takePhone, type Hand } from './support/hand'
import { fixture } from './support/scratch'

const picture = path.join(fixture, 'assets/door.svg')
let world: BrowserWorld

beforeAll(async () => {
  world = await openBrowserWorld()
})
afterAll(() => world?.close())

describe.each(['touch', 'mouse'] as const)('the phone in a hand with %s', (kind) => {
  let hand: Hand
  beforeAll(async () => {
    hand = await takePhone(world.browser, world.cloud.url, kind)
    await hand.open('/pages/home/home?x=1')
  })
  afterAll(() => hand.close())
  afterEach(() => {
    expect(hand.failures).toEqual([])
  })
  const { name, phone, note } = {
    name: () => hand.top().getByPlaceholder('请输入姓名'),
    phone: () => hand.top().getByPlaceholder('11 位手机号'),
    note: () => hand.top().getByPlaceholder('说明'),
  }
  const log = (): Promise<string[]> => hand.page.evaluate("wx.getStorageSync('log')")

  it('runs components, slots, WXS and events', async () => {
    await hand.tap(hand.text('早上好 王先生！'))
    await hand.sees('已打招呼 1 次')
  })

  it('calls cloud functions as the person who holds it', async () => {
    await hand.tap(hand.text('调用云函数'))
    await hand.sees('您好 oWang {"action":"view"}')
  })

  it('pays or not, and tells the cloud which', async () => {
    await hand.tap(hand.text('支付 12.80 元'))
    await hand.page.getByText('¥12.80').waitFor()
    await hand.page.getByRole('button', { name: '支付', exact: true }).click()
    await hand.sees('已支付')
    await hand.tap(hand.text('支付 12.80 元'))
    await hand.page.locator('.phone-pay-cancel').click()
    await hand.sees('requestPayment:fail cancel')
    expect(
      world.cloud.calls
        .filter(({ path: door }) => door === '/control/pay')
        .slice(-2)
        .map(({ body }) => body),
    ).toEqual([
      { outTradeNo: 'T1', outcome: 'success' },
      { outTradeNo: 'T1', outcome: 'cancel' },
    ])
  })

  it('asks for subscriptions after a tap only, one answer per template', async () => {
    await hand.tap(hand.text('订阅消息'))
    await hand.page.locator('.phone-tick', { hasText: '报修进度通知' }).waitFor()
    await hand.page.locator('.phone-tick', { hasText: 'tmpl-bill' }).click()
    await hand.page.getByRole('button', { name: '允许' }).click()
    await hand.sees('accept reject')
    expect(world.cloud.calls.filter(({ path: door }) => door === '/client/subscribe').at(-1)?.body).toEqual({
      openid: 'oWang',
      results: { 'tmpl-repair': 'accept', 'tmpl-bill': 'reject' },
    })
    const untapped = await hand.page.evaluate("wx.requestSubscribeMessage({ tmplIds: ['a'] }).catch((failure) => failure)")
    expect(untapped).toEqual({ errMsg: 'requestSubscribeMessage:fail can only be invoked by user TAP gesture.' })
  })

  it('scans a code, or not', async () => {
    await hand.tap(hand.text('扫码'))
    await hand.page.getByLabel('码的内容').fill('gate-3')
    await hand.page.getByRole('button', { name: '确定' }).click()
    await hand.sees('gate-3')
    await hand.tap(hand.text('扫码'))
    await hand.page.getByRole('button', { name: '取消' }).click()
    await hand.sees('scanCode:fail cancel')
  })

  it('takes real files, no more than asked for, and shows them', async () => {
    const choosing = hand.page.waitForEvent('filechooser')
    await hand.tap(hand.text('选照片'))
    await (await choosing).setFiles([picture, picture, picture])
    await hand.sees('2 张')
    await hand.until(
      "[...document.querySelectorAll('.photo')].filter((node) => node.shadowRoot.querySelector('img').naturalWidth > 0).length === 2",
    )
  })

  it('shows dialogs, action sheets and toasts, WeChat’s and TDesign’s', async () => {
    await hand.tap(hand.text('对话框'))
    await hand.page.getByRole('button', { name: '取消报修' }).click()
    await hand.sees('确定')
    await hand.tap(hand.text('操作菜单'))
    await hand.page.getByRole('button', { name: '发消息' }).click()
    await hand.tap(hand.text('提示'))
    await hand.sees('已保存')
    await hand.tap(hand.text('确认框'))
    await hand.sees('缴纳 3 个月物业费？')
    await hand.tap(hand.top().locator('wx-button', { hasText: '去缴费' }))
    await hand.sees('去缴费')
  })

  it('keeps tab pages alive, each with its own tab bar', async () => {
    await hand.tap(hand.text('消息'))
    await hand.sees('还没有消息')
    await hand.tap(hand.text('首页'))
    await hand.sees('已打招呼 1 次')
    expect((await log()).filter((line) => line !== 'bottom')).toEqual(['load 1', 'show', 'ready', 'hide', 'show'])
  })

  it('types, checks and picks in built-in controls, and submits what their form holds', async () => {
    await hand.tap(hand.text('缴费'))
    await name().click()
    await name().pressSequentially('王建国先生他爸')
    await hand.sees(/input 王建国先生他@6/)
    await phone().fill('138-0000-1234x')
    await note().fill('漏水\n很大')
    await hand.tap(hand.text('门窗'))
    await hand.tap(hand.text('上午'))
    await hand.tap(hand.top().locator('wx-switch'))
    await hand.tap(hand.text(/^楼栋：/))
    await hand.page.locator('.phone-wheel-row').getByText('3 号楼').click()
    await hand.page.waitForTimeout(500)
    await hand.page.getByRole('button', { name: '确定' }).click()
    await hand.sees('楼栋：3 号楼')
    await hand.tap(hand.text('提交'))
    await hand.sees(/"name":/)
    expect(JSON.parse(await hand.top().locator('.result').innerText())).toEqual({
      name: '王建国先生他',
      phone: '13800001234',
      note: '漏水\n很大',
      kind: '门窗',
      times: ['上午', '下午'],
      urgent: true,
      level: 3,
      building: 2,
    })
    await hand.tap(hand.text('重置'))
    expect([await name().inputValue(), await phone().inputValue(), await note().inputValue()]).toEqual(['', '', ''])
  })

  it('gives the phone number behind a code', async () => {
    await hand.tap(hand.text('微信手机号'))
    await hand.page.getByRole('button', { name: '允许', exact: true }).click()
    await hand.sees(/phone phone-code-1/)
  })

  it('goes back and tells the opener what the page said', async () => {
    await hand.page.getByLabel('返回').filter({ visible: true }).click()
    await hand.sees('王建国先生他')
  })

  it('runs TDesign’s fields, picker and upload', async () => {
    await hand.tap(hand.text('报修'))
    await hand.top().getByPlaceholder('怎么称呼您').fill('李明')
    await hand.top().getByPlaceholder('说说哪里坏了').fill('水龙头漏水')
    await hand.tap(hand.text('门窗'))
    await hand.tap(hand.top().locator('[class*="t-stepper__plus"]').first())
    await hand.tap(hand.text('上门时段'))
    await hand.page.waitForTimeout(400)
    await hand.tap(hand.text('14:00–16:00'))
    await hand.page.waitForTimeout(400)
    await hand.tap(hand.text('确认'))
    await hand.sees(/14:00–16:00\|0/)
    const choosing = hand.page.waitForEvent('filechooser')
    await hand.tap(hand.top().locator('[class*="t-upload__add"]').first())
    await (await choosing).setFiles(picture)
    await hand.sees('李明|水龙头漏水|b|false|2|3|14:00–16:00|1')
  })

  it('follows a finger: tabs, swiper, swipe cell, sideways list and popup', async () => {
    await hand.open('/features/forms/pages/gallery/gallery')
    await hand.tap(hand.text('处理中'))
    await hand.sees('乙栏')
    await hand.drag(hand.top().locator('wx-swiper').first(), -200, 0)
    await hand.sees('第 2 张')
    await hand.drag(hand.text('左滑删除'), -120, 0)
    await hand.tap(hand.text('删除'))
    await hand.sees('已删除')
    await hand.drag(hand.text('第2项'), -150, 0)
    await hand.until("document.querySelector('.sideways').scrollLeft > 80")
    await hand.tap(hand.text('弹层'))
    await hand.sees('从下面出来')
  })

  it('refreshes when pulled down', async () => {
    await hand.open('/pages/home/home')
    await hand.drag(
      hand
        .top()
        .getByText(/^物业提示/)
        .first(),
      0,
      260,
    )
    expect(await log()).toContain('pull')
  })
})
