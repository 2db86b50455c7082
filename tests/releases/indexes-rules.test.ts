import fs from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { inRoot } from '../../tools/root'
import { filesUnder, readJson } from '../support/tree'

type Index = { name: string; unique: boolean; keys: Record<string, 1 | -1> }
const versions = filesUnder('tests/releases', /sources\.json\.gz$/).map((file) => file.split('/').at(-2)!)
const isSame = (a: Index, b: Index) => a.unique === b.unique && isDeepStrictEqual(Object.entries(a.keys), Object.entries(b.keys))

it.each(versions)('no index has the name of one of release %s and other keys: the cloud would have to drop that one, and a rollback needs it', (version) => {
  const sources = JSON.parse(gunzipSync(fs.readFileSync(inRoot('tests/releases', version, 'sources.json.gz'))).toString('utf8')) as Record<string, string>
  const changed = Object.entries(sources).filter(([file]) => file.endsWith('.indexes.json')).flatMap(([file, text]) => {
    if (!fs.existsSync(inRoot(file))) return [`${file} is gone`]
    const present = readJson<Index[]>(file)
    return (JSON.parse(text) as Index[]).filter((old) => present.some((index) => index.name === old.name && !isSame(index, old))).map(({ name }) => `${file}: ${name}`)
  })
  expect(changed).toEqual([])
})
