import type { PlatformError } from '../platform-error'
import type { Collection } from './collection'
import type { StoredDocument } from './ejson'
import type { OrderedIndex, Slot } from './ordered-index'
import { duplicateKey } from './ordered-index'

/** A document as it is to become, with its canonical Extended JSON; both null where it is to go. */
export type Change = { collection: Collection; id: string; document: StoredDocument | null; ejson: string | null }

export const documentKey = (collection: string, id: string): string => `${collection}\0${id}`

const claimKey = (collection: string, index: OrderedIndex, key: string): string => `${collection}\0${index.name}\0${key}`

/** A unique value someone else has: `holder` is the published document, if it is one. */
type Duplicate = { error: PlatformError; holder: Slot | undefined }

export const duplicateId = (collection: string, id: string): PlatformError =>
  duplicateKey(collection, '_id_', `{ _id: ${JSON.stringify(id)} }`)

/** Changes that belong together and are not yet published: one write's, or a transaction's so far. */
export class Staging {
  readonly changes = new Map<string, Change>()
  readonly #claims = new Map<string, string>()

  changeOf(collection: string, id: string): Change | undefined {
    return this.changes.get(documentKey(collection, id))
  }

  put(change: Change): void {
    this.changes.set(documentKey(change.collection.name, change.id), change)
    for (const key of this.#claimsOf(change)) this.#claims.set(key, change.id)
  }

  /** What must be locked to make a change: the document, and every unique value it takes. */
  locksOf(change: Change): string[] {
    return [documentKey(change.collection.name, change.id), ...this.#claimsOf(change)]
  }

  duplicateOf(change: Change): Duplicate | undefined {
    if (!change.document) return undefined
    for (const index of change.collection.uniqueIndexes) {
      if (this.#claims.size === 0 && !this.#moves(change, index)) continue
      for (const key of index.keysOf(change.document)) {
        if (this.#isClaimedByAnother(change, index, key)) return { error: index.duplicateOf(change.document), holder: undefined }
        const holder = index.holderOf(key, change.id)
        if (holder && !this.#givesUp(change.collection, index, key, holder.id)) return { error: index.duplicateOf(change.document), holder }
      }
    }
    return undefined
  }

  #moves(change: Change, index: OrderedIndex): boolean {
    const published = change.collection.slots.get(change.id)
    return !published || index.changedBetween(published.document, change.document!)
  }

  #claimsOf(change: Change): string[] {
    if (!change.document) return []
    const claims: string[] = []
    for (const index of change.collection.uniqueIndexes) {
      if (!this.#moves(change, index)) continue
      for (const key of index.keysOf(change.document)) claims.push(claimKey(change.collection.name, index, key))
    }
    return claims
  }

  #isClaimedByAnother(change: Change, index: OrderedIndex, key: string): boolean {
    const claimant = this.#claims.get(claimKey(change.collection.name, index, key))
    return claimant !== undefined && claimant !== change.id && !this.#givesUp(change.collection, index, key, claimant)
  }

  #givesUp(collection: Collection, index: OrderedIndex, key: string, id: string): boolean {
    const staged = this.changeOf(collection.name, id)
    return staged !== undefined && !(staged.document && index.keysOf(staged.document).includes(key))
  }
}
