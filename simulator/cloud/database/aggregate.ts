import { Aggregator } from 'mingo/aggregator'
import type { Collection } from './collection'
import type { Fields } from './ejson'
import { fieldValues } from './field-values'
import { fullContext } from './operators'
import type { Sort } from './plan'
import { requestFailed } from './refusals'
import type { Found, Search } from './search'

type Stage = Fields

/** Answers a search of a collection, having refused one that no index serves. */
export type Lookup = (collection: string, request: Search) => Found

const CLONE_NOTHING = 0
const CLONE_INPUT = 1

/** The leading stages an index can answer, and the rest of the pipeline. */
export const splitStages = (stages: Stage[]): { head: Search; rest: Stage[] } => {
  const head: Search = { query: {}, sort: [], skip: 0, limit: Infinity }
  const rest = [...stages]
  const matches: Fields[] = []
  while (rest[0]?.$match) matches.push(rest.shift()!.$match as Fields)
  if (matches.length > 0) head.query = matches.length === 1 ? matches[0]! : { $and: matches }
  if (rest[0]?.$sort) head.sort = Object.entries(rest.shift()!.$sort as Fields) as Sort
  if (typeof rest[0]?.$skip === 'number') head.skip = rest.shift()!.$skip as number
  if (typeof rest[0]?.$limit === 'number') head.limit = rest.shift()!.$limit as number
  return { head, rest }
}

const compute = (rows: Fields[], stages: Stage[]): Fields[] => {
  if (stages.length === 0) return rows
  // mingo's $unwind writes into the rows it is given; stored documents must not be among those.
  const processingMode = stages.some((stage) => '$unwind' in stage) ? CLONE_INPUT : CLONE_NOTHING
  return new Aggregator(stages as never, { context: fullContext, processingMode }).run(rows as never) as Fields[]
}

type Join = { from: string; localField: string; foreignField: string; as: string }

const joinOf = (value: Fields): Join => {
  const { from, localField, foreignField, as } = value as unknown as Join
  if (!from || !localField || !foreignField || !as || 'pipeline' in value) {
    throw requestFailed(
      '$lookup: the local database joins by localField and foreignField only: a pipeline would read the whole collection for every row',
    )
  }
  return { from, localField, foreignField, as }
}

// mingo's own $lookup reads the whole foreign collection; an index reads what is joined.
const join = (rows: Fields[], { from, localField, foreignField, as }: Join, lookup: Lookup): Fields[] => {
  const known = new Map<unknown, Fields[]>()
  const parts = localField.split('.')
  return rows.map((row) => {
    const { values, multi } = fieldValues(row, parts)
    const wanted = multi ? values.filter((value) => typeof value !== 'symbol') : values
    const key = wanted.length === 1 ? wanted[0] : wanted
    let found = known.get(key)
    if (!found) {
      found = lookup(from, { query: { [foreignField]: { $in: wanted } }, sort: [], skip: 0, limit: Infinity }).slots.map(
        (slot) => slot.document,
      )
      known.set(key, found)
    }
    return { ...row, [as]: found }
  })
}

/** Runs a pipeline over a collection: its head by index, its joins by index, the rest by mingo. */
export const aggregate = (collection: Collection, stages: Stage[], lookup: Lookup): Fields[] => {
  const { head, rest } = splitStages(stages)
  let rows: Fields[] = lookup(collection.name, head).slots.map((slot) => slot.document)
  let pending: Stage[] = []
  for (const stage of rest) {
    if (!stage.$lookup) {
      pending.push(stage)
      continue
    }
    rows = join(compute(rows, pending), joinOf(stage.$lookup as Fields), lookup)
    pending = []
  }
  return compute(rows, pending)
}
