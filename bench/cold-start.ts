import { spawnSync } from 'node:child_process'
import fs, { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import { startCloud } from '../simulator/cloud/cloud'
import { seeds } from '../simulator/seed/seeds'
import { inRoot } from '../tools/root'
import { createClient, type Client, type Measurement } from './measure'

/** The yardstick: the SDK as it is laid beside every function, and one read of the caller. */
const bare = `const cloud = require('./wx-server-sdk.js')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
exports.main = async () => {
  const { data } = await db.collection('members').where({ openid: cloud.getWXContext().OPENID }).limit(1).get()
  return { ok: true, data: data.length }
}
`
const bareName = 'bare-sdk'
type FirstCall = { name: string; who?: string; action: string; input?: object }
/** Of every function that phones call: the plainest call it answers. */
const firstCalls: FirstCall[] = [
  { name: bareName, action: '' },
  { name: 'members', action: 'session' },
  { name: 'home', action: 'open' },
  { name: 'repairs', action: 'list', input: { houseId: 'h-3-2-501' } },
  { name: 'messages', action: 'list' },
  { name: 'account', action: 'myData' },
  { name: 'incidents', action: 'list', input: { houseId: 'h-3-2-501' } },
  { name: 'houses', action: 'directory' },
  { name: 'house-import', who: 'he', action: 'list' },
  { name: 'exports', who: 'he', action: 'houses' },
  { name: 'insights', who: 'he', action: 'residentProfile', input: { houseId: 'h-3-2-501' } },
  { name: 'operations', who: 'he', action: 'checklist' },
  { name: 'repair-desk', who: 'he', action: 'shifts' },
]
const installed = (name: string) => `${name}-installed-sdk`
/** What bundling the SDK is worth is seen on these. */
const comparedToInstalled = [bareName, 'members', 'home', 'repairs', 'messages']
const rounds = 9

/** Of a world that is begun anew for every round: all that a function has asked for is its first call's. */
const tripsOf = async (client: Client, functionName: string): Promise<number> => {
  const { calls } = (await client.get('/control/calls?since=0')) as { calls: { function: string }[] }
  return calls.filter((call) => call.function === functionName).length
}

/** Throws for a function nobody measures. */
const requireAll = (): void => {
  const missing = fs.readdirSync(inRoot('cloudfunctions'))
    .filter((name) => name !== '_shared' && fs.existsSync(inRoot('cloudfunctions', name, 'contract.ts')) && !firstCalls.some((call) => call.name === name))
  if (missing.length > 0) throw new Error(`W6: which call of ${missing.join(', ')} is the plainest? Add it to bench/cold-start.ts`)
}

/** W6: from the start of the process to the first reply, each time in a new process; and how many times what the bare SDK takes. */
export const startCold = async (): Promise<Measurement[]> => {
  requireAll()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'linli-cold-'))
  const functionsFolder = path.join(folder, 'functions')
  cpSync(inRoot('dist', 'cloudfunctions'), functionsFolder, { recursive: true })
  mkdirSync(path.join(functionsFolder, 'bare-sdk'))
  cpSync(path.join(functionsFolder, 'members', 'wx-server-sdk.js'), path.join(functionsFolder, 'bare-sdk', 'wx-server-sdk.js'))
  writeFileSync(path.join(functionsFolder, 'bare-sdk', 'index.js'), bare)
  writeFileSync(path.join(functionsFolder, 'bare-sdk', 'config.json'), '{}')
  // The same functions with the SDK as the cloud would install it, instead of the one file beside them.
  const installedSdk = `module.exports = require(${JSON.stringify(require.resolve('wx-server-sdk'))})`
  for (const name of comparedToInstalled) {
    cpSync(path.join(functionsFolder, name), path.join(functionsFolder, installed(name)), { recursive: true })
    writeFileSync(path.join(functionsFolder, installed(name), 'wx-server-sdk.js'), installedSdk)
  }
  const cloud = await startCloud({
    folder: path.join(folder, 'data'), functionsFolder, rulesFolder: inRoot('database-rules'), seeds, seed: 'village',
    environment: { LINLI_DATA_KEY: randomBytes(32).toString('base64'), LINLI_HASH_KEY: randomBytes(32).toString('base64') }, automatic: { timers: false },
  })
  const client = createClient(cloud.url)
  const calls = firstCalls.flatMap((call) => [call, ...(comparedToInstalled.includes(call.name) ? [{ ...call, name: installed(call.name) }] : [])])
  const times = new Map<string, number[]>(calls.map(({ name }) => [name, []]))
  const trips = new Map<string, number>()
  for (let round = 0; round < rounds; round += 1) {
    await cloud.reset('village')
    for (const { name, who = 'wang', action, input = {} } of calls) {
      const from = performance.now()
      const { result } = (await client.post('/client/call', { openid: `o-village-${who}`, name, data: { action, input } })) as { result?: { ok: boolean } }
      if (!result?.ok) throw new Error(`${name} did not answer`)
      times.get(name)!.push(performance.now() - from)
      if (round === 0) trips.set(name, await tripsOf(client, name))
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
  const atShare = (taken: number[], share: number) => Math.round([...taken].sort((a, b) => a - b)[Math.floor((taken.length - 1) * share)]! * 10) / 10
  const bareMs = atShare(times.get(bareName)!, 0.5)
  return [...times, ['empty-node', emptyNode] as const].map(([name, taken]) => {
    const at = (share: number) => atShare(taken, share)
    return {
      workload: `W6-${name}`, concurrency: 1, p50: at(0.5), p95: at(0.95), p99: at(0.99), opsPerSecond: Math.round(1_000 / at(0.5)), roundTrips: trips.get(name) ?? 0,
      timesBare: Math.round((at(0.5) / bareMs) * 100) / 100,
    }
  })
}
