import { evalExpr } from 'mingo/core'
import { fullContext } from './operators'
import type { Fields } from './ejson'
import { requestFailed } from './refusals'

type Options = { update: (locals: { root: unknown }) => Options }

// mingo copies its context for every expression it is given; inside an operator it passes on the copy. This is that copy, taken once.
const capture = (): Options => {
  let captured: Options | undefined
  const context = fullContext.addExpressionOps({
    $capture: (_document: unknown, _expression: unknown, options: unknown) => void (captured = options as Options),
  } as never)
  evalExpr({}, { $capture: 1 }, { context } as never)
  if (!captured) throw new Error('mingo does not pass its options to operators')
  return captured
}

let options: Options | undefined

const isPlain = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof RegExp)

/** A computed value without what is missing: fields go, array elements become null. */
const withoutMissing = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : withoutMissing(item)))
  if (!isPlain(value)) return value
  return Object.fromEntries(Object.entries(value).flatMap(([name, field]) => (field === undefined ? [] : [[name, withoutMissing(field)]])))
}

const unclear = Symbol('an array lies on the way')

const fieldAt = (document: Fields, path: string): unknown => {
  let node: unknown = document
  for (const name of path.split('.')) {
    if (Array.isArray(node)) return unclear
    node = isPlain(node) && Object.hasOwn(node, name) ? node[name] : undefined
  }
  return node
}

const isPath = (expression: unknown): expression is string =>
  typeof expression === 'string' && expression.startsWith('$') && !expression.startsWith('$$')

/** The value of an aggregation expression for a document; undefined where it is a field that is missing. */
export const evaluate = (document: Fields, expression: unknown): unknown => {
  if (typeof expression === 'number' || typeof expression === 'boolean') return expression
  // Fields and objects of them need no engine, and are most of what is asked of every row.
  if (isPath(expression)) {
    const value = fieldAt(document, expression.slice(1))
    if (value !== unclear) return value
  }
  if (isPlain(expression) && !Object.keys(expression).some((name) => name.startsWith('$'))) {
    return withoutMissing(Object.fromEntries(Object.entries(expression).map(([name, each]) => [name, evaluate(document, each)])))
  }
  options ??= capture()
  const value = evalExpr(document as never, expression as never, options.update({ root: document }) as never) as unknown
  return typeof expression === 'string' ? value : withoutMissing(value)
}

export const isExpression = (value: unknown): boolean => !isPlain(value) || Object.keys(value)[0]?.startsWith('$') === true

export const evaluateObject = (document: Fields, expression: unknown, refusal: string): Fields => {
  const value = evaluate(document, expression)
  if (!isPlain(value)) throw requestFailed(refusal)
  return value
}
