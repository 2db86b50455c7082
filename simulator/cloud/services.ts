import fs from 'node:fs/promises'
import path from 'node:path'
import { createCallLog } from './call-log'
import { createClock } from './clock'
import type { CloudOptions } from './cloud'
import { openDatabase } from './database/database'
import { createFaults } from './faults'
import { bundleProcessEntry } from './functions/bundle-process-entry'
import { readDeployedFunctions } from './functions/deployed-functions'
import { createFunctionHost } from './functions/function-host'
import type { FunctionCall } from './functions/function-host'
import { readFunctionRules } from './functions/function-rules'
import { openContentCheck } from './openapi/content-check'
import { createPhoneCodes } from './openapi/phone-number'
import { openSubscriptions } from './openapi/subscribe-message'
import { openOutbox } from './outbox'
import { createCallbacks } from './pay/callbacks'
import { openPayLedger } from './pay/orders'
import { createPayControl } from './pay/pay-control'
import { openPeople } from './people'
import { openRecords } from './records'
import { createPathSigner } from './storage/signed-path'
import { openStorage } from './storage/storage'
import { readStorageRules } from './storage/storage-rules'
import { openTemplates } from './templates'
import { createTimers } from './timers/timers'
import { openWorld } from './world'

// How WeChat names message push in SOURCE is not documented; of the known names this one claims least.
const pushSource = 'wx_unknown'
const pushFunction = 'content-callback'

/** Everything the cloud is made of, opened and not yet reachable. */
export const openServices = async (options: CloudOptions, url: string) => {
  const { folder, rulesFolder, environment, log } = options
  const automatic = { timers: true, mediaCheckMs: 1000, refundMs: 3000, ...options.automatic }
  const functionRules = readFunctionRules(rulesFolder)
  const storageRules = readStorageRules(rulesFolder)
  const functions = readDeployedFunctions(options.functionsFolder)
  functions.list()
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

  const host = createFunctionHost({
    functions, clock, environment, log, entry: bundleProcessEntry(folder), coldMs: faults.coldMs, gatewayUrl: `${url}/admin`,
  })
  const invoke = async (call: FunctionCall): Promise<unknown> => JSON.parse(await host.invoke(call))
  const ledger = openPayLedger(records)
  const callbacks = createCallbacks(ledger, ({ functionName, ...call }) => invoke({ name: functionName, ...call }))
  const pay = createPayControl({ ledger, callbacks, now, automaticRefundMs: automatic.refundMs })
  const contentCheck = openContentCheck({
    records, people, now, automaticMs: automatic.mediaCheckMs, push: (event) => invoke({ name: pushFunction, event, source: pushSource }),
  })
  const timers = createTimers({
    functions, clock, log, isAutomatic: automatic.timers, invoke: (call) => invoke({ ...call, source: 'wx_trigger', isTimer: true }),
  })

  return {
    url, clock, faults, calls, database, records, people, outbox, storage, host, ledger, pay, contentCheck, timers, functions,
    functionRules, storageRules,
    world: openWorld(records),
    signer: createPathSigner(),
    templates: openTemplates(records),
    subscriptions: openSubscriptions(records, people, outbox),
    phoneCodes: createPhoneCodes(people, now),
    /** Ends what runs by itself; then no door leads here any more and `close` may follow. */
    stop: (): void => {
      timers.stop()
      pay.stop()
      contentCheck.close()
      host.close()
    },
    close: async (): Promise<void> => {
      await records.close()
      await database.close()
    },
  }
}

export type Services = Awaited<ReturnType<typeof openServices>>
