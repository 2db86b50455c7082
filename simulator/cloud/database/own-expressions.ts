import { evalExpr } from 'mingo/core'
import * as expressions from 'mingo/operators/expression'
import type { Fields } from './ejson'

type Operator = (document: unknown, expression: unknown, options: never) => unknown

const dayOfYear = expressions.$dayOfYear as unknown as Operator
const dayOfWeek = expressions.$dayOfWeek as unknown as Operator
const substrBytes = expressions.$substrBytes as unknown as Operator
const substrCP = expressions.$substrCP as unknown as Operator

/** Weeks begin on Sunday; the days before the year's first Sunday are week 0. */
const week: Operator = (document, expression, options) => {
  const day = dayOfYear(document, expression, options) as number
  const weekday = (dayOfWeek(document, expression, options) as number) - 1
  return Math.floor((day + 6 - weekday) / 7)
}

/** A negative length means "to the end". */
const toTheEnd =
  (operator: Operator, lengthOf: (text: string) => number): Operator =>
  (document, expression, options) => {
    const [value, start, length] = evalExpr(document as never, expression as never, options) as [unknown, number, number]
    const text = value === null || value === undefined ? '' : String(value)
    const rest = Math.max(0, lengthOf(text) - start)
    return operator({}, [{ $literal: text }, start, length < 0 ? rest : Math.min(length, rest)], options)
  }

const bytesOf = (text: string): number => Buffer.byteLength(text)
const codePointsOf = (text: string): number => [...text].length

const indexOfCodePoint: Operator = (document, expression, options) => {
  const [value, search, start = 0, end] = evalExpr(document as never, expression as never, options) as [unknown, string, number?, number?]
  if (value === null || value === undefined) return null
  const points = [...String(value)].slice(0, end)
  const found = points.slice(start).join('').indexOf(search)
  return found < 0 ? -1 : start + codePointsOf(points.slice(start).join('').slice(0, found))
}

/** Where mingo and MongoDB differ, MongoDB's answer. */
export const OWN_EXPRESSIONS: Fields = {
  $week: week,
  $substr: toTheEnd(substrBytes, bytesOf),
  $substrBytes: toTheEnd(substrBytes, bytesOf),
  $substrCP: toTheEnd(substrCP, codePointsOf),
  $indexOfCP: indexOfCodePoint,
}
