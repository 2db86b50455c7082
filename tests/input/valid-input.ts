import fc from 'fast-check'
import type * as z from 'zod'

/** The parts of a zod schema's definition that say which values fit. */
type Definition = {
  type: string
  shape?: Record<string, Walkable>
  element?: Walkable
  innerType?: Walkable
  keyType?: Walkable
  valueType?: Walkable
  options?: Walkable[]
  entries?: Record<string, string>
  values?: unknown[]
  /** Of a format such as a date. */
  pattern?: RegExp
  checks?: { _zod: { def: object } }[]
}
type Walkable = z.ZodType & { def: Definition }

/** Texts to try: those that fit a field by its name, and everything else that exists. */
export type Pool = { byField: Record<string, string[]>; all: string[] }

const mostElements = 5

const textFor = (schema: Walkable, field: string, { byField, all }: Pool): fc.Arbitrary<string> => {
  const fits = (text: string) => schema.safeParse(text).success
  const pattern = schema.def.pattern ?? schema.def.checks?.map(({ _zod }) => (_zod.def as { pattern?: RegExp }).pattern).find((each) => each !== undefined)
  const made = pattern ? fc.stringMatching(pattern).filter(fits) : fc.string({ unit: 'grapheme', maxLength: 60 }).filter(fits)
  const pools = [byField[field] ?? [], all].map((pool) => pool.filter(fits))
  const [likely, possible] = pools.map((pool) => (pool.length > 0 ? fc.constantFrom(...pool) : made))
  return fc.oneof({ weight: 6, arbitrary: likely! }, { weight: 1, arbitrary: possible! }, { weight: 1, arbitrary: made })
}

const objectFor = (shape: Record<string, Walkable>, pool: Pool): fc.Arbitrary<unknown> => {
  const isRequired = (key: string) => !['optional', 'default'].includes(shape[key]!.def.type)
  const fields = Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, validFor(schema, key, pool)]))
  return fc.record(fields, { requiredKeys: Object.keys(shape).filter(isRequired) })
}

const arrayFor = (schema: Walkable, field: string, pool: Pool): fc.Arbitrary<unknown> => {
  const element = validFor(schema.def.element!, field, pool)
  const few = (maxLength: number) => fc.uniqueArray(element, { maxLength })
  return fc.oneof(few(1), few(mostElements)).filter((value) => schema.safeParse(value).success)
}

/** Values that a schema takes, with texts from the pool wherever one fits. Throws for a kind of schema it has not met. */
export const validFor = (schema: z.ZodType, field: string, pool: Pool): fc.Arbitrary<unknown> => {
  const { def } = schema as Walkable
  switch (def.type) {
    case 'object': return objectFor(def.shape!, pool)
    case 'string': return textFor(schema as Walkable, field, pool)
    case 'enum': return fc.constantFrom(...Object.values(def.entries!))
    case 'literal': return fc.constantFrom(...def.values!)
    case 'boolean': return fc.boolean()
    case 'array': return arrayFor(schema as Walkable, field, pool)
    case 'optional':
    case 'default': return validFor(def.innerType!, field, pool)
    case 'nullable': return fc.option(validFor(def.innerType!, field, pool))
    case 'union': return fc.oneof(...def.options!.map((option) => validFor(option, field, pool)))
    case 'record':
      return fc.dictionary(validFor(def.keyType!, field, pool) as fc.Arbitrary<string>, validFor(def.valueType!, field, pool), { maxKeys: mostElements })
    case 'number': return fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1_000_000 }), fc.double({ noNaN: true })).filter((value) => schema.safeParse(value).success)
    default: throw new Error(`No values are known for a schema of type "${def.type}": add them here`)
  }
}
