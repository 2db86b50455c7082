import { calculateObjectSize } from 'bson'
import { PlatformError } from '../platform-error'
import type { Fields, StoredDocument } from './ejson'
import type { Sort } from './plan'
import { requestFailed } from './refusals'
import type { Access } from './search'

export const MOST_COLLECTIONS = 100
export const DEFAULT_PAGE = 100
export const LONGEST_PAGE = 1000
const LARGEST_DOCUMENT = 512 * 1024
const LARGEST_REPLY = 16 * 1024 * 1024
const LONGEST_ID = 1024
/** What an aggregate without `$limit` answers is not known of the platform: some say 20 rows. */
const UNLIMITED_AGGREGATE = 20

const namesOf = (query: Fields): string => {
  const names = new Set<string>()
  const collect = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(collect)
    if (typeof node !== 'object' || node === null) return
    for (const [name, value] of Object.entries(node)) {
      if (name.startsWith('$')) collect(value)
      else names.add(name)
    }
  }
  collect(query)
  return [...names].join(', ') || 'nothing'
}

/** Throws unless an index serves the query: equality prefix, then range, then sort, and no field beside. */
export const refuseUnserved = (collection: string, access: Access, query: Fields, sort: Sort): void => {
  if (access.served) return
  const order = sort.map(([name, direction]) => `${name} ${direction === 1 ? 'ascending' : 'descending'}`).join(', ') || 'none'
  throw requestFailed(
    `NO INDEX SERVES THIS QUERY on ${collection}: fields ${namesOf(query)}; sort ${order}. ` +
      `Declare one in database-rules/${collection}.indexes.json with the fields asked by equality or in, then the range, then the sort.`,
  )
}

/** Throws for field names that no query could ask for, and for `_id`s other than a text of at most 1,024 bytes. */
export const checkDocument = (document: Fields): void => {
  for (const name in document) {
    if (name.startsWith('$')) throw requestFailed(`invalid field name ${name}: a stored field cannot begin with $`)
    if (name.includes('.') || name === '') throw requestFailed(`invalid field name '${name}': a stored field is not a path`)
  }
}

export const checkId = (id: unknown): string => {
  if (typeof id === 'string' && id !== '' && Buffer.byteLength(id) <= LONGEST_ID) return id
  throw requestFailed(`_id must be a text of 1 to ${LONGEST_ID} bytes: the local database knows no other`)
}

// Canonical Extended JSON is never shorter than the BSON it stands for, so most documents need no second measure.
export const refuseOversize = (collection: string, document: StoredDocument, ejson: string): void => {
  if (ejson.length * 3 <= LARGEST_DOCUMENT || Buffer.byteLength(ejson) <= LARGEST_DOCUMENT) return
  const size = calculateObjectSize(document)
  if (size > LARGEST_DOCUMENT) throw requestFailed(`document ${document._id} of ${collection} has ${size} bytes: over the budget of 512 KB`)
}

export const refuseLongReply = (list: string[]): void => {
  const units = list.reduce((sum, text) => sum + text.length, 0)
  if (units * 3 <= LARGEST_REPLY) return
  const size = list.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (size > LARGEST_REPLY) throw requestFailed(`the reply has ${size} bytes: over 16 MB`)
}

export const refuseLongPage = (limit: number): void => {
  if (limit > LONGEST_PAGE) throw requestFailed(`limit ${limit} is over ${LONGEST_PAGE}`)
}

export const refuseUnlimited = (collection: string, stages: Fields[], rows: number): void => {
  if (rows <= UNLIMITED_AGGREGATE || stages.some((stage) => '$limit' in stage)) return
  throw requestFailed(
    `an aggregate of ${collection} answers ${rows} rows without $limit: the platform may cut it at ${UNLIMITED_AGGREGATE}; add .limit()`,
  )
}

export const refuseCollection = (name: string, count: number): void => {
  if (count >= MOST_COLLECTIONS)
    throw new PlatformError(
      'DATABASE_COLLECTION_EXCEED_LIMIT',
      `an environment has at most ${MOST_COLLECTIONS} collections: ${name} is one too many`,
    )
}
