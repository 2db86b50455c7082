import type http from 'node:http'
import type { Database, StoredDocument } from './database/database'

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
}

export type Cloud = {
  url: string
  database: Database
  people: () => Person[]
  reset: (seed: string) => Promise<void>
  close: () => Promise<void>
}
