import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { startCloud } from '../simulator/cloud/cloud'
import { seeds } from '../simulator/seed/seeds'
import { inRoot } from '../tools/root'
import { createClient, type Measurement } from './measure'

/** The yardstick: the SDK as it is laid beside every function, and one read of the caller. */
const bare = `const cloud = require('./wx-server-sdk.js')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
exports.main = async () => {
  const { data } = await db.collection('members').where({ openid: cloud.getWXContext().OPENID }).limit(1).get()
  return { ok: true, data: data.length }
}
`
const firstCalls: [string, object][] = [
  ['bare-sdk', { action: '' }],
  ['members', { action: 'session', input: {} }],
  ['home', { action: 'open', input: {} }],
  ['repairs', { action: 'list', input: { houseId: 'h-3-2-501' } }],
  ['messages', { action: 'list', input: {} }],
]
const installed = (name: string) => `${name}-installed-sdk`
const rounds = 9

/** W6: from the start of the process to the first reply, each time in a new process. */
export const startCold = async (): Promise<Measurement[]> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'linli-cold-'))
  const functionsFolder = path.join(folder, 'functions')
  cpSync(inRoot('dist', 'cloudfunctions'), functionsFolder, { recursive: true })
  mkdirSync(path.join(functionsFolder, 'bare-sdk'))
  cpSync(path.join(functionsFolder, 'members', 'wx-server-sdk.js'), path.join(functionsFolder, 'bare-sdk', 'wx-server-sdk.js'))
  writeFileSync(path.join(functionsFolder, 'bare-sdk', 'index.js'), bare)
  writeFileSync(path.join(functionsFolder, 'bare-sdk', 'config.json'), '{}')
  // The same functions with the SDK as the cloud would install it, instead of the one file beside them.
  const installedSdk = `module.exports = require(${JSON.stringify(require.resolve('wx-server-sdk'))})`
  for (const [name] of firstCalls) {
    cpSync(path.join(functionsFolder, name), path.join(functionsFolder, installed(name)), { recursive: true })
    writeFileSync(path.join(functionsFolder, installed(name), 'wx-server-sdk.js'), installedSdk)
  }
  const cloud = await startCloud({
    folder: path.join(folder, 'data'), functionsFolder, rulesFolder: inRoot('database-rules'), seeds, seed: 'village',
    environment: { LINLI_DATA_KEY: randomBytes(32).toString('base64'), LINLI_HASH_KEY: randomBytes(32).toString('base64') }, automatic: { timers: false },
  })
  const client = createClient(cloud.url)
  const calls = firstCalls.flatMap(([name, data]) => [[name, data], [installed(name), data]] as [string, object][])
  const times = new Map<string, number[]>(calls.map(([name]) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    await cloud.reset('village')
    for (const [name, data] of calls) {
      const from = performance.now()
      const { result } = (await client.post('/client/call', { openid: 'o-village-wang', name, data })) as { result?: { ok: boolean } }
      if (!result?.ok) throw new Error(`${name} did not answer`)
      times.get(name)!.push(performance.now() - from)
    }
  }
  client.close()
  await cloud.close()
  rmSync(folder, { recursive: true, force: true })
  const emptyNode = Array.from({ length: rounds }, () => {
    const from = performance.now()
    spawnSync(process.execPath, ['-e', '0'])
    return performance.now() - from
  })
  return [...times, ['empty-node', emptyNode] as const].map(([name, taken]) => {
    const sorted = [...taken].sort((a, b) => a - b)
    const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]! * 10) / 10
    return { workload: `W6-${name}`, concurrency: 1, p50: at(0.5), p95: at(0.95), p99: at(0.99), opsPerSecond: Math.round(1_000 / at(0.5)), roundTrips: 1 }
  })
}
