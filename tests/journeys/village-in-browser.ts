import { inventPhone } from '../../simulator/cloud/platform'
import { villagers } from '../../simulator/seed/villagers'
import { startWorld } from '../../tools/start-world'
import { openBrowser, PhoneInBrowser, type Size } from '../support/phone-in-browser'

/** The village as `npm start` runs it, and a browser in which its people hold their phones. */
export type VillageInBrowser = {
  url: string
  /** `stranger`, and every name that is none of the village's, is somebody the village has never heard of. */
  hold: (name: string, o?: { route?: string; size?: Size }) => Promise<PhoneInBrowser>
  /** The number that WeChat knows somebody by. */
  phoneOf: (name: string) => string
  close: () => Promise<void>
}

const villagerOf = (name: string) => villagers.find(({ key }) => key === name)
const openidOf = (name: string): string => villagerOf(name)?.openid ?? `o-${name}`

export const openVillageInBrowser = async (): Promise<VillageInBrowser> => {
  const world = await startWorld('village')
  const browser = await openBrowser()
  return {
    url: world.url,
    hold: (name, o) =>
      PhoneInBrowser.open(browser, { url: world.url, openid: openidOf(name), name, ...o }),
    phoneOf: (name) => villagerOf(name)?.phone ?? inventPhone(openidOf(name)),
    close: async () => {
      await browser.close()
      await world.close()
    },
  }
}
