import { dataKeyVariable, type KeyRecord } from '../../cloudfunctions/_shared/keys'
import { rotationJobOf } from '../../cloudfunctions/_shared/upkeep-job'
import type { Declared } from './declared'
import { findDocuments, insertDocuments, putDocument } from './documents'
import type { Environment } from './environments'
import type { Online } from './online'
import { emptyPlan, type Plan, type Step } from './plan'
import { describe, refuseOthersEnvironment } from './plan-functions'
import { Refusal } from './refusal'
import { rotationIn } from './rotation'
import type { Cloud } from './tools'

type Place = { environment: Environment; declared: Declared; online: Online; cloud: Cloud; now: Date; random: (bytes: number) => Buffer; print: (line: string) => void }

/** The job that seals everything anew must be known to the `tick` that is online. */
const requireThisRelease = ({ declared, online, environment }: Place): void => {
  const other = declared.functions.find(({ name, digest }) => online.functions.get(name)?.Description !== describe({ ...declared, digest }))
  if (other) throw new Refusal(`Function ${other.name} online is not the one of this release. First run npm run deploy -- --env ${environment.id}, then change the key.`)
}

const setKeys = (cloud: Cloud, says: string, name: string, value: string): Step => ({
  part: 'functions', says,
  take: async () => {
    const now = Object.fromEntries((await cloud.functions.getFunctionDetail(name)).Environment.Variables.map(({ Key, Value }) => [Key, Value]))
    await cloud.functions.updateFunctionConfig({ name, envVariables: { ...now, [dataKeyVariable]: value } })
    await cloud.functions.waitFunctionActive(name)
  },
})

const shownOnce = (recoveryKey: string): string[] => [
  '',
  '  NEW RECOVERY KEY — it opens what the old one opened, and all that is sealed from now on. Keep it where the old one is, and keep both:',
  `  ${recoveryKey}`,
  '',
]

/** Changes the key that seals personal data, from wherever an earlier run got to. */
export const planRotation = async (place: Place): Promise<Plan> => {
  const { online, cloud, print, now, random } = place
  refuseOthersEnvironment(place)
  requireThisRelease(place)
  const { made, toRecord, toOpen, isPlanned, toSeal, recoveryKey } = rotationIn(online, random, now)
  const plan = emptyPlan()
  const step = (says: string, take: () => Promise<void>) => void plan.steps.push({ part: 'functions', says, take })
  if (toRecord) step(`record the new key ${made.id}, which nothing is sealed with yet`, async () => void (await putDocument(cloud, 'key_records', toRecord)))
  for (const [name, value] of toOpen) plan.steps.push(setKeys(cloud, `let function ${name} open what ${made.id} seals`, name, value))
  if (isPlanned) {
    step(`print the new recovery key, and record that data is sealed with ${made.id}`, async () => {
      for (const line of shownOnce(recoveryKey)) print(line)
      const record = toRecord ?? online.keyRecords.find(({ _id }) => _id === made.id)!
      const { isPlanned: _planned, ...final } = record satisfies KeyRecord
      await putDocument(cloud, 'key_records', final)
    })
  }
  for (const [name, value] of toSeal) plan.steps.push(setKeys(cloud, `have function ${name} seal with ${made.id}`, name, value))
  const job = rotationJobOf(made.id, now)
  if ((await findDocuments(cloud, 'jobs', { _id: job._id }, 1)).length === 0) {
    step(`have tick seal anew, at leisure, what older keys sealed (job ${job._id})`, async () => void (await insertDocuments(cloud, 'jobs', [job])))
  }
  plan.later.push(
    '小程序 → 我的 → 运行状况 shows how far it has come, mostly within minutes. The old key stays in the functions, for it opens backups; the next change of the key after 31 days takes it away.',
  )
  return plan
}
