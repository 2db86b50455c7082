import fs from 'node:fs'
import path from 'node:path'
import { createVault } from '../../cloudfunctions/_shared/crypto'
import { fingerprintsOf, keysFromRecoveryKey, keysOf } from '../../cloudfunctions/_shared/keys'
import { inRoot } from '../../tools/root'
import { filesUnder, readJson } from '../support/tree'
import { demonstration, type Deployer, morning, openDeployer } from './deploying'

let first: Deployer
beforeAll(async () => {
  first = openDeployer()
  expect(await first.run()).toBeGreaterThan(50)
})

const variablesOf = (name: string): Record<string, string> =>
  Object.fromEntries(first.online.functions.get(name)!.Environment.Variables.map(({ Key, Value }) => [Key, Value]))

describe('a first deployment', () => {
  it('makes exactly the collections that database-rules declares, each closed to phones', () => {
    const declared = filesUnder('database-rules', /\.indexes\.json$/).map((file) => file.replace(/^.*\/|\.indexes\.json$/g, '')).sort()
    expect([...first.online.collections.keys()].sort()).toEqual(declared)
    expect([...first.online.collections.values()].filter(({ permission }) => permission !== 'ADMINONLY')).toEqual([])
  })

  it('makes every index with every key in its order and direction', () => {
    for (const file of filesUnder('database-rules', /\.indexes\.json$/)) {
      const name = file.replace(/^.*\/|\.indexes\.json$/g, '')
      const declared = readJson<{ name: string; unique: boolean; keys: Record<string, number> }[]>(file)
      expect(first.online.collections.get(name)!.indexes.filter((one) => one.Name !== '_id_')).toEqual(
        declared.map((one) => ({ Name: one.name, Unique: one.unique, Keys: Object.entries(one.keys).map(([Name, direction]) => ({ Name, Direction: String(direction) })) })))
    }
  })

  it('closes a collection before anything else happens to it, and doors before they exist', () => {
    const { calls } = first.online
    const created = calls.flatMap((call, i) => (call.startsWith('createCollection ') ? [[call.split(' ')[1], calls[i + 1]]] : []))
    expect(created.length).toBeGreaterThan(20)
    expect(created.filter(([name, next]) => next !== `rule ${name}`)).toEqual([])
    expect(calls.indexOf('rule function')).toBeGreaterThan(0)
    expect(calls.indexOf('rule function')).toBeLessThan(calls.findIndex((call) => call.startsWith('createFunction')))
  })

  it('sets the rules of files and functions as they are written', () => {
    expect(first.online.storage).toEqual({ acl: 'CUSTOM', rule: readJson('database-rules/storage.json') })
    expect(JSON.parse(first.online.functionRules.rule!)).toEqual(readJson('database-rules/functions.json'))
  })

  it('uploads every file of every function, byte for byte, through the tool whose config.json WeChat reads', () => {
    expect(filesUnder('cloudfunctions', /\/index\.ts$/).map((file) => file.split('/')[1]!).sort()).toEqual([...first.online.functions.keys()].sort())
    for (const [name, { code, configFrom }] of first.online.functions) {
      expect(configFrom).toBe('wechat')
      const built = inRoot('dist/cloudfunctions', name)
      expect(Object.keys(code).sort()).toEqual(fs.readdirSync(built).sort())
      for (const [file, content] of Object.entries(code)) expect(content.equals(fs.readFileSync(path.join(built, file)))).toBe(true)
    }
    expect(first.online.calls.filter((call) => call.endsWith('installing'))).toEqual([])
  })

  it('gives each function its runtime, time, memory and its one timer', () => {
    for (const [name, there] of first.online.functions) {
      const config = readJson<{ timeout?: number; memory?: number; triggers?: { name: string; config: string }[] }>(`dist/cloudfunctions/${name}/config.json`)
      expect(there).toMatchObject({ Runtime: 'Nodejs18.15', Timeout: config.timeout ?? 3, MemorySize: config.memory ?? 256 })
      expect(there.Triggers.map((one) => [one.TriggerName, JSON.parse(one.TriggerDesc)])).toEqual((config.triggers ?? []).map((one) => [one.name, { cron: one.config }]))
      expect(there.Description).toMatch(/^linli \d+\.\d+\.\d+ · [0-9a-f]{16} · data readable from \d+\.\d+\.\d+$/)
    }
  })

  it('gives keys only to functions that read them, the same to all, and says whose data they seal', () => {
    const holders = first.declared.functions.filter(({ variables }) => variables.includes('LINLI_DATA_KEY')).map(({ name }) => name)
    expect(holders).toContain('members')
    const keys = keysOf(variablesOf('members'))
    expect(holders.map((name) => variablesOf(name).LINLI_DATA_KEY)).toEqual(holders.map(() => variablesOf('members').LINLI_DATA_KEY))
    expect(first.declared.functions.filter(({ name }) => !holders.includes(name) && variablesOf(name).LINLI_DATA_KEY)).toEqual([])
    expect(first.online.collections.get('key_records')!.documents.map(({ _id, fingerprint }) => ({ id: _id, fingerprint }))).toEqual(fingerprintsOf(keys))
  })

  it('tells phone and functions which environment they are', () => {
    expect(variablesOf('home').LINLI_ENVIRONMENT).toBe('production')
    expect(first.online.phones).toEqual([{ version: first.declared.version, desc: `正式 production ${first.declared.version}` }])
  })

  it('prints the recovery key, which opens what is sealed', () => {
    const printed = first.printed.join('\n')
    const [recoveryKey] = /\b(?:[0-9A-Z]{5}-){10,}[0-9A-Z]{1,5}\b/.exec(printed)!
    expect(keysFromRecoveryKey(recoveryKey)).toEqual(keysOf(variablesOf('members')))
    expect(printed).not.toContain(variablesOf('members').LINLI_HASH_KEY!)
  })

  it('prints a code for the first manager and stores only its keyed hash, for 24 hours', () => {
    const [, code] = /within 24 hours: {2}((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})/.exec(first.printed.join('\n'))!
    const [stored] = first.online.collections.get('setup_codes')!.documents
    expect(stored).toMatchObject({
      _id: 'first-manager', createdAt: morning, expiresAt: new Date('2026-03-03T01:00:00Z'), redeemedAt: null, redeemedBy: null,
      codeHash: createVault(keysOf(variablesOf('members'))).hash('setup-code', code!.replaceAll('-', '')),
    })
    expect(JSON.stringify(stored)).not.toContain(code!.replaceAll('-', ''))
  })

  it('ends with what a person does by hand, in order', () => {
    const from = first.printed.indexOf('Afterwards, by hand:')
    expect(first.printed.slice(from + 1).map((line) => line.trim().split('.')[0])).toEqual(first.printed.slice(from + 1).map((_, i) => String(i + 1)))
    expect(first.printed.join('\n')).toContain('小程序备案')
  })

  it('writes a house for reviewers into a demonstration, and into nothing else', async () => {
    const other = openDeployer(demonstration)
    await other.run()
    expect(other.online.collections.get('houses')!.documents).toMatchObject([{ communityId: 'c-demonstration', building: '1', roomNo: '101', label: '1号楼1单元101' }])
    expect(other.online.collections.get('configurations')!.documents.map(({ _id }) => _id)).toEqual(['company', 'c-demonstration'])
    expect(first.online.collections.get('houses')!.documents).toEqual([])
    expect(first.online.collections.get('configurations')!.documents.map(({ _id }) => _id)).toEqual(['company'])
  })
})
