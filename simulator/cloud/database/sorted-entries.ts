const FULL = 512
const LOADED = 384

type Chunk<T> = { keys: string[]; items: T[] }

export type Entry<T> = { key: string; item: T }

const firstAtLeast = (keys: string[], key: string): number => {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A sorted map from text to items: a list of sorted chunks. Finding, adding and removing cost two binary searches and one move of at most
 * 512 entries, whatever the size; loading sorts once.
 */
export class SortedEntries<T> {
  #chunks: Chunk<T>[] = []
  /** The first key of each chunk, kept apart so that the search for a chunk touches one array. */
  #firsts: string[] = []
  size = 0

  load(entries: Entry<T>[]): void {
    entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    this.#chunks = []
    this.size = entries.length
    for (let start = 0; start < entries.length; start += LOADED) {
      const part = entries.slice(start, start + LOADED)
      this.#chunks.push({ keys: part.map((entry) => entry.key), items: part.map((entry) => entry.item) })
    }
    this.#firsts = this.#chunks.map((chunk) => chunk.keys[0]!)
  }

  add(key: string, item: T): void {
    if (this.#chunks.length === 0) {
      this.load([{ key, item }])
      return
    }
    const place = this.#chunkOf(key)
    const chunk = this.#chunks[place]!
    const at = firstAtLeast(chunk.keys, key)
    if (chunk.keys[at] === key) {
      chunk.items[at] = item
      return
    }
    chunk.keys.splice(at, 0, key)
    chunk.items.splice(at, 0, item)
    this.size++
    if (at === 0) this.#firsts[place] = key
    if (chunk.keys.length > FULL) this.#split(place)
  }

  remove(key: string): void {
    if (this.#chunks.length === 0) return
    const place = this.#chunkOf(key)
    const chunk = this.#chunks[place]!
    const at = firstAtLeast(chunk.keys, key)
    if (chunk.keys[at] !== key) return
    chunk.keys.splice(at, 1)
    chunk.items.splice(at, 1)
    this.size--
    if (chunk.keys.length === 0) {
      this.#chunks.splice(place, 1)
      this.#firsts.splice(place, 1)
    } else if (at === 0) {
      this.#firsts[place] = chunk.keys[0]!
    }
  }

  /** A walk over the keys from `from` (included) to `to` (excluded), or the same backwards. The entries must not change under it. */
  walk(from: string, to: string, reverse: boolean): Walk<T> {
    return reverse
      ? new Walk(this.#chunks, this.#position(to), this.#position(from), -1)
      : new Walk(this.#chunks, this.#position(from), this.#position(to), 1)
  }

  #chunkOf(key: string): number {
    const after = firstAtLeast(this.#firsts, key)
    return this.#firsts[after] === key ? after : Math.max(0, after - 1)
  }

  #position(key: string): Position {
    if (this.#chunks.length === 0) return { chunk: 0, at: 0 }
    const chunk = this.#chunkOf(key)
    return { chunk, at: firstAtLeast(this.#chunks[chunk]!.keys, key) }
  }

  #split(place: number): void {
    const chunk = this.#chunks[place]!
    const middle = chunk.keys.length >>> 1
    const upper: Chunk<T> = { keys: chunk.keys.splice(middle), items: chunk.items.splice(middle) }
    this.#chunks.splice(place + 1, 0, upper)
    this.#firsts.splice(place + 1, 0, upper.keys[0]!)
  }
}

type Position = { chunk: number; at: number }

/** A cursor: `advance()` moves to the next entry and says whether there is one; `key` and `item` are that entry. */
export class Walk<T> {
  key = ''
  item!: T
  #chunk: number
  #at: number

  constructor(
    private readonly chunks: Chunk<T>[],
    start: Position,
    private readonly end: Position,
    private readonly step: 1 | -1,
  ) {
    this.#chunk = start.chunk
    this.#at = start.at
  }

  advance(): boolean {
    return this.step === 1 ? this.#forward() : this.#backward()
  }

  #forward(): boolean {
    for (;;) {
      const chunk = this.chunks[this.#chunk]
      if (!chunk || this.#chunk > this.end.chunk || (this.#chunk === this.end.chunk && this.#at >= this.end.at)) return false
      if (this.#at < chunk.keys.length) return this.#show(chunk, this.#at++)
      this.#chunk++
      this.#at = 0
    }
  }

  #backward(): boolean {
    for (;;) {
      if (this.#chunk < this.end.chunk || (this.#chunk === this.end.chunk && this.#at <= this.end.at)) return false
      if (this.#at > 0) return this.#show(this.chunks[this.#chunk]!, --this.#at)
      this.#chunk--
      this.#at = this.chunks[this.#chunk]?.keys.length ?? 0
    }
  }

  #show(chunk: Chunk<T>, at: number): true {
    this.key = chunk.keys[at]!
    this.item = chunk.items[at]!
    return true
  }
}
