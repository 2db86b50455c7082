import type { Fields } from './ejson'
import { compareValues, tagOf } from './order-key'

export type Edge = { value: unknown; inclusive: boolean }

/**
 * What a query says of one field in a form an index can serve: it is one of `points`, or lies between `low` and `high`.
 * `group` is set where an `$elemMatch` ties several conditions to one array element.
 */
export type FieldCondition = { points?: unknown[]; low?: Edge; high?: Edge; group?: object }

export type Conditions = {
  fields: Map<string, FieldCondition>
  /** Fields with a condition that no bound can express (`$ne`, `$exists`, a regular expression, …), and `$expr`. */
  others: Set<string>
  /** Whether `fields` says all the query says. */
  precise: boolean
}

const isPlainObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof RegExp)

export const isOperators = (value: unknown): value is Fields => isPlainObject(value) && Object.keys(value)[0]?.startsWith('$') === true

const isPoint = (value: unknown): boolean => value === null || typeof value !== 'object' || value instanceof Date

const isBound = (value: unknown): boolean => typeof value === 'number' || typeof value === 'string' || value instanceof Date

const fieldOf = (conditions: Conditions, name: string): FieldCondition => {
  let field = conditions.fields.get(name)
  if (!field) conditions.fields.set(name, (field = {}))
  return field
}

// Each condition alone bounds the field soundly, also where it is an array, so of two the narrower is kept and the document is tested.
const addPoints = (conditions: Conditions, name: string, points: unknown[], group?: object): void => {
  const field = fieldOf(conditions, name)
  if (field.points || field.low || field.high) conditions.precise = false
  if (!field.points || points.length < field.points.length) {
    field.points = points
    field.group = group
  }
}

const addEdge = (conditions: Conditions, name: string, side: 'low' | 'high', edge: Edge, group?: object): void => {
  const field = fieldOf(conditions, name)
  if (field.points) {
    conditions.precise = false
    return
  }
  const other = side === 'low' ? field.high : field.low
  if (field[side] || (other && tagOf(other.value) !== tagOf(edge.value))) conditions.precise = false
  if (other && tagOf(other.value) !== tagOf(edge.value)) return
  const present = field[side]
  const order = present ? compareValues(edge.value, present.value) : 0
  if (present && (side === 'low' ? order <= 0 : order >= 0)) return
  field.group = other && field.group !== group ? undefined : group
  field[side] = edge
}

const addOther = (conditions: Conditions, name: string): void => {
  conditions.others.add(name)
  conditions.precise = false
}

const addOperator = (conditions: Conditions, name: string, operator: string, value: unknown, group?: object): void => {
  if (operator === '$eq' && isPoint(value)) return addPoints(conditions, name, [value], group)
  if (operator === '$in' && Array.isArray(value) && value.every(isPoint)) return addPoints(conditions, name, value, group)
  if (operator === '$elemMatch' && isPlainObject(value)) return addElement(conditions, name, value)
  if (!isBound(value)) return addOther(conditions, name)
  switch (operator) {
    case '$gt':
    case '$gte':
      return addEdge(conditions, name, 'low', { value, inclusive: operator === '$gte' }, group)
    case '$lt':
    case '$lte':
      return addEdge(conditions, name, 'high', { value, inclusive: operator === '$lte' }, group)
  }
  addOther(conditions, name)
}

const addElement = (conditions: Conditions, name: string, criteria: Fields): void => {
  const group = {}
  if (isOperators(criteria)) addField(conditions, name, criteria, group)
  else addQuery(conditions, criteria, `${name}.`, group)
  conditions.precise = false
}

const addField = (conditions: Conditions, name: string, value: unknown, group?: object): void => {
  if (isOperators(value)) {
    for (const operator in value) addOperator(conditions, name, operator, value[operator], group)
    return
  }
  if (isPoint(value)) addPoints(conditions, name, [value], group)
  else addOther(conditions, name)
}

const lowest = (edges: (Edge | undefined)[], sign: 1 | -1): Edge | undefined => {
  let best: Edge | undefined
  for (const edge of edges) {
    if (!edge) return undefined
    const order = best ? compareValues(edge.value, best.value) * sign : -1
    if (order < 0 || (order === 0 && edge.inclusive)) best = edge
  }
  return best
}

const edgesOf = (field: FieldCondition): { low?: Edge; high?: Edge } => {
  if (!field.points) return field
  const sorted = [...field.points].sort(compareValues)
  return { low: { value: sorted[0], inclusive: true }, high: { value: sorted[sorted.length - 1], inclusive: true } }
}

const oneType = (fields: FieldCondition[]): boolean => {
  const tags = fields
    .flatMap((field) => [...(field.points ?? []), field.low?.value, field.high?.value].filter((value) => value !== undefined))
    .map(tagOf)
  return new Set(tags).size === 1
}

/**
 * An `$or` bounds a field that all its branches bound: this lets "older than (time, id)", the cursor of every list, start where the
 * last page ended instead of at the top.
 */
const addAlternatives = (conditions: Conditions, branches: Fields[], prefix: string): void => {
  const parts = branches.map((branch) => conditionsOf(branch, prefix))
  const names = new Set(parts.flatMap((part) => [...part.fields.keys(), ...part.others]))
  for (const name of names) {
    const fields = parts.map((part) => part.fields.get(name))
    if (!fields.every((field) => field !== undefined) || !oneType(fields)) {
      addOther(conditions, name)
      continue
    }
    if (fields.every((field) => field.points)) {
      addPoints(
        conditions,
        name,
        fields.flatMap((field) => field.points!),
      )
      continue
    }
    const edges = fields.map(edgesOf)
    const low = lowest(
      edges.map((edge) => edge.low),
      1,
    )
    const high = lowest(
      edges.map((edge) => edge.high),
      -1,
    )
    if (low) addEdge(conditions, name, 'low', low)
    if (high) addEdge(conditions, name, 'high', high)
    if (!low && !high) addOther(conditions, name)
  }
  conditions.precise = false
}

const addQuery = (conditions: Conditions, query: Fields, prefix: string, group?: object): void => {
  for (const name in query) {
    const value = query[name]
    if (name === '$and') for (const part of value as Fields[]) addQuery(conditions, part, prefix, group)
    else if (name === '$or') addAlternatives(conditions, value as Fields[], prefix)
    else if (name === '$nor')
      for (const part of value as Fields[]) for (const field of conditionsOf(part, prefix).fields.keys()) addOther(conditions, field)
    else if (name.startsWith('$')) addOther(conditions, name)
    else addField(conditions, prefix + name, value, group)
  }
}

export const conditionsOf = (query: Fields, prefix = ''): Conditions => {
  const conditions: Conditions = { fields: new Map(), others: new Set(), precise: true }
  addQuery(conditions, query, prefix)
  return conditions
}
