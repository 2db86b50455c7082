import type { StoredDocument } from './ejson'

type Former = { key: string; until: number; document: StoredDocument | undefined }

/** What documents were before they changed, kept only as long as an open transaction may still look back so far. */
export class History {
  readonly #byKey = new Map<string, Former[]>()
  #inOrder: Former[] = []

  keep(key: string, until: number, document: StoredDocument | undefined): void {
    const former: Former = { key, until, document }
    this.#inOrder.push(former)
    const present = this.#byKey.get(key)
    if (present) present.push(former)
    else this.#byKey.set(key, [former])
  }

  /** The document as it stood at a stamp, if it has changed since. */
  at(key: string, stamp: number): { document: StoredDocument | undefined } | undefined {
    return this.#byKey.get(key)?.find((former) => former.until > stamp)
  }

  changedSince(stamp: number): string[] {
    return this.#inOrder.filter((former) => former.until > stamp).map((former) => former.key)
  }

  /** Forgets what nobody whose snapshot is `oldest` or later can see. */
  forgetBefore(oldest: number): void {
    let gone = 0
    while (gone < this.#inOrder.length && this.#inOrder[gone]!.until <= oldest) {
      const { key } = this.#inOrder[gone++]!
      const kept = this.#byKey.get(key)!
      kept.shift()
      if (kept.length === 0) this.#byKey.delete(key)
    }
    if (gone > 0) this.#inOrder = this.#inOrder.slice(gone)
  }
}
