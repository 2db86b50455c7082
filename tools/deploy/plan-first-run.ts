import { createVault } from '../../cloudfunctions/_shared/crypto'
import { fingerprintsOf, keyRecordsOf, recoveryKeyOf } from '../../cloudfunctions/_shared/keys'
import { issueSetupCode, readSetupCode, setupCodeBytes, setupCodeOf, setupCodePurpose } from '../../cloudfunctions/members/setup-code'
import type { Environment } from './environments'
import { firstDocuments } from './first-documents'
import { insertDocuments, putDocument } from './documents'
import type { ChosenKeys } from './keys'
import type { Online } from './online'
import { emptyPlan, type Plan } from './plan'
import type { Cloud } from './tools'

type Place = {
  environment: Environment
  online: Online
  cloud: Cloud
  chosen: ChosenKeys
  now: Date
  random: (bytes: number) => Buffer
  print: (line: string) => void
  isNewCode: boolean
}

const onceAndForEver = (recoveryKey: string): string[] => [
  '',
  '  RECOVERY KEY — printed this once. Write it down and keep it off line, in a safe, apart from this machine:',
  `  ${recoveryKey}`,
  '  If the functions lose their keys, nothing else can read the phone numbers again.',
  '',
]

/** What says whose data it is comes after the first function has the keys: until then a failure leaves nothing behind. */
export const planKeyRecords = ({ online, cloud, chosen, print }: Place): Plan => {
  const plan = emptyPlan()
  const missing = keyRecordsOf(fingerprintsOf(chosen.keys)).filter(({ _id }) => !online.keyRecords.some((record) => record._id === _id))
  if (missing.length === 0) return plan
  plan.steps.push({
    part: 'functions', says: `record which keys seal this environment's data: ${missing.map(({ _id }) => _id).join(', ')}; print the recovery key, once`,
    take: async () => {
      for (const line of onceAndForEver(recoveryKeyOf(chosen.keys))) print(line)
      await insertDocuments(cloud, 'key_records', missing)
    },
  })
  return plan
}

export const planFirstDocuments = ({ environment, online, cloud }: Place): Plan => {
  const plan = emptyPlan()
  if (online.configurations.includes('company')) return plan
  for (const { collection, documents, says } of firstDocuments(environment)) {
    plan.steps.push({
      part: 'database', says,
      // Not inserted: a run that broke off may have written some of them.
      take: async () => {
        for (const document of documents) await putDocument(cloud, collection, document)
      },
    })
  }
  return plan
}

const shanghai = (instant: Date): string => instant.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })

/** Only where nobody can let anybody in. The code itself is stored nowhere. */
export const planSetupCode = ({ online, cloud, chosen, now, random, print, isNewCode }: Place): Plan => {
  const plan = emptyPlan()
  if (online.hasManager) return plan
  if (online.setupCode && online.setupCode.expiresAt > now && !isNewCode) {
    plan.later.push(`Somebody opens the mini-program → 我的 → 我是物业管理员，首次设置, and types the code printed by an earlier run; it is good until ${shanghai(online.setupCode.expiresAt)}. Lost? Run again with --new-code.`)
    return plan
  }
  plan.steps.push({
    part: 'functions', says: 'print a one-time code that makes the first manager',
    take: async () => {
      const code = setupCodeOf(random(setupCodeBytes))
      await putDocument(cloud, 'setup_codes', issueSetupCode(createVault(chosen.keys).hash(setupCodePurpose, readSetupCode(code)), now))
      for (const line of ['', `  FIRST MANAGER: open the mini-program → 我的 → 我是物业管理员，首次设置, and type within 24 hours:  ${code}`, '']) print(line)
    },
  })
  return plan
}
