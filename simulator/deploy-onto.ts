import { EJSON } from 'bson'
import { fingerprintsOf, keyRecordsOf, keysOf } from '../cloudfunctions/_shared/keys'
import { rewriteJobOf } from '../cloudfunctions/_shared/upkeep-job'
import type { Database } from './cloud/database/database'

/** What a deployment adds where an older release was: the records of keys that it did not have, and the job that rewrites its documents. */
export const deployOnto = async (database: Database, environment: Record<string, string>, now: Date): Promise<void> => {
  const known = database.documents('key_records').map(({ _id }) => _id)
  const missing = keyRecordsOf(fingerprintsOf(keysOf(environment))).filter(({ _id }) => !known.includes(_id))
  if (missing.length === 0) return
  const insert = (collectionName: string, documents: object[]) =>
    database.run('database.insertDocument', { collectionName, data: documents.map((document) => EJSON.stringify(document, { relaxed: false })) })
  await insert('key_records', missing)
  await insert('jobs', [rewriteJobOf('upgrade', now)])
}
