import fs from 'node:fs'
import { EJSON } from 'bson'
import type { Database } from '../../simulator/cloud/database/database'
import { openDatabase } from '../../simulator/cloud/database/database'

const WRITERS = 4

const ejson = (value: object): string => EJSON.stringify(value, { relaxed: false })

/** One settlement: a bill, its payment and the writer's count, in three collections; acknowledged on stdout once the commit is answered. */
const settle = async (database: Database, writer: string, n: number): Promise<void> => {
  const { transactionId } = await database.run('database.startTransaction', {})
  const id = `${writer}_${n}`
  const add = (collectionName: string, document: object) =>
    database.run('database.insertDocument', { collectionName, data: [ejson(document)], transactionId })
  await add('bills', { _id: id, writer })
  await add('payments', { _id: id, writer, amountFen: n })
  await database.run('database.modifyDocument', {
    collectionName: 'counts',
    queryType: 'DOC',
    query: ejson({ _id: writer }),
    data: ejson({ n }),
    multi: false,
    merge: false,
    upsert: true,
    transactionId,
  })
  await database.run('database.commitTransaction', { transactionId })
  fs.writeSync(1, `${id}\n`)
}

const writeOn = async (database: Database, writer: string): Promise<void> => {
  const count = database.documents('counts').find(({ _id }) => _id === writer)
  for (let n = Number(count?.n ?? 0) + 1; ; n++) await settle(database, writer, n)
}

const main = async (): Promise<void> => {
  const [folder, rulesFolder] = process.argv.slice(2) as [string, string]
  const database = await openDatabase({ folder, rulesFolder, now: Date.now })
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => writeOn(database, `w${writer}`)))
}

void main()
