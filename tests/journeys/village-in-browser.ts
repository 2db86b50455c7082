import { startWorld } from '../../tools/start-world'
import { openBrowser, PhoneInBrowser, type Size } from '../support/phone-in-browser'

/** The village as `npm start` runs it, and a browser in which its people hold their phones. */
export type VillageInBrowser = {
  url: string
  /** `stranger` is somebody the village has never heard of. */
  hold: (name: string, o?: { route?: string; size?: Size }) => Promise<PhoneInBrowser>
  close: () => Promise<void>
}

export const openVillageInBrowser = async (): Promise<VillageInBrowser> => {
  const world = await startWorld('village')
  const browser = await openBrowser()
  return {
    url: world.url,
    hold: (name, o) =>
      PhoneInBrowser.open(browser, { url: world.url, openid: name === 'stranger' ? 'o-stranger' : `o-village-${name}`, name, ...o }),
    close: async () => {
      await browser.close()
      await world.close()
    },
  }
}
