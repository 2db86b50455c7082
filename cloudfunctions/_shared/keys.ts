import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** One key of the ring, 32 bytes. `id`: data-1, data-2 …, in the order they were made. */
export type DataKey = { id: string; secret: Buffer }

/**
 * What opens an environment's personal data. The first of `data` seals, every one of them opens. `hash` makes look-up hashes; it is a
 * key of its own and never changes, because a hash cannot be made anew without opening everything.
 */
export type Keys = { data: [DataKey, ...DataKey[]]; hash: Buffer }

/** `data-2:<base64>,data-1:<base64>`, 32 bytes each. A single bare base64 value is data-1, as release 0.1.0 had it. */
export const dataKeyVariable = 'LINLI_DATA_KEY'
/** 32 bytes, base64. An environment of release 0.1.0 gives it the value that its data key then had. */
export const hashKeyVariable = 'LINLI_HASH_KEY'
export const hashKeyId = 'hash-1'

const secretOf = (text: string, variable: string): Buffer => {
  const secret = Buffer.from(text, 'base64')
  if (secret.length !== 32) throw new Error(`${variable} must be 32 bytes in base64`)
  return secret
}

const dataKeyOf = (text: string): DataKey => {
  const [, id, secret] = /^(data-[1-9]\d{0,3}):(.*)$/.exec(text) ?? [text, 'data-1', text]
  return { id: id!, secret: secretOf(secret!, dataKeyVariable) }
}

/** Reads the two variables. Throws with the name of the one that is missing or not what it must be. */
export const keysOf = (environment: Record<string, string | undefined>): Keys => {
  const [current, ...retired] = (environment[dataKeyVariable] ?? '').split(',').map((text) => dataKeyOf(text.trim()))
  const hash = secretOf(environment[hashKeyVariable] ?? '', hashKeyVariable)
  const ids = [current!, ...retired].map(({ id }) => id)
  if (new Set(ids).size < ids.length) throw new Error(`${dataKeyVariable} names a key twice`)
  return { data: [current!, ...retired], hash }
}

/** The two variables that `keysOf` reads back. */
export const variablesOf = ({ data, hash }: Keys): Record<string, string> => ({
  [dataKeyVariable]: data.map(({ id, secret }) => `${id}:${secret.toString('base64')}`).join(','),
  [hashKeyVariable]: hash.toString('base64'),
})

export const deriveKey = (secret: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret, '', `linli/${purpose}`, 32))

/** Tells keys apart without showing anything of them; hex. */
const fingerprintOf = (secret: Buffer, id: string): string => createHmac('sha256', deriveKey(secret, 'hash/fingerprint')).update(id).digest('hex')

export type Fingerprint = { id: string; fingerprint: string }

/** Of every key: the current data key first, the hash key last. */
export const fingerprintsOf = ({ data, hash }: Keys): Fingerprint[] =>
  [...data, { id: hashKeyId, secret: hash }].map(({ id, secret }) => ({ id, fingerprint: fingerprintOf(secret, id) }))

/**
 * Says whose data it is, so that a lost or overwritten key stops the work instead of scrambling it. `retiredAt`: nothing is sealed with
 * this key any more, and it may leave the ring. `unopened`: documents, at most twenty, that could not be sealed anew with it. `isPlanned`:
 * nothing has been sealed with it yet.
 */
export type KeyRecord = { _id: string; schema: number; fingerprint: string; retiredAt?: Date; unopened?: string[]; isPlanned?: boolean }

/** What set-up stores in `key_records` for keys it made or was given; every process compares its own with them. */
export const keyRecordsOf = (fingerprints: Fingerprint[]): KeyRecord[] =>
  fingerprints.map(({ id, fingerprint }) => ({ _id: id, schema: 1, fingerprint }))

// Crockford's alphabet: no I, L, O or U, which are misread or misheard.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const checkBytes = 5
const check = (bytes: Buffer): Buffer => createHash('sha256').update('linli/recovery').update(bytes).digest().subarray(0, checkBytes)

const toLetters = (bytes: Buffer): string => {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => letters[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

const fromLetters = (text: string): Buffer => {
  const written = text.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')
  const bits = [...written].map((letter) => {
    const value = letters.indexOf(letter)
    if (value < 0) throw new Error(`The recovery key holds no "${letter}": read it again`)
    return value.toString(2).padStart(5, '0')
  }).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

const bytesPerDataKey = 34

/** All keys in a form to print and to type in again: groups of five letters, the last of them a checksum. */
export const recoveryKeyOf = ({ data, hash }: Keys): string => {
  const ring = data.map(({ id, secret }) => {
    const number = Buffer.alloc(2)
    number.writeUInt16BE(Number(id.slice('data-'.length)))
    return Buffer.concat([number, secret])
  })
  const bytes = Buffer.concat([Buffer.from([1, data.length]), ...ring, hash])
  return (toLetters(Buffer.concat([bytes, check(bytes)])).match(/.{1,5}/g) ?? []).join('-')
}

/** Reads a recovery key however it was typed: small letters, spaces, O for 0. Throws when a letter is wrong, missing or too many. */
export const keysFromRecoveryKey = (text: string): Keys => {
  const all = fromLetters(text)
  const [bytes, sum] = [all.subarray(0, -checkBytes), all.subarray(-checkBytes)]
  const [version, count = 0] = bytes
  if (!check(bytes).equals(sum) || version !== 1 || count < 1 || bytes.length !== 2 + count * bytesPerDataKey + 32) {
    throw new Error('The recovery key was not typed as it is printed: its checksum does not fit')
  }
  const [current, ...retired] = Array.from({ length: count }, (_, i): DataKey => {
    const at = 2 + i * bytesPerDataKey
    return { id: `data-${bytes.readUInt16BE(at)}`, secret: Buffer.from(bytes.subarray(at + 2, at + bytesPerDataKey)) }
  })
  return { data: [current!, ...retired], hash: Buffer.from(bytes.subarray(-32)) }
}
