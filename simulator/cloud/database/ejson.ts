import { EJSON } from 'bson'
import { PlatformError } from '../platform-error'

export type StoredDocument = { _id: string; [field: string]: unknown }
export type Fields = Record<string, unknown>

type Wrapper = (value: unknown, whole: Fields, now: () => number) => unknown

const dateOf = (value: unknown): Date =>
  new Date(typeof value === 'object' && value !== null ? Number((value as Fields).$numberLong) : (value as string | number))

const regularExpressionOf = (value: unknown): RegExp => {
  const { pattern, options } = value as { pattern: string; options?: string }
  return new RegExp(pattern, (options ?? '').replace(/[^imsu]/g, ''))
}

// An ObjectId is kept as its hex text: that is how the platform answers it, and the product has no other use for the type.
const WRAPPERS: Record<string, Wrapper> = {
  $numberInt: (value) => Number(value),
  $numberLong: (value) => Number(value),
  $numberDouble: (value) => Number(value),
  $date: (value) => dateOf(value),
  $oid: (value) => String(value),
  $regularExpression: (value) => regularExpressionOf(value),
  $tcb_server_date: (value, _whole, now) => new Date(now() + Number((value as Fields | undefined)?.offset ?? 0)),
}

const REFUSED = new Set([
  '$binary',
  '$timestamp',
  '$numberDecimal',
  '$symbol',
  '$code',
  '$minKey',
  '$maxKey',
  '$undefined',
  '$dbPointer',
  '$uuid',
])

const reviveObject = (node: Fields, now: () => number): unknown => {
  for (const key in node) {
    if (key.charCodeAt(0) === 36) {
      if (REFUSED.has(key))
        throw new PlatformError('DATABASE_REQUEST_FAILED', `the local database does not store ${key}: the product has no such value`)
      const wrapper = WRAPPERS[key]
      if (wrapper) return wrapper(revive(node[key], now), node, now)
    }
    if (key === '__proto__') throw new PlatformError('INVALID_PARAM', '__proto__ is not a field name')
    const value = node[key]
    if (typeof value === 'object' && value !== null) node[key] = revive(value, now)
  }
  return node
}

const revive = (node: unknown, now: () => number): unknown => {
  if (typeof node !== 'object' || node === null) return node
  if (!Array.isArray(node)) return reviveObject(node as Fields, now)
  for (let i = 0; i < node.length; i++) node[i] = revive(node[i], now)
  return node
}

/**
 * Reads an Extended JSON text (canonical or relaxed) into plain values: what JSON has, `Date` and `RegExp`.
 * `db.serverDate()` becomes `now()` plus its offset in ms. Throws PlatformError for types the product does not store, and for bad JSON.
 */
export const decodeEjson = (text: string, now: () => number): unknown => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw new PlatformError('INVALID_PARAM', 'a field that should be Extended JSON is not JSON')
  }
  return revive(parsed, now)
}

/** Canonical Extended JSON, as the platform answers documents. */
export const encodeEjson = (document: Fields): string => EJSON.stringify(document, { relaxed: false })

export const cloneValue = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
  if (value instanceof Date) return new Date(value) as T
  if (Array.isArray(value)) return value.map(cloneValue) as T
  const copy: Fields = {}
  for (const key in value) copy[key] = cloneValue((value as Fields)[key])
  return copy as T
}
