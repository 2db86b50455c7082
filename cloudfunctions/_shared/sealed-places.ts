import type { Sealed } from './crypto'

/**
 * Where sealed values are stored: collection and path, `[]` for each of a list. When the data key changes, these are sealed anew; a test
 * looks for sealed values in any other place.
 */
export const sealedPlaces: readonly { collection: string; path: string }[] = [
  { collection: 'applications', path: 'phone' },
  { collection: 'house_import_batches', path: 'rows' },
  { collection: 'members', path: 'phone' },
  { collection: 'repairs', path: 'contact.phone' },
  { collection: 'roster', path: 'phone' },
]

type Found = { path: string; sealed: Sealed }

const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && ['key', 'iv', 'tag', 'data'].every((part) => typeof (value as Record<string, unknown>)[part] === 'string')

/** Every sealed value of a document, wherever in it; `path` as the database names it (`contacts.0.phone`). */
export const sealedValues = (value: unknown, path = ''): Found[] => {
  if (isSealed(value)) return [{ path, sealed: value }]
  if (typeof value !== 'object' || value === null || value instanceof Date) return []
  return Object.entries(value).flatMap(([key, each]) => sealedValues(each, path === '' ? key : `${path}.${key}`))
}
