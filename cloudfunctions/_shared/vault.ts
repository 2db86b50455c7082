import { createVault, currentKeyId, environmentKey, type Vault } from './crypto'
import { collection, type Stored } from './db'

/** Set-up stores which key sealed this environment's data, so that a lost or overwritten key stops the work instead of scrambling it. */
export type KeyRecord = Stored & { fingerprint: string }
const keyRecords = collection<KeyRecord>('key_records')

let vault: Vault | undefined

/** The environment's vault, for keyed hashes that are not stored to be opened again. No round trip. */
export const environmentVault = (): Vault => (vault ??= createVault(process.env[environmentKey] ?? ''))

let isProven = false

/** The environment's vault after proving that its key is the one that sealed this environment's data. One round trip per process. */
export const openVault = async (): Promise<Vault> => {
  const ours = environmentVault()
  if (isProven) return ours
  const record = await keyRecords.get(currentKeyId)
  if (record?.fingerprint !== ours.fingerprint) {
    throw new Error(`${environmentKey} is not the key that sealed this environment's data: restore it from the recovery key`)
  }
  isProven = true
  return ours
}
