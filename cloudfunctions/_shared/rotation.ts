import type { Vault } from './crypto'
import type { Raw } from './db'
import { counted } from './invocation'
import type { JobRunners } from './jobs'
import { logLine } from './log'
import { command, database } from './platform'
import { sealedPlaces, sealedValues } from './sealed-places'
import { upkeepJob, type Visit } from './upkeep'
import { keyRecords, openVault } from './vault'

/**
 * Seals the values of one document anew, in one conditional update: its condition are the very values that were read (each has its own
 * random iv), so that a number somebody changed in between stands.
 */
const resealWith = (vault: Vault): Visit => async (collection, document: Raw) => {
  const old = sealedValues(document).filter(({ sealed }) => sealed.key !== vault.currentKey)
  if (old.length === 0) return 'unchanged'
  try {
    const condition = Object.fromEntries(old.map(({ path, sealed }) => [`${path}.iv`, sealed.iv]))
    const data = Object.fromEntries(old.map(({ path, sealed }) => [path, command.set(vault.seal(vault.open(sealed)))]))
    const { stats } = await counted(() => database.collection(collection).where({ _id: document._id, ...condition }).update({ data }), 'writes')
    return stats.updated === 1 ? 'changed' : 'missed'
  } catch (error) {
    logLine({ event: 'not_resealed', collection, id: document._id, error: error instanceof Error ? error.message : JSON.stringify(error) })
    return 'failed'
  }
}

/** Values that no key opens stay as they are, and so do the keys: what is damaged today may be mended from a backup tomorrow. */
const retire = async (vault: Vault, failed: string[], now: Date): Promise<void> => {
  const [current, ...others] = vault.fingerprints.map(({ id }) => id).filter((id) => id.startsWith('data-'))
  await keyRecords.update({ _id: current! }, { unopened: command.set(failed) })
  if (failed.length > 0) return
  for (const _id of others) await keyRecords.update({ _id }, { retiredAt: now })
}

/** `rotation`: after set-up has put a new data key first, seals everything with it. Then the other keys are marked as not needed any more. */
export const rotationJobs: JobRunners = {
  rotation: upkeepJob({
    collections: () => [...new Set(sealedPlaces.map(({ collection }) => collection))],
    visit: async () => resealWith(await openVault()),
    finish: async (job, { changed, failed }, now) => {
      await retire(await openVault(), failed, now)
      logLine({ event: 'rotated', job: job._id, changed, unopened: failed.length })
    },
  }),
}
