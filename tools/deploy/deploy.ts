import type { Declared } from './declared'
import type { Environment } from './environments'
import { chooseKeys } from './keys'
import { nothingOnline, readOnline, type Online } from './online'
import { type Memory, planPhone, type StagedPhone } from './phone'
import { parts, type Part, type Plan, together } from './plan'
import { planDatabase } from './plan-database'
import { planFirstDocuments, planKeyRecords, planSetupCode } from './plan-first-run'
import { planFunctions } from './plan-functions'
import { planRewriting } from './plan-upgrade'
import { planRotation } from './plan-rotation'
import { Refusal, refusalOf } from './refusal'
import { planSource, type Source } from './source'
import { byHand } from './by-hand'
import type { Cloud, WeChat } from './tools'

export type Options = { isDryRun: boolean; only: Part | null; replaceIndexes: boolean; isNewCode: boolean; recoveryKey: string | undefined; rotatesKey: boolean; allowsDirty: boolean }

export type Deployment = {
  environment: Environment
  declared: Declared
  staged: StagedPhone
  source: Source
  options: Options
  /** Null: nothing may be asked (a dry run without keys); the plan is that of a first deployment. */
  cloud: Cloud | null
  weChat: () => Promise<WeChat>
  memory: Memory
  now: Date
  random: (bytes: number) => Buffer
  print: (line: string) => void
}

// Stands where a plan is only read.
const nobody = new Proxy({}, { get: () => { throw new Error('A plan without keys cannot be carried out') } }) as Cloud

const read = async ({ cloud, declared }: Deployment): Promise<Online> => {
  if (!cloud) return nothingOnline
  try {
    return await readOnline(cloud, declared)
  } catch (error) {
    throw refusalOf(error, 'Reading what is online')
  }
}

/** Database before functions before the phone: each uses what the one before it made. */
const planAll = (deployment: Deployment, online: Online): Plan => {
  const { environment, declared, staged, options, memory, now, random, print, weChat, cloud } = deployment
  const chosen = chooseKeys(online, options.recoveryKey, random)
  const place = { environment, declared, online, cloud: cloud ?? nobody, chosen, now, random, print, weChat, isNewCode: options.isNewCode }
  const plan = together([
    planSource(environment, deployment.source, options.allowsDirty),
    planDatabase(declared, online, place.cloud, options),
    planFirstDocuments(place),
    ...planFunctions(place),
    planKeyRecords(place),
    planRewriting(place),
    planSetupCode(place),
    planPhone({ environment, version: declared.version, staged, memory, weChat }),
  ])
  const wanted = options.only ? [options.only] : parts
  return { ...plan, steps: plan.steps.filter(({ part }) => wanted.includes(part)) }
}

/** Alone: what is sealed and what is deployed must not change in one run. */
const planNewKey = (deployment: Deployment, online: Online): Promise<Plan> => {
  const { options, cloud } = deployment
  if (options.only || options.replaceIndexes || options.isNewCode) throw new Refusal('--rotate-key changes the key and nothing else: leave out the other words.')
  if (!cloud) throw new Refusal('--rotate-key must see which keys are online, also for a dry run: fill in the environment and set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY.')
  return planRotation({ ...deployment, online, cloud })
}

const listed = (lines: string[]): string[] => lines.map((line, i) => `  ${String(i + 1).padStart(2)}. ${line}`)

const printPlan = ({ print, environment, declared, cloud }: Deployment, { steps, notes }: Plan): void => {
  print(`Linli ${declared.version} → ${environment.id} (${environment.kind})${cloud ? `, cloud environment ${environment.cloudEnvironment}` : ', compared with an empty one: no keys were given'}`)
  print(steps.length === 0 ? 'Nothing to do: what is online is what is here.' : `${steps.length} steps:`)
  for (const line of listed(steps.map(({ says }) => says))) print(line)
  for (const note of notes) print(`Note: ${note}`)
}

const carryOut = async ({ print }: Deployment, steps: Plan['steps']): Promise<void> => {
  for (const [i, { says, take }] of steps.entries()) {
    try {
      await take()
    } catch (error) {
      throw refusalOf(error, `Step ${i + 1} of ${steps.length}, ${says}`)
    }
    print(`✓ ${i + 1}/${steps.length} ${says}`)
  }
}

/** Compares, says what it will do, and does it, step by step; stops at the first refusal. Answers how many steps the plan had. */
export const deploy = async (deployment: Deployment): Promise<number> => {
  const { options, print, environment } = deployment
  const online = await read(deployment)
  const plan = options.rotatesKey ? await planNewKey(deployment, online) : planAll(deployment, online)
  const afterwards = [...plan.later, ...(options.rotatesKey ? [] : byHand(environment))]
  printPlan(deployment, plan)
  if (options.isDryRun) {
    for (const block of plan.blocks) print(`Stops: ${block}`)
    for (const line of ['Afterwards, by hand:', ...listed(afterwards), 'Dry run: nothing was changed.']) print(line)
    return plan.steps.length
  }
  if (plan.blocks.length > 0) throw new Refusal(plan.blocks.join('\n'))
  await carryOut(deployment, plan.steps)
  if (plan.steps.length > 0) for (const line of ['Afterwards, by hand:', ...listed(afterwards)]) print(line)
  return plan.steps.length
}
