import type http from 'node:http'
import type { Database, DatabaseOptions, StoredDocument } from './database/database'
import { createDoors } from './doors'
import { listenLocally } from './http/http-server'
import { createReset } from './reset'
import { openServices } from './services'

/** Somebody who can hold the phone. */
export type Person = { key: string; openid: string; name: string; title: string; phone: string }

/** A whole world to begin from: what is stored, which files exist and whose they are, who lives in it, and what its templates are called. */
export type Seed = {
  documents: Record<string, StoredDocument[]>
  files: { path: string; content: Buffer; openid: string }[]
  people: Person[]
  /** Titles of subscription templates by id; one that has none here is shown by its id. */
  templates?: Record<string, string>
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
  // The port comes first: a second cloud on the same folder ends here, before it has touched anything.
  const server = await listenLocally(options.port ?? 0)
  try {
    const services = await openServices(options, server.url)
    const { world, database, people, pay, timers, clock } = services
    const reset = createReset(services, options)
    if (!world.isBegun()) await (options.seed === undefined ? world.begin() : reset(options.seed))
    server.answer(createDoors(services, reset, options.pages))
    pay.resume()
    timers.start()
    const close = async (): Promise<void> => {
      services.stop()
      await server.close()
      await services.close()
    }
    return { url: server.url, database, people: people.list, now: clock.now, reset, close }
  } catch (reason) {
    await server.close()
    throw reason
  }
}
