import type { Job } from '../../cloudfunctions/_shared/jobs'
import { fingerprintsOf, keyRecordsOf, recoveryKeyOf, variablesOf, type DataKey, type KeyRecord, type Keys } from '../../cloudfunctions/_shared/keys'
import { rotationJobOf } from '../../cloudfunctions/_shared/upkeep-job'

/** A change of the data key, from the first step to the last. In this order no function ever meets a value that it cannot open. */
export type Rotation = {
  /** Record, before any function has it, whose data the new key seals: into `key_records`. */
  record: KeyRecord
  /** For every function: all of them can open what the new key seals, and still seal with the old one. */
  first: Record<string, string>
  /** For every function, once all have the first: they seal with the new key. */
  second: Record<string, string>
  /** Then into `jobs`: `tick` seals everything anew. */
  job: Job
  recoveryKey: string
}

const nextId = ({ data }: Keys): string => `data-${Math.max(...data.map(({ id }) => Number(id.slice('data-'.length)))) + 1}`

/** `secret`: 32 random bytes. */
export const planRotation = (keys: Keys, secret: Buffer, now: Date): Rotation => {
  const made: DataKey = { id: nextId(keys), secret }
  const last: Keys = { ...keys, data: [...keys.data, made] }
  const current: Keys = { ...keys, data: [made, ...keys.data] }
  const [fingerprint] = fingerprintsOf(current)
  return {
    record: keyRecordsOf([fingerprint!])[0]!, first: variablesOf(last), second: variablesOf(current), job: rotationJobOf(made.id, now), recoveryKey: recoveryKeyOf(current),
  }
}
