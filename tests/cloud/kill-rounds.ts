import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { StoredDocument } from '../../simulator/cloud/database/database'
import { openDatabase } from '../../simulator/cloud/database/database'

type KillReport = { rounds: number; acknowledged: number; wrong: string[] }

const ROOT = path.resolve(__dirname, '../..')
const COLLECTIONS = ['bills', 'payments', 'counts']

const writeRules = (folder: string): void => {
  fs.mkdirSync(folder, { recursive: true })
  for (const collection of COLLECTIONS) fs.writeFileSync(path.join(folder, `${collection}.json`), '{"read": false, "write": false}')
}

/** Runs the writer until it has acknowledged for `ms`, kills it there and then, and answers what it had acknowledged. */
const writeUntilKilled = (folder: string, rulesFolder: string, ms: number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', path.join(__dirname, 'kill-writer.ts'), folder, rulesFolder], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let told = ''
    let errors = ''
    let killing = false
    child.stderr.on('data', (data: Buffer) => (errors += String(data)))
    child.stdout.on('data', (data: Buffer) => {
      told += String(data)
      if (killing) return
      killing = true
      setTimeout(() => child.kill('SIGKILL'), ms)
    })
    child.on('error', reject)
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(told.split('\n').slice(0, -1))
      else reject(new Error(`the writer ended by itself: ${errors}`))
    })
  })

const violations = (acknowledged: Set<string>, documents: Record<string, StoredDocument[]>): string[] => {
  const wrong: string[] = []
  const bills = new Set(documents.bills!.map(({ _id }) => _id))
  const payments = new Set(documents.payments!.map(({ _id }) => _id))
  for (const id of acknowledged) if (!bills.has(id)) wrong.push(`${id} was acknowledged and is lost`)
  for (const id of bills) if (!payments.has(id)) wrong.push(`${id} has a bill and no payment`)
  for (const id of payments) if (!bills.has(id)) wrong.push(`${id} has a payment and no bill`)
  for (const { _id, n } of documents.counts!) {
    const settled = documents.bills!.filter(({ writer }) => writer === _id).length
    if (settled !== n) wrong.push(`${_id} counts ${String(n)} and has ${settled}`)
  }
  return wrong
}

/**
 * Kills a process that commits transactions over three collections, `rounds` times at different moments, on one and the same database.
 * Whatever it acknowledged must be there afterwards, and nothing by halves.
 */
export const runKillRounds = async (rounds: number): Promise<KillReport> => {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-kill-'))
  const [folder, rulesFolder] = [path.join(base, 'data'), path.join(base, 'rules')]
  writeRules(rulesFolder)
  const acknowledged = new Set<string>()
  const wrong: string[] = []
  for (let round = 0; round < rounds; round++) {
    const ids = await writeUntilKilled(folder, rulesFolder, (round * 37) % 150).catch((error: Error) => error)
    if (ids instanceof Error) {
      wrong.push(`round ${round}: ${ids.message}`)
      break
    }
    for (const id of ids) acknowledged.add(id)
    const database = await openDatabase({ folder, rulesFolder, now: Date.now })
    const documents = Object.fromEntries(COLLECTIONS.map((collection) => [collection, database.documents(collection)]))
    wrong.push(...violations(acknowledged, documents).map((violation) => `round ${round}: ${violation}`))
    await database.close()
  }
  fs.rmSync(base, { recursive: true, force: true })
  return { rounds, acknowledged: acknowledged.size, wrong }
}
