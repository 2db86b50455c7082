import { execFile } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Backup } from '../../cloudfunctions/_shared/backups'
import { shanghaiDay } from '../../cloudfunctions/_shared/clock'
import { startCloud, type Cloud } from '../../simulator/cloud/cloud'
import type { StoredDocument } from '../../simulator/cloud/database/database'
import { inRoot } from '../../tools/root'
import { testEnvironment } from '../support/people'

export type World = { cloud: Pick<Cloud, 'url' | 'database' | 'close'>; folder: string; post(door: string, body: object): Promise<unknown>; close(): Promise<void> }

/** A cloud with these documents and nothing else; without any, the empty environment that a restore asks for. */
export const openWorld = async (documents: Record<string, StoredDocument[]> = {}): Promise<World> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-backup-'))
  const cloud = await startCloud({
    folder, seed: 'given', seeds: { given: () => ({ documents, files: [], people: [] }) }, environment: testEnvironment,
    functionsFolder: inRoot('dist/cloudfunctions'), rulesFolder: inRoot('database-rules'), automatic: { timers: false, mediaCheckMs: null },
  })
  return {
    cloud, folder,
    async post(door, body) {
      const response = await fetch(cloud.url + door, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
      return response.json()
    },
    async close() {
      await cloud.close()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Run = { day: string; state: string; documents: number; bytes: number; peakMegabytes: number }

/** One minute of the nightly timer; null when the function died. */
export const runBackup = async (world: World, time: Date): Promise<Run | null> =>
  ((await world.post('/control/timer', { name: 'backup', time: time.toISOString() })) as { result?: Run }).result ?? null

export const minuteOf = (from: Date, minutes: number): Date => new Date(from.getTime() + minutes * 60_000)

export const rowOf = (world: World, night: Date): Backup | undefined =>
  (world.cloud.database.documents('backups') as unknown as Backup[]).find(({ _id }) => _id === shanghaiDay(night))

/** Goes on minute by minute until the night's backup is whole. `kill`: before or after which platform call of each run it dies, once. */
export const backUpWhole = async (world: World, from: Date, kills: { beforeCall?: number; afterCall?: number }[] = []): Promise<{ runs: Run[]; deaths: number }> => {
  const runs: Run[] = []
  let deaths = 0
  for (let minute = 0; minute < 120; minute += 1) {
    const kill = kills[minute]
    if (kill) await world.post('/control/fault', { kind: 'kill', function: 'backup', ...kill })
    const run = await runBackup(world, minuteOf(from, minute))
    await world.post('/control/fault', { kind: 'none' })
    if (!run) deaths += 1
    else runs.push(run)
    if (rowOf(world, from)?.state === 'whole') return { runs, deaths }
  }
  throw new Error('The backup did not end in two hours')
}

export type Said = { code: number; text: string; restored: { documents: number; differences: number; erased: number; seconds: number; peakMegabytes: number } | null }

/** The command a person runs, in a process of its own. */
export const restoreCommand = (args: string[], environment: Record<string, string> = testEnvironment): Promise<Said> =>
  new Promise((resolve) => {
    const { PATH = '' } = process.env
    execFile(process.execPath, ['--import', 'tsx', inRoot('tools/restore/main.ts'), ...args], { env: { PATH, ...environment }, cwd: inRoot(), maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        const text = stdout + stderr
        const restored = /^restored (\{.*\})$/m.exec(text)
        resolve({ code: error ? Number(error.code ?? 1) : 0, text, restored: restored ? (JSON.parse(restored[1]!) as Said['restored']) : null })
      })
  })

export const download = async (world: World, day: string): Promise<string> => {
  const folder = path.join(world.folder, `downloaded-${day}`)
  const said = await restoreCommand(['--env', world.cloud.url, '--download', day, '--backup', folder], {})
  if (said.code !== 0) throw new Error(said.text)
  return folder
}

/** A way to the cloud that ends after so many requests: as whoever asked would find it who was killed there. */
export const cutAfter = async (world: World, requests: number): Promise<{ url: string; close(): Promise<void> }> => {
  let count = 0
  const line = http.createServer((request, response) => {
    count += 1
    if (count > requests) return response.end(JSON.stringify({ code: 'SYS_ERR', message: 'the line was cut' }))
    const { host: _host, ...headers } = request.headers
    request.pipe(http.request(world.cloud.url + request.url, { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    }))
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(line.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => { line.close(() => resolve()); line.closeAllConnections() }),
  }
}

// What functions note of themselves while a backup runs.
const ownNotes = ['backups', 'erasures', 'failures', 'timers', 'usage']

/** Every document of every collection that people's doings are in, by collection and id. */
export const everything = (world: World): Map<string, StoredDocument> =>
  new Map(world.cloud.database.collectionNames().filter((name) => !ownNotes.includes(name))
    .flatMap((name) => world.cloud.database.documents(name).map((document): [string, StoredDocument] => [`${name}/${document._id}`, document])))
