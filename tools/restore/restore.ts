import { EJSON } from 'bson'
import type { Manifest } from '../../cloudfunctions/backup/manifest'
import { fingerprintsOf, type Keys } from '../../cloudfunctions/_shared/keys'
import type { BackupFolder } from './backup-folder'
import type { Environment, Stored } from './environment'

const pageSize = 500
const batchSize = 200
const batchLength = 400_000

/** Why personal data of this backup could not be read with these keys. */
export const wrongKeys = (manifest: Manifest, keys: Keys | null): string[] => {
  const ours = keys ? fingerprintsOf(keys) : []
  return manifest.keys.flatMap(({ id, fingerprint }) => {
    const same = ours.find((key) => key.id === id)
    if (!same) return [`the key ${id} is missing`]
    return same.fingerprint === fingerprint ? [] : [`the key ${id} is another one than this backup was sealed with`]
  })
}

/** Set-up has told a new environment its keys before anything is restored; anything else in it is somebody's data. */
const keysOnly = 'key_records'

export const whatIsThere = async (environment: Environment, collections: readonly string[], manifest: Manifest): Promise<string[]> => {
  const counts: string[] = []
  for (const name of collections) {
    const count = await environment.count(name).catch((cause: unknown) => {
      throw new Error(`The collection ${name} cannot be read: run npm run deploy -- --only database first`, { cause })
    })
    if (count > 0 && name !== keysOnly) counts.push(`${name} holds ${count} documents`)
  }
  const records = await environment.page(keysOnly, null, pageSize)
  const others = records.filter(({ _id, fingerprint }) => !manifest.keys.some((key) => key.id === _id && key.fingerprint === fingerprint))
  return [...counts, ...others.map(({ _id }) => `it was set up with another key ${_id}`)]
}

/** In batches that are small enough to send. */
async function* batches(documents: AsyncIterable<Stored>): AsyncGenerator<Stored[]> {
  let [batch, length]: [Stored[], number] = [[], 0]
  for await (const document of documents) {
    batch.push(document)
    length += JSON.stringify(document).length
    if (batch.length < batchSize && length < batchLength) continue
    yield batch
    batch = []
    length = 0
  }
  if (batch.length > 0) yield batch
}

async function* allOf(environment: Environment, collection: string): AsyncGenerator<Stored> {
  for (let after: string | null = null; ;) {
    const page: Stored[] = await environment.page(collection, after, pageSize)
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)!._id
  }
}

export const write = async (environment: Environment, backup: BackupFolder, tell: (collection: string, count: number) => void): Promise<number> => {
  const known = new Set((await environment.page(keysOnly, null, pageSize)).map(({ _id }) => _id))
  let total = 0
  for (const { name } of backup.manifest.collections) {
    let count = 0
    for await (const batch of batches(backup.documents(name))) {
      const missing = name === keysOnly ? batch.filter(({ _id }) => !known.has(_id)) : batch
      if (missing.length > 0) await environment.add(name, missing)
      count += batch.length
    }
    if (count > 0) tell(name, count)
    total += count
  }
  return total
}

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, ordered(each)]))
}
const textOf = (document: Stored): string => EJSON.stringify(ordered(document), { relaxed: false })

/** Reads everything back and compares it with the backup, document by document. */
export const differences = async (environment: Environment, backup: BackupFolder): Promise<string[]> => {
  const found: string[] = []
  for (const { name } of backup.manifest.collections) {
    const stored = allOf(environment, name)
    for await (const expected of backup.documents(name)) {
      const { value, done } = await stored.next()
      const what = done ? 'is missing' : value._id !== expected._id ? `stands where ${value._id} is` : textOf(value) === textOf(expected) ? null : 'differs'
      if (what) found.push(`${name}/${expected._id} ${what}`)
    }
    const { value, done } = await stored.next()
    if (!done) found.push(`${name}/${value._id} is not of the backup`)
  }
  return found
}
