import fs from 'node:fs'
import path from 'node:path'
import type { IndexDeclaration } from './ordered-index'

export type CollectionRule = { collection: string; indexes: IndexDeclaration[] }

const INDEXES = '.indexes.json'
const NOT_COLLECTIONS = new Set(['storage.json', 'functions.json'])

const readJson = (file: string): unknown => JSON.parse(fs.readFileSync(file, 'utf8'))

const checkIndex = (file: string, index: IndexDeclaration): IndexDeclaration => {
  const directions = Object.values(index.keys ?? {})
  if (!index.name || directions.length === 0) throw new Error(`${file}: an index needs a name and keys`)
  if (directions.some((direction) => direction !== 1 && direction !== -1))
    throw new Error(`${file}: index ${index.name}: a direction is 1 or -1`)
  return { name: index.name, unique: index.unique === true, keys: index.keys }
}

const readIndexes = (rulesFolder: string, collection: string): IndexDeclaration[] => {
  const file = path.join(rulesFolder, collection + INDEXES)
  if (!fs.existsSync(file)) return []
  const indexes = (readJson(file) as IndexDeclaration[]).map((index) => checkIndex(path.basename(file), index))
  const names = indexes.map((index) => index.name)
  if (new Set(names).size !== names.length) throw new Error(`${path.basename(file)}: two indexes have one name`)
  return indexes
}

/** The collections a folder of database rules declares: `<collection>.json` says there is one, `<collection>.indexes.json` its indexes. */
export const readRules = (rulesFolder: string): CollectionRule[] =>
  fs
    .readdirSync(rulesFolder)
    .filter((file) => file.endsWith('.json') && !file.endsWith(INDEXES) && !NOT_COLLECTIONS.has(file))
    .sort()
    .map((file) => path.basename(file, '.json'))
    .map((collection) => ({ collection, indexes: readIndexes(rulesFolder, collection) }))
