import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { inRoot } from '../../tools/root'
import { findBrowser } from './browser'

const artefacts = inRoot('tests', 'artefacts')

export type Size = { width: number; height: number }
export const sizes = {
  small: { width: 320, height: 640 },
  usual: { width: 375, height: 812 },
  large: { width: 430, height: 932 },
  pc: { width: 1280, height: 800 },
}

export const openBrowser = async (): Promise<Browser> => chromium.launch(await findBrowser())

/** Many times what anything takes on a machine with nothing else to do: only what never comes is waited for this long. */
const patience = 45_000

/** Nothing is being loaded or drawn in: as somebody would look at it. */
const isStill = `document.querySelector('[class*="t-skeleton"]') === null && document.fonts.status === 'loaded' &&
  [...document.images].every((image) => image.complete)`

/** Somebody's phone: a page of the browser that shows the mini-program and is touched like a phone. */
export class PhoneInBrowser {
  private readonly complaints: string[] = []

  private constructor(readonly page: Page, private readonly context: BrowserContext, private readonly name: string, private readonly openid: string) {
    page.on('pageerror', (error) => this.complaints.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text())
    })
  }

  static async open(browser: Browser, o: { url: string; openid: string; name: string; route?: string; size?: Size }): Promise<PhoneInBrowser> {
    const size = o.size ?? sizes.usual
    const context = await browser.newContext({ viewport: size, hasTouch: true, isMobile: size.width < 700, deviceScaleFactor: 2, locale: 'zh-CN' })
    context.setDefaultTimeout(patience)
    const phone = new PhoneInBrowser(await context.newPage(), context, o.name, o.openid)
    await phone.show(o.url, o.route ?? 'pages/home/home')
    return phone
  }

  /** Opens a page as a link does, in a mini-program that starts anew, and waits until it stands and is still. */
  async show(url: string, route: string): Promise<void> {
    await this.page.goto('about:blank')
    await this.page.goto(`${url}/app.html?openid=${this.openid}#/${route}`)
    await this.page.locator('html[data-ready]').waitFor()
    // The phone's own content policy forbids the browser's way of waiting for an expression.
    for (const deadline = Date.now() + patience; !(await this.page.evaluate<boolean>(isStill));) {
      if (Date.now() > deadline) throw new Error(`${route} does not come to rest`)
      await this.page.waitForTimeout(50)
    }
  }

  /** What is on the page now on top: those below it in the stack are hidden. */
  text(words: string | RegExp) {
    return this.page.getByText(words).filter({ visible: true }).first()
  }

  async sees(words: string | RegExp): Promise<void> {
    await this.text(words).waitFor()
  }

  async tap(words: string): Promise<void> {
    await this.page.getByText(words, { exact: true }).filter({ visible: true }).first().tap()
  }

  async doesNotSee(words: string | RegExp): Promise<void> {
    const count = await this.page.getByText(words).filter({ visible: true }).count()
    if (count > 0) throw new Error(`${this.name} sees ${String(words)}`)
  }

  /** What the page complained about, in the console or in the phone's red bar; a journey that passes has none. */
  async troubles(): Promise<string[]> {
    return [...this.complaints, ...await this.page.locator('.phone-loud p').allTextContents()]
  }

  /** Kept as an artefact, to be looked at. */
  async photograph(what: string): Promise<void> {
    mkdirSync(artefacts, { recursive: true })
    await this.page.screenshot({ path: path.join(artefacts, `${this.name}-${what}.png`) })
  }

  close(): Promise<void> {
    return this.context.close()
  }
}
