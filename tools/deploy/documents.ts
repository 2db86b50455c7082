import { EJSON } from 'bson'
import type { Cloud } from './tools'

type Document = Record<string, unknown> & { _id: string }

const run = (cloud: Cloud, TableName: string, CommandType: string, command: object) =>
  cloud.database.runCommands({ MgoCommands: [{ TableName, CommandType, Command: EJSON.stringify(command) }] })

/** Documents as the database has them; of a collection that exists. */
export const findDocuments = async <T extends Document>(cloud: Cloud, collection: string, filter: object, limit = 1_000): Promise<T[]> => {
  const { Data } = await run(cloud, collection, 'QUERY', { find: collection, filter, limit })
  return (JSON.parse(Data[0] ?? '[]') as string[]).map((row) => EJSON.parse(row) as T)
}

export const insertDocuments = (cloud: Cloud, collection: string, documents: Document[]) =>
  run(cloud, collection, 'INSERT', { insert: collection, documents })

/** Makes it, or takes the place of the one with this `_id`. */
export const putDocument = (cloud: Cloud, collection: string, document: Document) =>
  run(cloud, collection, 'UPDATE', { update: collection, updates: [{ q: { _id: document._id }, u: document, upsert: true }] })
