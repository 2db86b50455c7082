import { Collection } from './collection'
import type { StoredDocument } from './ejson'
import { decodeEjson, encodeEjson } from './ejson'
import { History } from './history'
import type { Journal, JournalWrite } from './journal'
import type { Owner } from './locks'
import { Locks, newOwner, waitForRelease } from './locks'
import { checkId } from './limits'
import type { Slot } from './ordered-index'
import { collectionMissing, requestFailed } from './refusals'
import type { CollectionRule } from './rules'
import type { Change } from './staging'
import { documentKey, Staging } from './staging'

/** Where the journal remembers the collections that `createCollection` added to those the rules declare. */
const ADDED = '!added'

/** Texts are kept with documents for small commits and replies only: a nightly pass over everything must not double the memory. */
export const FEW = 100

const LOCK_WAIT_MS = 5_000

function* journalWrites(documents: Record<string, StoredDocument[]>, added: Iterable<string>): Generator<JournalWrite> {
  for (const name of added) yield { collection: ADDED, id: name, ejson: '{}' }
  for (const collection in documents) {
    for (const document of documents[collection]!) yield { collection, id: document._id, ejson: encodeEjson(document) }
  }
}

/** Published documents, and the one way to publish more: durable first, visible after, all of a commit at once. */
export class Store {
  readonly collections = new Map<string, Collection>()
  readonly locks = new Locks()
  readonly history = new History()
  /** The stamp of the last publication. */
  sequence = 0
  /** Whether an open transaction may look back: then former versions are kept. */
  keepsHistory = false
  readonly #added = new Set<string>()
  readonly #underWay = new Set<Promise<void>>()

  constructor(
    private readonly journal: Journal,
    rules: CollectionRule[],
  ) {
    for (const { collection, indexes } of rules) this.collections.set(collection, new Collection(collection, indexes))
    const slots = new Map<string, Slot[]>([...this.collections.keys()].map((name) => [name, []]))
    journal.replay(({ collection, id, ejson }) => {
      if (collection === ADDED) this.#declare(id, slots)
      else slots.get(collection)?.push({ id, document: decodeEjson(ejson, () => 0) as StoredDocument, stamp: 0 })
    })
    for (const [name, loaded] of slots) this.collections.get(name)!.load(loaded)
  }

  collection(name: string): Collection {
    const collection = this.collections.get(name)
    if (!collection) throw collectionMissing(name)
    return collection
  }

  async addCollection(name: string): Promise<void> {
    this.collections.set(name, new Collection(name, []))
    this.#added.add(name)
    await this.journal.append([{ collection: ADDED, id: name, ejson: '{}' }])
  }

  /**
   * Prepares a write against what is published, and publishes it. Where another writer has one of its documents, waits for that writer and
   * prepares again; a write that waited 5 seconds in all is refused.
   */
  async write(prepare: (staging: Staging) => void): Promise<void> {
    const owner = newOwner()
    const deadline = performance.now() + LOCK_WAIT_MS
    for (;;) {
      const staging = new Staging()
      prepare(staging)
      const changes = [...staging.changes.values()]
      if (changes.length === 0) return
      const locks = changes.flatMap((change) => staging.locksOf(change))
      const other = this.locks.otherOwner(locks, owner)
      if (!other) {
        this.locks.take(locks, owner)
        return this.commit(changes, owner)
      }
      const left = deadline - performance.now()
      if (left <= 0 || !(await waitForRelease(other, left))) {
        throw requestFailed('LockTimeout: waited 5 seconds for a document that an open transaction has written')
      }
    }
  }

  /** Makes changes durable, then visible, then lets go of what their owner has locked. */
  async commit(changes: Change[], owner: Owner): Promise<void> {
    const commit = this.#commit(changes).finally(() => this.locks.release(owner))
    this.#underWay.add(commit)
    try {
      await commit
    } finally {
      this.#underWay.delete(commit)
    }
  }

  /** Resolves when no commit is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay)
  }

  /**
   * Replaces every document in one durable commit, when idle. Throws, and changes nothing, for an undeclared collection or a broken unique
   * index; collections without documents become empty.
   */
  replaceAll(documents: Record<string, StoredDocument[]>): void {
    for (const name in documents) this.collection(name)
    const stamp = ++this.sequence
    const loaded = [...this.collections.values()].map((collection) => {
      const fresh = new Collection(collection.name, collection.declarations)
      fresh.load((documents[collection.name] ?? []).map((document) => ({ id: checkId(document._id), document, stamp })))
      return fresh
    })
    this.journal.replaceAll(journalWrites(documents, this.#added))
    for (const fresh of loaded) this.collections.set(fresh.name, fresh)
  }

  async close(): Promise<void> {
    await this.idle()
    await this.journal.close()
  }

  async #commit(changes: Change[]): Promise<void> {
    await this.journal.append(changes.map(({ collection, id, ejson }) => ({ collection: collection.name, id, ejson })))
    this.#publish(changes)
  }

  #publish(changes: Change[]): void {
    const stamp = ++this.sequence
    for (const { collection, id, document, ejson } of changes) {
      if (this.keepsHistory) this.history.keep(documentKey(collection.name, id), stamp, collection.slots.get(id)?.document)
      if (!document) collection.delete(id)
      else collection.put(document, stamp, changes.length <= FEW ? (ejson ?? undefined) : undefined)
    }
  }

  #declare(name: string, slots: Map<string, Slot[]>): void {
    this.#added.add(name)
    if (this.collections.has(name)) return
    this.collections.set(name, new Collection(name, []))
    slots.set(name, [])
  }
}
