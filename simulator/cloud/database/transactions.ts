import { randomUUID } from 'node:crypto'
import type { Collection } from './collection'
import type { StoredDocument } from './ejson'
import type { Owner } from './locks'
import { newOwner } from './locks'
import { transactionConflict, transactionGone } from './refusals'
import type { Change } from './staging'
import { documentKey, duplicateId, Staging } from './staging'
import type { Store } from './store'

export type Transaction = {
  id: string
  owner: Owner
  staging: Staging
  /** The stamp it reads as of: that of its first operation, as on the platform, not that of its start. */
  snapshot: number | undefined
  expiry: NodeJS.Timeout
}

export class Transactions {
  readonly #open = new Map<string, Transaction>()

  constructor(
    private readonly store: Store,
    private readonly lifetimeMs: number,
  ) {}

  /** Starts a transaction that ends by itself after its lifetime, whether or not anyone comes back to it. */
  begin(): string {
    const id = randomUUID()
    const expiry = setTimeout(() => this.#end(id), this.lifetimeMs)
    expiry.unref()
    this.#open.set(id, { id, owner: newOwner(), staging: new Staging(), snapshot: undefined, expiry })
    return id
  }

  /** Runs one operation of a transaction. An operation that fails ends its transaction, as on the platform. */
  use<T>(id: string, operate: (transaction: Transaction) => T): T {
    const transaction = this.#find(id)
    if (transaction.snapshot === undefined) {
      transaction.snapshot = this.store.sequence
      this.store.keepsHistory = true
    }
    try {
      return operate(transaction)
    } catch (error) {
      this.#end(id)
      throw error
    }
  }

  read({ staging, snapshot }: Transaction, collection: Collection, id: string): StoredDocument | undefined {
    const own = staging.changeOf(collection.name, id)
    if (own) return own.document ?? undefined
    const slot = collection.slots.get(id)
    if (slot && slot.stamp <= snapshot!) return slot.document
    return this.store.history.at(documentKey(collection.name, id), snapshot!)?.document
  }

  /** Every document of a collection as the transaction sees it: for tests of the unstrict platform only, since it reads them all. */
  readAll(transaction: Transaction, collection: Collection): StoredDocument[] {
    const prefix = documentKey(collection.name, '')
    const changed = [...this.store.history.changedSince(transaction.snapshot!), ...transaction.staging.changes.keys()]
    const ids = new Set([
      ...collection.slots.keys(),
      ...changed.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)),
    ])
    return [...ids].map((id) => this.read(transaction, collection, id)).filter((document) => document !== undefined)
  }

  write(transaction: Transaction, change: Change, isNew: boolean): void {
    const { staging, owner } = transaction
    if (this.#changedSince(transaction, change)) throw transactionConflict()
    if (isNew && this.read(transaction, change.collection, change.id)) throw duplicateId(change.collection.name, change.id)
    const locks = staging.locksOf(change)
    if (this.store.locks.otherOwner(locks, owner)) throw transactionConflict()
    const duplicate = staging.duplicateOf(change)
    if (duplicate?.holder && duplicate.holder.stamp > transaction.snapshot!) throw transactionConflict()
    if (duplicate) throw duplicate.error
    this.store.locks.take(locks, owner)
    staging.put(change)
  }

  async commit(id: string): Promise<void> {
    const transaction = this.#find(id)
    const changes = [...transaction.staging.changes.values()]
    this.#forget(transaction)
    if (changes.length === 0) this.store.locks.release(transaction.owner)
    else await this.store.commit(changes, transaction.owner)
  }

  abort(id: string): void {
    this.#find(id)
    this.#end(id)
  }

  abortAll(): void {
    for (const id of [...this.#open.keys()]) this.#end(id)
  }

  #find(id: string): Transaction {
    const transaction = this.#open.get(id)
    if (!transaction) throw transactionGone()
    return transaction
  }

  #changedSince({ snapshot }: Transaction, { collection, id }: Change): boolean {
    const slot = collection.slots.get(id)
    return slot ? slot.stamp > snapshot! : this.store.history.at(documentKey(collection.name, id), snapshot!) !== undefined
  }

  #end(id: string): void {
    const transaction = this.#open.get(id)
    if (!transaction) return
    this.#forget(transaction)
    this.store.locks.release(transaction.owner)
  }

  #forget(transaction: Transaction): void {
    clearTimeout(transaction.expiry)
    this.#open.delete(transaction.id)
    const snapshots = [...this.#open.values()].map((open) => open.snapshot).filter((snapshot) => snapshot !== undefined)
    this.store.keepsHistory = snapshots.length > 0
    this.store.history.forgetBefore(Math.min(...snapshots, Infinity))
  }
}
