import type { PlatformError } from '../platform-error'
import type { Collection } from './collection'
import { encodeEjson } from './ejson'
import type { StoredDocument } from './ejson'
import { refuseOversize, refuseUnserved } from './limits'
import { testOf } from './matching'
import type { Slot } from './ordered-index'
import { requestFailed } from './refusals'
import { accessOf, search, sortDocuments } from './search'
import type { Found, Search } from './search'
import type { Change } from './staging'
import { duplicateId } from './staging'
import type { Staging } from './staging'
import type { Store } from './store'
import type { Transaction, Transactions } from './transactions'

/** What one search cost: `by` is the index used, `_id_`, or `everything`. */
export type Examination = { collection: string; by: string; examined: number; returned: number }

export type Settings = {
  strict: boolean
  now: () => number
  sameValueUpdate: 'not-counted' | 'counted'
  batchInsert: 'all-or-nothing' | 'partial'
  observe: (examination: Examination) => void
}

/** Where an action reads and writes: what is published, or what a transaction sees. */
export type Scope = {
  find(collection: string, request: Search): Slot[]
  /** Stages a document, or its removal. Throws E11000 for a value or an `_id` that must be unique. */
  put(collection: string, document: StoredDocument, isNew: boolean): void
  remove(collection: string, id: string): void
}

const exactId = ({ query }: Search): string | undefined => {
  const names = Object.keys(query)
  return names.length === 1 && typeof query._id === 'string' ? query._id : undefined
}

export const findPublished = (store: Store, settings: Settings, name: string, request: Search): Found => {
  const collection = store.collection(name)
  const id = exactId(request)
  let found: Found
  if (id !== undefined) {
    const slot = collection.slots.get(id)
    found = { slots: slot ? [slot] : [], by: '_id_', examined: slot ? 1 : 0 }
  } else {
    const access = accessOf(collection, request.query, request.sort)
    if (settings.strict) refuseUnserved(name, access, request.query, request.sort)
    found = search(collection, access, request)
  }
  settings.observe({ collection: name, by: found.by, examined: found.examined, returned: found.slots.length })
  return found
}

const changeTo = (settings: Settings, collection: Collection, document: StoredDocument): Change => {
  collection.refuseUnindexable(document)
  const ejson = encodeEjson(document)
  if (settings.strict) refuseOversize(collection.name, document, ejson)
  return { collection, id: document._id, document, ejson }
}

const removalOf = (collection: Collection, id: string): Change => ({ collection, id, document: null, ejson: null })

export const publishedScope = (store: Store, settings: Settings, staging: Staging): Scope => ({
  find: (name, request) => findPublished(store, settings, name, request).slots,
  put: (name, document, isNew) => {
    const collection = store.collection(name)
    const change = changeTo(settings, collection, document)
    if (isNew && (collection.slots.has(change.id) || staging.changeOf(name, change.id))) throw duplicateId(name, change.id)
    const duplicate: { error: PlatformError } | undefined = staging.duplicateOf(change)
    if (duplicate) throw duplicate.error
    staging.put(change)
  },
  remove: (name, id) => staging.put(removalOf(store.collection(name), id)),
})

export const transactionScope = (store: Store, settings: Settings, transactions: Transactions, transaction: Transaction): Scope => ({
  find: (name, request) => {
    const collection = store.collection(name)
    const slotOf = (document: StoredDocument): Slot => ({ id: document._id, document, stamp: 0 })
    const id = exactId(request)
    if (id !== undefined) {
      const document = transactions.read(transaction, collection, id)
      return document ? [slotOf(document)] : []
    }
    if (settings.strict)
      throw requestFailed('in a transaction only doc(id) can be read: its where() does not see what a get() and a set() protect')
    const matches = testOf(request.query)
    const slots = transactions.readAll(transaction, collection).filter(matches).map(slotOf)
    return sortDocuments(slots, request.sort).slice(request.skip, request.skip + request.limit)
  },
  put: (name, document, isNew) => transactions.write(transaction, changeTo(settings, store.collection(name), document), isNew),
  remove: (name, id) => transactions.write(transaction, removalOf(store.collection(name), id), false),
})
