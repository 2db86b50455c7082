import { collection, inTransaction, upgradable } from './db'
import { AppError } from './errors'
import type { JobRunners } from './jobs'
import { logLine } from './log'
import { upkeepJob, type Visit } from './upkeep'

/** In the transaction the document is read again: what somebody wrote in between is upgraded with it, never overwritten. */
const rewrite: Visit = async (name, { _id, schema }) => {
  const shapes = upgradable.get(name)!
  if (typeof schema === 'number' && schema > shapes.upgrades.length) return 'unchanged'
  const stored = collection(name, shapes)
  try {
    return await inTransaction(async (transaction) => {
      const document = await transaction.get(stored, _id)
      if (!document) return 'unchanged'
      await transaction.replace(stored, (await shapes.complete?.(transaction, document)) ?? document)
      return 'changed'
    })
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONFLICT') return 'missed'
    logLine({ event: 'not_rewritten', collection: name, id: _id, error: error instanceof Error ? error.message : JSON.stringify(error) })
    return 'failed'
  }
}

/**
 * `rewrite`: brings what is stored into today's shapes at leisure. Reading does so too, one document at a time; but a query looks for
 * what is stored, and finds an old document by a new field only after this.
 */
export const rewritingJobs: JobRunners = {
  rewrite: upkeepJob({
    collections: () => [...upgradable.keys()].sort(),
    visit: async () => rewrite,
    finish: async (job, { changed, failed }) => logLine({ event: 'rewritten', job: job._id, changed, failed: failed.length }),
  }),
}
