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

/** Set-up has told a new environment its keys before anything is restored. */
const keysOnly = 'key_records'
/** What a deployment writes for its first day; the backup's own take its place. */
const firstDocuments = ['configurations', 'setup_codes']
/** What functions note of themselves from their first minute on: where there are some, they stay, and the old ones stay in the backup. */
const ownNotes = ['failures', 'timers', 'usage']

export const whatIsThere = async (environment: Environment, collections: readonly string[], manifest: Manifest): Promise<string[]> => {
  const counts: string[] = []
  for (const name of collections) {
    const count = await environment.count(name).catch((cause: unknown) => {
      throw new Error(`The collection ${name} cannot be read: run npm run deploy -- --only database first`, { cause })
    })
    if (count > 0 && ![keysOnly, ...firstDocuments, ...ownNotes].includes(name)) counts.push(`${name} holds ${count} documents`)
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

/** The collections of a backup that are brought into this environment. */
export const restoredCollections = async (environment: Environment, { manifest }: BackupFolder): Promise<string[]> => {
  const noted = await Promise.all(ownNotes.map(async (name) => ((await environment.count(name)) > 0 ? [name] : [])))
  return manifest.collections.map(({ name }) => name).filter((name) => !noted.flat().includes(name))
}

const writeBatch = async (environment: Environment, name: string, batch: Stored[]): Promise<void> => {
  if (name !== keysOnly && !firstDocuments.includes(name)) return environment.add(name, batch)
  for (const document of batch) await environment.put(name, document)
}

export const write = async (
  environment: Environment, backup: BackupFolder, collections: string[], tell: (collection: string, count: number) => void,
): Promise<number> => {
  let total = 0
  for (const name of collections) {
    let count = 0
    for await (const batch of batches(backup.documents(name))) {
      await writeBatch(environment, name, batch)
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

/** What a backup must be equal to: all of a collection, or of a deployment's first documents those that it holds too. */
async function* comparable(environment: Environment, backup: BackupFolder, name: string): AsyncGenerator<Stored> {
  const own = new Set<string>()
  if (firstDocuments.includes(name)) for await (const { _id } of backup.documents(name)) own.add(_id)
  for await (const document of allOf(environment, name)) if (!firstDocuments.includes(name) || own.has(document._id)) yield document
}

/** Reads everything back and compares it with the backup, document by document. */
export const differences = async (environment: Environment, backup: BackupFolder, collections: string[]): Promise<string[]> => {
  const found: string[] = []
  for (const name of collections) {
    const stored = comparable(environment, backup, name)
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
