import type { Conditions, FieldCondition } from './conditions'
import { encodeKey, LAST, typeBracket } from './order-key'
import type { Direction } from './order-key'
import type { IndexField, OrderedIndex } from './ordered-index'

export type Sort = [field: string, direction: Direction][]

/** A stretch of index keys, `from` included, `to` excluded. Stretches that must be merged are compared by what follows `cut`. */
export type Span = { from: string; to: string; cut: number }

export type IndexPlan = {
  index: OrderedIndex
  spans: Span[]
  reverse: boolean
  merge: boolean
  /** Entries come in the order asked for. */
  sorted: boolean
  /** Every entry within the spans answers the query: nothing is left to test. */
  precise: boolean
  /** Equality prefix, then range, then sort: the form every query of the product must have. */
  served: boolean
}

const MOST_SPANS = 10_000

type Prefix = { points: number; ranged: boolean; usablePoints: number; usableRange: boolean }

const hasRange = (field: FieldCondition | undefined): boolean =>
  field !== undefined && !field.points && (field.low !== undefined || field.high !== undefined)

// Conditions on two fields of one array may be met by two different elements, unless $elemMatch ties them together.
const mayFollow = (index: OrderedIndex, at: number, field: FieldCondition, groups: (object | undefined)[]): boolean =>
  !index.multikey.has(at) || groups.every((group) => group !== undefined && group === field.group)

/** How much of an index's fields a query bounds: as declared, and as the data allows. */
const prefixOf = (index: OrderedIndex, fields: Map<string, FieldCondition>): Prefix => {
  const prefix: Prefix = { points: 0, ranged: false, usablePoints: 0, usableRange: false }
  const groups: (object | undefined)[] = []
  let usable = true
  let spans = 1
  for (let at = 0; at < index.fields.length; at++) {
    const field = fields.get(index.fields[at]!.name)
    if (!field || !(field.points || hasRange(field))) break
    usable &&= mayFollow(index, at, field, groups)
    if (index.multikey.has(at)) groups.push(field.group)
    if (!field.points) {
      prefix.ranged = true
      prefix.usableRange = usable
      break
    }
    prefix.points++
    spans *= field.points.length
    usable &&= spans <= MOST_SPANS
    if (usable) prefix.usablePoints++
  }
  return prefix
}

type Order = { at: number; reverse: boolean }

/** Where in the index the sort begins, if walking the index gives that order. A field fixed to one value orders nothing. */
const orderOf = (index: OrderedIndex, fields: Map<string, FieldCondition>, sort: Sort, points: number): Order | undefined => {
  const wanted = sort.filter(([name]) => fields.get(name)?.points?.length !== 1)
  const first = wanted[0]
  if (!first) return { at: 0, reverse: false }
  const at = index.fields.findIndex((field) => field.name === first[0])
  if (at < 0 || at > points) return undefined
  const reverse = index.fields[at]!.direction !== first[1]
  let next = 0
  for (let i = at; i < index.fields.length && next < wanted.length; i++) {
    const field = index.fields[i]!
    const [name, direction] = wanted[next]!
    if (field.name === name && (field.direction !== direction) === reverse) next++
    else if (i >= points || fields.get(field.name)?.points?.length !== 1) return undefined
  }
  return next === wanted.length ? { at, reverse } : undefined
}

const rangeSpan = (prefix: string, cut: number, field: IndexField, range: FieldCondition, multikey: boolean): Span => {
  // Of an array, one element may pass the low edge and another the high one.
  const high = multikey && range.low && !range.group ? undefined : range.high
  const edge = range.low ?? high!
  const bracket = typeBracket(edge.value, field.direction)
  const ascending = field.direction === 1
  const [first, last] = ascending ? [range.low, high] : [high, range.low]
  const from = first ? encodeKey(first.value, field.direction) + (first.inclusive ? '' : LAST) : bracket.from
  const to = last ? encodeKey(last.value, field.direction) + (last.inclusive ? LAST : '') : bracket.to
  return { from: prefix + from, to: prefix + to, cut }
}

const spansOf = (index: OrderedIndex, fields: Map<string, FieldCondition>, prefix: Prefix, cutAt: number): Span[] => {
  let stems = [{ key: '', cut: 0 }]
  for (let at = 0; at < prefix.usablePoints; at++) {
    const { name, direction } = index.fields[at]!
    const keys = [...new Set(fields.get(name)!.points!.map((point) => encodeKey(point, direction)))].sort()
    stems = stems.flatMap((stem) => keys.map((key) => ({ key: stem.key + key, cut: at < cutAt ? stem.cut + key.length : stem.cut })))
  }
  const ranged = prefix.usableRange ? index.fields[prefix.usablePoints] : undefined
  if (!ranged) return stems.map(({ key, cut }) => ({ from: key, to: key + LAST, cut }))
  const range = fields.get(ranged.name)!
  return stems.map(({ key, cut }) => rangeSpan(key, cut, ranged, range, index.multikey.has(prefix.usablePoints)))
}

const isServed = (index: OrderedIndex, conditions: Conditions, prefix: Prefix, ordered: boolean): boolean => {
  if (!ordered) return false
  const bounded = new Set(index.fields.slice(0, prefix.points + (prefix.ranged ? 1 : 0)).map((field) => field.name))
  if (![...conditions.fields.keys()].every((name) => bounded.has(name))) return false
  const names = new Set(index.fields.map((field) => field.name))
  return [...conditions.others].every((name) => names.has(name))
}

/** How an index would answer a query, or undefined where it bounds nothing and orders nothing. */
export const planOf = (index: OrderedIndex, conditions: Conditions, sort: Sort): IndexPlan | undefined => {
  const prefix = prefixOf(index, conditions.fields)
  const declared = orderOf(index, conditions.fields, sort, prefix.points)
  const bounds = prefix.usablePoints + (prefix.usableRange ? 1 : 0)
  if (bounds === 0 && !(declared && sort.length > 0)) return undefined
  const order = orderOf(index, conditions.fields, sort, prefix.usablePoints)
  const arraysInOrder = sort.length > 0 && [...index.multikey].some((at) => sort.some(([name]) => name === index.fields[at]!.name))
  const sorted = order !== undefined && !arraysInOrder
  const cutAt = sorted ? order.at : 0
  const merge =
    sorted && sort.length > 0 && index.fields.slice(0, cutAt).some((field) => (conditions.fields.get(field.name)?.points?.length ?? 1) > 1)
  const arraysBound = [...index.multikey].some((at) => at < bounds)
  return {
    index,
    spans: spansOf(index, conditions.fields, prefix, cutAt),
    reverse: sorted && order.reverse,
    merge,
    sorted,
    precise: conditions.precise && !arraysBound && bounds === conditions.fields.size,
    served: isServed(index, conditions, prefix, declared !== undefined),
  }
}

/** Fewer documents first: what serves, then what needs no sorting, then what bounds more. */
export const betterPlan = (a: IndexPlan | undefined, b: IndexPlan | undefined): IndexPlan | undefined => {
  if (!a || !b) return a ?? b
  if (a.served !== b.served) return a.served ? a : b
  if (a.sorted !== b.sorted) return a.sorted ? a : b
  return a.spans[0] && b.spans[0] && b.spans[0].from.length > a.spans[0].from.length ? b : a
}
