import { openBrowserWorld, type BrowserWorld } from './support/browser-world'
import { takePhone, type Hand } from './support/hand'

let world: BrowserWorld

beforeAll(async () => {
  world = await openBrowserWorld()
})
afterAll(() => world?.close())

const forms = '/features/forms/pages'

describe('the phone', () => {
  let hand: Hand
  beforeEach(async () => {
    hand = await takePhone(world.browser, world.cloud.url, 'touch')
  })
  afterEach(() => hand.close())
  const computed = (selector: string, property: string): Promise<unknown> =>
    hand.page.evaluate(`getComputedStyle(document.querySelector('.phone-frame:not([hidden]) ${selector}')).getPropertyValue('${property}')`)

  it('draws a page’s styles on that page and a component’s on that component', async () => {
    await hand.open(`${forms}/styles/styles`)
    expect(await computed('.half', 'color')).toBe('rgb(9, 8, 7)')
    expect(await computed('.half', 'width')).toBe('187.5px')
    expect(await computed('.box', 'background-color')).toBe('rgb(250, 250, 210)')
    expect(await computed('greeting wx-view', 'background-color')).toBe('rgba(0, 0, 0, 0)')
    expect(await computed('greeting wx-view', 'color')).toBe('rgb(1, 2, 3)')
    expect(await computed('greeting', 'border-left-color')).toBe('rgb(10, 123, 94)')
    expect(await computed('.fixed', 'padding-bottom')).toBe('34px')
    expect(await computed('.unseen', 'display')).toBe('none')
    const [full, fixed] = [await hand.top().locator('.full').boundingBox(), await hand.top().locator('.fixed').boundingBox()]
    expect([full?.height, (fixed?.y ?? 0) + (fixed?.height ?? 0)]).toEqual([812 - 88, 812])
  })

  it('is dark when the person likes it dark', async () => {
    await hand.close()
    hand = await takePhone(world.browser, world.cloud.url, 'touch', { dark: true })
    await hand.open(`${forms}/styles/styles`)
    expect(await computed('.box', 'background-color')).toBe('rgb(20, 20, 20)')
    expect(await computed('.phone-nav', 'background-color')).toBe('rgb(25, 25, 25)')
    expect(await hand.page.evaluate('wx.getAppBaseInfo().theme')).toBe('dark')
  })

  it('keeps what two persons stored apart', async () => {
    await hand.open('/pages/home/home')
    await hand.page.evaluate("wx.setStorageSync('draft', '王的草稿')")
    await hand.page.goto(`${world.cloud.url}/app.html?openid=oChen`)
    await hand.page.waitForSelector('html[data-ready]')
    expect(await hand.page.evaluate("[wx.getStorageSync('draft'), wx.getStorageInfoSync().keys]")).toEqual(['', ['log']])
  })

  it('names an API it lacks, in a red bar and to its caller', async () => {
    await hand.open('/pages/home/home')
    expect(await hand.page.evaluate('(() => { try { wx.openBluetoothAdapter() } catch (error) { return error.message } })()')).toBe(
      'wx.openBluetoothAdapter is not in this phone',
    )
    expect(await hand.page.locator('.phone-loud').innerText()).toContain('wx.openBluetoothAdapter is not in this phone')
  })

  it('does not reach the cloud without a network, and says so as WeChat does', async () => {
    await hand.page.goto(`${world.cloud.url}/app.html?openid=oWang&network=offline`)
    await hand.page.waitForSelector('html[data-ready]')
    await hand.tap(hand.text('调用云函数'))
    await hand.sees(/^cloud\.callFunction:fail request:fail/)
  })

  it('shows an edit on the same page, and a mistake over it until it is mended', async () => {
    await hand.open('/pages/inbox/inbox')
    world.scratch.edit('pages/inbox/inbox.wxml', (text) => text.replace('还没有消息', '没有新消息'))
    await hand.sees('没有新消息')
    world.scratch.edit('pages/inbox/inbox.wxml', (text) => text.replace('/>', '/'))
    await hand.page.locator('.phone-mistake').waitFor()
    expect(await hand.page.locator('.phone-mistake').innerText()).toMatch(/pages\/inbox\/inbox\.wxml:1 {2}/)
    world.scratch.edit('pages/inbox/inbox.wxml', (text) => text.replace('" /', '" />'))
    await hand.page.locator('.phone-mistake').waitFor({ state: 'detached' })
    expect(hand.page.url()).toBe(`${world.cloud.url}/app.html?openid=oWang#/pages/inbox/inbox`)
  })

  it('lies on a desk where another takes it, and a message opens its page', async () => {
    await hand.page.setViewportSize({ width: 1440, height: 900 })
    await hand.page.goto(world.cloud.url)
    const phone = hand.page.frameLocator('iframe')
    await phone.getByText('早上好 王先生！').waitFor()
    await hand.page.getByRole('button', { name: '陈师傅' }).click()
    await phone.getByText('调用云函数').click()
    await phone.getByText(/您好 oChen/).waitFor()
    await hand.page.getByRole('button', { name: '430', exact: true }).click()
    expect(await phone.locator('html').evaluate('innerWidth')).toBe(430)
    expect(await hand.page.locator('button.message').locator('strong, p').allInnerTexts()).toEqual(['报修进度通知', '厨房漏水', '已派单'])
    await hand.page.locator('button.message').click()
    await phone.getByText('from message').waitFor()
    await expect(hand.page.getByLabel('当前页面').inputValue()).resolves.toBe(`${forms}/native-form/native-form?from=message`)
    expect(new URL(hand.page.url()).hash).toBe(`#${forms}/native-form/native-form?from=message`)
  })
})
