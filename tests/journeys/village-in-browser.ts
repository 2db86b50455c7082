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
  /** What somebody did elsewhere, on a phone nobody looks at; a refusal fails the journey. */
  call: (name: string, cloudFunction: string, action: string, input: object) => Promise<Record<string, unknown>>
  /** A door of the simulator. */
  post: (door: string, body: object) => Promise<Record<string, unknown>>
  close: () => Promise<void>
}

const villagerOf = (name: string) => villagers.find(({ key }) => key === name)
const openidOf = (name: string): string => villagerOf(name)?.openid ?? `o-${name}`

export const openVillageInBrowser = async (): Promise<VillageInBrowser> => {
  const world = await startWorld('village')
  const browser = await openBrowser()
  const post = async (door: string, body: object) => {
    const response = await fetch(world.url + door, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
    return (await response.json()) as Record<string, unknown>
  }
  return {
    url: world.url,
    post,
    call: async (name, cloudFunction, action, input) => {
      const { result } = (await post('/client/call', { openid: openidOf(name), name: cloudFunction, data: { action, input } })) as { result: { ok: boolean; data: Record<string, unknown> } }
      if (!result.ok) throw new Error(`${cloudFunction}.${action} refused ${name}: ${JSON.stringify(result)}`)
      return result.data
    },
    hold: (name, o) =>
      PhoneInBrowser.open(browser, { url: world.url, openid: openidOf(name), name, ...o }),
    phoneOf: (name) => villagerOf(name)?.phone ?? inventPhone(openidOf(name)),
    close: async () => {
      await browser.close()
      await world.close()
    },
  }
}
