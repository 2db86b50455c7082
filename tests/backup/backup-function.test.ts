import fs from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isDeepStrictEqual } from 'node:util'
import type { Backup } from '../../cloudfunctions/_shared/backups'
import { village } from '../../simulator/seed/village'
import { filesUnder } from '../support/tree'
import { testEnvironment } from '../support/people'
import { backUpWhole, download, everything, minuteOf, openWorld, restoreCommand, rowOf, runBackup, type World } from './drill'

const night = new Date('2026-11-24T19:00:00Z') // three o'clock in Shanghai, on the 25th
const day = '2026-11-25'

/** What seeds do not have: every kind of value, ids in another order than they were made, a document no release can read. */
const oddities = [
  { _id: '~last', schema: 1, at: new Date('2026-01-01T00:00:00.123Z'), list: [1, [2.5, null], { deep: ['甲', ''] }], zero: 0, large: 1_790_000_000_000, negative: -7, isTrue: true },
  { _id: '0first', nothing: null, text: '一行\n又一行 "引号" \u2028 😀', empty: {}, none: [] },
  { _id: 'Ärger', schema: 99 },
]
const villageDocuments = () => ({ ...village(night, testEnvironment).documents, consents: oddities })

let world: World
beforeEach(async () => { world = await openWorld(villageDocuments()) })
afterEach(() => world.close())

const backupRow = () => rowOf(world, night)!
/** How many files lie in the cloud's storage. */
const files = () => (fs.readdirSync(world.folder, { recursive: true, encoding: 'utf8' })).filter((name) => /(^|\/)[0-9a-f]{64}$/.test(name)).length

describe('the nightly backup', () => {
  it('saves every document of every collection, in less than 100 MB', async () => {
    const before = everything(world)
    const { runs } = await backUpWhole(world, night)
    expect(runs).toEqual([{ day, state: 'whole', documents: before.size, bytes: expect.any(Number), peakMegabytes: expect.any(Number) }])
    expect(runs[0]!.peakMegabytes).toBeLessThan(100)
    const declared = filesUnder('database-rules', /\.indexes\.json$/).map((file) => path.basename(file, '.indexes.json')).filter((name) => !['backups', 'erasures'].includes(name))
    expect(backupRow().collections.map(({ name }) => name).sort()).toEqual(declared.sort())
  })

  it('is made once a night, and costs one query when it is whole', async () => {
    await backUpWhole(world, night)
    const before = files()
    expect(await runBackup(world, minuteOf(night, 5))).toMatchObject({ state: 'whole already, or another works' })
    expect(files()).toBe(before)
  })

  it('is left alone by a second worker while the first one works', async () => {
    await world.post('/control/fault', { kind: 'kill', function: 'backup', afterCall: 4 })
    expect(await runBackup(world, minuteOf(night, 1))).toBeNull()
    await world.post('/control/fault', { kind: 'none' })
    expect(await runBackup(world, minuteOf(night, 1.5))).toMatchObject({ state: 'whole already, or another works' })
    expect(await runBackup(world, minuteOf(night, 2))).toMatchObject({ state: 'whole' })
  })

  it('ends the same wherever and however often it was killed', async () => {
    const before = everything(world)
    // A whole run of the village takes more than 50 calls; each of these dies a little later than the one before.
    const kills = Array.from({ length: 14 }, (_, i) => (i % 2 ? { beforeCall: 3 + i } : { afterCall: 3 + i }))
    const { deaths, runs } = await backUpWhole(world, night, kills)
    expect(deaths).toBeGreaterThan(8)
    expect(runs.every(({ peakMegabytes }) => peakMegabytes < 100)).toBe(true)
    const folder = await download(world, day)
    const empty = await openWorld()
    try {
      expect((await restoreCommand(['--env', empty.cloud.url, '--backup', folder])).restored).toMatchObject({ differences: 0 })
      expect(isDeepStrictEqual(everything(empty), before)).toBe(true)
    } finally {
      await empty.close()
    }
  })

  it('is kept for 30 days, and then goes with all its files', async () => {
    await backUpWhole(world, night)
    await backUpWhole(world, minuteOf(night, 30 * 24 * 60))
    expect(world.cloud.database.documents('backups').map(({ _id }) => _id).sort()).toEqual([day, '2026-12-25'])
    await backUpWhole(world, minuteOf(night, 31 * 24 * 60))
    expect(world.cloud.database.documents('backups').map(({ _id }) => _id).sort()).toEqual(['2026-12-25', '2026-12-26'])
    const kept = world.cloud.database.documents('backups') as unknown as Backup[]
    expect(files()).toBe(kept.flatMap(({ collections }) => collections.flatMap(({ parts }) => parts)).length + kept.length)
  })

  it('cannot be started by a phone, nor read by one', async () => {
    expect(await world.post('/client/call', { openid: 'o-village-he', name: 'backup', data: {} })).toMatchObject({ errCode: expect.any(Number) })
    await backUpWhole(world, night)
    const fileList = [`${backupRow().folder}manifest.json`, `${backupRow().folder}members-0001.ejson.gz`]
    for (const openid of ['o-village-he', 'o-stranger', '']) {
      const answer = JSON.stringify(await world.post('/client/temp-url', { openid, fileList }))
      expect(answer).not.toContain('/file/')
    }
  })

  it('shows no phone number to whoever finds it', async () => {
    await backUpWhole(world, night)
    const folder = await download(world, day)
    const texts = fs.readdirSync(folder).filter((file) => file.endsWith('.gz')).map((file) => gunzipSync(fs.readFileSync(path.join(folder, file))).toString('utf8'))
    expect(texts.join('')).toContain('m-wang')
    expect(texts.join('')).not.toMatch(/13800135010|13900135011/)
  })
})
