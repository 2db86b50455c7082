import { EMPTY } from './order-key'

/** Every value a path has in a document for an index or a sort: one per array element (`multi`), null where the field is missing. */
type FieldValues = { values: unknown[]; multi: boolean }

const MISSING: FieldValues = { values: [null], multi: false }

const spread = (items: unknown[], parts: string[], next: number): FieldValues => {
  if (items.length === 0) return { values: [EMPTY], multi: true }
  if (next === parts.length) return { values: items, multi: true }
  return { values: items.flatMap((item) => valuesFrom(item, parts, next).values), multi: true }
}

const valuesFrom = (node: unknown, parts: string[], next: number): FieldValues => {
  if (Array.isArray(node)) {
    const part = parts[next]
    if (part !== undefined && /^\d+$/.test(part)) return valuesFrom(node[Number(part)], parts, next + 1)
    return spread(node, parts, next)
  }
  const part = parts[next]
  if (part === undefined) return { values: [node ?? null], multi: false }
  if (typeof node !== 'object' || node === null) return MISSING
  return valuesFrom((node as Record<string, unknown>)[part], parts, next + 1)
}

export const fieldValues = (document: unknown, parts: string[]): FieldValues => valuesFrom(document, parts, 0)
