import fs from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { keysOf, recoveryKeyOf } from '../../cloudfunctions/_shared/keys'
import { village } from '../../simulator/seed/village'
import { testEnvironment } from '../support/people'
import { backUpWhole, download, everything, openWorld, restoreCommand, type World } from './drill'

const night = new Date('2026-11-24T19:00:00Z')
const otherKey = Buffer.alloc(32, 5).toString('base64')

let source: World
let folder: string
beforeAll(async () => {
  source = await openWorld(village(night, testEnvironment).documents)
  await backUpWhole(source, night)
  folder = await download(source, '2026-11-25')
}, 60_000)
afterAll(() => source.close())

let target: World
beforeEach(async () => { target = await openWorld() })
afterEach(() => target.close())

const restore = (backup: string, environment?: Record<string, string>, ...more: string[]) =>
  restoreCommand(['--env', target.cloud.url, '--backup', backup, ...more], environment)

/** A copy of the backup with something done to it. */
const spoilt = (spoil: (copy: string) => void): string => {
  const copy = fs.mkdtempSync(path.join(source.folder, 'spoilt-'))
  fs.cpSync(folder, copy, { recursive: true })
  spoil(copy)
  return copy
}
const isUntouched = () => expect([...everything(target).keys()]).toEqual([])

describe('a restore', () => {
  it('brings every document into an empty environment, and says that nothing differs', async () => {
    const said = await restore(folder)
    expect(said).toMatchObject({ code: 0, restored: { documents: everything(source).size, differences: 0 } })
    expect(isDeepStrictEqual(everything(target), everything(source))).toBe(true)
  })

  it('takes the printed recovery key instead of the variables', async () => {
    expect(await restore(folder, {}, '--recovery-key', recoveryKeyOf(keysOf(testEnvironment)))).toMatchObject({ code: 0, restored: { differences: 0 } })
  })

  it('into an environment that set-up has already told the same keys, adds the rest', async () => {
    const records = source.cloud.database.documents('key_records')
    await target.cloud.database.replaceAll({ key_records: records })
    expect(await restore(folder)).toMatchObject({ code: 0, restored: { differences: 0 } })
  })

  it('into an environment that has just been deployed, puts its own first documents in their place', async () => {
    await target.cloud.database.replaceAll({
      key_records: source.cloud.database.documents('key_records'),
      configurations: [{ _id: 'company', schema: 1, name: '物业服务' }],
      setup_codes: [{ _id: 'first-manager', schema: 1, codeHash: 'of a code' }],
      timers: [{ _id: 'tick', schema: 1, lastMs: 3 }],
    })
    expect(await restore(folder)).toMatchObject({ code: 0, restored: { differences: 0 } })
    expect(target.cloud.database.documents('configurations')).toEqual(source.cloud.database.documents('configurations'))
    expect(target.cloud.database.documents('timers')).toMatchObject([{ _id: 'tick', lastMs: 3 }])
  })

  it('as a dry run looks at everything and writes nothing', async () => {
    const said = await restore(folder, testEnvironment, '--dry-run')
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('The files are whole, the keys are the right ones, the environment is empty.') })
    isUntouched()
  })
})

describe('a restore is refused before anything is written', () => {
  it.each<[string, Record<string, string>, string]>([
    ['without any key', {}, 'the key data-1 is missing'],
    ['with a lost data key', { ...testEnvironment, LINLI_DATA_KEY: otherKey }, 'the key data-1 is another one than this backup was sealed with'],
    ['with a lost hash key', { ...testEnvironment, LINLI_HASH_KEY: otherKey }, 'the key hash-1 is another one than this backup was sealed with'],
  ])('%s', async (_, environment, reason) => {
    const said = await restore(folder, environment)
    expect(said.code).toBe(1)
    expect(said.text).toContain('Nothing was written.')
    expect(said.text).toContain(reason)
    isUntouched()
  })

  it('with a mistyped recovery key', async () => {
    const printed = recoveryKeyOf(keysOf(testEnvironment))
    const said = await restore(folder, {}, '--recovery-key', printed.replace(/^./, (letter) => (letter === '2' ? '3' : '2')))
    expect(said).toMatchObject({ code: 1, text: expect.stringContaining('its checksum does not fit') })
    isUntouched()
  })

  it.each<[string, (copy: string) => void, string]>([
    ['when one byte of a file was flipped', (copy) => {
      const file = path.join(copy, 'members-0001.ejson.gz')
      const content = fs.readFileSync(file)
      content[content.length >> 1]! ^= 1
      fs.writeFileSync(file, content)
    }, 'members-0001.ejson.gz is damaged: its checksum does not fit'],
    ['when a file is missing', (copy) => fs.rmSync(path.join(copy, 'repairs-0001.ejson.gz')), 'repairs-0001.ejson.gz is missing'],
    ['when a file was cut short', (copy) => fs.truncateSync(path.join(copy, 'houses-0001.ejson.gz'), 100), 'houses-0001.ejson.gz has 100 bytes instead of'],
    ['when the manifest is missing', (copy) => fs.rmSync(path.join(copy, 'manifest.json')), 'a backup without it is not whole'],
  ])('%s', async (_, spoil, reason) => {
    const said = await restore(spoilt(spoil))
    expect(said).toMatchObject({ code: 1, text: expect.stringContaining(reason) })
    isUntouched()
  })

  it('into an environment that is not empty', async () => {
    await target.cloud.database.replaceAll({ members: [{ _id: 'm-somebody', schema: 1 }] })
    expect(await restore(folder)).toMatchObject({ code: 1, text: expect.stringContaining('members holds 1 documents') })
    expect(everything(target).size).toBe(1)
  })

  it('into an environment that was set up with another key', async () => {
    await target.cloud.database.replaceAll({ key_records: [{ _id: 'data-1', schema: 1, fingerprint: 'of another key' }] })
    expect(await restore(folder)).toMatchObject({ code: 1, text: expect.stringContaining('it was set up with another key data-1') })
    expect(everything(target).size).toBe(1)
  })
})
