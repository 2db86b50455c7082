import type { Stored, Transaction } from './db'

type Raw = Record<string, unknown> & { _id: string }

/**
 * How documents of a collection came to their present shape: `upgrades[0]` turns a document of schema 1 into one of schema 2, and so
 * on; today's schema is one more than there are upgrades. `isReadable` says whether what results can be shown at all. `complete` adds what only
 * another document tells; it is done when the document is rewritten, not when it is read.
 */
export type Schema = {
  upgrades: ((stored: Raw) => Raw)[]
  isReadable?: (document: Raw) => boolean
  complete?: (transaction: Transaction, document: Stored) => Promise<Stored>
}

/**
 * The stored document in today's shape. One written by a newer release (after a rollback) passes as it is: shapes only grow.
 * Throws for a document that no release of ours can have written.
 */
export const upgradeWith = <T>({ upgrades, isReadable = () => true }: Schema) => (stored: Raw): T => {
  const { schema } = stored
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1) throw new Error(`Document ${stored._id} has no schema number`)
  let document = stored
  for (let from = schema; from <= upgrades.length; from += 1) document = { ...upgrades[from - 1]!(document), schema: from + 1 }
  if (!isReadable(document)) throw new Error(`Document ${stored._id} cannot be read`)
  return document as unknown as T
}
