import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Declared, readDeclared } from '../../tools/deploy/declared'
import { deploy, type Options } from '../../tools/deploy/deploy'
import type { Environment } from '../../tools/deploy/environments'
import { stagePhone, type StagedPhone } from '../../tools/deploy/phone'
import type { Source } from '../../tools/deploy/source'
import { type FakeCloud, openFakeCloud } from './fake-cloud'

export const production: Environment = { id: 'production', kind: 'production', appid: 'wx0123456789abcdef', cloudEnvironment: 'linli-prod-0a1b' }
export const demonstration: Environment = { ...production, id: 'demonstration', kind: 'demonstration', cloudEnvironment: 'linli-demo-0a1b' }

export type Deployer = {
  online: FakeCloud
  /** Everything printed since the last `run`. */
  printed: string[]
  /** Answers how many steps the plan had, or the sentence it was refused with. */
  run: (options?: Partial<Options>, otherwise?: { declared?: Declared; now?: Date; environment?: Environment; source?: Source }) => Promise<number | string>
  declared: Declared
}

const stagedFor = new Map<string, StagedPhone>()

/** Laid out once for all: it is some thousand files. */
const staged = (environment: Environment): StagedPhone => {
  const known = stagedFor.get(environment.id)
  if (known) return known
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-deploy-'))
  const phone = stagePhone(environment, { folder })
  fs.rmSync(folder, { recursive: true })
  stagedFor.set(environment.id, phone)
  return phone
}

export const morning = new Date('2026-03-02T01:00:00Z')

let known: Declared | undefined

/** A machine that deploys what is in dist/ to a cloud of its own. */
export const openDeployer = (environment: Environment = production, { online = openFakeCloud() } = {}): Deployer => {
  const declared = (known ??= readDeclared())
  const printed: string[] = []
  let uploaded: string | null = null
  let made = 0
  const run: Deployer['run'] = async (options = {}, otherwise = {}) => {
    printed.length = 0
    const chosen = otherwise.environment ?? environment
    try {
      return await deploy({
        environment: chosen, declared: otherwise.declared ?? declared, cloud: online.cloud, weChat: async () => online.weChat,
        staged: staged(chosen), memory: { read: () => uploaded, write: (text) => void (uploaded = text) },
        options: { isDryRun: false, only: null, replaceIndexes: false, isNewCode: false, recoveryKey: undefined, rotatesKey: false, allowsDirty: false, ...options },
        source: otherwise.source === undefined ? { isClean: true, isOnMain: true } : otherwise.source,
        now: otherwise.now ?? morning, random: (bytes) => Buffer.alloc(bytes, (made += 1)), print: (line) => void printed.push(line),
      })
    } catch (error) {
      return (error as Error).message
    }
  }
  return { online, printed, run, declared }
}
