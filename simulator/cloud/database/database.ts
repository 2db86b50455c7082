import { PlatformError } from '../platform-error'
import type { Examination, Settings } from './access-scope'
import { actionsOf } from './actions'
import type { StoredDocument } from './ejson'
import { cloneValue } from './ejson'
import { openJournal } from './journal'
import { MOST_COLLECTIONS } from './limits'
import { invalidParameter, requestFailed } from './refusals'
import { readRules } from './rules'
import { Store } from './store'
import { Transactions } from './transactions'

export type { StoredDocument } from './ejson'
export type { Examination } from './access-scope'

export type DatabaseOptions = {
  /** Where documents are kept. */
  folder: string
  /** `database-rules/`: declares the collections and their indexes. */
  rulesFolder: string
  /** The platform's clock, in ms: what `db.serverDate()` is. */
  now: () => number
  /** Refuse what the product must not do, though the platform might let it pass. Default true. */
  strict?: boolean
  /** How long a transaction lives, in ms of real time. Default 30,000, as on the platform. */
  transactionMs?: number
  /** Whether an update that changes no value counts in `updated`. Not known of the platform. Default `not-counted`. */
  sameValueUpdate?: Settings['sameValueUpdate']
  /** What a batch add leaves when one document is a duplicate. Not known of the platform. Default `all-or-nothing`. */
  batchInsert?: Settings['batchInsert']
  /** Told of every search: which index, how many documents looked at. */
  observe?: (examination: Examination) => void
}

export type Database = {
  /** One `database.*` action of the SDK's wire protocol. Throws PlatformError for what the platform refuses. */
  run(action: string, body: Record<string, unknown>): Promise<Record<string, unknown>>
  collectionNames(): string[]
  /** Copies of all documents of a collection. Throws PlatformError where there is no such collection. */
  documents(collection: string): StoredDocument[]
  /** Replaces everything in one durable commit, ending open transactions. Collections not named become empty. */
  replaceAll(documents: Record<string, StoredDocument[]>): Promise<void>
  close(): Promise<void>
}

// mingo's refusals, and regular expressions that do not parse, are the caller's mistakes; anything else is a bug and stays one.
const asRefusal = (error: unknown): unknown => {
  if (error instanceof PlatformError || !(error instanceof Error)) return error
  return error.constructor.name === 'MingoError' || error instanceof SyntaxError ? requestFailed(error.message) : error
}

/** Opens the local cloud's document database: in memory, durable in `folder`. One process at a time. */
export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const rules = readRules(options.rulesFolder)
  if (rules.length > MOST_COLLECTIONS)
    throw new Error(`${options.rulesFolder} declares ${rules.length} collections: an environment has at most ${MOST_COLLECTIONS}`)
  const store = new Store(openJournal(options.folder), rules)
  const transactions = new Transactions(store, options.transactionMs ?? 30_000)
  const actions = actionsOf(store, transactions, {
    strict: options.strict ?? true,
    now: options.now,
    sameValueUpdate: options.sameValueUpdate ?? 'not-counted',
    batchInsert: options.batchInsert ?? 'all-or-nothing',
    observe: options.observe ?? (() => undefined),
  })
  return {
    run: async (action, body) => {
      const act = Object.hasOwn(actions, action) ? actions[action] : undefined
      if (!act) throw invalidParameter(`unknown action ${action}`)
      try {
        return await act(body)
      } catch (error) {
        throw asRefusal(error)
      }
    },
    collectionNames: () => [...store.collections.keys()].sort(),
    documents: (collection) => [...store.collection(collection).slots.values()].map((slot) => cloneValue(slot.document)),
    replaceAll: async (documents) => {
      await store.idle()
      transactions.abortAll()
      store.replaceAll(cloneValue(documents))
    },
    close: async () => {
      transactions.abortAll()
      await store.close()
    },
  }
}
