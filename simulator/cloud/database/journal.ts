import fs from 'node:fs'
import path from 'node:path'
import { open } from 'lmdb'

/** One document as it is to be after a commit: canonical Extended JSON, or null where it is gone. */
export type JournalWrite = { collection: string; id: string; ejson: string | null }

/**
 * Where commits are kept. `append` resolves when the writes are on the disk, all of them or (after a crash before that) none.
 * Several appends may be under way; they become durable in the order they were made.
 */
export type Journal = {
  replay(visit: (write: { collection: string; id: string; ejson: string }) => void): void
  append(writes: JournalWrite[]): Promise<void>
  replaceAll(writes: Iterable<JournalWrite>): void
  close(): Promise<void>
}

const SEPARATOR = '/'

/** Opens the journal in `folder`, made if missing. Document ids may have about 1,900 bytes: lmdb's longest key. */
export const openJournal = (folder: string): Journal => {
  fs.mkdirSync(folder, { recursive: true })
  const store = open<string, string>({
    path: path.join(folder, 'documents.mdb'),
    encoding: 'string',
    mapSize: 4 * 2 ** 30,
    // A commit then resolves when it is flushed, not merely written: an acknowledged write survives a power cut too.
    overlappingSync: false,
  })
  const write = ({ collection, id, ejson }: JournalWrite): Promise<boolean> =>
    ejson === null ? store.remove(collection + SEPARATOR + id) : store.put(collection + SEPARATOR + id, ejson)
  return {
    replay: (visit) => {
      for (const { key, value } of store.getRange({ snapshot: false })) {
        const at = key.indexOf(SEPARATOR)
        visit({ collection: key.slice(0, at), id: key.slice(at + 1), ejson: value })
      }
    },
    append: async (writes) => {
      await store.batch(() => {
        for (const each of writes) void write(each)
      })
    },
    replaceAll: (writes) => {
      store.transactionSync(() => {
        store.clearSync()
        for (const each of writes) void write(each)
      })
    },
    close: () => store.close(),
  }
}
