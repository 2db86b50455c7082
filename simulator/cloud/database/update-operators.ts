import { Query } from 'mingo/query'
import { PlatformError } from '../platform-error'
import type { DocumentDraft } from './document-draft'
import type { Fields } from './ejson'
import { checkQuery } from './allowed-operators'
import { isOperators } from './conditions'
import { fieldValues } from './field-values'
import { filterContext } from './operators'
import { compareValues, sameValue } from './order-key'

type Apply = (draft: DocumentDraft, path: string, argument: unknown) => void

const failed = (message: string): PlatformError => new PlatformError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}`)

const arrayAt = (draft: DocumentDraft, path: string, operator: string): unknown[] => {
  const present = draft.get(path)
  if (present === undefined) return []
  if (Array.isArray(present)) return present
  throw failed(`${operator}: the field '${path}' must be an array in document {_id: "${draft.document._id}"}`)
}

const numberAt = (draft: DocumentDraft, path: string, operator: string): number | undefined => {
  const present = draft.get(path)
  if (present === undefined || typeof present === 'number') return present
  throw failed(
    `Cannot apply ${operator} to a value of non-numeric type. {_id: "${draft.document._id}"} has the field '${path}' of another type`,
  )
}

const numeric = (argument: unknown, operator: string): number => {
  if (typeof argument === 'number') return argument
  throw failed(`Cannot ${operator} with non-numeric argument`)
}

const arithmetic =
  (operator: string, missing: (amount: number) => number, apply: (present: number, amount: number) => number): Apply =>
  (draft, path, argument) => {
    const amount = numeric(argument, operator)
    const present = numberAt(draft, path, operator)
    draft.set(path, present === undefined ? missing(amount) : apply(present, amount))
  }

const extreme =
  (sign: 1 | -1): Apply =>
  (draft, path, argument) => {
    const present = draft.get(path)
    if (present === undefined || compareValues(argument, present) * sign > 0) draft.set(path, argument)
  }

const sortElements = (items: unknown[], sort: unknown): unknown[] => {
  if (typeof sort === 'number') return [...items].sort((a, b) => compareValues(a, b) * sort)
  const fields = Object.entries(sort as Record<string, number>).map(([name, direction]) => ({ parts: name.split('.'), direction }))
  return [...items].sort((a, b) => {
    for (const { parts, direction } of fields) {
      const order = compareValues(fieldValues(a, parts).values[0], fieldValues(b, parts).values[0]) * direction
      if (order !== 0) return order
    }
    return 0
  })
}

type Push = { $each: unknown[]; $position?: number; $sort?: unknown; $slice?: number }

const eachOf = (argument: unknown, operator: string): Push => {
  if (!isOperators(argument) || !('$each' in argument)) return { $each: [argument] }
  if (!Array.isArray(argument.$each)) throw failed(`The argument to $each in ${operator} must be an array`)
  return argument as unknown as Push
}

const push: Apply = (draft, path, argument) => {
  const { $each, $position, $sort, $slice } = eachOf(argument, '$push')
  let items = [...arrayAt(draft, path, '$push')]
  items.splice($position ?? items.length, 0, ...$each)
  if ($sort !== undefined) items = sortElements(items, $sort)
  if ($slice !== undefined) items = $slice < 0 ? items.slice($slice) : items.slice(0, $slice)
  draft.set(path, items)
}

const addToSet: Apply = (draft, path, argument) => {
  const items = [...arrayAt(draft, path, '$addToSet')]
  for (const value of eachOf(argument, '$addToSet').$each) if (!items.some((item) => sameValue(item, value))) items.push(value)
  draft.set(path, items)
}

const pulls = (condition: unknown): ((item: unknown) => boolean) => {
  const isObject = typeof condition === 'object' && condition !== null && Object.getPrototypeOf(condition) === Object.prototype
  if (!isObject && !(condition instanceof RegExp)) return (item) => sameValue(item, condition)
  checkQuery(condition)
  if (isOperators(condition) || condition instanceof RegExp) {
    const query = new Query({ item: condition } as never, { context: filterContext })
    return (item) => query.test({ item })
  }
  const query = new Query(condition as never, { context: filterContext })
  return (item) => typeof item === 'object' && item !== null && query.test(item as Fields)
}

const keepWhere = (draft: DocumentDraft, path: string, operator: string, keeps: (item: unknown) => boolean): void => {
  if (draft.get(path) !== undefined) draft.set(path, arrayAt(draft, path, operator).filter(keeps))
}

const rename: Apply = (draft, path, target) => {
  const value = draft.get(path)
  if (value === undefined) return
  draft.unset(path)
  draft.set(String(target), value)
}

const bit: Apply = (draft, path, argument) => {
  const [operation, mask] = Object.entries((argument ?? {}) as Record<string, number>)[0] ?? []
  const present = numberAt(draft, path, '$bit') ?? 0
  if (!Number.isInteger(mask) || !Number.isInteger(present)) throw failed('$bit takes integers')
  if (operation === 'and') draft.set(path, present & mask!)
  else if (operation === 'or') draft.set(path, present | mask!)
  else if (operation === 'xor') draft.set(path, present ^ mask!)
  else throw failed(`The $bit modifier is one of 'and', 'or', 'xor', not '${operation}'`)
}

const pop: Apply = (draft, path, argument) => {
  if (argument !== 1 && argument !== -1) throw failed('$pop expects 1 or -1')
  if (draft.get(path) === undefined) return
  const items = arrayAt(draft, path, '$pop')
  draft.set(path, argument === 1 ? items.slice(0, -1) : items.slice(1))
}

/** What the SDK's commands (`_.inc`, `_.push`, …) become on the wire. */
export const UPDATE_OPERATORS: Record<string, Apply> = {
  $set: (draft, path, value) => draft.set(path, value),
  $unset: (draft, path) => draft.unset(path),
  $inc: arithmetic(
    '$inc',
    (amount) => amount,
    (present, amount) => present + amount,
  ),
  $mul: arithmetic(
    '$mul',
    () => 0,
    (present, amount) => present * amount,
  ),
  $max: extreme(1),
  $min: extreme(-1),
  $push: push,
  $addToSet: addToSet,
  $pull: (draft, path, condition) => {
    const matches = pulls(condition)
    keepWhere(draft, path, '$pull', (item) => !matches(item))
  },
  $pullAll: (draft, path, values) =>
    keepWhere(draft, path, '$pullAll', (item) => !(values as unknown[]).some((value) => sameValue(value, item))),
  $pop: pop,
  $rename: rename,
  $bit: bit,
}
