import { evaluate, evaluateObject } from './evaluate'
import type { Fields } from './ejson'
import { compareValues, encodeKey } from './order-key'
import { requestFailed } from './refusals'

type Accumulate = (values: unknown[]) => unknown

const numbersIn = (values: unknown[]): number[] => values.filter((value) => typeof value === 'number')

const sum: Accumulate = (values) => numbersIn(values).reduce((total, value) => total + value, 0)

const extreme =
  (sign: 1 | -1): Accumulate =>
  (values) => {
    const known = values.filter((value) => value !== undefined && value !== null)
    return known.length === 0 ? null : known.reduce((best, value) => (compareValues(value, best) * sign > 0 ? value : best))
  }

const unique: Accumulate = (values) => [...new Map(values.map((value) => [encodeKey(value, 1), value])).values()]

const present = (values: unknown[]): unknown[] => values.filter((value) => value !== undefined)

/** What a group makes of its values, one for each document; undefined where the field was missing. */
const ACCUMULATORS: Record<string, Accumulate> = {
  $sum: sum,
  $avg: (values) => {
    const numbers = numbersIn(values)
    return numbers.length === 0 ? null : (sum(numbers) as number) / numbers.length
  },
  $min: extreme(-1),
  $max: extreme(1),
  $first: (values) => values[0] ?? null,
  $last: (values) => values[values.length - 1] ?? null,
  $push: present,
  $addToSet: (values) => unique(present(values)),
  $mergeObjects: (values) => Object.assign({}, ...values) as Fields,
}

type Fold = { name: string; accumulate: Accumulate; expression: unknown }

const foldsOf = (spec: Fields): Fold[] =>
  Object.entries(spec).map(([name, value]) => {
    const [operator = '', expression] = Object.entries((value ?? {}) as Fields)[0] ?? []
    const accumulate = Object.hasOwn(ACCUMULATORS, operator) ? ACCUMULATORS[operator] : undefined
    if (!accumulate) throw requestFailed(`The field '${name}' must be an accumulator object: ${operator || 'it is none'}`)
    return { name, accumulate, expression }
  })

const fold = (rows: Fields[], folds: Fold[]): Fields =>
  Object.fromEntries(folds.map(({ name, accumulate, expression }) => [name, accumulate(rows.map((row) => evaluate(row, expression)))]))

const together = (rows: Fields[], idOf: (row: Fields) => unknown): { id: unknown; members: Fields[] }[] => {
  const groups = new Map<string, { id: unknown; members: Fields[] }>()
  for (const row of rows) {
    const id = idOf(row)
    const key = encodeKey(id, 1)
    const present = groups.get(key)
    if (present) present.members.push(row)
    else groups.set(key, { id, members: [row] })
  }
  return [...groups.values()]
}

/** `$group`: one row for each value of `_id`, in the order they first come. */
export const group = (rows: Fields[], spec: unknown): Fields[] => {
  if (typeof spec !== 'object' || spec === null || !('_id' in spec)) throw requestFailed('a group specification must include an _id')
  const { _id, ...rest } = spec as Fields
  const folds = foldsOf(rest)
  return together(rows, (row) => evaluate(row, _id) ?? null).map(({ id, members }) => ({ _id: id, ...fold(members, folds) }))
}

type Bucket = { groupBy: unknown; boundaries: unknown[]; default?: unknown; output?: Fields }

/** `$bucket`: one row for each stretch of values that has any, by its lower boundary. */
export const bucket = (rows: Fields[], spec: unknown): Fields[] => {
  const { groupBy, boundaries, output = { count: { $sum: 1 } } } = spec as Bucket
  const isRising = boundaries.every((bound, at) => at === 0 || compareValues(boundaries[at - 1], bound) < 0)
  if (boundaries.length < 2 || !isRising) throw requestFailed("$bucket: the 'boundaries' must be at least two, in ascending order")
  const lowerBound = (row: Fields): unknown => {
    const value = evaluate(row, groupBy)
    const above = boundaries.findIndex((bound) => compareValues(value ?? null, bound) < 0)
    if (above > 0) return boundaries[above - 1]
    if ('default' in (spec as Bucket)) return (spec as Bucket).default
    throw requestFailed('$bucket could not find a matching branch for an input, and no default was specified')
  }
  const folds = foldsOf(output)
  const found = together(rows, lowerBound).sort((a, b) => compareValues(a.id, b.id))
  return found.map(({ id, members }) => ({ _id: id, ...fold(members, folds) }))
}

/** `$sortByCount`: the values of an expression, the most frequent first. */
export const sortByCount = (rows: Fields[], expression: unknown): Fields[] =>
  group(rows, { _id: expression, count: { $sum: 1 } }).sort((a, b) => (b.count as number) - (a.count as number))

export const replaceRoot = (rows: Fields[], spec: unknown): Fields[] =>
  rows.map((row) => evaluateObject(row, (spec as Fields).newRoot, "'newRoot' expression must evaluate to an object"))
