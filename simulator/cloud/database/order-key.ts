import type { Fields } from './ejson'

// Keys are strings whose plain `<` order is MongoDB's order of values, so an index is a sorted list of strings and a bound is a prefix.
// Every encoding says where it ends: no value's key is a prefix of another's.
const TAG = { empty: 0x02, null: 0x05, number: 0x0a, string: 0x0f, object: 0x14, array: 0x19, boolean: 0x28, date: 0x2d, regexp: 0x32 }

/** Sorts after every key that continues the text before it: fields begin with a tag below 0x100, ids with a printable character. */
export const LAST = '\uffff'

/** The value an empty array has in an index: before null, and equal to nothing. */
export const EMPTY = Symbol('empty array')

export const tagOf = (value: unknown): number => {
  switch (typeof value) {
    case 'string':
      return TAG.string
    case 'number':
      return TAG.number
    case 'boolean':
      return TAG.boolean
    case 'symbol':
      return TAG.empty
    case 'undefined':
      return TAG.null
  }
  if (value === null) return TAG.null
  if (value instanceof Date) return TAG.date
  if (value instanceof RegExp) return TAG.regexp
  return Array.isArray(value) ? TAG.array : TAG.object
}

const bits = new DataView(new ArrayBuffer(8))

const encodeNumber = (value: number): string => {
  if (Number.isNaN(value)) return '\0\0\0\0\0\0\0\0'
  bits.setFloat64(0, value === 0 ? 0 : value)
  let high = bits.getUint32(0)
  let low = bits.getUint32(4)
  if (high >= 0x80000000) {
    high = ~high
    low = ~low
  } else {
    high ^= 0x80000000
  }
  return String.fromCharCode(
    (high >>> 24) & 255,
    (high >>> 16) & 255,
    (high >>> 8) & 255,
    high & 255,
    (low >>> 24) & 255,
    (low >>> 16) & 255,
    (low >>> 8) & 255,
    low & 255,
  )
}

// The terminator and its escape must not occur inside a text.
const encodeText = (text: string): string =>
  (text.includes('\0') || text.includes('\x01') ? text.replaceAll('\x01', '\x01\x02').replaceAll('\0', '\x01\x01') : text) + '\0'

const encodeObject = (value: Fields): string => {
  let key = ''
  for (const name in value) key += String.fromCharCode(tagOf(value[name])) + encodeText(name) + payloadOf(value[name])
  return key + '\0'
}

const payloadOf = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return encodeText(value)
    case 'number':
      return encodeNumber(value)
    case 'boolean':
      return value ? '\x01' : '\0'
  }
  if (value === null || typeof value !== 'object') return ''
  if (value instanceof Date) return encodeNumber(value.getTime())
  if (value instanceof RegExp) return encodeText(value.source) + encodeText(value.flags)
  if (Array.isArray(value)) return value.map(encodeAscending).join('') + '\0'
  return encodeObject(value as Fields)
}

const encodeAscending = (value: unknown): string => String.fromCharCode(tagOf(value)) + payloadOf(value)

// Numbers, dates, booleans and null are inverted within one byte, which keeps their keys in the engine's compact form.
const TEXTUAL = new Set([TAG.string, TAG.object, TAG.array, TAG.regexp])

const encodeDescending = (value: unknown): string => {
  const tag = tagOf(value)
  const payload = payloadOf(value)
  const top = TEXTUAL.has(tag) ? 0xffff : 0xff
  let key = String.fromCharCode(0xff - tag)
  for (let i = 0; i < payload.length; i++) key += String.fromCharCode(top - payload.charCodeAt(i))
  return key
}

export type Direction = 1 | -1

export const encodeKey = (value: unknown, direction: Direction): string =>
  direction === 1 ? encodeAscending(value) : encodeDescending(value)

/** Where the keys of one type begin and end: a range never leaves the type of its bound. */
export const typeBracket = (value: unknown, direction: Direction): { from: string; to: string } => {
  const tag = direction === 1 ? tagOf(value) : 0xff - tagOf(value)
  return { from: String.fromCharCode(tag), to: String.fromCharCode(tag + 1) }
}

export const sameValue = (a: unknown, b: unknown): boolean => {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  return encodeAscending(a) === encodeAscending(b)
}

/** Orders two values as MongoDB does: null, numbers, strings, objects, arrays, booleans, dates. */
export const compareValues = (a: unknown, b: unknown): number => {
  const left = encodeAscending(a)
  const right = encodeAscending(b)
  return left < right ? -1 : left > right ? 1 : 0
}
