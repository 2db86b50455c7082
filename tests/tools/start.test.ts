import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { inRoot } from '../../tools/root'

let folder: string
const started: number[] = []
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-start-'))
})
afterAll(() => {
  for (const id of started) if (isRunning(id)) process.kill(id, 'SIGKILL')
  fs.rmSync(folder, { recursive: true, force: true })
})

type Run = { child: ChildProcess; printed: () => string; ended: Promise<number | null> }

const start = (...options: string[]): Run => {
  const child = spawn(process.execPath, [inRoot('tools/bootstrap.mjs'), 'start', '--no-open', ...options], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child.pid!)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { child, printed: () => text, ended: new Promise((resolve) => child.on('close', resolve)) }
}

const until = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (const end = Date.now() + 20_000; Date.now() < end; ) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('waited in vain')
}

const isRunning = (id: number): boolean => {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

const descendants = (id: number): number[] => {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n').map((row) => row.trim().split(/\s+/).map(Number))
  const below = (parent: number): number[] => rows.filter(([, of]) => of === parent).flatMap(([child]) => [child!, ...below(child!)])
  return below(id)
}

/** A start that is ready and has a function process. */
const startAndCall = async (data: string): Promise<Run & { url: string; processes: number[] }> => {
  const run = start('--port', '0', '--data', data)
  const url = await until(() => /^ready \{"url":"(.*)"\}$/m.exec(run.printed())?.[1])
  const body = JSON.stringify({ openid: 'o-village-wang', name: 'home', data: {} })
  expect((await fetch(`${url}/client/call`, { method: 'POST', body })).status).toBe(200)
  const processes = descendants(run.child.pid!)
  started.push(...processes)
  expect(processes.length).toBeGreaterThanOrEqual(2)
  return { ...run, url, processes }
}

describe('npm start says plainly', () => {
  it('that the port is taken', async () => {
    const other = http.createServer().listen(0, '127.0.0.1')
    const { port } = await until(() => (other.address() as AddressInfo | null) ?? undefined)
    const { ended, printed } = start('--port', String(port), '--data', path.join(folder, 'port'))
    expect(await ended).toBe(1)
    expect(printed()).toBe(`Port ${port} is in use: stop what runs there, or choose another with -- --port 8801\n`)
    other.close()
  })

  it('that there is no such seed', async () => {
    const { ended, printed } = start('--seed', 'city', '--data', path.join(folder, 'seed'))
    expect(await ended).toBe(1)
    expect(printed()).toBe('--seed city is not known. Known: village, town, town-30000, empty\n')
  })

  it('that the data folder cannot be written', async () => {
    fs.writeFileSync(path.join(folder, 'file'), '')
    const data = path.join(folder, 'file', 'data')
    const { ended, printed } = start('--port', '0', '--data', data)
    expect(await ended).toBe(1)
    expect(printed()).toMatch(/^The data folder \S+ cannot be written \(E.*\): choose another with -- --data <folder>\n$/)
  })
})

describe('npm start', () => {
  it('keeps its data folder to itself, and serves nothing of it', async () => {
    const data = path.join(folder, 'own')
    const { child, ended, url, processes } = await startAndCall(data)
    expect(fs.statSync(path.join(data, 'key')).mode & 0o777).toBe(0o600)
    const key = fs.readFileSync(path.join(data, 'key'), 'utf8')
    for (const where of ['/key', '/.linli/key', '/phone/key', '/phone/files/key', `/phone/files/..%2f..%2f..${encodeURIComponent(data)}%2fkey`, '/file/key']) {
      const response = await fetch(url + where)
      expect([response.status, (await response.text()).includes(key)]).toEqual([expect.any(Number), false])
      expect(response.status).toBeGreaterThanOrEqual(400)
    }
    const second = start('--port', '0', '--data', data)
    expect(await second.ended).toBe(1)
    expect(second.printed()).toMatch(/^The data folder \S+ is in use by process \d+: stop it, or choose another folder/)

    child.kill('SIGINT')
    expect(await ended).toBe(0)
    await until(() => (processes.some(isRunning) ? undefined : true))
  })

  it('leaves no process behind, however it ends, and starts on the same folder again', async () => {
    const data = path.join(folder, 'killed')
    const first = await startAndCall(data)
    first.child.kill('SIGKILL')
    await until(() => (first.processes.some(isRunning) ? undefined : true))
    const second = await startAndCall(data)
    const [main, ...others] = second.processes
    process.kill(main!, 'SIGKILL')
    await until(() => (others.some(isRunning) ? undefined : true))
    expect(await second.ended).toBe(1)
    const third = await startAndCall(data)
    third.child.kill('SIGTERM')
    expect(await third.ended).toBe(0)
  })
})
