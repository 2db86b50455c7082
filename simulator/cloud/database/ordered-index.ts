import { PlatformError } from '../platform-error'
import type { StoredDocument } from './ejson'
import { fieldValues } from './field-values'
import type { Direction } from './order-key'
import { EMPTY, encodeKey, LAST } from './order-key'
import { requestFailed } from './refusals'
import type { Entry, Walk } from './sorted-entries'
import { SortedEntries } from './sorted-entries'

export type IndexDeclaration = { name: string; unique: boolean; keys: Record<string, Direction> }

/** The one current version of a document. Index entries point here, so an update that moves no indexed field touches no index. */
export type Slot = { readonly id: string; document: StoredDocument; stamp: number; ejson?: string }

export type IndexField = { name: string; root: string; parts: string[]; direction: Direction }

const shown = (value: unknown): string => {
  if (value === EMPTY) return 'undefined'
  return value instanceof Date ? `new Date(${value.getTime()})` : JSON.stringify(value)
}

export const duplicateKey = (collection: string, index: string, dupKey: string): PlatformError =>
  new PlatformError(
    'DATABASE_REQUEST_FAILED',
    '[FailedOperation] multiple write errors: [{write errors: ' +
      `[{E11000 duplicate key error collection: ${collection} index: ${index} dup key: ${dupKey}}]}, {<nil>}]`,
  )

export class OrderedIndex {
  readonly name: string
  readonly unique: boolean
  readonly fields: IndexField[]
  /** Positions whose field has been an array in some document: their bounds and order promise less. */
  readonly multikey = new Set<number>()
  readonly #entries = new SortedEntries<Slot>()

  constructor(
    private readonly collection: string,
    declaration: IndexDeclaration,
  ) {
    this.name = declaration.name
    this.unique = declaration.unique
    this.fields = Object.entries(declaration.keys).map(([name, direction]) => ({
      name,
      root: name.split('.')[0]!,
      parts: name.split('.'),
      direction,
    }))
  }

  get size(): number {
    return this.#entries.size
  }

  /** Throws where a document has arrays in two fields of the index: their keys would multiply. */
  refuseParallelArrays(document: StoredDocument): void {
    let root: string | undefined
    for (const field of this.fields) {
      if (field.root === root || typeof document[field.root] !== 'object' || !fieldValues(document, field.parts).multi) continue
      if (root !== undefined) throw requestFailed(`cannot index parallel arrays [${field.root}] [${root}]`)
      root = field.root
    }
  }

  /** The keys a document has here: one, or one per element where a field is an array. */
  keysOf(document: StoredDocument): string[] {
    let keys = ['']
    let inArray = false
    for (const field of this.fields) {
      const { values, multi } = fieldValues(document, field.parts)
      if (multi) {
        keys = this.#expand(keys, values, field.direction, inArray)
        inArray = true
        continue
      }
      const suffix = encodeKey(values[0], field.direction)
      keys = keys.length === 1 ? [keys[0]! + suffix] : keys.map((key) => key + suffix)
    }
    return keys.length === 1 ? keys : [...new Set(keys)]
  }

  changedBetween(before: StoredDocument, after: StoredDocument): boolean {
    return this.fields.some((field) => before[field.root] !== after[field.root])
  }

  add(slot: Slot): void {
    this.#noteArrays(slot.document)
    for (const key of this.keysOf(slot.document)) this.#entries.add(key + slot.id, slot)
  }

  remove(slot: Slot): void {
    for (const key of this.keysOf(slot.document)) this.#entries.remove(key + slot.id)
  }

  move(slot: Slot, before: StoredDocument): void {
    this.#noteArrays(slot.document)
    const kept = new Set(this.keysOf(slot.document))
    for (const key of this.keysOf(before)) if (!kept.delete(key)) this.#entries.remove(key + slot.id)
    for (const key of kept) this.#entries.add(key + slot.id, slot)
  }

  load(slots: Iterable<Slot>): void {
    const entries: Entry<Slot>[] = []
    for (const slot of slots) {
      this.#noteArrays(slot.document)
      for (const key of this.keysOf(slot.document)) entries.push({ key: key + slot.id, item: slot })
    }
    this.#entries.load(entries)
    if (this.unique) this.#refuseDuplicates()
  }

  /** The document that holds a key, other than `exceptId`: a unique index has at most one. */
  holderOf(key: string, exceptId: string): Slot | undefined {
    const walk = this.walk(key, key + LAST, false)
    while (walk.advance()) if (walk.item.id !== exceptId) return walk.item
    return undefined
  }

  walk(from: string, to: string, reverse: boolean): Walk<Slot> {
    return this.#entries.walk(from, to, reverse)
  }

  duplicateOf(document: StoredDocument): PlatformError {
    const pairs = this.fields.map((field) => `${field.name}: ${shown(fieldValues(document, field.parts).values[0])}`)
    return duplicateKey(this.collection, this.name, `{ ${pairs.join(', ')} }`)
  }

  // Two fields inside the same array go element by element; anything else multiplies.
  #expand(keys: string[], values: unknown[], direction: Direction, sameArray: boolean): string[] {
    if (sameArray && keys.length === values.length) return keys.map((key, at) => key + encodeKey(values[at], direction))
    return keys.flatMap((key) => values.map((value) => key + encodeKey(value, direction)))
  }

  #noteArrays(document: StoredDocument): void {
    for (let at = 0; at < this.fields.length; at++) {
      const field = this.fields[at]!
      if (typeof document[field.root] !== 'object' || this.multikey.has(at)) continue
      if (fieldValues(document, field.parts).multi) this.multikey.add(at)
    }
  }

  #refuseDuplicates(): void {
    const walk = this.walk('', LAST, false)
    let previous: { key: string; id: string } | undefined
    while (walk.advance()) {
      const key = walk.key.slice(0, walk.key.length - walk.item.id.length)
      if (previous?.key === key && previous.id !== walk.item.id) throw this.duplicateOf(walk.item.document)
      previous = { key, id: walk.item.id }
    }
  }
}
