import path from 'node:path'
import { filesUnder, read, readJson } from '../support/tree'

type Index = { name: string; unique: boolean; keys: Record<string, 1 | -1> }
type Folder = { rules: Record<string, unknown>; indexes: Record<string, Index[]> }

const notCollections = ['functions', 'storage']

/** What is wrong with the rules and indexes of a set of collections. */
const complaintsAbout = ({ rules, indexes }: Folder): string[] => {
  const names = Object.keys(rules)
  return [
    ...names.filter((name) => JSON.stringify(rules[name]) !== '{"read":false,"write":false}').map((name) => `${name} is open to phones`),
    ...names.filter((name) => !/^[a-z]+(_[a-z]+)*$/.test(name)).map((name) => `${name} is not lower_snake`),
    ...names.filter((name) => !indexes[name]).map((name) => `${name} declares no indexes`),
    ...Object.keys(indexes).filter((name) => !(name in rules)).map((name) => `${name} has indexes but no rule`),
    ...Object.entries(indexes).flatMap(([name, list]) => [
      ...(list.length > 12 ? [`${name} has ${list.length} indexes; a collection may have 12`] : []),
      ...(new Set(list.map((one) => one.name)).size < list.length ? [`${name} has two indexes of one name`] : []),
      ...list.filter((one) => !isIndex(one)).map((one) => `${name}: index ${one.name} is not {name, unique, keys: {field: 1 or -1}}`),
    ]),
    ...(names.length > 60 ? [`${names.length} collections; there may be 60`] : []),
  ]
}

const isIndex = ({ name, unique, keys }: Index): boolean =>
  typeof name === 'string' && typeof unique === 'boolean' && Object.keys(keys ?? {}).length > 0 && Object.values(keys).every((one) => one === 1 || one === -1)

const declared = (): Folder => {
  const files = filesUnder('database-rules', /\.json$/)
  const nameOf = (file: string) => path.basename(file).replace(/(\.indexes)?\.json$/, '')
  const indexFiles = files.filter((file) => file.endsWith('.indexes.json'))
  const ruleFiles = files.filter((file) => !file.endsWith('.indexes.json') && !notCollections.includes(nameOf(file)))
  return {
    rules: Object.fromEntries(ruleFiles.map((file) => [nameOf(file), readJson(file)])),
    indexes: Object.fromEntries(indexFiles.map((file) => [nameOf(file), readJson<Index[]>(file)])),
  }
}

describe('the database', () => {
  it('is closed to phones in every collection, with declared indexes', () => {
    expect(complaintsAbout(declared())).toEqual([])
  })

  it('has a rule for every collection that a repository names', () => {
    const named = filesUnder('cloudfunctions', /\.ts$/).flatMap((file) => [...read(file).matchAll(/\bcollection(?:<[^>]*>)?\(\s*'([^']+)'/g)].map((match) => match[1]!))
    expect([...new Set(named)].filter((name) => !(name in declared().rules))).toEqual([])
  })

  const closed = { read: false, write: false }
  const index = { name: 'a', unique: false, keys: { a: 1 } } as const
  it.each<[string, Folder, string]>([
    ['open to readers', { rules: { bills: { read: true, write: false } }, indexes: { bills: [] } }, 'bills is open to phones'],
    ['open by an expression', { rules: { bills: { read: 'doc._openid == auth.openid', write: false } }, indexes: { bills: [] } }, 'bills is open to phones'],
    ['without declared indexes', { rules: { bills: closed }, indexes: {} }, 'bills declares no indexes'],
    ['with indexes but no rule', { rules: {}, indexes: { bills: [] } }, 'bills has indexes but no rule'],
    ['with 13 indexes', { rules: { bills: closed }, indexes: { bills: Array.from({ length: 13 }, (_, i) => ({ ...index, name: `i${i}` })) } }, 'bills has 13 indexes; a collection may have 12'],
    ['with an index of no fields', { rules: { bills: closed }, indexes: { bills: [{ ...index, keys: {} }] } }, 'bills: index a is not {name, unique, keys: {field: 1 or -1}}'],
    ['named otherwise', { rules: { billLines: closed }, indexes: { billLines: [] } }, 'billLines is not lower_snake'],
  ])('may not have a collection %s', (_, folder, complaint) => {
    expect(complaintsAbout(folder)).toEqual([complaint])
  })

  it('may not have 61 collections', () => {
    const names = Array.from({ length: 61 }, (_, i) => `c${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + Math.floor(i / 26))}`)
    const folder = { rules: Object.fromEntries(names.map((name) => [name, closed])), indexes: Object.fromEntries(names.map((name) => [name, []])) }
    expect(complaintsAbout(folder)).toEqual(['61 collections; there may be 60'])
  })
})
