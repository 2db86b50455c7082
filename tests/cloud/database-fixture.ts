import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { EJSON } from 'bson'
import type { Database, DatabaseOptions, Examination } from '../../simulator/cloud/database/database'
import { openDatabase } from '../../simulator/cloud/database/database'

type Fields = Record<string, unknown>
type Index = { name: string; unique: boolean; keys: Record<string, 1 | -1> }
export type Rules = Record<string, Index[]>
type Where = { order?: Fields; limit?: number; offset?: number; projection?: Fields; transactionId?: string }

/** 2025-06-01 08:00 in Shanghai. */
export const NOW = Date.UTC(2025, 5, 1)

export const ejson = (value: unknown): string => EJSON.stringify(value as Fields, { relaxed: false })

const writeRules = (folder: string, rules: Rules): void => {
  fs.mkdirSync(folder, { recursive: true })
  for (const [collection, indexes] of Object.entries(rules)) {
    fs.writeFileSync(path.join(folder, `${collection}.json`), '{"read": false, "write": false}')
    fs.writeFileSync(path.join(folder, `${collection}.indexes.json`), JSON.stringify(indexes))
  }
}

/** A database in a folder of its own, spoken to in the encodings of the SDK. */
export const openWorld = async (rules: Rules, options: Partial<DatabaseOptions> = {}) => {
  const folder = options.folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'linli-database-'))
  const rulesFolder = path.join(folder, 'rules')
  writeRules(rulesFolder, rules)
  const examinations: Examination[] = []
  const open = (): Promise<Database> =>
    openDatabase({
      now: () => NOW,
      observe: (examination) => examinations.push(examination),
      ...options,
      folder: path.join(folder, 'data'),
      rulesFolder,
    })
  let database = await open()
  const run = (action: string, body: Fields): Promise<Fields> => database.run(`database.${action}`, body)
  const data = async (action: string, body: Fields): Promise<Fields> => (await run(action, body)).data as Fields
  const parsed = (texts: unknown): Fields[] => (texts as string[]).map((text) => EJSON.parse(text) as Fields)
  const doc = (collectionName: string, _id: string) => ({ collectionName, queryType: 'DOC', query: ejson({ _id }), multi: false })
  const filter = (collectionName: string, query: Fields | undefined) => ({
    collectionName,
    queryType: 'WHERE',
    ...(query && { query: ejson(query) }),
  })
  return {
    folder,
    rulesFolder,
    examinations,
    run,
    database: () => database,
    add: async (collectionName: string, document: Fields, transactionId?: string) =>
      ((await data('insertDocument', { collectionName, data: [ejson(document)], transactionId })).insertedIds as string[])[0]!,
    addAll: async (collectionName: string, documents: Fields[]) =>
      (await data('insertDocument', { collectionName, data: documents.map(ejson) })).insertedIds as string[],
    get: async (collection: string, id: string, transactionId?: string): Promise<Fields | undefined> =>
      parsed((await data('getDocument', { ...doc(collection, id), transactionId })).list)[0],
    set: (collection: string, id: string, document: Fields, transactionId?: string) =>
      data('modifyDocument', { ...doc(collection, id), data: ejson(document), merge: false, upsert: true, transactionId }),
    update: async (collection: string, id: string, changes: Fields, transactionId?: string) =>
      (await data('modifyDocument', { ...doc(collection, id), data: ejson(changes), merge: true, upsert: false, transactionId })).updated,
    remove: async (collection: string, id: string, transactionId?: string) =>
      (await data('removeDocument', { ...doc(collection, id), transactionId })).deleted,
    find: async (collection: string, query?: Fields, { order, projection, ...rest }: Where = {}): Promise<Fields[]> => {
      const body = {
        ...filter(collection, query),
        limit: 100,
        ...rest,
        ...(order && { order: ejson(order) }),
        ...(projection && { projection: ejson(projection) }),
      }
      return parsed((await data('getDocument', body)).list)
    },
    count: async (collection: string, query?: Fields) => (await data('calculateDocument', filter(collection, query))).total,
    updateWhere: async (collection: string, query: Fields, changes: Fields, multi = true) =>
      (await data('modifyDocument', { ...filter(collection, query), data: ejson(changes), multi, merge: true, upsert: false })).updated,
    removeWhere: async (collection: string, query: Fields) =>
      (await data('removeDocument', { ...filter(collection, query), multi: true })).deleted,
    aggregate: async (collectionName: string, stages: Fields[]): Promise<Fields[]> => {
      const wire = stages.flatMap((stage) => Object.entries(stage)).map(([stageKey, value]) => ({ stageKey, stageValue: ejson(value) }))
      return parsed((await data('aggregateDocuments', { collectionName, stages: wire })).list)
    },
    begin: async () => (await run('startTransaction', {})).transactionId as string,
    commit: (transactionId: string) => run('commitTransaction', { transactionId }),
    abort: (transactionId: string) => run('abortTransaction', { transactionId }),
    reopen: async () => {
      await database.close()
      database = await open()
    },
    end: async () => {
      await database.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>

/** The code and message a call is refused with. */
export const refusal = async (call: Promise<unknown>): Promise<{ code: string; message: string }> => {
  try {
    await call
  } catch (error) {
    const { code, message } = error as { code: string; message: string }
    return { code, message }
  }
  throw new Error('was not refused')
}

export const idsOf = (documents: Fields[]): unknown[] => documents.map((document) => document._id)
