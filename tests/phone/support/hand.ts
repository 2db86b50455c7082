import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import { findBrowser } from '../../support/browser'

/** A person at the phone: a finger on a touch screen, or a mouse at a desk. */
export type Hand = {
  page: Page
  /** Errors of the page that nobody caught. */
  failures: string[]
  /** The page shown now. */
  top(): Locator
  text(words: string | RegExp): Locator
  tap(target: Locator): Promise<void>
  drag(target: Locator, dx: number, dy: number): Promise<void>
  sees(words: string | RegExp): Promise<void>
  /** Waits until an expression of the page is true. Playwright's own waiting needs eval, which the phone's content policy forbids. */
  until(expression: string): Promise<void>
  open(address: string): Promise<void>
  close(): Promise<void>
}

export const launch = async (): Promise<Browser> => {
  const { executablePath, args, env } = await findBrowser()
  return chromium.launch({ executablePath, args: [...args, '--disable-gpu', '--no-first-run', '--disable-background-networking'], env })
}

const STEPS = 8
const PATIENCE_MS = 8_000

export const takePhone = async (
  browser: Browser,
  url: string,
  kind: 'touch' | 'mouse',
  options: { openid?: string; width?: number; dark?: boolean } = {},
): Promise<Hand> => {
  const { openid = 'oWang', width = 375, dark = false } = options
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: 812 },
    hasTouch: kind === 'touch',
    colorScheme: dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) failures.push(`called ${request.url()}`)
  })
  const top = (): Locator => page.locator('.phone-frame:not([hidden])')
  const text = (words: string | RegExp): Locator =>
    top()
      .getByText(words, { exact: typeof words === 'string' })
      .filter({ visible: true })
      .first()

  const middleOf = async (target: Locator): Promise<{ x: number; y: number }> => {
    await target.scrollIntoViewIfNeeded()
    const box = await target.boundingBox()
    if (!box) throw new Error('it is not shown')
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
  }
  const dragMouse = async ({ x, y }: { x: number; y: number }, dx: number, dy: number): Promise<void> => {
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let step = 1; step <= STEPS; step += 1) await page.mouse.move(x + (dx * step) / STEPS, y + (dy * step) / STEPS)
    await page.mouse.up()
  }
  const dragFinger = async ({ x, y }: { x: number; y: number }, dx: number, dy: number): Promise<void> => {
    const session = await context.newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', step: number): Promise<unknown> =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: type === 'touchEnd' ? [] : [{ x: x + (dx * step) / STEPS, y: y + (dy * step) / STEPS }],
      })
    await touch('touchStart', 0)
    for (let step = 1; step <= STEPS; step += 1) await touch('touchMove', step)
    await touch('touchEnd', STEPS)
    await session.detach()
  }
  return {
    page,
    failures,
    top,
    text,
    tap: (target) => (kind === 'touch' ? target.tap() : target.click()),
    drag: async (target, dx, dy) => {
      const from = await middleOf(target)
      await (kind === 'touch' ? dragFinger(from, dx, dy) : dragMouse(from, dx, dy))
    },
    sees: (words) => top().getByText(words).filter({ visible: true }).first().waitFor(),
    until: async (expression) => {
      const deadline = performance.now() + PATIENCE_MS
      while (!(await page.evaluate(expression))) {
        if (performance.now() > deadline) throw new Error(`It never came true: ${expression}`)
        await page.waitForTimeout(20)
      }
    },
    open: async (address) => {
      await page.goto('about:blank')
      await page.goto(`${url}/app.html?openid=${openid}#${address}`)
      await page.waitForSelector('html[data-ready]')
    },
    close: () => context.close(),
  }
}
