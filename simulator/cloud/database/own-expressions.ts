import { evalExpr } from 'mingo/core'
import * as expressions from 'mingo/operators/expression'
import { DATE_EXPRESSIONS } from './date-expressions'
import type { Operator } from './date-expressions'
import type { Fields } from './ejson'
import { compareValues } from './order-key'
import { requestFailed } from './refusals'

const substrBytes = expressions.$substrBytes as unknown as Operator
const substrCP = expressions.$substrCP as unknown as Operator
const truncate = expressions.$trunc as unknown as Operator

const valuesOf = (document: unknown, expression: unknown, options: never): unknown[] => {
  const value = evalExpr(document as never, expression as never, options) as unknown
  return Array.isArray(value) ? value : [value]
}

const textOf = (value: unknown): string => (value === null || value === undefined ? '' : String(value))

/** A negative length means "to the end"; beyond the end there is nothing. */
const toTheEnd =
  (operator: Operator, lengthOf: (text: string) => number): Operator =>
  (document, expression, options) => {
    const [value, start, length] = valuesOf(document, expression, options) as [unknown, number, number]
    const text = textOf(value)
    const rest = lengthOf(text) - start
    if (rest <= 0) return ''
    return operator({}, [{ $literal: text }, start, length < 0 ? rest : Math.min(length, rest)], options)
  }

const bytesOf = (text: string): number => Buffer.byteLength(text)
const codePointsOf = (text: string): number => [...text].length

/** Where a text holds another, counted in units of `unitsOf`; null without a text. */
const indexOfText =
  (split: (text: string) => string[] | Buffer, unitsOf: (text: string) => number): Operator =>
  (document, expression, options) => {
    const [value, search, start = 0, end] = valuesOf(document, expression, options) as [unknown, string, number?, number?]
    if (value === null || value === undefined) return null
    const units = split(String(value)).slice(start, end)
    const text = Array.isArray(units) ? units.join('') : units.toString()
    const found = text.indexOf(search)
    return found < 0 ? -1 : start + unitsOf(text.slice(0, found))
  }

const changeCase =
  (change: (text: string) => string): Operator =>
  (document, expression, options) =>
    change(textOf(valuesOf(document, expression, options)[0]))

// In an expression a missing field is less than null, and every value has its place in one order of all types.
const compare = ([a, b]: unknown[]): number =>
  a === undefined || b === undefined ? Number(a !== undefined) - Number(b !== undefined) : compareValues(a, b)

const comparison =
  (holds: (order: number) => boolean): Operator =>
  (document, expression, options) =>
    holds(compare(valuesOf(document, expression, options)))

const choose: Operator = (document, expression, options) => {
  const { branches, ...rest } = expression as { branches: { case: unknown; then: unknown }[]; default?: unknown }
  const isTrue = (value: unknown): boolean => value !== false && value !== null && value !== undefined && value !== 0
  const chosen = branches.find((branch) => isTrue(evalExpr(document as never, branch.case as never, options)))
  if (chosen) return evalExpr(document as never, chosen.then as never, options) as unknown
  if ('default' in rest) return evalExpr(document as never, rest.default as never, options) as unknown
  throw requestFailed('$switch could not find a matching branch for an input, and no default was specified')
}

const truncateNumber: Operator = (document, expression, options) =>
  truncate(document, Array.isArray(expression) ? expression : [expression, 0], options)

/** Where mingo and MongoDB differ, MongoDB's answer. */
export const OWN_EXPRESSIONS: Fields = {
  ...DATE_EXPRESSIONS,
  $substr: toTheEnd(substrBytes, bytesOf),
  $substrBytes: toTheEnd(substrBytes, bytesOf),
  $substrCP: toTheEnd(substrCP, codePointsOf),
  $indexOfCP: indexOfText((text) => [...text], codePointsOf),
  $indexOfBytes: indexOfText((text) => Buffer.from(text), bytesOf),
  $toLower: changeCase((text) => text.toLowerCase()),
  $toUpper: changeCase((text) => text.toUpperCase()),
  $trunc: truncateNumber,
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $cmp: ((document, expression, options) => compare(valuesOf(document, expression, options))) as Operator,
  $switch: choose,
}
