import { PlatformError } from '../platform-error'
import { DocumentDraft } from './document-draft'
import type { Fields, StoredDocument } from './ejson'
import { sameValue } from './order-key'
import { UPDATE_OPERATORS } from './update-operators'

/** Operator → path → argument, as `doc().update()` and `where().update()` send it. */
export type Update = Record<string, Fields>

const failed = (message: string): PlatformError => new PlatformError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}`)

const pathsOf = (update: Update): string[] =>
  Object.entries(update).flatMap(([operator, fields]) =>
    operator === '$rename' ? [...Object.keys(fields), ...Object.values(fields).map(String)] : Object.keys(fields),
  )

const refuseConflicts = (paths: string[]): void => {
  const sorted = [...paths].sort()
  for (let i = 1; i < sorted.length; i++) {
    const [before, path] = [sorted[i - 1]!, sorted[i]!]
    if (path === before || path.startsWith(`${before}.`)) throw failed(`Updating the path '${path}' would create a conflict at '${before}'`)
  }
}

const refusePath = (path: string): void => {
  if (path === '' || path.split('.').some((part) => part === '' || part === '__proto__')) throw failed(`'${path}' is not a field path`)
  if (path.startsWith('$') || path.includes('.$'))
    throw failed(`The dollar ($) prefixed field '${path}' is not valid: the local database has no positional updates`)
}

/** Throws PlatformError for an unknown operator, an empty update, a path no update may name, and two operators on one path. */
export const checkUpdate = (update: Update): void => {
  for (const operator in update) {
    if (!Object.hasOwn(UPDATE_OPERATORS, operator)) {
      throw new PlatformError('DATABASE_INVALID_OPERRATOR', `${operator} is not an update operator the local database knows`)
    }
  }
  const paths = pathsOf(update)
  // The SDK drops what is undefined or an empty object; MongoDB would take the nothing that is left for a whole new document.
  if (paths.length === 0) throw failed('the update says nothing: the SDK has dropped all of it')
  for (const path of paths) refusePath(path)
  refuseConflicts(paths)
}

/** The document after an update, and how many paths have another value than before. The stored document is not touched. */
export const applyUpdate = (stored: StoredDocument, update: Update): { document: StoredDocument; changed: number } => {
  const draft = new DocumentDraft(stored)
  for (const operator in update) {
    const apply = UPDATE_OPERATORS[operator]!
    for (const path in update[operator]) apply(draft, path, update[operator]![path])
  }
  if (!sameValue(draft.document._id, stored._id))
    throw failed("Performing an update on the path '_id' would modify the immutable field '_id'")
  return { document: draft.document, changed: draft.changed }
}
