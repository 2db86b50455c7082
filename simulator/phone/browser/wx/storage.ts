import { storageKey, storagePrefix } from '../host/persona'
import { api, Refusal } from './call'

const MOST_BYTES = 1_048_576

const keys = (): string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(storagePrefix))
    .map((key) => key.slice(storagePrefix.length))

const has = (key: string): boolean => localStorage.getItem(storageKey(key)) !== null

const get = (key: string): unknown => {
  const kept = localStorage.getItem(storageKey(key))
  return kept === null ? '' : (JSON.parse(kept) as { data?: unknown }).data
}

const set = (key: string, data: unknown): void => {
  const text = JSON.stringify({ data })
  if (text.length > MOST_BYTES) throw new Refusal('entry size limit reached')
  localStorage.setItem(storageKey(key), text)
}

const remove = (key: string): void => localStorage.removeItem(storageKey(key))

const clear = (): void => keys().forEach(remove)

const info = () => ({
  keys: keys(),
  currentSize: Math.ceil(keys().reduce((sum, key) => sum + (localStorage.getItem(storageKey(key))?.length ?? 0), 0) / 1024),
  limitSize: 10_240,
})

export const storageApis = {
  getStorageSync: get,
  setStorageSync: set,
  removeStorageSync: remove,
  clearStorageSync: clear,
  getStorageInfoSync: info,
  getStorage: api<{ key: string }>('getStorage', ({ key }) => {
    if (!has(key)) throw new Refusal('data not found')
    return { data: get(key) }
  }),
  setStorage: api<{ key: string; data: unknown }>('setStorage', ({ key, data }) => set(key, data)),
  removeStorage: api<{ key: string }>('removeStorage', ({ key }) => remove(key)),
  clearStorage: api('clearStorage', clear),
  getStorageInfo: api('getStorageInfo', info),
}
