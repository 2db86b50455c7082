import type { Fields } from './ejson'
import { equalitiesOf, join } from './join'
import type { Lookup, RunPipeline, Stage } from './join'
import type { Sort } from './plan'
import { requestFailed } from './refusals'
import type { Search } from './search'
import { STAGES } from './stages'

/** The leading stages an index can answer, and the rest of the pipeline. What an `$expr` asks is asked again of what the index found. */
const splitStages = (stages: Stage[]): { head: Search; rest: Stage[] } => {
  const head: Search = { query: {}, sort: [], skip: 0, limit: Infinity }
  const rest = [...stages]
  const matches: Fields[] = []
  const again: Stage[] = []
  while (rest[0]?.$match) {
    const { $expr, ...plain } = rest.shift()!.$match as Fields
    const found = $expr === undefined ? {} : equalitiesOf($expr)
    matches.push(...[plain, found].filter((query) => Object.keys(query).length > 0))
    if ($expr !== undefined) again.push({ $match: { $expr } })
  }
  if (matches.length > 0) head.query = matches.length === 1 ? matches[0]! : { $and: matches }
  if (again.length > 0) return { head, rest: [...again, ...rest] }
  if (rest[0]?.$sort) head.sort = Object.entries(rest.shift()!.$sort as Fields) as Sort
  if (typeof rest[0]?.$skip === 'number') head.skip = rest.shift()!.$skip as number
  if (typeof rest[0]?.$limit === 'number' && rest[0].$limit > 0) head.limit = rest.shift()!.$limit as number
  return { head, rest }
}

/** Runs a pipeline over a collection: its head by index, its joins by index, the rest in memory. */
export const aggregate = (collection: string, stages: Stage[], lookup: Lookup): Fields[] => {
  const { head, rest } = splitStages(stages)
  const runJoined: RunPipeline = (from, pipeline) => {
    if (Object.keys(splitStages(pipeline).head.query).length === 0) {
      throw requestFailed('$lookup: this pipeline reads the whole collection for every row; let its first $match hold an equality')
    }
    return aggregate(from, pipeline, lookup)
  }
  let rows = lookup(collection, head).slots.map((slot): Fields => slot.document)
  for (const stage of rest) {
    const [name = '', argument] = Object.entries(stage)[0] ?? []
    rows = name === '$lookup' ? join(rows, argument as Fields, lookup, runJoined) : STAGES[name]!(rows, argument)
  }
  return rows
}
