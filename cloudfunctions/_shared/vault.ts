import { createVault, type Vault } from './crypto'
import { collection } from './db'
import { AppError } from './errors'
import { hashKeyId, keysOf, type Fingerprint, type KeyRecord } from './keys'
import { logLine } from './log'

export const keyRecords = collection<KeyRecord>('key_records')

/** `missing`: stored data needs this key and the environment does not have it. `unrecorded`: set-up has not stored whose data it seals. */
export type KeyState = {
  state: 'ok' | 'mismatch' | 'missing' | 'unrecorded'
  keyId: string
  fingerprint: string | null
} & Pick<KeyRecord, 'retiredAt' | 'unopened'>

const refusal = (reason: string, cause?: unknown) =>
  new AppError('UNAVAILABLE', '个人信息的密钥没有配置好，这项功能暂时不能用，请管理员查看「运行状况」', { reason, cause })

let vault: Vault | undefined

/** The environment's vault, for keyed hashes that are not stored to be found again. No round trip. Throws UNAVAILABLE without keys. */
export const environmentVault = (): Vault => {
  try {
    return (vault ??= createVault(keysOf(process.env)))
  } catch (error) {
    logLine({ event: 'key_missing', error: (error as Error).message })
    throw refusal('KEY_MISSING', error)
  }
}

const compare = (ours: Fingerprint[], records: KeyRecord[]): KeyState[] => {
  const stateOf = ({ id, fingerprint }: Fingerprint): KeyState['state'] => {
    const record = records.find(({ _id }) => _id === id)
    if (!record) return 'unrecorded'
    return record.fingerprint === fingerprint ? 'ok' : 'mismatch'
  }
  const absent = records.filter(({ _id, retiredAt, isPlanned }) => !retiredAt && !isPlanned && !ours.some(({ id }) => id === _id))
  return [
    ...ours.map((key): KeyState => {
      const { retiredAt, unopened } = records.find(({ _id }) => _id === key.id) ?? {}
      return { state: stateOf(key), keyId: key.id, fingerprint: key.fingerprint, ...(retiredAt && { retiredAt }), ...(unopened && { unopened }) }
    }),
    ...absent.map(({ _id, fingerprint }): KeyState => ({ state: 'missing', keyId: _id, fingerprint })),
  ]
}

const mostKeys = 100

/** Each key this environment has or needs, the worst first in the summary: what 运行状况 shows. One round trip. */
export const keyState = async (): Promise<KeyState & { keys: KeyState[] }> => {
  const records = await keyRecords.find({}, { limit: mostKeys })
  let ours: Fingerprint[] = []
  try {
    ours = environmentVault().fingerprints
  } catch {
    const missing: KeyState = { state: 'missing', keyId: records.find(({ _id }) => _id !== hashKeyId)?._id ?? 'data-1', fingerprint: null }
    return { ...missing, keys: [missing] }
  }
  const keys = compare(ours, records)
  return { ...(keys.find(({ state }) => state !== 'ok') ?? keys[0]!), keys }
}

let isProven = false

/**
 * The environment's vault after proving that its keys are those of this environment's data. One round trip per process. Throws
 * UNAVAILABLE when they are not, or nobody has said whose they are. A retired key that is gone stops only the values it sealed.
 */
export const openVault = async (): Promise<Vault> => {
  const ours = environmentVault()
  if (isProven) return ours
  const wrong = compare(ours.fingerprints, await keyRecords.find({}, { limit: mostKeys })).find(({ state }) => state === 'mismatch' || state === 'unrecorded')
  if (wrong) {
    logLine({ event: `key_${wrong.state}`, key: wrong.keyId })
    throw refusal(`KEY_${wrong.state.toUpperCase()}`)
  }
  isProven = true
  return ours
}
