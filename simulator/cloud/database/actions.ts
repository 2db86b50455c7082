import type { Scope, Settings } from './access-scope'
import { findPublished, publishedScope, transactionScope } from './access-scope'
import { PlatformError } from '../platform-error'
import { aggregate } from './aggregate'
import { encodeEjson } from './ejson'
import {
  checkDocument,
  DEFAULT_PAGE,
  LONGEST_PAGE,
  refuseCollection,
  refuseLongPage,
  refuseLongReply,
  refuseUnlimited,
  refuseUnserved,
} from './limits'
import type { Slot } from './ordered-index'
import { projectionOf } from './projection'
import { invalidParameter, requestFailed } from './refusals'
import type { Body } from './requests'
import { collectionOf, countOf, dataOf, documentsOf, projectionIn, queryOf, sortOf, stagesOf, transactionIdOf } from './requests'
import { accessOf, count } from './search'
import { FEW } from './store'
import type { Store } from './store'
import type { Transactions } from './transactions'
import type { Update } from './update'
import { checkUpdate } from './update'
import { identify, insert, merge, planModification, remove, replace } from './writes'
import type { Insertion, Modified } from './writes'

export type Reply = Record<string, unknown>
type Action = (body: Body) => Promise<Reply> | Reply

const isDocumentRequest = (body: Body): boolean => body.queryType === 'DOC'

const textOf = (slot: Slot, keep: boolean): string => {
  if (slot.ejson !== undefined) return slot.ejson
  const text = encodeEjson(slot.document)
  if (keep) slot.ejson = text
  return text
}

const refuseShape = (strict: boolean, fits: boolean, shape: string): void => {
  if (strict && !fits)
    throw requestFailed(`in a transaction there is only doc(id).get, set, update, remove and the add of one document, not ${shape}`)
}

/** The gateway's `database.*` actions over one store. */
export const actionsOf = (store: Store, transactions: Transactions, settings: Settings): Record<string, Action> => {
  const { strict, now } = settings

  /** Runs a write in the transaction the request names, or by itself: then `operate` runs again after waiting for another. */
  const write = async (body: Body, fits: boolean, shape: string, operate: (scope: Scope) => void): Promise<void> => {
    if (body.transactionId === undefined) return store.write((staging) => operate(publishedScope(store, settings, staging)))
    transactions.use(transactionIdOf(body), (transaction) => {
      refuseShape(strict, fits, shape)
      operate(transactionScope(store, settings, transactions, transaction))
    })
  }

  const read = (body: Body, shape: string, operate: (scope: Pick<Scope, 'find'>) => Slot[]): Slot[] => {
    if (body.transactionId === undefined) return operate({ find: (name, request) => findPublished(store, settings, name, request).slots })
    return transactions.use(transactionIdOf(body), (transaction) => {
      refuseShape(strict, isDocumentRequest(body), shape)
      return operate(transactionScope(store, settings, transactions, transaction))
    })
  }

  const insertDocument: Action = async (body) => {
    const collection = collectionOf(body)
    const documents = identify(documentsOf(body, now), settings)
    let insertion: Insertion = { ids: [] }
    await write(body, documents.length === 1, 'a batch add', (scope) => {
      insertion = insert(scope, collection, documents, settings)
    })
    if (insertion.failure) throw insertion.failure
    return { data: { insertedIds: insertion.ids } }
  }

  const pageOf = (body: Body): { skip: number; limit: number } => {
    if (isDocumentRequest(body)) return { skip: 0, limit: 1 }
    const limit = countOf(body, 'limit', DEFAULT_PAGE) || DEFAULT_PAGE
    if (strict) refuseLongPage(limit)
    return { skip: countOf(body, 'offset', 0), limit: Math.min(limit, LONGEST_PAGE) }
  }

  const getDocument: Action = (body) => {
    const [query, sort, projection, page] = [queryOf(body, now), sortOf(body, now), projectionIn(body, now), pageOf(body)]
    const slots = read(body, 'where().get()', (scope) => scope.find(collectionOf(body), { query, sort, ...page }))
    const project = projection && projectionOf(projection)
    const list = slots.map((slot) => (project ? encodeEjson(project(slot.document)) : textOf(slot, slots.length <= FEW)))
    if (strict) refuseLongReply(list)
    return { data: { list }, limit: page.limit, offset: page.skip }
  }

  const calculateDocument: Action = (body) => {
    const [name, query] = [collectionOf(body), queryOf(body, now)]
    const collection = store.collection(name)
    const access = accessOf(collection, query, [])
    if (strict) refuseUnserved(name, access, query, [])
    const { total, examined } = count(collection, access, query)
    settings.observe({ collection: name, by: access.by, examined, returned: total })
    return { data: { total } }
  }

  const modifyDocument: Action = async (body) => {
    const [collection, data] = [collectionOf(body), dataOf(body, now)]
    const modification = planModification(queryOf(body, now), body.multi === true, body.upsert === true)
    const merges = body.merge === true
    if (merges) checkUpdate(data as Update)
    else if (strict) checkDocument(data)
    let modified: Modified = { updated: 0 }
    await write(body, isDocumentRequest(body), 'where().update()', (scope) => {
      modified = merges ? merge(scope, collection, data as Update, modification, settings) : replace(scope, collection, data, modification)
    })
    return { data: { updated: modified.updated, upsert_id: modified.upsertId } }
  }

  const modifyAndReturnDoc: Action = async (body) => {
    const [collection, data] = [collectionOf(body), dataOf(body, now) as Update]
    checkUpdate(data)
    const modification = planModification(queryOf(body, now), false, false)
    let modified: Modified = { updated: 0 }
    await write(body, false, 'where().updateAndReturn()', (scope) => {
      modified = merge(scope, collection, data, modification, settings)
    })
    const { document } = modified
    return { data: document ? { updated: 1, doc: encodeEjson(document) } : { updated: 0, doc: null } }
  }

  const removeDocument: Action = async (body) => {
    const [collection, query] = [collectionOf(body), queryOf(body, now)]
    let deleted = 0
    await write(body, isDocumentRequest(body), 'where().remove()', (scope) => {
      deleted = remove(scope, collection, query, body.multi === true)
    })
    return { data: { deleted } }
  }

  const aggregateDocuments: Action = (body) => {
    const [name, stages] = [collectionOf(body), stagesOf(body, now)]
    const rows = aggregate(name, stages, (from, request) => findPublished(store, settings, from, request))
    if (strict) refuseUnlimited(name, stages, rows.length)
    const list = rows.map((row) => encodeEjson(row))
    if (strict) refuseLongReply(list)
    return { data: { list } }
  }

  const addCollection: Action = async (body) => {
    const name = collectionOf(body)
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) throw invalidParameter(`${name} is not a collection name`)
    if (store.collections.has(name)) throw new PlatformError('DATABASE_COLLECTION_ALREADY_EXIST', `Table exist: ${name}`)
    refuseCollection(name, store.collections.size)
    await store.addCollection(name)
    return {}
  }

  return {
    'database.insertDocument': insertDocument,
    'database.getDocument': getDocument,
    'database.calculateDocument': calculateDocument,
    'database.modifyDocument': modifyDocument,
    'database.modifyAndReturnDoc': modifyAndReturnDoc,
    'database.removeDocument': removeDocument,
    'database.aggregateDocuments': aggregateDocuments,
    'database.addCollection': addCollection,
    'database.startTransaction': () => ({ transactionId: transactions.begin() }),
    'database.commitTransaction': async (body) => {
      await transactions.commit(transactionIdOf(body))
      return {}
    },
    'database.abortTransaction': (body) => {
      transactions.abort(transactionIdOf(body))
      return {}
    },
  }
}
