/** A JSON Schema, as far as our contracts use it, reduced to what can be compared: which kinds of value there may be. */
export type Text = { values: string[] | null; pattern: string; minLength: number; maxLength: number }
export type Fields = Record<string, { shape: Shape; isRequired: boolean }>
export type Shape = {
  isAnything: boolean
  isNullable: boolean
  isBoolean: boolean
  number: { isInteger: boolean; least: number; most: number } | null
  text: Text | null
  objects: { fields: Fields; rest: Shape | null }[]
  list: { items: Shape; fewest: number; most: number } | null
}

type Schema = {
  type?: string | string[]; const?: unknown; enum?: unknown[]; anyOf?: Schema[]; oneOf?: Schema[]; allOf?: Schema[]
  properties?: Record<string, Schema>; required?: string[]; additionalProperties?: Schema | boolean; propertyNames?: Schema
  items?: Schema; minItems?: number; maxItems?: number; prefixItems?: Schema[]
  pattern?: string; format?: string; minLength?: number; maxLength?: number
  minimum?: number; maximum?: number; exclusiveMinimum?: number; exclusiveMaximum?: number
  $ref?: string; default?: unknown; $schema?: string; description?: string; not?: object
}

const nothing = (): Shape => ({ isAnything: false, isNullable: false, isBoolean: false, number: null, text: null, objects: [], list: null })

const joinTexts = (a: Text | null, b: Text | null): Text | null => {
  if (!a || !b) return a ?? b
  return {
    values: a.values && b.values && [...new Set([...a.values, ...b.values])],
    pattern: a.pattern === b.pattern ? a.pattern : `${a.pattern}|${b.pattern}`,
    minLength: Math.min(a.minLength, b.minLength), maxLength: Math.max(a.maxLength, b.maxLength),
  }
}

const join = (a: Shape, b: Shape): Shape => ({
  isAnything: a.isAnything || b.isAnything,
  isNullable: a.isNullable || b.isNullable,
  isBoolean: a.isBoolean || b.isBoolean,
  number: a.number && b.number
    ? { isInteger: a.number.isInteger && b.number.isInteger, least: Math.min(a.number.least, b.number.least), most: Math.max(a.number.most, b.number.most) }
    : a.number ?? b.number,
  text: joinTexts(a.text, b.text),
  objects: [...a.objects, ...b.objects],
  list: a.list && b.list ? { items: join(a.list.items, b.list.items), fewest: Math.min(a.list.fewest, b.list.fewest), most: Math.max(a.list.most, b.list.most) } : a.list ?? b.list,
})

const ofValues = (values: unknown[]): Shape => {
  const texts = values.filter((value) => typeof value === 'string')
  const numbers = values.filter((value) => typeof value === 'number')
  return {
    ...nothing(),
    isNullable: values.includes(null),
    isBoolean: values.some((value) => typeof value === 'boolean'),
    text: texts.length > 0 ? { values: texts, pattern: '', minLength: 0, maxLength: Infinity } : null,
    number: numbers.length > 0 ? { isInteger: numbers.every(Number.isInteger), least: Math.min(...numbers), most: Math.max(...numbers) } : null,
  }
}

const fieldsOf = ({ properties = {}, required = [] }: Schema): Fields =>
  Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, { shape: shapeOf(field), isRequired: required.includes(name) }]))

const ofType = (type: string, schema: Schema): Shape => {
  switch (type) {
    case 'null': return { ...nothing(), isNullable: true }
    case 'boolean': return { ...nothing(), isBoolean: true }
    case 'string': return { ...nothing(), text: { values: null, pattern: schema.pattern ?? schema.format ?? '', minLength: schema.minLength ?? 0, maxLength: schema.maxLength ?? Infinity } }
    case 'number':
    case 'integer': return {
      ...nothing(),
      number: {
        isInteger: type === 'integer',
        least: schema.minimum ?? schema.exclusiveMinimum ?? -Infinity, most: schema.maximum ?? schema.exclusiveMaximum ?? Infinity,
      },
    }
    case 'array': return { ...nothing(), list: { items: shapeOf(schema.items ?? {}), fewest: schema.minItems ?? 0, most: schema.maxItems ?? Infinity } }
    case 'object': {
      const rest = typeof schema.additionalProperties === 'object' ? shapeOf(schema.additionalProperties) : null
      return { ...nothing(), objects: [{ fields: fieldsOf(schema), rest }] }
    }
    default: throw new Error(`A contract with a value of type ${type} cannot be compared yet`)
  }
}

/** Throws for a schema that it does not know: a comparison that overlooks something would prove nothing. */
export const shapeOf = (schema: Schema): Shape => {
  const branches = schema.anyOf ?? schema.oneOf
  if (branches) return branches.map(shapeOf).reduce(join)
  if (schema.allOf || schema.$ref || schema.prefixItems) throw new Error(`A contract with ${Object.keys(schema).join(', ')} cannot be compared yet`)
  if ('const' in schema) return ofValues([schema.const])
  if (schema.enum) return ofValues(schema.enum)
  if (schema.type === undefined) return { ...nothing(), isAnything: true }
  return [schema.type].flat().map((type) => ofType(type, schema)).reduce(join)
}
