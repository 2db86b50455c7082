import { openid } from './persona'

/** Files the mini-program saved: they outlive a reload, one store per person. */
const STORE = 'files'

const database = new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open(`phone-${openid}`, 1)
  request.addEventListener('upgradeneeded', () => void request.result.createObjectStore(STORE))
  request.addEventListener('success', () => resolve(request.result))
  request.addEventListener('error', () => reject(request.error ?? new Error('files cannot be kept')))
})
// Heard by whoever saves or reads a file.
database.catch(() => undefined)

const ask = async <Answer>(mode: IDBTransactionMode, run: (store: IDBObjectStore) => IDBRequest<Answer>): Promise<Answer> => {
  const request = run((await database).transaction(STORE, mode).objectStore(STORE))
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('files cannot be kept')))
  })
}

export const saveBlob = async (path: string, blob: Blob): Promise<void> => void (await ask('readwrite', (store) => store.put(blob, path)))

export const findBlob = (path: string): Promise<Blob | undefined> =>
  ask('readonly', (store) => store.get(path) as IDBRequest<Blob | undefined>)

export const removeBlob = async (path: string): Promise<void> => void (await ask('readwrite', (store) => store.delete(path)))

export const savedPaths = async (): Promise<string[]> => (await ask('readonly', (store) => store.getAllKeys())).map(String)
