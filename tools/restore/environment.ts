import { createRequire } from 'node:module'

export type Stored = Record<string, unknown> & { _id: string }

/** What a restore asks of an environment. Every call is one of the SDK's own. */
export type Environment = {
  count(collection: string): Promise<number>
  /** In the order of ids. */
  page(collection: string, after: string | null, limit: number): Promise<Stored[]>
  add(collection: string, documents: Stored[]): Promise<void>
  /** Puts a document there, in the place of one with its id. */
  put(collection: string, document: Stored): Promise<void>
  download(fileId: string): Promise<Buffer>
}

const pageSize = 500

/** All of a collection, in the order of ids. */
export async function* allOf(environment: Environment, collection: string): AsyncGenerator<Stored> {
  for (let after: string | null = null; ;) {
    const page: Stored[] = await environment.page(collection, after, pageSize)
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)!._id
  }
}

type Query = {
  where(condition: object): Query
  orderBy(field: string, direction: 'asc'): Query
  limit(count: number): Query
  get(): Promise<{ data: Stored[] }>
  count(): Promise<{ total: number }>
  add(o: { data: object }): Promise<unknown>
  doc(id: string): { set(o: { data: object }): Promise<unknown> }
}
type Sdk = {
  init(o: { env: string }): void
  database(): { collection(name: string): Query; command: { gt(value: string): object } }
  downloadFile(o: { fileID: string }): Promise<{ fileContent: Buffer }>
}

const isAddress = (name: string): boolean => /^https?:\/\//.test(name)

/** The SDK reads these when it is loaded, as it does inside a function. */
const pointAt = (name: string): string => {
  if (isAddress(name)) {
    Object.assign(process.env, {
      TENCENTCLOUD_RUNENV: 'SCF', TENCENTCLOUD_SECRETID: 'local', TENCENTCLOUD_SECRETKEY: 'local', TCB_CONTEXT_KEYS: 'TCB_CONTEXT_CNFG',
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${name.replace(/\/$/, '')}/admin` }),
    })
    return 'local-env'
  }
  if (!process.env.TENCENTCLOUD_SECRETID || !process.env.TENCENTCLOUD_SECRETKEY) {
    throw new Error('Set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY: an API key of the account that owns the environment')
  }
  return name
}

/** Only one environment in a process. `name`: an environment id, or the address of a local cloud. */
export const openEnvironment = (name: string): Environment => {
  const env = pointAt(name)
  const sdk = createRequire(__filename)('wx-server-sdk') as Sdk
  sdk.init({ env })
  const database = sdk.database()
  return {
    count: async (collection) => (await database.collection(collection).count()).total,
    async page(collection, after, limit) {
      const where = after === null ? {} : { _id: database.command.gt(after) }
      return (await database.collection(collection).where(where).orderBy('_id', 'asc').limit(limit).get()).data
    },
    async add(collection, documents) {
      await database.collection(collection).add({ data: documents })
    },
    async put(collection, { _id, ...data }) {
      await database.collection(collection).doc(_id).set({ data })
    },
    download: async (fileID) => (await sdk.downloadFile({ fileID })).fileContent,
  }
}
