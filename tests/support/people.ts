import type { Caller } from '../../cloudfunctions/_shared/caller'
import { createVault } from '../../cloudfunctions/_shared/crypto'
import { keysOf } from '../../cloudfunctions/_shared/keys'
import { memberOf, villagers } from '../../simulator/seed/villagers'

/** A key for tests; 32 zero bytes would hide a forgotten one. */
export const testKey = Buffer.from('linli tests seal with this key!!').toString('base64')

/** What functions of a test's cloud find in their environment. */
export const testEnvironment = { LINLI_DATA_KEY: testKey, LINLI_HASH_KEY: Buffer.from('linli tests hash with this key!!').toString('base64') }

const vault = createVault(keysOf(testEnvironment))

/** The named villager as the rules see a caller; `stranger` is somebody who just opened the mini-program. */
export const callerNamed = (key: string): Caller => {
  const villager = villagers.find((candidate) => candidate.key === key)
  if (!villager) return { openid: `o-${key}`, member: null, houses: [], post: null }
  return { openid: villager.openid, member: memberOf(villager, vault), houses: villager.houses, post: villager.post }
}
