import { evalExpr } from 'mingo/core'
import type { Fields } from './ejson'
import { requestFailed } from './refusals'
import { momentOf, offsetAt } from './time-zone'

export type Operator = (document: unknown, expression: unknown, options: never) => unknown

const day = 86_400_000

const valueOf = (document: unknown, expression: unknown, options: never): unknown =>
  evalExpr(document as never, expression as never, options)

const dateFrom = (value: unknown, operator: string): Date => {
  if (value instanceof Date) return value
  throw requestFailed(`${operator}: can't convert from ${typeof value} to Date`)
}

/** A date whose UTC fields are what a clock in the zone shows. */
const shownIn = (date: Date, zone: unknown): Date => new Date(date.getTime() + offsetAt(zone, date.getTime()))

const dayOfYear = (shown: Date): number => Math.floor((shown.getTime() - Date.UTC(shown.getUTCFullYear(), 0, 1)) / day) + 1
const isoDayOfWeek = (shown: Date): number => shown.getUTCDay() || 7

// An ISO week belongs to the year its Thursday is in.
const thursday = (shown: Date): Date => new Date(shown.getTime() + (4 - isoDayOfWeek(shown)) * day)
const isoWeekYear = (shown: Date): number => thursday(shown).getUTCFullYear()
const isoWeek = (shown: Date): number => Math.ceil(dayOfYear(thursday(shown)) / 7)

// Weeks begin on Sunday; the days before the year's first Sunday are week 0.
const week = (shown: Date): number => Math.floor((dayOfYear(shown) + 6 - shown.getUTCDay()) / 7)

const PARTS: Record<string, (shown: Date) => number> = {
  $year: (shown) => shown.getUTCFullYear(),
  $month: (shown) => shown.getUTCMonth() + 1,
  $dayOfMonth: (shown) => shown.getUTCDate(),
  $hour: (shown) => shown.getUTCHours(),
  $minute: (shown) => shown.getUTCMinutes(),
  $second: (shown) => shown.getUTCSeconds(),
  $millisecond: (shown) => shown.getUTCMilliseconds(),
  $dayOfWeek: (shown) => shown.getUTCDay() + 1,
  $dayOfYear: dayOfYear,
  $isoDayOfWeek: isoDayOfWeek,
  $isoWeek: isoWeek,
  $isoWeekYear: isoWeekYear,
  $week: week,
}

const partOperator =
  (name: string, part: (shown: Date) => number): Operator =>
  (document, expression, options) => {
    const evaluated = valueOf(document, expression, options)
    const value = Array.isArray(evaluated) && evaluated.length === 1 ? (evaluated[0] as unknown) : evaluated
    const isObject = typeof value === 'object' && value !== null && 'date' in value
    const { date, timezone }: Fields = isObject ? (value as Fields) : { date: value }
    return date === undefined || date === null ? null : part(shownIn(dateFrom(date, name), timezone))
  }

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

const zoneSign = (offset: number): string => {
  const minutes = Math.abs(offset) / 60_000
  return `${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60), 2)}${pad(minutes % 60, 2)}`
}

const FORMATS: Record<string, (shown: Date) => string> = {
  Y: (shown) => pad(shown.getUTCFullYear(), 4),
  m: (shown) => pad(shown.getUTCMonth() + 1, 2),
  d: (shown) => pad(shown.getUTCDate(), 2),
  H: (shown) => pad(shown.getUTCHours(), 2),
  M: (shown) => pad(shown.getUTCMinutes(), 2),
  S: (shown) => pad(shown.getUTCSeconds(), 2),
  L: (shown) => pad(shown.getUTCMilliseconds(), 3),
  j: (shown) => pad(dayOfYear(shown), 3),
  w: (shown) => String(shown.getUTCDay() + 1),
  u: (shown) => String(isoDayOfWeek(shown)),
  U: (shown) => pad(week(shown), 2),
  V: (shown) => pad(isoWeek(shown), 2),
  G: (shown) => pad(isoWeekYear(shown), 4),
  '%': () => '%',
}

const dateToString: Operator = (document, expression, options) => {
  const { date, format, timezone, onNull = null } = valueOf(document, expression, options) as Fields
  if (date === undefined || date === null) return onNull
  const moment = dateFrom(date, '$dateToString')
  const shown = shownIn(moment, timezone)
  // Without a zone, MongoDB's own format ends in Z.
  const pattern = typeof format === 'string' ? format : `%Y-%m-%dT%H:%M:%S.%L${timezone === undefined ? 'Z' : ''}`
  return pattern.replace(/%(.?)/g, (_whole, letter: string) => {
    if (letter === 'z') return zoneSign(shown.getTime() - moment.getTime())
    const write = Object.hasOwn(FORMATS, letter) ? FORMATS[letter] : undefined
    if (!write) throw requestFailed(`Invalid format character '%${letter}' in format string`)
    return write(shown)
  })
}

const PART_DEFAULTS: [string, number][] = [['month', 1], ['day', 1], ['hour', 0], ['minute', 0], ['second', 0], ['millisecond', 0]]

const dateFromParts: Operator = (document, expression, options) => {
  const parts = valueOf(document, expression, options) as Fields
  if (!('year' in parts)) throw requestFailed("$dateFromParts requires 'year': the local database does not build dates from weeks")
  const [year, month, ...rest] = [parts.year, ...PART_DEFAULTS.map(([name, absent]) => (name in parts ? parts[name] : absent))] as number[]
  if ([year, month, ...rest].some((value) => value === undefined || value === null)) return null
  return new Date(momentOf(parts.timezone, Date.UTC(year!, month! - 1, ...rest)))
}

const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)?(Z|[+-]\d\d:?\d\d)?$/

const dateFromString: Operator = (document, expression, options) => {
  const { dateString, timezone, format } = valueOf(document, expression, options) as Fields
  if (dateString === undefined || dateString === null) return null
  const text = String(dateString)
  const zone = ISO.exec(text)?.[1]
  const shown = Date.parse(zone ? text : text.length === 10 ? text : `${text}Z`)
  if (format !== undefined || !ISO.test(text) || Number.isNaN(shown)) {
    throw requestFailed(`$dateFromString: the local database reads ISO 8601 only, not '${text}'`)
  }
  return new Date(zone ? shown : momentOf(timezone, shown))
}

/** mingo reads zones by way of this machine's own zone, and counts ISO years and Sunday weeks otherwise than MongoDB. */
export const DATE_EXPRESSIONS: Fields = {
  ...Object.fromEntries(Object.entries(PARTS).map(([name, part]) => [name, partOperator(name, part)])),
  $dateToString: dateToString,
  $dateFromParts: dateFromParts,
  $dateFromString: dateFromString,
}
