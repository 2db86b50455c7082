import { open } from 'lmdb'

/** A small durable table. Reads answer from memory at once; a write is durable when its promise resolves. */
export type Table<T> = {
  get: (key: string) => T | undefined
  put: (key: string, value: T) => Promise<unknown>
  values: () => T[]
  clear: () => Promise<void>
  remove: (key: string) => Promise<unknown>
}

export type Records = {
  table: <T>(name: string) => Table<T>
  close: () => Promise<void>
}

/** What the platform itself remembers (files, payments, messages), kept apart from the product's database. */
export const openRecords = (folder: string): Records => {
  const root = open({ path: folder, maxDbs: 24, compression: false })
  const table = <T>(name: string): Table<T> => {
    const stored = root.openDB<T, string>({ name })
    const present = new Map<string, T>()
    for (const { key, value } of stored.getRange()) present.set(key, value)
    return {
      get: (key) => present.get(key),
      put: (key, value) => {
        present.set(key, value)
        return stored.put(key, value)
      },
      values: () => [...present.values()],
      clear: async () => {
        present.clear()
        await stored.clearAsync()
      },
      remove: (key) => {
        present.delete(key)
        return stored.remove(key)
      },
    }
  }
  return { table, close: () => root.close() }
}
