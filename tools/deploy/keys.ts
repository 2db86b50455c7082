import { dataKeyVariable, fingerprintsOf, hashKeyId, hashKeyVariable, keysFromRecoveryKey, keysOf, variablesOf, type Keys } from '../../cloudfunctions/_shared/keys'
import type { Online } from './online'
import { Refusal } from './refusal'

/** `origin` `new`: made now, for an environment that has none; they reach it with its first function. */
export type ChosenKeys = { keys: Keys; origin: 'new' | 'online' | 'recovery' }

export const variablesOnline = (online: Online, name: string): Record<string, string> =>
  Object.fromEntries((online.functions.get(name)?.Environment?.Variables ?? []).map(({ Key, Value }) => [Key, Value]))

/** The value that all functions online agree on, or null when none has one. */
const agreedOnline = (online: Online, variable: string): string | null => {
  const holders = [...online.functions.keys()].map((name) => ({ name, value: variablesOnline(online, name)[variable] })).filter(({ value }) => value)
  const other = holders.find(({ value }) => value !== holders[0]!.value)
  if (other) {
    throw new Refusal(`The functions ${holders[0]!.name} and ${other.name} hold different values of ${variable}. Personal data sealed by one cannot be read by the other. In 云开发控制台 → 云函数 → 版本与配置 give both the longer one (it holds the other's keys too), then run again. If a change of the key was cut short, run it again with --rotate-key instead.`)
  }
  return holders[0]?.value ?? null
}

const isRecorded = (online: Online, keys: Keys): boolean =>
  fingerprintsOf(keys).every(({ id, fingerprint }) => online.keyRecords.every((record) => record._id !== id || record.fingerprint === fingerprint))

const notThese = 'These keys are not those that this environment\'s personal data is sealed with (key_records says otherwise). Nothing was changed.'

/** Throws a Refusal rather than give an environment keys that cannot open what it holds. */
export const chooseKeys = (online: Online, recoveryKey: string | undefined, random: (bytes: number) => Buffer): ChosenKeys => {
  const data = agreedOnline(online, dataKeyVariable)
  if (data) {
    // Release 0.1.0 hashed with its data key.
    const hash = agreedOnline(online, hashKeyVariable) ?? (online.keyRecords.some(({ _id }) => _id === hashKeyId) ? null : data)
    if (!hash) throw new Refusal(`No function online has ${hashKeyVariable} any more. Set LINLI_RECOVERY_KEY to the recovery key that the first deployment printed, remove ${dataKeyVariable} from the functions, and run again.`)
    const keys = keysOf({ [dataKeyVariable]: data, [hashKeyVariable]: hash })
    if (!isRecorded(online, keys)) throw new Refusal(notThese)
    return { keys, origin: 'online' }
  }
  if (recoveryKey) {
    const keys = keysFromRecoveryKey(recoveryKey)
    if (!isRecorded(online, keys)) throw new Refusal(notThese)
    return { keys, origin: 'recovery' }
  }
  if (online.keyRecords.length > 0) {
    throw new Refusal('This environment holds personal data, and no function has the key any more. Set LINLI_RECOVERY_KEY to the recovery key that the first deployment printed, and run again. Without it the phone numbers cannot be read, by anybody, ever.')
  }
  return { keys: { data: [{ id: 'data-1', secret: random(32) }], hash: random(32) }, origin: 'new' }
}

/** The variables that hold keys. */
export const keyVariables = (keys: Keys): Record<string, string> => variablesOf(keys)
