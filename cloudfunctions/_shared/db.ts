import { AppError } from './errors'
import { counted, currentInvocation } from './invocation'
import { logLine } from './log'
import { database, type SdkTransaction } from './platform'
import { upgradeWith, type Schema } from './schema'

/** Every document carries the number of the shape it was written in; repositories upgrade on read. */
export type Stored = { _id: string; schema: number }
export type Raw = Record<string, unknown> & { _id: string }
type Sort = Record<string, 'asc' | 'desc'>
/** `fields`: what is read of each document, besides its id; all of it when absent. */
type Reading<K> = { sort?: Sort; limit?: number; fields?: readonly K[] }

type Head<K> = K extends `${infer H}.${string}` ? H : K
type Part<V, R extends string> = V extends readonly (infer E)[] ? Part<E, R>[] : V extends object ? Chosen<V, R> : V | undefined
/** What a reading of these fields answers: of `a.b` only that part of `a`, and mostly no `a` at all where it is null. */
export type Chosen<T, K extends string> = {
  [H in Head<K> & keyof T & string]: H extends K ? T[H] : Part<T[H], K extends `${H}.${infer R}` ? R : never>
}

const platformMessage = (error: unknown): string => {
  const e = error as { code?: string; errMsg?: string; message?: string }
  return `${e?.code ?? ''} ${e?.errMsg ?? e?.message ?? ''}`
}
const isDuplicate = (error: unknown) => /E11000|duplicate key/i.test(platformMessage(error))
const isConflict = (error: unknown) => /DATABASE_TRANSACTION_CONFLICT|TransactionConflict/.test(platformMessage(error))

const withoutId = <T extends Stored>({ _id, ...rest }: T) => rest

/** Of the collections that this function's bundle holds, those with documents of older shapes. */
export const upgradable = new Map<string, Schema>()

/**
 * A collection whose documents have one type, whatever shape they were stored in. A document that cannot be read is left out of
 * lists, and logged: one old document must never break a page.
 */
export const collection = <T extends Stored>(name: string, schema: Schema = { upgrades: [] }) => {
  if (schema.upgrades.length > 0) upgradable.set(name, schema)
  const upgrade = upgradeWith<T>(schema)
  const upgradeAll = (stored: Raw[]): T[] =>
    stored.flatMap((document) => {
      try {
        return [upgrade(document)]
      } catch (error) {
        logLine({ event: 'unreadable_document', collection: name, id: document._id, error: platformMessage(error) })
        return []
      }
    })
  type Field = keyof T & string
  type Path = Field | `${Field}.${string}`
  const query = (where: object, { sort = {}, limit = 100, fields }: Reading<Path>) => {
    let chosen = database.collection(name).where(where)
    for (const [field, direction] of Object.entries(sort)) chosen = chosen.orderBy(field, direction)
    if (fields) chosen = chosen.field(Object.fromEntries(['schema', ...fields].map((field) => [field, true])))
    return chosen.limit(limit)
  }
  const read = async (where: object, o: Reading<Path>): Promise<Raw[]> => (await counted(() => query(where, o).get(), 'reads')).data as Raw[]
  const find = async <K extends Path = Field>(where: object, o: Reading<K> = {}): Promise<Chosen<T, K | '_id'>[]> =>
    upgradeAll(await read(where, o)) as Chosen<T, K | '_id'>[]

  return {
    name,
    upgrade,
    find,

    async get(id: string): Promise<T | null> {
      const { data } = await counted(() => database.collection(name).doc(id).get(), 'reads')
      return data ? upgrade(data as Raw) : null
    },

    async findOne(where: object): Promise<T | null> {
      return ((await find(where, { limit: 1 }))[0] as T | undefined) ?? null
    },

    /** One page in the order of a field that is unique within `where`; the cursor is that field's last value. */
    async page<K extends Path = Field>(
      where: object, o: { by: Field; direction: 'asc' | 'desc'; cursor: string | undefined; limit: number; fields?: readonly K[] },
    ): Promise<{ documents: Chosen<T, K | '_id'>[]; nextCursor: string | null }> {
      const beyond = o.direction === 'asc' ? database.command.gt : database.command.lt
      const from = o.cursor === undefined ? where : { ...where, [o.by]: beyond(o.cursor) }
      const found = await read(from, { sort: { [o.by]: o.direction }, limit: o.limit + 1, fields: o.fields && [...o.fields, o.by] })
      // Judged by what is stored: a document that cannot be read must not hide those behind it.
      const shown = found.slice(0, o.limit)
      return { documents: upgradeAll(shown) as Chosen<T, K | '_id'>[], nextCursor: found.length > o.limit ? String(shown.at(-1)![o.by]) : null }
    },

    async count(where: object): Promise<number> {
      return (await counted(() => database.collection(name).where(where).count(), 'reads')).total
    },

    /** How many documents of `where` there are for each combination of the given paths, by the names given to them. */
    async countBy<K extends string>(where: object, paths: Record<K, string>): Promise<(Record<K, unknown> & { count: number })[]> {
      const _id = Object.fromEntries(Object.entries<string>(paths).map(([key, path]) => [key, `$${path}`]))
      const grouped = await counted(() =>
        database.collection(name).aggregate().match(where).group({ _id, count: { $sum: 1 } }).limit(1_000).end(), 'reads')
      return (grouped.list as { _id: Record<K, unknown>; count: number }[]).map((group) => ({ ...group._id, count: group.count }))
    },

    /** As `countBy`, with the sums of these fields. Nothing matches: no rows, also when there are no paths. */
    async sumBy<K extends string, F extends Field>(where: object, paths: Record<K, string>, fields: readonly F[]): Promise<(Record<K, unknown> & Record<F, number> & { count: number })[]> {
      const names = Object.entries<string>(paths)
      const _id = names.length === 0 ? null : Object.fromEntries(names.map(([key, path]) => [key, `$${path}`]))
      const sums = Object.fromEntries(fields.map((field) => [field, { $sum: `$${field}` }]))
      const grouped = await counted(() =>
        database.collection(name).aggregate().match(where).group({ _id, count: { $sum: 1 }, ...sums }).limit(1_000).end(), 'reads')
      return grouped.list.map((group) => {
        const { _id: by, ...amounts } = group as { _id: Record<K, unknown> | null } & Record<F, number> & { count: number }
        return { ...by, ...amounts } as Record<K, unknown> & Record<F, number> & { count: number }
      })
    },

    /** The sums of these fields over whatever matches, 0 over nothing; one round trip. */
    async sum<K extends Field>(where: object, fields: readonly K[]): Promise<Record<K, number>> {
      const sums = Object.fromEntries(fields.map((field) => [field, { $sum: `$${field}` }]))
      const { list } = await counted(() => database.collection(name).aggregate().match(where).group({ _id: null, ...sums }).end(), 'reads')
      const [found] = list as Record<K, number>[]
      return Object.fromEntries(fields.map((field) => [field, found?.[field] ?? 0])) as Record<K, number>
    },

    /** False when a document with this `_id` (or another unique key) is already there. */
    async insert(document: T): Promise<boolean> {
      try {
        await counted(() => database.collection(name).add({ data: document }), 'writes')
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },

    /**
     * Adds many in one round trip (1,000 at most, 6 MB). False when one of them, or another with one of its unique keys, was already
     * there: then none or some are in, and the caller looks and adds what is missing.
     */
    async insertMany(documents: T[]): Promise<boolean> {
      if (documents.length === 0) return true
      try {
        await counted(() => database.collection(name).add({ data: documents }), 'writes')
        return true
      } catch (error) {
        if (isDuplicate(error)) return false
        throw error
      }
    },

    /** One atomic conditional update; answers how many documents matched and changed. */
    async update(where: object, data: object): Promise<number> {
      return (await counted(() => database.collection(name).where(where).update({ data }), 'writes')).stats.updated
    },

    async remove(id: string): Promise<void> {
      await counted(() => database.collection(name).doc(id).remove(), 'writes')
    },

    /** Removes whatever matches, in one round trip. */
    async removeWhere(where: object): Promise<number> {
      return (await counted(() => database.collection(name).where(where).remove(), 'writes')).stats.removed
    },
  }
}

/** Documents exactly as they are stored, readable or not, in the order of their ids. One round trip. */
export const rawPage = async (name: string, o: { after: string | null; limit: number }): Promise<Raw[]> => {
  const where = o.after === null ? {} : { _id: database.command.gt(o.after) }
  return (await counted(() => database.collection(name).where(where).orderBy('_id', 'asc').limit(o.limit).get(), 'reads')).data as Raw[]
}

/** How many documents a collection has, of whatever shape. One round trip. */
export const rawCount = async (name: string): Promise<number> => (await counted(() => database.collection(name).where({}).count(), 'reads')).total

export type CollectionOf<T extends Stored> = ReturnType<typeof collection<T>>

/** What a transaction may do: single documents by id. The SDK would run `where().update()` silently outside of it. */
export type Transaction = {
  get<T extends Stored>(from: CollectionOf<T>, id: string): Promise<T | null>
  /** Throws AlreadyExists, and the whole transaction is undone. */
  insert<T extends Stored>(into: CollectionOf<T>, document: T): Promise<void>
  /** Throws AlreadyExists when another document has one of its unique keys. */
  replace<T extends Stored>(into: CollectionOf<T>, document: T): Promise<void>
  remove<T extends Stored>(from: CollectionOf<T>, id: string): Promise<void>
}

export class AlreadyExists extends Error {}

const unique = async (document: Stored, write: () => Promise<unknown>): Promise<void> => {
  try {
    await counted(write, 'writes')
  } catch (error) {
    throw isDuplicate(error) ? new AlreadyExists(document._id, { cause: error }) : error
  }
}

const typed = (transaction: SdkTransaction): Transaction => ({
  async get(from, id) {
    const { data } = await counted(() => transaction.collection(from.name).doc(id).get(), 'reads')
    return data ? from.upgrade(data as Raw) : null
  },
  insert: (into, document) => unique(document, () => transaction.collection(into.name).add({ data: document })),
  replace: (into, document) => unique(document, () => transaction.collection(into.name).doc(document._id).set({ data: withoutId(document) })),
  async remove(from, id) {
    await counted(() => transaction.collection(from.name).doc(id).remove(), 'writes')
  },
})

const attempts = 8
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Runs `body` in a transaction and runs it again when somebody else wrote the same document first: the SDK itself retries only
 * conflicts raised at commit, not those raised by an operation. `body` must therefore have no effect but its transaction's.
 */
export const inTransaction = async <R>(body: (transaction: Transaction) => Promise<R>): Promise<R> => {
  const invocation = currentInvocation()
  for (let attempt = 1; ; attempt += 1) {
    const callsBefore = invocation.calls
    const owedBefore = invocation.owed.length
    const transaction = await counted(() => database.startTransaction())
    try {
      const result = await body(typed(transaction))
      await counted(() => transaction.commit())
      return result
    } catch (error) {
      invocation.owed.length = owedBefore
      // The platform has already ended a transaction that conflicted; telling it again is refused and means nothing.
      await counted(() => transaction.rollback()).catch(() => undefined)
      if (!isConflict(error)) throw error
      if (attempt === attempts) throw new AppError('CONFLICT', '同时操作的人太多，请稍后再试', { reason: 'BUSY', cause: error })
      invocation.retriedCalls += invocation.calls - callsBefore
      invocation.calls = callsBefore
      await pause(attempt * 10 + Math.random() * 30)
    }
  }
}
