import { days } from '../../cloudfunctions/_shared/clock'
import {
  dataKeyVariable, fingerprintsOf, hashKeyVariable, keyRecordsOf, keysOf, recoveryKeyOf, variablesOf, type DataKey, type KeyRecord, type Keys,
} from '../../cloudfunctions/_shared/keys'
import { variablesOnline } from './keys'
import type { Online } from './online'
import { Refusal } from './refusal'

/**
 * A change of the data key, as far as an environment has got with it: told from what is online alone, so that a run that was cut off is gone on
 * with from any machine. In the order of its steps no function ever meets a value that it cannot open.
 */
export type Rotation = {
  made: DataKey
  /** Null once it is recorded whose data the new key seals. */
  toRecord: KeyRecord | null
  /** Functions that cannot open yet what the new key seals, each with the variable that lets it. */
  toOpen: Map<string, string>
  isPlanned: boolean
  /** Functions that still seal with an older key. */
  toSeal: Map<string, string>
  recoveryKey: string
}

const numberOf = (id: string): number => Number(id.slice('data-'.length))
const highest = (ids: string[]): number => Math.max(...ids.filter((id) => id.startsWith('data-')).map(numberOf))
/** The last backup that was sealed with a retired key has gone by then. */
const retiredForMs = days(31)

const ringsOnline = (online: Online): Map<string, Keys> => {
  const rings = new Map<string, Keys>()
  for (const name of online.functions.keys()) {
    const { [dataKeyVariable]: data, [hashKeyVariable]: hash } = variablesOnline(online, name)
    if (!data) continue
    if (!hash) throw new Refusal(`Function ${name} has no ${hashKeyVariable}. Run the deployment without --rotate-key first: it adds what is missing.`)
    rings.set(name, keysOf({ [dataKeyVariable]: data, [hashKeyVariable]: hash }))
  }
  if (rings.size === 0) throw new Refusal('No function online has a data key, so there is none to change. Run the deployment without --rotate-key first.')
  return rings
}

/** All keys that any function has. Throws where two of them are not the same key under one name, or not the one that was recorded. */
const unionOf = (rings: Map<string, Keys>, records: KeyRecord[]): Keys => {
  const known = new Map<string, DataKey>()
  const [[firstName, first]] = [...rings] as [[string, Keys]]
  for (const [name, { data, hash }] of rings) {
    if (!hash.equals(first.hash)) throw new Refusal(`The functions ${firstName} and ${name} hold different values of ${hashKeyVariable}. Nothing was changed.`)
    for (const key of data) {
      if (known.get(key.id)?.secret.equals(key.secret) === false) throw new Refusal(`The functions do not agree on the key ${key.id} (function ${name}). Nothing was changed.`)
      known.set(key.id, key)
    }
  }
  const union: Keys = { data: [...known.values()] as Keys['data'], hash: first.hash }
  const wrong = fingerprintsOf(union).find(({ id, fingerprint }) => records.some((record) => record._id === id && record.fingerprint !== fingerprint))
  if (wrong) throw new Refusal(`The key ${wrong.id} is not the one this environment's personal data is sealed with (key_records says otherwise). Nothing was changed.`)
  return union
}

/** The new key of a change that was begun; undefined when there is none, or it has come to its end. */
const begunIn = (rings: Map<string, Keys>, union: Keys, records: KeyRecord[]): DataKey | undefined => {
  const newest = union.data.find(({ id }) => numberOf(id) === highest(union.data.map((key) => key.id)))!
  const record = records.find(({ _id }) => _id === newest.id)
  const isEverywhere = [...rings.values()].every(({ data }) => data[0].id === newest.id)
  const isSealing = union.data.length > 1 && record?.unopened === undefined
  return !isEverywhere || record?.isPlanned || isSealing ? newest : undefined
}

const refuseUnsettled = (union: Keys, records: KeyRecord[]): void => {
  const lost = records.find(({ _id, retiredAt, isPlanned }) => _id.startsWith('data-') && !retiredAt && !isPlanned && !union.data.some(({ id }) => id === _id))
  if (lost) throw new Refusal(`This environment needs the key ${lost._id} too, and no function has it. Bring it back with LINLI_RECOVERY_KEY before another one is made.`)
  const left = records.find(({ unopened }) => unopened && unopened.length > 0)
  if (left) throw new Refusal(`The last change of the key left ${left.unopened!.length} documents sealed with an older one (${left.unopened!.slice(0, 3).join(', ')}). Settle them first: 运行状况 names them.`)
}

/** `random`: 32 bytes, asked for only where a change begins. Throws a Refusal rather than lose sight of a key. */
export const rotationIn = (online: Online, random: (bytes: number) => Buffer, now: Date): Rotation => {
  const [rings, records] = [ringsOnline(online), online.keyRecords]
  const union = unionOf(rings, records)
  const begun = begunIn(rings, union, records)
  if (!begun) refuseUnsettled(union, records)
  const recorded = records.filter(({ isPlanned }) => !isPlanned).map(({ _id }) => _id)
  const made = begun ?? { id: `data-${highest([...recorded, ...union.data.map(({ id }) => id)]) + 1}`, secret: random(32) }
  const isExpired = ({ id }: DataKey) => records.some(({ _id, retiredAt }) => _id === id && retiredAt && retiredAt.getTime() < now.getTime() - retiredForMs)
  const others = (data: DataKey[]) => data.filter(({ id }) => id !== made.id)
  const valueOf = (data: DataKey[]) => variablesOf({ data: data as Keys['data'], hash: union.hash })[dataKeyVariable]!
  const current: Keys = { data: [made, ...others(union.data).filter((key) => !isExpired(key))], hash: union.hash }
  const [fingerprint] = fingerprintsOf(current)
  const record = records.find(({ _id }) => _id === made.id)
  const holders = [...rings]
  return {
    made,
    // What no function ever had, from a run that got no further, is nobody's key: it is written over.
    toRecord: record?.fingerprint === fingerprint!.fingerprint ? null : { ...keyRecordsOf([fingerprint!])[0]!, isPlanned: true },
    toOpen: new Map(holders.filter(([, { data }]) => !data.some(({ id }) => id === made.id)).map(([name, { data }]) => [name, valueOf([...data, made])])),
    isPlanned: record === undefined || record.isPlanned === true,
    toSeal: new Map(holders.filter(([, { data }]) => data[0].id !== made.id).map(([name]) => [name, valueOf(current.data)])),
    recoveryKey: recoveryKeyOf(current),
  }
}
