// What the repository says an environment is. The deployment compares it with what is there.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { inRoot } from '../root'

export type DeclaredIndex = { name: string; unique: boolean; keys: Record<string, 1 | -1> }
export type DeclaredCollection = { name: string; rule: object; indexes: DeclaredIndex[] }
export type Timer = { name: string; type: 'timer'; config: string }
export type DeclaredFunction = {
  name: string
  folder: string
  files: { name: string; content: Buffer }[]
  /** Of all files; tells whether what is online is this. */
  digest: string
  bytes: number
  timeout: number
  memory: number
  timers: Timer[]
  /** Names of our environment variables that the bundle reads. */
  variables: string[]
}
export type Declared = {
  version: string
  /** The oldest release that can read what this one writes: a rollback goes no further. */
  readableFrom: string
  collections: DeclaredCollection[]
  storageRule: { read: boolean | string; write: boolean | string }
  functionRules: object
  functions: DeclaredFunction[]
}

// WeChat's own values for a function that says nothing.
const usualTimeout = 3
const usualMemory = 256
const notCollections = ['functions.json', 'storage.json']

const readJson = <T>(file: string): T => JSON.parse(fs.readFileSync(file, 'utf8')) as T

const collectionsIn = (folder: string): DeclaredCollection[] =>
  fs.readdirSync(folder).filter((file) => file.endsWith('.json') && !file.endsWith('.indexes.json') && !notCollections.includes(file)).sort().map((file) => {
    const name = file.replace(/\.json$/, '')
    return { name, rule: readJson<object>(path.join(folder, file)), indexes: readJson<DeclaredIndex[]>(path.join(folder, `${name}.indexes.json`)) }
  })

/** Names, sizes and contents, in one order everywhere. */
export const digestOf = (files: { name: string; content: Buffer }[]): string => {
  const hash = createHash('sha256')
  for (const { name, content } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) hash.update(`${name}\0${content.length}\0`).update(content)
  return hash.digest('hex').slice(0, 16)
}

export const filesIn = (folder: string): { name: string; content: Buffer }[] =>
  fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map((file) => ({ name: path.relative(folder, file).replaceAll(path.sep, '/'), content: fs.readFileSync(file) }))

const functionIn = (folder: string): DeclaredFunction => {
  const files = filesIn(folder)
  const config = readJson<{ timeout?: number; memory?: number; triggers?: Timer[] }>(path.join(folder, 'config.json'))
  const bundle = files.find(({ name }) => name === 'index.js')!.content.toString('utf8')
  return {
    name: path.basename(folder), folder, files, digest: digestOf(files),
    bytes: files.reduce((sum, { content }) => sum + content.length, 0),
    timeout: config.timeout ?? usualTimeout, memory: config.memory ?? usualMemory, timers: config.triggers ?? [],
    variables: [...new Set(bundle.match(/\bLINLI_[A-Z_]+\b/g) ?? [])].sort(),
  }
}

export const readDeclared = (
  { rules = inRoot('database-rules'), functions = inRoot('dist/cloudfunctions'), manifest = inRoot('package.json') } = {},
): Declared => {
  const { version, readableFrom } = readJson<{ version: string; readableFrom: string }>(manifest)
  return {
    version, readableFrom,
    collections: collectionsIn(rules),
    storageRule: readJson(path.join(rules, 'storage.json')),
    functionRules: readJson(path.join(rules, 'functions.json')),
    functions: fs.readdirSync(functions).sort().map((name) => functionIn(path.join(functions, name))),
  }
}
