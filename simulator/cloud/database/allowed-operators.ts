import { PlatformError } from '../platform-error'
import type { Fields } from './ejson'
import { KNOWN } from './operators'

const refuse = (operator: string, place: string): never => {
  throw new PlatformError(
    'DATABASE_INVALID_OPERRATOR',
    `${operator} is not an operator the local database knows in ${place}: what the product does not use is refused, not guessed`,
  )
}

const entriesOf = (node: unknown): [string, unknown][] =>
  typeof node === 'object' && node !== null && !(node instanceof Date) && !(node instanceof RegExp) ? Object.entries(node) : []

// The SDK encodes commands only where it expects them; elsewhere it sends its own objects, which match nothing on the platform.
const refuseUnencoded = (node: unknown): void => {
  if (typeof node !== 'object' || node === null || !('operator' in node && 'operands' in node && 'fieldName' in node)) return
  throw new PlatformError(
    'DATABASE_INVALID_OPERRATOR',
    `the command ${String(node.operator)} was sent unencoded: it stands where the SDK does not look for commands, and would match nothing`,
  )
}

/** Throws PlatformError, naming the operator, where an expression uses one the local database does not answer faithfully. */
const checkExpression = (node: unknown): void => {
  refuseUnencoded(node)
  if (typeof node === 'string' && node.startsWith('$$NOW')) refuse('$$NOW', 'an expression')
  for (const [name, value] of entriesOf(node)) {
    if (name === '$literal') continue
    if (name.startsWith('$') && !KNOWN.expression.has(name)) refuse(name, 'an expression')
    checkExpression(value)
  }
}

/** The same for a query, whose `$expr` holds an expression. */
export const checkQuery = (node: unknown): void => {
  refuseUnencoded(node)
  for (const [name, value] of entriesOf(node)) {
    if (name.startsWith('$') && !KNOWN.query.has(name)) refuse(name, 'a query')
    if (name === '$expr') checkExpression(value)
    else checkQuery(value)
  }
}

const STAGE_SPECIFIC = new Set(['$match', '$lookup', '$unwind', '$count', '$limit', '$skip', '$sort'])

// MongoDB would write into every element of an array on the path; mingo would not.
const refusePaths = (fields: unknown): void => {
  for (const [name] of entriesOf(fields)) if (name.includes('.')) refuse(`the path ${name}`, '$addFields')
}

export const checkStages = (stages: Fields[]): void => {
  for (const stage of stages) {
    const [name, value] = Object.entries(stage)[0] ?? ['', undefined]
    if (!KNOWN.stage.has(name)) refuse(name || 'an empty stage', 'an aggregate')
    if (name === '$match') checkQuery(value)
    else if (name === '$lookup') checkStages(((value as Fields).pipeline ?? []) as Fields[])
    else if (name === '$addFields') refusePaths(value)
    if (!STAGE_SPECIFIC.has(name)) checkExpression(value)
  }
}
