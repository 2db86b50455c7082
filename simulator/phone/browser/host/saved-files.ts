// Files a mini-program saved outlive the page that saved them, as they do in WeChat; localStorage is too small for photos.
const store = 'files'

const request = <Result>(asked: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error ?? new Error('the browser keeps no files'))
  })

const files = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => {
  const opening = indexedDB.open('linli-phone', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore(store)
  return (await request(opening)).transaction(store, mode).objectStore(store)
}

export const isSavedPath = (path: string): boolean => path.startsWith('wxfile://store_')

/** Answers the path to find it by, after a restart too. */
export const saveFile = async (blob: Blob, extension: string): Promise<string> => {
  const path = `wxfile://store_${crypto.randomUUID()}.${extension}`
  await request((await files('readwrite')).put(blob, path))
  return path
}

export const savedFile = async (path: string): Promise<Blob | undefined> => request<Blob | undefined>((await files('readonly')).get(path))

export const removeSavedFile = async (path: string): Promise<void> => request((await files('readwrite')).delete(path))
