import { evaluate, isExpression } from './evaluate'
import type { Fields } from './ejson'
import { bucket, group, replaceRoot, sortByCount } from './group'
import { testOf } from './matching'
import type { Sort } from './plan'
import { projectStage } from './project-stage'
import { requestFailed } from './refusals'
import { sortDocuments } from './search'

type Run = (rows: Fields[], argument: unknown) => Fields[]

/** A field given as an object is added to the object that is there, as in MongoDB, not put in its place. */
const addTo = (present: unknown, addition: unknown, row: Fields): unknown => {
  if (isExpression(addition)) return evaluate(row, addition)
  if (Array.isArray(present)) return present.map((item) => addTo(item, addition, row))
  return addAll(isObject(present) ? present : {}, addition as Fields, row)
}

const addAll = (present: Fields, additions: Fields, row: Fields): Fields => {
  const copy = { ...present }
  for (const name in additions) {
    const value = addTo(present[name], additions[name], row)
    if (value === undefined) delete copy[name]
    else copy[name] = value
  }
  return copy
}

type Unwind = { path: string; includeArrayIndex?: string; preserveNullAndEmptyArrays?: boolean }

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const valueAt = (row: unknown, parts: string[]): unknown =>
  parts.reduce<unknown>((node, part) => (isObject(node) ? node[part] : undefined), row)

const withValueAt = (row: Fields, [part = '', ...rest]: string[], value: unknown): Fields => {
  const copy = { ...row }
  const next = rest.length === 0 ? value : withValueAt((row[part] ?? {}) as Fields, rest, value)
  if (next === undefined) delete copy[part]
  else copy[part] = next
  return copy
}

const unwind: Run = (rows, argument) => {
  const spec = typeof argument === 'string' ? { path: argument } : (argument as Unwind)
  const { path, includeArrayIndex, preserveNullAndEmptyArrays }: Unwind = spec
  if (!path?.startsWith('$')) throw requestFailed("path option to $unwind stage should be prefixed with a '$'")
  const parts = path.slice(1).split('.')
  const numbered = (row: Fields, at: number | null): Fields => (includeArrayIndex === undefined ? row : { ...row, [includeArrayIndex]: at })
  return rows.flatMap((row) => {
    const value = valueAt(row, parts)
    if (Array.isArray(value) && value.length > 0) return value.map((item, at) => numbered(withValueAt(row, parts, item), at))
    const isNothing = value === undefined || value === null || Array.isArray(value)
    if (isNothing && !preserveNullAndEmptyArrays) return []
    return [numbered(Array.isArray(value) ? withValueAt(row, parts, undefined) : row, null)]
  })
}

const wholeNumber = (argument: unknown, least: number, stage: string): number => {
  if (typeof argument === 'number' && Number.isInteger(argument) && argument >= least) return argument
  throw requestFailed(`the argument of ${stage} must be a whole number, at least ${least}`)
}

const sort: Run = (rows, argument) =>
  sortDocuments(rows.map((document) => ({ document })), Object.entries(argument as Fields) as Sort).map(({ document }) => document)

/** The stages of an aggregate, each from rows to rows; rows given are never written into. Joins are not among them: they read elsewhere. */
export const STAGES: Record<string, Run> = {
  $match: (rows, query) => rows.filter(testOf(query as Fields)),
  $group: group,
  $sort: sort,
  $limit: (rows, argument) => rows.slice(0, wholeNumber(argument, 1, '$limit')),
  $skip: (rows, argument) => rows.slice(wholeNumber(argument, 0, '$skip')),
  $project: projectStage,
  $addFields: (rows, additions) => rows.map((row) => addAll(row, additions as Fields, row)),
  $unwind: unwind,
  $count: (rows, name) => (rows.length === 0 ? [] : [{ [String(name)]: rows.length }]),
  $sortByCount: sortByCount,
  $replaceRoot: replaceRoot,
  $bucket: bucket,
}
