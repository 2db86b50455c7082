// `npx tsx tools/freeze-release.ts <version> [<commit>]`: keeps what a release was, so that later ones are tested against it.
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { EJSON } from 'bson'
import { describeContracts } from './described-contracts'
import { inRoot } from './root'

/** What of a release can still be run: its functions with their indexes (old data, rollback), and its phone. */
const keptFolders = ['cloudfunctions', 'database-rules', 'miniprogram']
const seedFolder = 'simulator'
/** Under node_modules, so that the release's own imports find today's packages. */
const workFolder = inRoot('node_modules/.cache/linli/release')

const git = (...args: string[]): Buffer => execFileSync('git', ['-C', inRoot(), ...args], { maxBuffer: 2 ** 28 })
const listed = (commit: string, folder: string): string[] =>
  git('ls-tree', '-r', '-z', '--name-only', commit, folder).toString('utf8').split('\0').filter(Boolean)

const checkOut = (commit: string): void => {
  fs.rmSync(workFolder, { recursive: true, force: true })
  for (const file of [...keptFolders, seedFolder, 'tools', 'tsconfig.json', 'package.json'].flatMap((folder) => listed(commit, folder))) {
    const target = path.join(workFolder, file)
    fs.mkdirSync(path.dirname(target), { recursive: true })
    fs.writeFileSync(target, git('show', `${commit}:${file}`))
  }
}

type Plant = (now: Date, environment: Record<string, string>) => { documents: Record<string, object[]> } | Promise<{ documents: Record<string, object[]> }>

/** The village as this release planted it, at a stated time and under the keys that all tests use. */
const plantVillage = async (): Promise<Record<string, object[]>> => {
  const { village } = createRequire(__filename)(path.join(workFolder, 'simulator/seed/village.ts')) as { village: Plant }
  const key = (text: string) => Buffer.from(text).toString('base64')
  const environment = { LINLI_DATA_KEY: key('linli tests seal with this key!!'), LINLI_HASH_KEY: key('linli tests hash with this key!!') }
  return (await village(new Date('2026-11-24T04:00:00Z'), environment)).documents
}

const freeze = async (version: string, commit: string): Promise<void> => {
  checkOut(commit)
  const folder = inRoot('tests/releases', version)
  fs.mkdirSync(folder, { recursive: true })
  const sources = Object.fromEntries(keptFolders.flatMap((kept) => listed(commit, kept))
    .filter((file) => /\.(ts|json|wxml|wxss|wxs)$/.test(file))
    .map((file) => [file, fs.readFileSync(path.join(workFolder, file), 'utf8')]))
  const write = (name: string, content: string | Buffer) => fs.writeFileSync(path.join(folder, name), content)
  write('contracts.json', `${JSON.stringify(describeContracts(path.join(workFolder, 'cloudfunctions')), null, 1)}\n`)
  write('sources.json.gz', gzipSync(JSON.stringify(sources), { level: 9 }))
  write('village.ejson.gz', gzipSync(EJSON.stringify(await plantVillage(), { relaxed: false }), { level: 9 }))
  if (!fs.existsSync(path.join(folder, 'allowances.json'))) write('allowances.json', '[]\n')
  fs.rmSync(workFolder, { recursive: true })
  console.log(`${version} is kept in ${path.relative(inRoot(), folder)}, as it was at ${git('rev-parse', '--short', commit).toString('utf8').trim()}`)
}

const [version, commit = 'HEAD'] = process.argv.slice(2)
if (!/^\d+\.\d+\.\d+$/.test(version ?? '')) {
  console.error('Which release? npx tsx tools/freeze-release.ts 0.2.0 [commit]')
  process.exit(1)
}
freeze(version!, commit).catch((error: Error) => {
  console.error(error.message)
  process.exit(1)
})
