import type { DescribedContracts } from '../../tools/described-contracts'
import { shapeOf, type Fields, type Shape, type Text } from './shape'

/** Inputs are strict, so a field nobody knows is refused; of a reply a phone reads the fields it knows. */
type Side = 'input' | 'output'

/**
 * What somebody may meet who does not expect it. Inputs: what phones of the release send must still be taken. Outputs: what they read
 * must still come, in the shape they know. Both are one question: does everything of `given` fit into `expected`?
 */
const misfits = (given: Shape, expected: Shape, at: string, side: Side): string[] => {
  if (expected.isAnything) return []
  if (given.isAnything) return [`${at}: anything`]
  return [
    ...(given.isNullable && !expected.isNullable ? [`${at}: null`] : []),
    ...(given.isBoolean && !expected.isBoolean ? [`${at}: a boolean`] : []),
    ...numberMisfits(given, expected, at),
    ...(given.text ? textMisfits(given.text, expected.text, at) : []),
    ...(given.list ? listMisfits(given.list, expected.list, at, side) : []),
    ...given.objects.flatMap((object) => bestOf(expected.objects.map((other) => objectMisfits(object, other, at, side)), `${at}: an object`)),
  ]
}

const bestOf = (attempts: string[][], otherwise: string): string[] =>
  attempts.sort((a, b) => a.length - b.length)[0] ?? [otherwise]

const numberMisfits = ({ number: given }: Shape, { number: expected }: Shape, at: string): string[] => {
  if (!given) return []
  if (!expected) return [`${at}: a number`]
  return [
    ...(expected.isInteger && !given.isInteger ? [`${at}: a fraction`] : []),
    ...(given.least < expected.least ? [`${at}: less than ${expected.least}`] : []),
    ...(given.most > expected.most ? [`${at}: more than ${expected.most}`] : []),
  ]
}

const textMisfits = (given: Text, expected: Text | null, at: string): string[] => {
  if (!expected) return [`${at}: text`]
  if (given.values) {
    const allowed = expected.values
    return allowed ? given.values.filter((value) => !allowed.includes(value)).map((value) => `${at}: the value "${value}"`) : []
  }
  if (expected.values) return [`${at}: any text`]
  return [
    // Whether one pattern takes all that another takes is not for a test to find out: equal, or none, or somebody allows it.
    ...(expected.pattern && given.pattern !== expected.pattern ? [`${at}: text that is not ${expected.pattern}`] : []),
    ...(given.minLength < expected.minLength ? [`${at}: text shorter than ${expected.minLength}`] : []),
    ...(given.maxLength > expected.maxLength ? [`${at}: text longer than ${expected.maxLength}`] : []),
  ]
}

const listMisfits = (given: NonNullable<Shape['list']>, expected: Shape['list'], at: string, side: Side): string[] => {
  if (!expected) return [`${at}: a list`]
  return [
    ...misfits(given.items, expected.items, `${at}[]`, side),
    ...(given.fewest < expected.fewest ? [`${at}: a list shorter than ${expected.fewest}`] : []),
    ...(given.most > expected.most ? [`${at}: a list longer than ${expected.most}`] : []),
  ]
}

type ObjectShape = Shape['objects'][number]
const objectMisfits = (given: ObjectShape, expected: ObjectShape, at: string, side: Side): string[] => [
  ...Object.entries(given.fields).flatMap(([name, { shape }]) => {
    const known = expected.fields[name]?.shape ?? expected.rest
    if (known) return misfits(shape, known, `${at}.${name}`, side)
    return side === 'input' ? [`${at}.${name}: a field`] : []
  }),
  ...missing(given.fields, expected.fields, at),
  ...(given.rest && expected.rest ? misfits(given.rest, expected.rest, `${at}.*`, side) : []),
]

const missing = (given: Fields, expected: Fields, at: string): string[] =>
  Object.entries(expected).filter(([, { isRequired }]) => isRequired).flatMap(([name]) => {
    if (!given[name]) return [`${at}.${name}: nothing`]
    return given[name].isRequired ? [] : [`${at}.${name}: sometimes nothing`]
  })

/** Bounds and patterns of a reply are no promise that a phone could rely on: only kinds of value and fixed values are. */
const unbounded = (shape: Shape): Shape => ({
  ...shape,
  text: shape.text && { ...shape.text, pattern: '', minLength: 0, maxLength: Infinity },
  number: shape.number && { ...shape.number, least: -Infinity, most: Infinity },
  list: shape.list && { items: unbounded(shape.list.items), fewest: 0, most: Infinity },
  objects: shape.objects.map(({ fields, rest }) => ({
    fields: Object.fromEntries(Object.entries(fields).map(([name, { shape: field, isRequired }]) => [name, { shape: unbounded(field), isRequired }])),
    rest: rest && unbounded(rest),
  })),
})

/** One sentence for each thing that a phone of the release would not be understood in, or not understand. */
export const breakingChanges = (release: DescribedContracts, present: DescribedContracts): string[] =>
  Object.entries(release).flatMap(([name, actions]) => Object.entries(actions).flatMap(([action, old]) => {
    const now = present[name]?.[action]
    if (!now) return [`${name}.${action} is gone`]
    return [
      ...misfits(shapeOf(old.input), shapeOf(now.input), `${name}.${action} no longer takes input`, 'input'),
      ...misfits(unbounded(shapeOf(now.output)), unbounded(shapeOf(old.output)), `${name}.${action} newly answers output`, 'output'),
    ]
  }))

/** `change`: the end of a sentence of `breakingChanges`, from the field on. `because`: what in that release lives with it. */
export type Allowance = { change: string; because: string }

export const unallowed = (changes: string[], allowances: Allowance[]): string[] =>
  changes.filter((change) => !allowances.some((allowance) => new RegExp(`${allowance.change}$`).test(change)))
