import { randomBytes } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { dataKeyVariable, hashKeyVariable } from '../cloudfunctions/_shared/keys'

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

/** Made once for the folder, as set-up makes one for an environment. */
const keyIn = (file: string, made: () => string): string => {
  if (!existsSync(file)) writeFileSync(file, made(), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

/** Makes the folder this simulator's own until `leave`. `environment` holds the keys of its personal data. */
export const takeDataFolder = (folder: string): { environment: Record<string, string>; leave: () => void } => {
  const owner = path.join(folder, 'pid')
  makeWritable(folder)
  refuseSecond(folder, owner)
  writeFileSync(owner, String(process.pid))
  const random = () => randomBytes(32).toString('base64')
  // A folder of release 0.1.0 hashed with its data key.
  const isOld = existsSync(path.join(folder, 'key'))
  const data = keyIn(path.join(folder, 'key'), random)
  const hash = keyIn(path.join(folder, 'hash-key'), () => (isOld ? data : random()))
  return { environment: { [dataKeyVariable]: data, [hashKeyVariable]: hash }, leave: () => rmSync(owner, { force: true }) }
}
