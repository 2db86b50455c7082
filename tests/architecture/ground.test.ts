import { committedFiles, filesUnder, lineCount, read, readJson } from '../support/tree'

type Source = { file: string; text: string }
const sourcesUnder = (folder: string, ending: RegExp): Source[] => filesUnder(folder, ending).map((file) => ({ file, text: read(file) }))

const limitOf = (file: string): number => (/^miniprogram\/(.*\/)?pages\/.*\.(ts|wxml)$/.test(file) ? 120 : 250)
const tooLong = (sources: Source[]): string[] =>
  sources.filter(({ file, text }) => lineCount(text) > limitOf(file)).map(({ file, text }) => `${file} has ${lineCount(text)} lines; at most ${limitOf(file)}`)

describe('a file', () => {
  it('stays small: 250 lines, and 120 for a page', () => {
    expect(tooLong([...sourcesUnder('cloudfunctions', /\.ts$/), ...sourcesUnder('miniprogram', /\.(ts|wxml)$/)])).toEqual([])
  })

  it.each([
    ['cloudfunctions/repairs/repair.ts', 250, 0],
    ['cloudfunctions/repairs/repair.ts', 251, 1],
    ['miniprogram/features/repairs/pages/repair-list/repair-list.ts', 120, 0],
    ['miniprogram/features/repairs/pages/repair-list/repair-list.wxml', 121, 1],
    ['miniprogram/pages/home/home.ts', 121, 1],
    ['miniprogram/components/repair-card/repair-card.ts', 121, 0],
  ])('%s of %d lines: %d complaints', (file, lines, complaints) => {
    expect(tooLong([{ file, text: 'x\n'.repeat(lines) }])).toHaveLength(complaints)
  })
})

describe('the cloud environment', () => {
  it('has at most 30 functions, of the 50 it allows', () => {
    const functions = filesUnder('cloudfunctions', /\/index\.ts$/)
    expect(functions.length).toBeGreaterThan(0)
    expect(functions.length).toBeLessThanOrEqual(30)
  })

  it('closes its doors to phones: no phone may invoke a timer or a callback', () => {
    const rules = readJson<Record<string, { invoke: unknown }>>('database-rules/functions.json')
    const doors = filesUnder('cloudfunctions', /\/index\.ts$/).map((file) => file.split('/')[1]!).filter((name) => /-callback$|^(tick|nightly|backup)$/.test(name))
    expect(doors.filter((name) => rules[name]?.invoke !== false)).toEqual([])
  })
})

/** Packages a piece of the phone's source names, in an import or as a component. */
const packagesIn = ({ file, text }: Source): string[] => {
  const named = file.endsWith('.json')
    ? Object.values((JSON.parse(text) as { usingComponents?: Record<string, string> }).usingComponents ?? {})
    : [...text.matchAll(/^import\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm)].map((match) => match[1]!)
  return named.filter((name) => /^[a-z@]/.test(name)).map((name) => name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/'))
}

describe('packages', () => {
  const { dependencies, devDependencies } = readJson<{ dependencies: Record<string, string>; devDependencies: Record<string, string> }>('package.json')

  it('that the phone uses are those it downloads', () => {
    const used = sourcesUnder('miniprogram', /\.(ts|json)$/).flatMap(packagesIn)
    expect([...new Set(used)].filter((name) => !(name in dependencies))).toEqual([])
  })

  it('that the phone downloads is one: everything else is bundled or for development', () => {
    expect(Object.keys(dependencies)).toEqual(['tdesign-miniprogram'])
  })

  it('are pinned', () => {
    expect(Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it.each([
    [{ file: 'a.ts', text: "import dayjs from 'dayjs'\nimport type { z } from 'zod'\nimport { x } from './x'" }, ['dayjs']],
    [{ file: 'a.json', text: '{"usingComponents":{"t-icon":"tdesign-miniprogram/icon/icon","x":"/components/x/x","y":"../y/y"}}' }, ['tdesign-miniprogram']],
  ])('are recognised in %j', (source, packages) => {
    expect(packagesIn(source)).toEqual(packages)
  })
})

// Spelt in parts, so that this file does not find itself.
const forbidden: [RegExp, string][] = [
  [new RegExp(`use${'Mock'}`), 'a switch to fake data: the fake lies under the app, not in it'],
  [/(^|[\s"'`(=])\/(work|root|tmp|home\/[a-z]+|Users\/[A-Za-z]+)\//m, 'a path of one machine'],
  [/[A-Z]:\\Users\\/, 'a path of one machine'],
  [new RegExp(`registry\\.npm|npm${'mirror'}|"${'resolved'}":`), 'a package registry'],
  [new RegExp(`@ts-${'ignore'}|eslint-${'disable'}(?!.* -- )`), 'a complaint silenced without a reason'],
]
const forbiddenIn = ({ file, text }: Source): string[] => forbidden.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${file} holds ${what}`)

describe('the version', () => {
  it('that the phone tells the cloud is that of package.json', () => {
    const { version } = readJson<{ version: string }>('package.json')
    expect(read('miniprogram/support/version.ts')).toContain(`export const version = '${version}'`)
  })
})

describe('what is committed', () => {
  it('names no machine, no registry, no fake data, and silences no complaint', () => {
    const text = /\.(ts|mjs|cjs|js|json|md|wxml|wxss|wxs|html|css|sh|yml|yaml)$|\.npmrc$|^\.ci\//
    const files = committedFiles().filter((file) => text.test(file))
    expect(files.length).toBeGreaterThan(50)
    expect(files.flatMap((file) => forbiddenIn({ file, text: read(file) }))).toEqual([])
  })

  it.each([
    [`if (use${'Mock'}) return fake`, 1],
    [`const folder = '/${'work'}/main/x'`, 1],
    [`cd /${'root'}/linli`, 1],
    [`"${'resolved'}": "https://x/y.tgz"`, 1],
    [`// eslint-${'disable'}-next-line no-console -- the words of a command`, 0],
    [`// @ts-${'ignore'}`, 1],
    ["import x from '../work/x'", 0],
    ['GET /home/notices', 0],
  ])('%s: %d complaints', (text, complaints) => {
    expect(forbiddenIn({ file: 'x.ts', text })).toHaveLength(complaints)
  })

  it('leaves no test switched off', () => {
    const off = new RegExp(`\\b(?:describe|it|test)\\.(?:${['sk' + 'ip', 'on' + 'ly', 'to' + 'do'].join('|')})\\b|\\b(?:xit|xdescribe|fit|fdescribe)\\(`)
    const tests = filesUnder('tests', /\.(test|journey)\.ts$/).filter((file) => file !== 'tests/architecture/actions-proved.test.ts')
    expect(tests.filter((file) => off.test(read(file)))).toEqual([])
  })
})
