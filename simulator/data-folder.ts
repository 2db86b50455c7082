import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const isRunning = (processId: number): boolean => {
  try {
    process.kill(processId, 0)
    return true
  } catch (reason) {
    return (reason as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Two simulators on one folder would each write over what the other remembers. */
const refuseSecond = (folder: string, file: string) => {
  const owner = existsSync(file) ? Number(readFileSync(file, 'utf8')) : process.pid
  if (!(owner > 0) || owner === process.pid || !isRunning(owner)) return
  throw new Error(`The data folder ${folder} is in use by process ${owner}: stop it, or choose another folder with -- --data <folder>`)
}

const makeWritable = (folder: string) => {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
  } catch (reason) {
    throw new Error(`The data folder ${folder} cannot be written (${(reason as Error).message}): choose another with -- --data <folder>`)
  }
}

/**
 * Makes the folder this simulator's own until `leave`. `key` seals personal data: made once for the folder, as set-up makes one
 * for an environment.
 */
export const takeDataFolder = (folder: string): { key: string; leave: () => void } => {
  const [owner, keyFile] = [path.join(folder, 'pid'), path.join(folder, 'key')]
  makeWritable(folder)
  refuseSecond(folder, owner)
  writeFileSync(owner, String(process.pid))
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 })
  return { key: readFileSync(keyFile, 'utf8'), leave: () => rmSync(owner, { force: true }) }
}
