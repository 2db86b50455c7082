import { randomBytes } from 'node:crypto'
import { PlatformError } from '../platform-error'
import type { Scope, Settings } from './access-scope'
import type { Fields, StoredDocument } from './ejson'
import { checkDocument, checkId } from './limits'
import { requestFailed } from './refusals'
import { applyUpdate } from './update'
import type { Update } from './update'

const newId = (): string => randomBytes(16).toString('hex')

const withId = (document: Fields, id: string): StoredDocument => ({ ...document, _id: id })

export type Insertion = { ids: string[]; failure?: PlatformError }

/** Ids are given before the write is prepared, so that preparing it again does not change them. */
export const identify = (documents: Fields[], settings: Settings): StoredDocument[] =>
  documents.map((document) => {
    if (settings.strict) checkDocument(document)
    return withId(document, document._id === undefined || document._id === null ? newId() : checkId(document._id))
  })

export const insert = (scope: Scope, collection: string, documents: StoredDocument[], settings: Settings): Insertion => {
  const ids: string[] = []
  for (const document of documents) {
    try {
      scope.put(collection, document, true)
    } catch (error) {
      if (settings.batchInsert === 'partial' && error instanceof PlatformError && ids.length > 0) return { ids, failure: error }
      throw error
    }
    ids.push(document._id)
  }
  return { ids }
}

type Modification = { query: Fields; multi: boolean; upsert: boolean; newId: string }

export type Modified = { updated: number; upsertId?: string; document?: StoredDocument }

export const planModification = (query: Fields, multi: boolean, upsert: boolean): Modification => ({
  query,
  multi,
  upsert,
  newId: query._id === undefined || typeof query._id === 'object' ? newId() : checkId(query._id),
})

const hitsOf = (scope: Scope, collection: string, { query, multi }: Modification): StoredDocument[] =>
  scope.find(collection, { query, sort: [], skip: 0, limit: multi ? Infinity : 1 }).map((slot) => slot.document)

/** Full replacement, as `doc().set()`: counts the document as updated even where nothing differs. */
export const replace = (scope: Scope, collection: string, data: Fields, modification: Modification): Modified => {
  const hits = hitsOf(scope, collection, modification)
  for (const { _id } of hits) {
    if (data._id !== undefined && data._id !== _id) throw requestFailed("replacing a document cannot change the immutable field '_id'")
    scope.put(collection, { _id, ...data } as StoredDocument, false)
  }
  if (hits.length > 0 || !modification.upsert) return { updated: hits.length }
  scope.put(collection, { _id: modification.newId, ...data } as StoredDocument, true)
  return { updated: 0, upsertId: modification.newId }
}

const equalities = (query: Fields): Fields =>
  Object.fromEntries(
    Object.entries(query).filter(
      ([name, value]) => !name.startsWith('$') && !name.includes('.') && (typeof value !== 'object' || value instanceof Date),
    ),
  )

/** Merging by operators, as `update()`. `document` is what the first hit has become. */
export const merge = (scope: Scope, collection: string, update: Update, modification: Modification, settings: Settings): Modified => {
  const hits = hitsOf(scope, collection, modification)
  const modified: Modified = { updated: 0 }
  for (const hit of hits) {
    const { document, changed } = applyUpdate(hit, update)
    modified.document ??= document
    if (changed > 0) scope.put(collection, document, false)
    if (changed > 0 || settings.sameValueUpdate === 'counted') modified.updated++
  }
  if (hits.length > 0 || !modification.upsert) return modified
  const { document } = applyUpdate({ ...equalities(modification.query), _id: modification.newId }, update)
  scope.put(collection, document, true)
  return { updated: 0, upsertId: modification.newId, document }
}

export const remove = (scope: Scope, collection: string, query: Fields, multi: boolean): number => {
  const hits = scope.find(collection, { query, sort: [], skip: 0, limit: multi ? Infinity : 1 })
  for (const { id } of hits) scope.remove(collection, id)
  return hits.length
}
