import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { EJSON } from 'bson'
import type { Contract, Failure, Input, Output } from '../../cloudfunctions/_shared/contract'
import type { AccountContract } from '../../cloudfunctions/account/contract'
import type { BillingContract } from '../../cloudfunctions/billing/contract'
import type { HomeContract } from '../../cloudfunctions/home/contract'
import type { ExportsContract } from '../../cloudfunctions/exports/contract'
import type { HouseImportContract } from '../../cloudfunctions/house-import/contract'
import type { HousesContract } from '../../cloudfunctions/houses/contract'
import type { IncidentsContract } from '../../cloudfunctions/incidents/contract'
import type { InsightsContract } from '../../cloudfunctions/insights/contract'
import type { MembersContract } from '../../cloudfunctions/members/contract'
import type { MessagesContract } from '../../cloudfunctions/messages/contract'
import type { OperationsContract } from '../../cloudfunctions/operations/contract'
import type { PaymentsContract } from '../../cloudfunctions/payments/contract'
import type { RefundsContract } from '../../cloudfunctions/refunds/contract'
import type { RepairDeskContract } from '../../cloudfunctions/repair-desk/contract'
import type { RepairsContract } from '../../cloudfunctions/repairs/contract'
import { startCloud, type Cloud, type CloudOptions } from '../../simulator/cloud/cloud'
import { seeds } from '../../simulator/seed/seeds'
import { villagers } from '../../simulator/seed/villagers'
import { inRoot } from '../../tools/root'
import { testEnvironment } from './people'

type Contracts = {
  account: AccountContract
  billing: BillingContract
  home: HomeContract
  exports: ExportsContract
  houses: HousesContract
  'house-import': HouseImportContract
  incidents: IncidentsContract
  insights: InsightsContract
  members: MembersContract
  messages: MessagesContract
  operations: OperationsContract
  payments: PaymentsContract
  refunds: RefundsContract
  repairs: RepairsContract
  'repair-desk': RepairDeskContract
}

/** A function's answer, or its refusal. */
export type Answer<T> = { ok: true; data: T; owed?: string[] } | { ok: false; error: Failure }

export type Phone = {
  openid: string
  /** Calls a function as this person's phone does. */
  call<F extends keyof Contracts, A extends keyof Contracts[F] & string>(
    name: F, action: A, input: Contracts[F] extends Contract ? Input<Contracts[F], A> : never,
  ): Promise<Answer<Contracts[F] extends Contract ? Output<Contracts[F], A> : never>>
  /** As `call`, for inputs that no phone of ours would send. */
  callRaw(name: string, data: unknown): Promise<Answer<Record<string, unknown>>>
  /** As `call`; a refusal fails the test. */
  get<F extends keyof Contracts, A extends keyof Contracts[F] & string>(
    name: F, action: A, input: Contracts[F] extends Contract ? Input<Contracts[F], A> : never,
  ): Promise<Contracts[F] extends Contract ? Output<Contracts[F], A> : never>
  /** Taps 允许 on WeChat's panel: WeChat counts it, and so do we. */
  allow(...templateIds: string[]): Promise<void>
  /** Uploads a file, a small photo unless told otherwise, under the prefix the server gave; answers its fileID. */
  upload(cloudPath: string, content?: Buffer): Promise<string>
}

export type Village = {
  url: string
  database: Cloud['database']
  /** wang, li, zhao, chen, he, qian, sun, zhou, or anybody else: a stranger. */
  as(key: string): Phone
  post(door: string, body: object): Promise<unknown>
  documents(collection: string): Promise<Record<string, unknown>[]>
  /** What is owed now: without the jobs that only watch over orders until something falls due. */
  owed(): Promise<Record<string, unknown>[]>
  /** Puts a document there as some earlier release, or an accident, might have left it. */
  store(collection: string, document: object): Promise<void>
  /** Changes fields of a stored document behind the functions' backs. */
  alter(collection: string, id: string, fields: object): Promise<void>
  outbox(key: string): Promise<Record<string, unknown>[]>
  /** What the robot said in the staff's group, in that order. */
  group(): Promise<string[]>
  tick(time?: string): Promise<unknown>
  /** Begins anew, with functions that are warm: what they have read of a configuration they remember for a minute. */
  again(): Promise<void>
  /** What the functions logged, one JSON line each. */
  lines: Record<string, unknown>[]
  close(): Promise<void>
}

/** With a `folder` of one's own the world stays there after `close`, for another release to go on with. */
type Otherwise = Partial<Pick<CloudOptions, 'database' | 'environment' | 'folder' | 'functionsFolder' | 'rulesFolder' | 'seed' | 'seeds'>>

/** A fresh village on a cloud of its own: the real bundles, the real SDK, the documented doors. */
export const openVillage = async (otherwise: Otherwise = {}): Promise<Village> => {
  const folder = otherwise.folder ?? mkdtempSync(path.join(os.tmpdir(), 'linli-'))
  const lines: Record<string, unknown>[] = []
  const cloud = await startCloud({
    folder, seeds, seed: 'village', environment: testEnvironment, automatic: { timers: false, mediaCheckMs: null, refundMs: null },
    functionsFolder: inRoot('dist', 'cloudfunctions'), rulesFolder: inRoot('database-rules'), ...otherwise,
    log: (line) => {
      const json = line.slice(line.indexOf('{'))
      if (json.startsWith('{')) lines.push(JSON.parse(json) as Record<string, unknown>)
    },
  })
  const ask = async (door: string, init?: RequestInit) => {
    const response = await fetch(cloud.url + door, init)
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`${door} answered ${response.status}: ${JSON.stringify(body)}`)
    return body
  }
  const post = (door: string, body: object) =>
    ask(door, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const openidOf = (key: string) => villagers.find((villager) => villager.key === key)?.openid ?? `o-${key}`

  const as = (key: string): Phone => {
    const openid = openidOf(key)
    const callRaw = async (name: string, data: unknown) => {
      const reply = (await post('/client/call', { openid, name, data })) as { result?: unknown; errMsg?: string }
      if (reply.result === undefined) throw new Error(`${name} failed: ${reply.errMsg}`)
      return reply.result as never
    }
    const call: Phone['call'] = (name, action, input) => callRaw(name, { action, input, client: { version: '0.1.0' } })
    return {
      openid, call, callRaw,
      async get(name, action, input) {
        const answer = await call(name, action, input)
        if (!answer.ok) throw new Error(`${name}.${action} was refused: ${JSON.stringify(answer.error)}`)
        return answer.data
      },
      async allow(...templateIds) {
        const results = Object.fromEntries(templateIds.map((id) => [id, 'accept' as const]))
        await post('/client/subscribe', { openid, results })
        await this.get('messages', 'recordConsent', { results })
      },
      async upload(cloudPath, content = Buffer.from('a photo')) {
        const form = new FormData()
        form.set('openid', openid)
        form.set('cloudPath', cloudPath)
        form.set('file', new Blob([new Uint8Array(content)], { type: 'image/jpeg' }), 'photo.jpg')
        return ((await ask('/client/upload', { method: 'POST', body: form })) as { fileID: string }).fileID
      },
    }
  }

  return {
    url: cloud.url, database: cloud.database, as, post, lines,
    documents: async (name) => ((await ask(`/control/collection?name=${name}`)) as { documents: Record<string, unknown>[] }).documents,
    owed: async () => {
      const { documents } = (await ask('/control/collection?name=jobs')) as { documents: Record<string, unknown>[] }
      return documents.filter(({ kind, payload }) => kind !== 'payment_watch' && (kind !== 'repair_watch' || (payload as { duties: unknown }).duties !== null))
    },
    store: async (collectionName, document) => {
      await cloud.database.run('database.insertDocument', { collectionName, data: [EJSON.stringify(document, { relaxed: false })] })
    },
    alter: async (collectionName, _id, fields) => {
      const [query, data] = [EJSON.stringify({ _id }), EJSON.stringify({ $set: fields }, { relaxed: false })]
      await cloud.database.run('database.modifyDocument', { collectionName, queryType: 'DOC', query, data, multi: false, merge: true, upsert: false })
    },
    outbox: async (key) => ((await ask(`/control/outbox?openid=${openidOf(key)}`)) as { messages: Record<string, unknown>[] }).messages,
    group: async () => {
      const { messages } = (await ask('/control/outbox?kind=robot')) as { messages: { content: string }[] }
      return messages.map(({ content }) => content).reverse()
    },
    tick: (time = quietMinute()) => post('/control/timer', { name: 'tick', time }),
    again: async () => void (await post('/control/reset', { seed: otherwise.seed ?? 'village', functions: 'warm' })),
    async close() {
      await cloud.close()
      if (otherwise.folder === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Now, or a minute later: every tenth minute `tick` also looks after the whole house, which is not what most tests are about. */
const quietMinute = (): string => {
  const now = Date.now()
  return new Date(new Date(now).getUTCMinutes() % 10 === 0 ? now + 60_000 : now).toISOString()
}

/** What functions write of themselves, beside what they were asked to do. */
export const watchingCollections = ['failures', 'usage', 'timers', 'rate_limits']

/** A new intention of somebody's: the phone makes one for every form. */
export const newRequest = (): string => randomUUID()
