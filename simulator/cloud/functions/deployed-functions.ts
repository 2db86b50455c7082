import fs from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { isTimerExpression } from '../timers/cron'

export type Trigger = { name: string; config: string }

export type DeployedFunction = {
  name: string
  bundle: string
  timeoutSeconds: number
  /** openapi names its config.json lists; others are refused. */
  openapi: ReadonlySet<string>
  triggers: Trigger[]
  /** Changes when the bundle or its config.json does. */
  version: string
}

// `timeout` is not WeChat's key: the cloud console holds it there. Our build writes it here, so that both are deployed alike.
const configShape = z.object({
  timeout: z.number().int().min(1).max(60).default(3),
  permissions: z.object({ openapi: z.array(z.string()).default([]) }).default({ openapi: [] }),
  triggers: z
    .array(z.object({
      name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/),
      type: z.literal('timer'),
      config: z.string().refine(isTimerExpression, 'is not a 7-field timer expression'),
    }))
    .max(1, 'a function has at most one timer')
    .default([]),
})

const namePattern = /^[a-zA-Z][a-zA-Z0-9_-]{0,58}[a-zA-Z0-9]$/
const recheckEveryMs = 250

export type DeployedFunctions = {
  find: (name: string) => DeployedFunction | undefined
  list: () => DeployedFunction[]
}

/** The functions of a folder, as they are now: a new upload is noticed within a quarter of a second. */
export const readDeployedFunctions = (folder: string): DeployedFunctions => {
  const known = new Map<string, { deployed: DeployedFunction | undefined; checkedAt: number }>()
  const find = (name: string): DeployedFunction | undefined => {
    const entry = known.get(name)
    const at = performance.now()
    if (entry && at - entry.checkedAt < recheckEveryMs) return entry.deployed
    const deployed = namePattern.test(name) ? readFunction(folder, name, entry?.deployed) : undefined
    if (deployed) known.set(name, { deployed, checkedAt: at })
    else known.delete(name)
    return deployed
  }
  const list = (): DeployedFunction[] =>
    (fs.existsSync(folder) ? fs.readdirSync(folder) : []).map(find).filter((deployed) => deployed !== undefined)
  return { find, list }
}

const readFunction = (folder: string, name: string, before: DeployedFunction | undefined): DeployedFunction | undefined => {
  const bundle = path.resolve(folder, name, 'index.js')
  const configFile = path.resolve(folder, name, 'config.json')
  const bundleStat = fs.statSync(bundle, { throwIfNoEntry: false })
  if (!bundleStat) return undefined
  const configStat = fs.statSync(configFile, { throwIfNoEntry: false })
  const version = `${bundleStat.mtimeMs}-${bundleStat.size}-${configStat?.mtimeMs ?? 0}`
  if (before?.version === version) return before
  const config = readConfig(name, configStat ? fs.readFileSync(configFile, 'utf8') : '{}')
  return {
    name,
    bundle,
    timeoutSeconds: config.timeout,
    openapi: new Set(config.permissions.openapi),
    triggers: config.triggers.map((trigger) => ({ name: trigger.name, config: trigger.config })),
    version,
  }
}

const readConfig = (name: string, text: string): z.infer<typeof configShape> => {
  const parsed = configShape.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`config.json of the function ${name} is not one the platform takes: ${issues.join('; ')}`)
}
