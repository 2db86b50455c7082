import type { CollectionOf, Stored } from '../_shared/db'
import { collection } from '../_shared/db'
import { command } from '../_shared/platform'
import { nameKeyOf } from '../houses/house-name'
import * as register from '../houses/repository'
import type { Batch, HouseImport } from './house-import'
import type { Existing } from './plan'
import type { ParsedRow } from './sheet'

export const imports = collection<HouseImport>('house_imports')
export const batches = collection<Batch>('house_import_batches')

const atATime = 500
const longestPage = 1_000

type Reader<T> = (some: string[]) => Promise<T[]>
/** Reads by many values. A page that is full may have an end behind it: then each half is asked by itself. */
const readBy = async <T>(values: string[], read: Reader<T>): Promise<T[]> => {
  const found = await read(values)
  if (found.length < longestPage || values.length === 1) return found
  const middle = Math.ceil(values.length / 2)
  return (await Promise.all([values.slice(0, middle), values.slice(middle)].map((half) => readBy(half, read)))).flat()
}

const readAll = async <T>(values: string[], read: Reader<T>): Promise<T[]> => {
  const unique = [...new Set(values)]
  const parts = Array.from({ length: Math.ceil(unique.length / atATime) }, (_, i) => unique.slice(i * atATime, (i + 1) * atATime))
  return (await Promise.all(parts.map((part) => readBy(part, read)))).flat()
}

const houseFields = ['building', 'entrance', 'roomNo', 'areaSqm', 'label', 'nameKey', 'version'] as const
const rosterFields = ['houseId', 'phoneHash', 'name', 'relation', 'maskedPhone', 'version'] as const

/** What of the register the rows may be about: two round trips for every 500 rows, and one for the buildings. */
export const existingFor = async (communityId: string, rows: ParsedRow[]): Promise<Existing> => {
  const keys = rows.flatMap(({ names }) => names.map(nameKeyOf))
  const [buildings, houses] = await Promise.all([
    register.buildingsOf(communityId),
    readAll(keys, (some) => register.houses.find({ communityId, nameKey: command.in(some) }, { limit: longestPage, fields: houseFields })),
  ])
  const roster = await readAll(houses.map(({ _id }) => _id), (some) =>
    register.roster.find({ houseId: command.in(some) }, { limit: longestPage, fields: rosterFields }))
  return { buildings, houses, roster }
}

/** Adds those that are not there yet; many at once, and one by one only when one was there. */
export const insertMissing = async <T extends Stored>(into: CollectionOf<T>, documents: T[]): Promise<void> => {
  if (await into.insertMany(documents)) return
  for (const document of documents) await into.insert(document)
}

/** Whether nobody else is at work on the import; then the caller is, until `until`. */
export const takeLease = async (importId: string, now: Date, until: Date): Promise<boolean> =>
  (await imports.update({ _id: importId, status: 'running', leaseUntil: command.lte(now) }, { leaseUntil: until })) === 1

export const importsOf = (communityId: string, cursor: string | undefined, limit: number) =>
  imports.page({ communityId }, { by: 'orderKey', direction: 'desc', cursor, limit })

/** The one that waits or runs, if there is one. */
export const currentOf = async (communityId: string): Promise<HouseImport | null> =>
  (await imports.find({ communityId, status: command.in(['checked', 'running']) }, { sort: { orderKey: 'desc' }, limit: 1 }))[0] ?? null
