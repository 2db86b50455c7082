import type { StoredDocument } from './ejson'
import { OrderedIndex } from './ordered-index'
import type { IndexDeclaration, Slot } from './ordered-index'

/** The published documents of one collection, by id and in the order of each index. */
export class Collection {
  readonly slots = new Map<string, Slot>()
  readonly indexes: OrderedIndex[]
  readonly uniqueIndexes: OrderedIndex[]
  #primary: OrderedIndex | undefined

  constructor(
    readonly name: string,
    readonly declarations: IndexDeclaration[],
  ) {
    this.indexes = declarations.map((declaration) => new OrderedIndex(name, declaration))
    this.uniqueIndexes = this.indexes.filter((index) => index.unique)
  }

  /** The order of ids, kept from the first time a query walks it: most collections are only ever asked by exact id. */
  get primary(): OrderedIndex {
    if (!this.#primary) {
      this.#primary = new OrderedIndex(this.name, { name: '_id_', unique: false, keys: { _id: 1 } })
      this.#primary.load(this.slots.values())
    }
    return this.#primary
  }

  /** Replaces everything, sorting each index once. Throws E11000 where a unique index does not hold. */
  load(slots: Slot[]): void {
    this.slots.clear()
    for (const slot of slots) this.slots.set(slot.id, slot)
    this.#primary = undefined
    for (const slot of slots) this.refuseUnindexable(slot.document)
    for (const index of this.indexes) index.load(slots)
  }

  /** Throws for a document the indexes cannot hold: to be asked before it is made durable. */
  refuseUnindexable(document: StoredDocument): void {
    for (const index of this.indexes) index.refuseParallelArrays(document)
  }

  put(document: StoredDocument, stamp: number, ejson?: string): void {
    const slot = this.slots.get(document._id)
    if (!slot) {
      this.#insert({ id: document._id, document, stamp, ejson })
      return
    }
    const before = slot.document
    slot.document = document
    slot.stamp = stamp
    slot.ejson = ejson
    for (const index of this.indexes) if (index.changedBetween(before, document)) index.move(slot, before)
  }

  delete(id: string): void {
    const slot = this.slots.get(id)
    if (!slot) return
    this.slots.delete(id)
    for (const index of this.#allIndexes()) index.remove(slot)
  }

  #insert(slot: Slot): void {
    this.slots.set(slot.id, slot)
    for (const index of this.#allIndexes()) index.add(slot)
  }

  #allIndexes(): OrderedIndex[] {
    return this.#primary ? [...this.indexes, this.#primary] : this.indexes
  }
}
