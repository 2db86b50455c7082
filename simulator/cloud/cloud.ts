import fs from 'node:fs/promises'
import type http from 'node:http'
import path from 'node:path'
import { createGateway } from './admin/gateway'
import { createCallLog } from './call-log'
import { createCallAsPerson } from './client/call-function'
import { createClientDoors } from './client/client-doors'
import { createClock } from './clock'
import { createControlDoors } from './control/control-doors'
import { openDatabase } from './database/database'
import type { Database, DatabaseOptions, StoredDocument } from './database/database'
import { createFaults } from './faults'
import { bundleProcessEntry } from './functions/bundle-process-entry'
import { readDeployedFunctions } from './functions/deployed-functions'
import { createFunctionHost } from './functions/function-host'
import { readFunctionRules } from './functions/function-rules'
import { createHttpDoor } from './functions/http-door'
import { createNestedInvoke } from './functions/nested-invoke'
import { DoorRefusal } from './http/door-refusal'
import { listenLocally } from './http/http-server'
import { openContentCheck } from './openapi/content-check'
import { createOpenapi } from './openapi/openapi'
import { createPhoneCodes } from './openapi/phone-number'
import { createSmsCalls } from './openapi/sms'
import { openSubscriptions } from './openapi/subscribe-message'
import { getUnlimitedCode } from './openapi/wxacode'
import { openOutbox } from './outbox'
import { createBillCalls } from './pay/bill'
import { createCallbacks } from './pay/callbacks'
import { createOrderCalls } from './pay/order-calls'
import { openPayLedger } from './pay/orders'
import { createPayControl } from './pay/pay-control'
import { createRefundCalls } from './pay/refund-calls'
import { openPeople } from './people'
import { openRecords } from './records'
import { createRouter } from './routes'
import { createFileDoor } from './storage/file-door'
import { createPathSigner } from './storage/signed-path'
import { openStorage } from './storage/storage'
import { createStorageActions } from './storage/storage-actions'
import { readStorageRules } from './storage/storage-rules'
import { startTimers } from './timers/timers'

/** Somebody who can hold the phone. */
export type Person = { key: string; openid: string; name: string; title: string; phone: string }

/** A whole world to begin from: what is stored, which files exist and whose they are, and who lives in it. */
export type Seed = {
  documents: Record<string, StoredDocument[]>
  files: { path: string; content: Buffer; openid: string }[]
  people: Person[]
}

export type CloudOptions = {
  /** Database, files, messages and payments; survives restarts. */
  folder: string
  /** dist/cloudfunctions: `<name>/{index.js,package.json,config.json}`. */
  functionsFolder: string
  /** database-rules. */
  rulesFolder: string
  /** 0 or absent: any free one. */
  port?: number
  /** Used on the first run, when the folder is empty. */
  seed?: string
  seeds: Record<string, (now: Date, environment: Record<string, string>) => Seed | Promise<Seed>>
  /** The functions' environment variables, as set in the cloud console. */
  environment: Record<string, string>
  /** The phone's own routes; false = not mine. */
  pages?: (request: http.IncomingMessage, response: http.ServerResponse) => Promise<boolean>
  /** Receives what functions print, a line at a time: `[<function> <request id>] <text>`. */
  log?: (line: string) => void
  /** What WeChat does by itself: fire timers, finish photo checks and refunds (milliseconds; null = only when told). */
  automatic?: { timers?: boolean; mediaCheckMs?: number | null; refundMs?: number | null }
  /** What is not known of the platform's database, and how long its transactions live. */
  database?: Pick<DatabaseOptions, 'sameValueUpdate' | 'batchInsert' | 'transactionMs'>
}

export type Cloud = {
  url: string
  database: Database
  people: () => Person[]
  /** The cloud's clock, milliseconds since 1970. */
  now: () => number
  reset: (seed: string) => Promise<void>
  close: () => Promise<void>
}

/** Starts the local cloud. Rejects when a rule, a function's config.json or the seed is not one it understands. */
export const startCloud = async (options: CloudOptions): Promise<Cloud> => {
  const { folder, functionsFolder, rulesFolder, environment, log, seeds } = options
  const automatic = { timers: true, mediaCheckMs: 1000, refundMs: 3000, ...options.automatic }
  const mayInvoke = readFunctionRules(rulesFolder)
  const storageRules = readStorageRules(rulesFolder)
  const functions = readDeployedFunctions(functionsFolder)
  functions.list()
  const isFirstRun = !(await exists(path.join(folder, 'platform')))
  await fs.mkdir(folder, { recursive: true })

  const clock = createClock()
  const { now } = clock
  const faults = createFaults()
  const calls = createCallLog()
  const database = await openDatabase({ ...options.database, folder: path.join(folder, 'database'), rulesFolder, now })
  const records = openRecords(path.join(folder, 'platform'))
  const people = openPeople(records, now)
  const outbox = openOutbox(records, now)
  const storage = openStorage(path.join(folder, 'files'), records, now)
  const signer = createPathSigner()
  const url = (): string => server.url

  const host = createFunctionHost({
    functions, clock, environment, log, entry: bundleProcessEntry(folder), coldMs: faults.coldMs, gatewayUrl: () => `${url()}/admin`,
  })
  const invokeParsed = async (call: Parameters<typeof host.invoke>[0]): Promise<unknown> => JSON.parse(await host.invoke(call))
  const isDeployed = (name: string): boolean => functions.find(name) !== undefined

  const ledger = openPayLedger(records)
  const callbacks = createCallbacks(ledger, ({ functionName, ...call }) => invokeParsed({ name: functionName, ...call }))
  const pay = createPayControl({ ledger, callbacks, now, automaticRefundMs: automatic.refundMs })
  const subscriptions = openSubscriptions(records, people, outbox)
  const phoneCodes = createPhoneCodes(people, now)
  const contentCheck = openContentCheck({
    records, people, now, automaticMs: automatic.mediaCheckMs,
    push: (event) => invokeParsed({ name: 'content-callback', event, source: 'wx_unknown' }),
  })
  const timers = startTimers({
    functions, clock, log, isAutomatic: automatic.timers, invoke: (call) => invokeParsed({ ...call, source: 'wx_trigger', isTimer: true }),
  })

  const reset = async (name: string): Promise<void> => {
    const seedOf = Object.hasOwn(seeds, name) ? seeds[name] : undefined
    if (!seedOf) throw new DoorRefusal(`seed: there is no seed "${name}"; there are ${Object.keys(seeds).join(', ')}`)
    host.retireAll()
    pay.stop()
    faults.clear()
    calls.clear()
    phoneCodes.clear()
    clock.set(null)
    const seed = await seedOf(new Date(now()), environment)
    await Promise.all([ledger.clear(), contentCheck.clear(), subscriptions.clear(), outbox.clear(), storage.clear()])
    await database.replaceAll(seed.documents)
    for (const file of seed.files) await storage.write(file.path, file.content, file.openid)
    await people.replace(seed.people)
  }

  const server = await listenLocally(options.port ?? 0, createRouter({
    gateway: createGateway({
      invocationOf: host.invocationOf,
      invokeNested: createNestedInvoke(host),
      openapi: createOpenapi({
        'subscribeMessage.send': subscriptions.send,
        'security.msgSecCheck': contentCheck.msgSecCheck,
        'security.mediaCheckAsync': contentCheck.mediaCheckAsync,
        'phonenumber.getPhoneNumber': phoneCodes.getPhoneNumber,
        'wxacode.getUnlimited': getUnlimitedCode,
        ...createSmsCalls(outbox),
      }, faults),
      payCalls: {
        ...createOrderCalls({ ledger, now, isDeployed }),
        ...createRefundCalls({ ledger, now, isDeployed, finishLater: pay.finishLater }),
        ...createBillCalls(ledger, now),
      },
      storageActions: createStorageActions(storage, signer, url, now),
      database, faults, calls, now,
    }),
    client: createClientDoors({
      callAsPerson: createCallAsPerson(host, mayInvoke), faults, people, storage, storageRules, signer, subscriptions, phoneCodes, url, now,
    }),
    control: createControlDoors({ database, outbox, calls, people, pay, contentCheck, timers, clock, faults, reset }),
    file: createFileDoor(storage, signer, now),
    httpFunction: createHttpDoor(host),
    pages: options.pages,
  }))

  const close = async (): Promise<void> => {
    timers.stop()
    pay.stop()
    contentCheck.close()
    host.close()
    await server.close()
    await records.close()
    await database.close()
  }
  if (isFirstRun && options.seed) await reset(options.seed)
  pay.resume()
  return { url: server.url, database, people: people.list, now, reset, close }
}

const exists = (file: string): Promise<boolean> => fs.access(file).then(() => true, () => false)
