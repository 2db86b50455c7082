import { type Browser } from 'playwright-core'
import { launch } from './hand'
import { openScratch, type Scratch } from './scratch'
import { startSmallCloud, type SmallCloud } from './small-cloud'

/** A copy of the fixture on a small cloud, rebuilt on every edit, and a browser to hold it in. */
export type BrowserWorld = { scratch: Scratch; cloud: SmallCloud; browser: Browser; close(): Promise<void> }

export const openBrowserWorld = async (): Promise<BrowserWorld> => {
  const scratch = openScratch()
  const cloud = await startSmallCloud({ miniprogramRoot: scratch.root, outFolder: scratch.out, watch: true })
  await cloud.phone.ready
  const browser = await launch()
  const close = async (): Promise<void> => {
    await browser.close()
    await cloud.close()
    scratch.remove()
  }
  return { scratch, cloud, browser, close }
}
