import { Context } from 'mingo/core'
import { Query } from 'mingo/query'
import * as accumulators from 'mingo/operators/accumulator'
import * as expressions from 'mingo/operators/expression'
import * as projections from 'mingo/operators/projection'
import * as queries from 'mingo/operators/query'
import { fieldValues } from './field-values'
import { OWN_EXPRESSIONS } from './own-expressions'
import type { Fields } from './ejson'

// What the SDK can send and the local cloud answers as the platform does. Anything else is refused by name.
const QUERY = '$eq $ne $gt $gte $lt $lte $in $nin $and $or $nor $not $exists $type $mod $regex $all $elemMatch $size $expr'
const STAGE = '$match $group $sort $limit $skip $project $addFields $lookup $unwind $count $sortByCount $replaceRoot $bucket'
const ACCUMULATOR = '$addToSet $avg $first $last $max $min $push $sum $mergeObjects'
const EXPRESSION = `
  $abs $add $ceil $divide $exp $floor $ln $log $log10 $mod $multiply $pow $sqrt $subtract $trunc
  $arrayElemAt $arrayToObject $concatArrays $filter $in $indexOfArray $isArray $map $range $reduce $reverseArray $size $slice $zip
  $and $not $or $cmp $eq $gt $gte $lt $lte $ne $cond $ifNull $switch
  $dateFromParts $dateFromString $dateToString $dayOfMonth $dayOfWeek $dayOfYear $hour $isoDayOfWeek $isoWeek $isoWeekYear $millisecond
  $minute $month $second $week $year $literal $mergeObjects $objectToArray $let
  $allElementsTrue $anyElementTrue $setDifference $setEquals $setIntersection $setIsSubset $setUnion
  $concat $indexOfBytes $indexOfCP $split $strLenBytes $strLenCP $strcasecmp $substr $substrBytes $substrCP $toLower $toUpper`

const namesOf = (list: string): string[] => list.trim().split(/\s+/)

export const KNOWN = {
  query: new Set([...namesOf(QUERY), '$options']),
  stage: new Set(namesOf(STAGE)),
  expression: new Set([...namesOf(EXPRESSION), ...namesOf(ACCUMULATOR)]),
}

const pick = (source: object, list: string, own: Fields = {}): Record<`$${string}`, never> => {
  const picked: Record<string, unknown> = {}
  for (const name of namesOf(list)) picked[name] = own[name] ?? (source as Fields)[name]
  return picked as Record<`$${string}`, never>
}

type Test = (value: unknown) => boolean

const isNested = (criteria: Fields): boolean =>
  Object.keys(criteria).some((name) => !name.startsWith('$') || name === '$and' || name === '$or' || name === '$nor')

const elementTest = (criteria: Fields, options: never): Test => {
  if (!isNested(criteria)) {
    const query = new Query({ element: criteria }, options)
    return (element) => query.test({ element })
  }
  const query = new Query(criteria, options)
  return (element) => typeof element === 'object' && element !== null && query.test(element as Fields)
}

const someElement = (node: unknown, parts: string[], next: number, test: Test): boolean => {
  const part = parts[next]
  if (part === undefined) return Array.isArray(node) && node.some(test)
  if (Array.isArray(node) && !/^\d+$/.test(part)) return node.some((item) => someElement(item, parts, next, test))
  if (typeof node !== 'object' || node === null) return false
  return someElement((node as Fields)[part], parts, next + 1, test)
}

// mingo also tries scalars against field criteria; MongoDB matches only elements that have fields.
const elemMatch = (selector: string, criteria: Fields, options: never): Test => {
  const test = elementTest(criteria, options)
  const parts = selector.split('.')
  return (document) => someElement(document, parts, 0, test)
}

const keyOfScalar = (value: unknown): string | undefined => {
  if (value instanceof Date) return `date ${value.getTime()}`
  return value === null || typeof value !== 'object' ? `${typeof value} ${String(value)}` : undefined
}

// mingo hashes the whole list again for every document; a page of a thousand ids would cost a million hashes.
const isIn = (selector: string, list: unknown[], options: never): Test => {
  const scalars = new Set(list.map(keyOfScalar))
  const whole = (queries.$in as (...args: unknown[]) => Test)(selector, list, options)
  if (scalars.has(undefined)) return whole
  const simple = !selector.includes('.')
  return (document) => {
    const value = simple ? (document as Fields)[selector] : undefined
    const key = simple && value !== undefined ? keyOfScalar(value) : undefined
    return key === undefined ? whole(document) : scalars.has(key)
  }
}

// mingo takes the value for an array only; to MongoDB `$all` is an `$and` of one condition for each value.
const holdsAll = (selector: string, list: unknown[], options: never): Test => {
  const each = list.map((value) => new Query({ [selector]: value }, options))
  return (document) => each.length > 0 && each.every((query) => query.test(document as Fields))
}

// MongoDB divides whole numbers: it drops the fraction first.
const hasRemainder = (selector: string, [divisor, remainder]: [number, number], options: never): Test => {
  const whole = (queries.$mod as (...args: unknown[]) => Test)('whole', [divisor, remainder], options)
  const parts = selector.split('.')
  const fits = (value: unknown): boolean => typeof value === 'number' && whole({ whole: Math.trunc(value) })
  return (document) => fieldValues(document, parts).values.some(fits)
}

const OWN_QUERIES: Fields = { $elemMatch: elemMatch, $in: isIn, $all: holdsAll, $mod: hasRemainder }

const queryOperators = pick(queries, QUERY, OWN_QUERIES)

/** For plain filters: mingo copies the context with every compiled query, and a filter needs none of the expressions. */
export const filterContext = Context.init({ query: queryOperators })

// Imported by sub-path: the package's root puts its own operators before ours, and the corrections below would be ignored.
export const fullContext = Context.init({
  query: queryOperators,
  accumulator: pick(accumulators, ACCUMULATOR),
  expression: pick(expressions, EXPRESSION, OWN_EXPRESSIONS),
  projection: pick(projections, '$elemMatch $slice'),
})
