import { evaluate } from './evaluate'
import type { Fields } from './ejson'
import { fieldValues } from './field-values'
import { requestFailed } from './refusals'
import type { Found, Search } from './search'

export type Stage = Fields

/** Answers a search of a collection, having refused one that no index serves. */
export type Lookup = (collection: string, request: Search) => Found

export type RunPipeline = (collection: string, pipeline: Stage[]) => Fields[]

const isScalar = (value: unknown): boolean =>
  value !== undefined && value !== null && (typeof value !== 'object' || value instanceof Date)

/** `{ path: value }` where an expression compares a path with a constant: what an index can find for it. */
export const equalitiesOf = (expression: unknown): Fields => {
  const { $and, $eq } = (expression ?? {}) as { $and?: unknown; $eq?: unknown }
  if (Array.isArray($and)) return Object.assign({}, ...$and.map(equalitiesOf)) as Fields
  if (!Array.isArray($eq)) return {}
  const path = $eq.find((side): side is string => typeof side === 'string' && /^\$[^$]/.test(side))
  const other = ($eq as unknown[]).find((side) => side !== path)
  const isLiteral = typeof other === 'object' && other !== null && '$literal' in other
  const value = isLiteral ? (other as Fields).$literal : other
  const isConstant = isLiteral || typeof value !== 'string' || !value.startsWith('$')
  return path !== undefined && isConstant && isScalar(value) ? { [path.slice(1)]: value } : {}
}

const boundString = (text: string, variables: Fields): unknown => {
  const [name = '', ...path] = text.slice(2).split('.')
  if (!text.startsWith('$$') || !Object.hasOwn(variables, name)) return text
  return { $literal: path.length === 0 ? variables[name] : evaluate(variables[name] as Fields, `$${path.join('.')}`) }
}

/** The pipeline with the values of `let` in place of their names. In a `$match` only `$expr` knows them. */
const bind = (node: unknown, variables: Fields): unknown => {
  if (typeof node === 'string') return boundString(node, variables)
  if (Array.isArray(node)) return node.map((item) => bind(item, variables))
  if (typeof node !== 'object' || node === null || node instanceof Date || node instanceof RegExp || '$literal' in node) return node
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, bind(value, variables)]))
}

const bindStage = (stage: Stage, variables: Fields): Stage => {
  const query = stage.$match as Fields | undefined
  if (!query) return bind(stage, variables) as Stage
  return { $match: '$expr' in query ? { ...query, $expr: bind(query.$expr, variables) } : query }
}

type ByFields = { from: string; localField: string; foreignField: string; as: string }
type ByPipeline = { from: string; let?: Fields; pipeline: Stage[]; as: string }

const joinByFields = (rows: Fields[], { from, localField, foreignField, as }: ByFields, lookup: Lookup): Fields[] => {
  const known = new Map<unknown, Fields[]>()
  const parts = localField.split('.')
  return rows.map((row) => {
    const { values, multi } = fieldValues(row, parts)
    const wanted = multi ? values.filter((value) => typeof value !== 'symbol') : values
    const key = wanted.length === 1 ? wanted[0] : wanted
    let found = known.get(key)
    if (!found) {
      const query = { [foreignField]: { $in: wanted } }
      found = lookup(from, { query, sort: [], skip: 0, limit: Infinity }).slots.map((slot) => slot.document)
      known.set(key, found)
    }
    return { ...row, [as]: found }
  })
}

const joinByPipeline = (rows: Fields[], { from, let: names = {}, pipeline, as }: ByPipeline, run: RunPipeline): Fields[] =>
  rows.map((row) => {
    const variables = Object.fromEntries(Object.entries(names).map(([name, expression]) => [name, evaluate(row, expression)]))
    return { ...row, [as]: run(from, pipeline.map((stage) => bindStage(stage, variables))) }
  })

/** `$lookup`, in either form. A whole foreign collection is never read for a row: an index reads what is joined. */
export const join = (rows: Fields[], spec: Fields, lookup: Lookup, run: RunPipeline): Fields[] => {
  const { from, localField, foreignField, pipeline, as } = spec
  if (typeof from !== 'string' || typeof as !== 'string') throw requestFailed("$lookup needs 'from' and 'as'")
  const hasFields = typeof localField === 'string' && typeof foreignField === 'string'
  if (hasFields === Array.isArray(pipeline)) throw requestFailed('$lookup takes localField and foreignField, or a pipeline, and not both')
  return hasFields ? joinByFields(rows, spec as ByFields, lookup) : joinByPipeline(rows, spec as ByPipeline, run)
}
