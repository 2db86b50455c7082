import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { EJSON } from 'bson'
import { buildSync } from 'esbuild'
import { buildFunctions } from '../../cloudfunctions/build'
import type { StoredDocument } from '../../simulator/cloud/database/database'
import { inRoot } from '../../tools/root'

export type KeptRelease = {
  functionsFolder: string
  /** Its collections and indexes with today's beside them: a rollback takes no index away. */
  rulesFolder: string
  village: Record<string, StoredDocument[]>
  /** A file of its phone that needs no `wx`, as a module. */
  phone<T>(file: string): T
  remove(): void
}

const kept = (version: string, name: string): Buffer => gunzipSync(fs.readFileSync(inRoot('tests/releases', version, name)))

type Index = { name: string }
const joinRules = (folder: string): void => {
  const today = inRoot('database-rules')
  for (const file of fs.readdirSync(today).filter((name) => name.endsWith('.json'))) {
    const target = path.join(folder, file)
    if (!fs.existsSync(target) || !file.endsWith('.indexes.json')) {
      fs.copyFileSync(path.join(today, file), target)
      continue
    }
    const [old, present] = [target, path.join(today, file)].map((each) => JSON.parse(fs.readFileSync(each, 'utf8')) as Index[])
    const more = old!.filter((index) => !present!.some((one) => isDeepStrictEqual(one, index)))
    fs.writeFileSync(target, JSON.stringify([...present!, ...more]))
  }
}

/** Builds a release from what `tools/freeze-release.ts` kept of it. */
export const openRelease = async (version: string): Promise<KeptRelease> => {
  // Under node_modules, so that its own imports find packages.
  const folder = inRoot('node_modules/.cache/linli', `release-${version}-${process.pid}`)
  const sources = JSON.parse(kept(version, 'sources.json.gz').toString('utf8')) as Record<string, string>
  for (const [name, text] of Object.entries(sources)) {
    const target = path.join(folder, name)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.writeFileSync(target, text)
  }
  const functionsFolder = path.join(folder, 'dist')
  await buildFunctions({ sourceFolder: path.join(folder, 'cloudfunctions'), outFolder: functionsFolder })
  const rulesFolder = path.join(folder, 'database-rules')
  joinRules(rulesFolder)
  return {
    functionsFolder, rulesFolder,
    village: EJSON.parse(kept(version, 'village.ejson.gz').toString('utf8')) as Record<string, StoredDocument[]>,
    phone: <T>(file: string) => {
      const outfile = path.join(folder, `${path.basename(file, '.ts')}.cjs`)
      buildSync({ entryPoints: [path.join(folder, 'miniprogram', file)], outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' })
      return createRequire(__filename)(outfile) as T
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}
