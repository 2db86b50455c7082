import { EJSON } from 'bson'
import type { Manifest } from '../../cloudfunctions/backup/manifest'
import { fingerprintsOf, type Keys } from '../../cloudfunctions/_shared/keys'
import type { BackupFolder } from './backup-folder'
import { allOf, type Environment, type Stored } from './environment'

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

/** Set-up has told a new environment its keys before anything is restored. */
const keysOnly = 'key_records'
/** What a deployment writes for its first day; the backup's own take its place. */
const firstDocuments = ['configurations', 'setup_codes']
/** What functions note of themselves from their first minute on: where there are some, they stay, and the old ones stay in the backup. */
const ownNotes = ['failures', 'timers', 'usage']

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, ordered(each)]))
}
const textOf = (document: Stored): string => EJSON.stringify(ordered(document), { relaxed: false })

/** The documents of the backup, each with what stands in its place; and what stands where the backup has nothing. */
async function* compared(
  expected: AsyncIterable<Stored>, stored: AsyncGenerator<Stored>,
): AsyncGenerator<{ expected: Stored; stored: Stored | null } | { expected: null; stored: Stored }> {
  let there = await stored.next()
  for await (const document of expected) {
    for (; !there.done && there.value._id < document._id; there = await stored.next()) yield { expected: null, stored: there.value }
    const isThere = !there.done && there.value._id === document._id
    yield { expected: document, stored: isThere ? (there.value as Stored) : null }
    if (isThere) there = await stored.next()
  }
  for (; !there.done; there = await stored.next()) yield { expected: null, stored: there.value }
}

/** The first document there that is not one of the backup; null where an earlier run got to. */
const strangerIn = async (environment: Environment, backup: BackupFolder, name: string): Promise<Stored | null> => {
  if ((await environment.count(name)) === 0) return null
  for await (const { expected, stored } of compared(backup.documents(name), allOf(environment, name))) {
    if (stored && (!expected || textOf(stored) !== textOf(expected))) return stored
  }
  return null
}

/** What is there that a restore would mix with its own; an earlier run's part of this very backup is none. */
export const whatIsThere = async (environment: Environment, collections: readonly string[], backup: BackupFolder): Promise<string[]> => {
  const found: string[] = []
  for (const name of collections) {
    const count = await environment.count(name).catch((cause: unknown) => {
      throw new Error(`The collection ${name} cannot be read: run npm run deploy -- --only database first`, { cause })
    })
    if (count === 0 || [keysOnly, ...firstDocuments, ...ownNotes, 'erasures'].includes(name)) continue
    const stranger = await strangerIn(environment, backup, name)
    if (stranger) found.push(`${name} holds ${count} documents, and ${stranger._id} is none of this backup`)
  }
  const records = await environment.page(keysOnly, null, 1_000)
  const { keys } = backup.manifest
  const others = records.filter(({ _id, fingerprint }) => !keys.some((key) => key.id === _id && key.fingerprint === fingerprint))
  return [...found, ...others.map(({ _id }) => `it was set up with another key ${_id}`)]
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

/** The collections of a backup that are brought into this environment. */
export const restoredCollections = async (environment: Environment, backup: BackupFolder): Promise<string[]> => {
  const noted = await Promise.all(ownNotes.map(async (name) => ((await strangerIn(environment, backup, name)) ? [name] : [])))
  return backup.manifest.collections.map(({ name }) => name).filter((name) => !noted.flat().includes(name))
}

async function* missing(environment: Environment, backup: BackupFolder, name: string): AsyncGenerator<Stored> {
  for await (const { expected, stored } of compared(backup.documents(name), allOf(environment, name))) if (expected && !stored) yield expected
}

/** Answers how many documents it put there. */
const writeCollection = async (environment: Environment, backup: BackupFolder, name: string): Promise<number> => {
  let count = 0
  const isReplaced = name === keysOnly || firstDocuments.includes(name)
  for await (const batch of batches(isReplaced ? backup.documents(name) : missing(environment, backup, name))) {
    if (isReplaced) for (const document of batch) await environment.put(name, document)
    else await environment.add(name, batch)
    count += batch.length
  }
  return count
}

/** Brings what is not there yet: all of it, or what an earlier run did not get to. */
export const write = async (
  environment: Environment, backup: BackupFolder, collections: string[], tell: (collection: string, count: number) => void,
): Promise<number> => {
  let total = 0
  for (const name of collections) {
    const count = await writeCollection(environment, backup, name)
    if (count > 0) tell(name, count)
    total += count
  }
  return total
}

/** Reads everything back and compares it with the backup, document by document. */
export const differences = async (environment: Environment, backup: BackupFolder, collections: string[]): Promise<string[]> => {
  const found: string[] = []
  for (const name of collections) {
    for await (const { expected, stored } of compared(backup.documents(name), allOf(environment, name))) {
      // A deployment's first documents may be more than the backup's own.
      if (!expected && !firstDocuments.includes(name)) found.push(`${name}/${stored._id} is not of the backup`)
      if (expected && !stored) found.push(`${name}/${expected._id} is missing`)
      if (expected && stored && textOf(expected) !== textOf(stored)) found.push(`${name}/${expected._id} differs`)
    }
  }
  return found
}
