import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { spawn } from 'node:child_process'
import { inRoot } from './root'

/** The product as `npm start` runs it, in a process of its own, on the given seed. */
export const startWorld = async (seed: string): Promise<{ url: string; close: () => Promise<void> }> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'linli-bench-'))
  const child = spawn(process.execPath, ['--import', 'tsx', inRoot('simulator', 'main.ts'), '--port', '0', '--data', folder, '--seed', seed, '--no-open'],
    { cwd: inRoot(), stdio: ['ignore', 'pipe', 'inherit'] })
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString('utf8')).slice(-10_000)
      const ready = /^ready (\{.*\})$/m.exec(printed)
      if (ready) resolve((JSON.parse(ready[1]!) as { url: string }).url)
    })
    child.on('exit', () => reject(new Error(`The simulator stopped before it was ready: ${printed.slice(-2_000)}`)))
  })
  return {
    url,
    close: async () => {
      const stopped = new Promise((resolve) => child.once('exit', resolve))
      child.kill()
      await stopped
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
