import { isOlder } from '../../cloudfunctions/_shared/client-version'
import { environmentKindVariable, environmentVariable } from '../../cloudfunctions/_shared/environment'
import type { Declared, DeclaredFunction, Timer } from './declared'
import type { Environment } from './environments'
import { keyVariables, variablesOnline, type ChosenKeys } from './keys'
import type { Online } from './online'
import { emptyPlan, isSame, type Plan } from './plan'
import { Refusal } from './refusal'
import type { Cloud, OnlineFunction, WeChat } from './tools'

const runtime = 'Nodejs18.15'

type Release = { version: string; digest: string; readableFrom: string }

/** Stands in the function's description, where the console shows it and the next deployment reads it. */
export const describe = ({ version, digest, readableFrom }: Release): string => `linli ${version} · ${digest} · data readable from ${readableFrom}`

export const releaseIn = (description: string): Release | null => {
  const [, version, digest, readableFrom] = /^linli (\d+\.\d+\.\d+) · ([0-9a-f]+) · data readable from (\d+\.\d+\.\d+)$/.exec(description) ?? []
  return version ? { version, digest: digest!, readableFrom: readableFrom! } : null
}

const latest = (versions: string[]): string | null => versions.reduce<string | null>((newest, one) => (newest === null || isOlder(newest, one) ? one : newest), null)

/** Going back is a deployment like any other, as far as the data allows. */
const planRollback = ({ version }: Declared, online: Online): Plan => {
  const plan = emptyPlan()
  const releases = [...online.functions.values()].flatMap(({ Description }) => releaseIn(Description ?? '') ?? [])
  const newest = latest(releases.map((one) => one.version))
  const oldest = latest(releases.map((one) => one.readableFrom))
  if (!newest || !isOlder(version, newest)) return plan
  if (isOlder(version, oldest!)) {
    plan.blocks.push(`Release ${newest} is online, and what it has stored can be read by ${oldest} and later; ${version} could not. Deploy ${oldest} instead, or restore the backup made before ${newest} into an empty environment.`)
    return plan
  }
  plan.notes.push(`This goes back from ${newest} to ${version}. What ${newest} stored stays and can be read; what only ${newest} shows is hidden until it returns.`)
  plan.later.push(`Phones in use run ${newest}: in mp.weixin.qq.com → 管理 → 版本管理 → 线上版本 choose 版本回退, or release ${version} anew.`)
  return plan
}

const cronOf = (description: string): string => /"cron"\s*:\s*"([^"]+)"/.exec(description)?.[1] ?? description

const planTimers = ({ name, timers }: DeclaredFunction, there: OnlineFunction | undefined, cloud: Cloud): Plan => {
  const plan = emptyPlan()
  const online = (there?.Triggers ?? []).filter(({ Type }) => Type === 'timer')
  for (const timer of timers) {
    const same = online.find((one) => one.TriggerName === timer.name)
    if (same && cronOf(same.TriggerDesc) === timer.config) continue
    plan.steps.push({
      part: 'functions', says: `${same ? 'change' : 'set'} the timer of ${name}: ${timer.name} ${timer.config}`,
      take: async () => {
        if (same) await cloud.functions.deleteFunctionTrigger(name, timer.name)
        // miniprogram-ci's createTimeTrigger answers a failure as if it were none; this one throws.
        await cloud.functions.createFunctionTriggers(name, [timer satisfies Timer])
      },
    })
  }
  const strangers = online.filter((one) => !timers.some(({ name: declared }) => declared === one.TriggerName))
  plan.notes.push(...strangers.map((one) => `Function ${name} has a timer ${one.TriggerName} that is not declared here: it would run twice. Remove it in the console.`))
  return plan
}

type Place = { declared: Declared; environment: Environment; online: Online; cloud: Cloud; weChat: () => Promise<WeChat>; chosen: ChosenKeys }

/** What a function's bundle reads and the deployment knows; what is online wins. */
const wantedVariables = ({ variables }: DeclaredFunction, { environment, chosen }: Place): Record<string, string> => {
  const known = { ...keyVariables(chosen.keys), [environmentVariable]: environment.id, [environmentKindVariable]: environment.kind }
  return Object.fromEntries(Object.entries(known).filter(([name]) => variables.includes(name)))
}

const planNewFunction = (declared: DeclaredFunction, place: Place): Plan => {
  const { name, folder, timeout, memory, files, bytes } = declared
  const description = describe({ ...place.declared, digest: declared.digest })
  const envVariables = wantedVariables(declared, place)
  const plan = emptyPlan()
  plan.steps.push({
    part: 'functions',
    says: `create function ${name}: ${files.length} files, ${Math.round(bytes / 1024)} KB, ${runtime}, ${memory} MB, ${timeout} s${Object.keys(envVariables).length > 0 ? `, with ${Object.keys(envVariables).join(', ')}` : ''}`,
    take: async () => {
      // Made here, because miniprogram-ci would make it on Nodejs8.9, and a function keeps the runtime it was made with.
      await place.cloud.functions.createFunction({
        func: { name, runtime, handler: 'index.main', timeout, memorySize: memory, envVariables, installDependency: false }, functionPath: folder, deployMode: 'zip',
      })
      // And uploaded there, because WeChat reads config.json (what it may ask of openapi) only from its own tool.
      await (await place.weChat()).uploadFunction({ env: place.environment.cloudEnvironment, name, path: folder, remoteNpmInstall: false })
      await place.cloud.functions.waitFunctionActive(name)
      await place.cloud.functions.updateFunctionConfig({ name, description })
    },
  })
  return plan
}

const planCode = (declared: DeclaredFunction, there: OnlineFunction, place: Place): Plan => {
  const { name, folder, files, bytes, digest } = declared
  const plan = emptyPlan()
  const description = describe({ ...place.declared, digest })
  if (there.Description === description) return plan
  const isSameCode = releaseIn(there.Description ?? '')?.digest === digest
  plan.steps.push({
    part: 'functions',
    says: isSameCode ? `name the release of function ${name}: its code is the same` : `upload function ${name}: ${files.length} files, ${Math.round(bytes / 1024)} KB`,
    take: async () => {
      if (!isSameCode) await (await place.weChat()).uploadFunction({ env: place.environment.cloudEnvironment, name, path: folder, remoteNpmInstall: false })
      await place.cloud.functions.waitFunctionActive(name)
      await place.cloud.functions.updateFunctionConfig({ name, description })
    },
  })
  return plan
}

const planSettings = (declared: DeclaredFunction, there: OnlineFunction, place: Place): Plan => {
  const { name, timeout, memory } = declared
  const plan = emptyPlan()
  const online = variablesOnline(place.online, name)
  const missing = Object.keys(wantedVariables(declared, place)).filter((variable) => !online[variable])
  const changes = [
    ...(there.Timeout === timeout ? [] : [`timeout ${there.Timeout} s → ${timeout} s`]),
    ...(there.MemorySize === memory ? [] : [`memory ${there.MemorySize} MB → ${memory} MB`]),
    ...missing.map((variable) => `variable ${variable} added`),
  ]
  if (changes.length === 0) return plan
  plan.steps.push({
    part: 'functions', says: `set up function ${name}: ${changes.join(', ')}`,
    take: async () => {
      // Tencent Cloud replaces all variables at once: read what is there now, and add.
      const now = Object.fromEntries((await place.cloud.functions.getFunctionDetail(name)).Environment.Variables.map(({ Key, Value }) => [Key, Value]))
      await place.cloud.functions.updateFunctionConfig({ name, timeout, memorySize: memory, envVariables: { ...wantedVariables(declared, place), ...now } })
      await place.cloud.functions.waitFunctionActive(name)
    },
  })
  return plan
}

export const refuseOthersEnvironment = ({ environment, online }: Pick<Place, 'environment' | 'online'>): void => {
  for (const name of online.functions.keys()) {
    const there = variablesOnline(online, name)[environmentVariable]
    if (there && there !== environment.id) {
      throw new Refusal(`The cloud environment ${environment.cloudEnvironment} is "${there}", not "${environment.id}" (function ${name} says so). Deploying would mix two companies' data or show a demonstration to residents. Correct environments.json, or choose --env ${there}.`)
    }
  }
}

const planFunction = (declared: DeclaredFunction, place: Place): Plan[] => {
  const there = place.online.functions.get(declared.name)
  if (!there) return [planNewFunction(declared, place), planTimers(declared, undefined, place.cloud)]
  if (there.Runtime !== runtime) {
    return [{ ...emptyPlan(), blocks: [`Function ${declared.name} runs on ${there.Runtime}, and ours need ${runtime}; WeChat cannot change it. Write down its environment variables, delete it in the console, and run again.`] }]
  }
  return [planCode(declared, there, place), planSettings(declared, there, place), planTimers(declared, there, place.cloud)]
}

/** Doors are closed to phones before what stands behind them exists. */
export const planFunctions = (place: Place): Plan[] => {
  refuseOthersEnvironment(place)
  const { declared, online, cloud } = place
  const rules = emptyPlan()
  if (!isSame(online.functionRules, declared.functionRules)) {
    rules.steps.push({
      part: 'functions', says: 'set who may call which function (functions.json)',
      take: async () => void (await cloud.permission.modifyResourcePermission({ resourceType: 'function', permission: 'CUSTOM', securityRule: JSON.stringify(declared.functionRules) })),
    })
  }
  rules.notes.push(...online.undeclaredFunctions.map((name) => `Function ${name} is online and not part of this release; it stays. Delete it in the console when no phone in use calls it.`))
  return [planRollback(declared, online), rules, ...declared.functions.flatMap((one) => planFunction(one, place))]
}
