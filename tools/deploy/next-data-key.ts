// `npx tsx tools/deploy/next-data-key.ts`: makes a new data key and says what to do with it, step by step.
import { randomBytes } from 'node:crypto'
import { EJSON } from 'bson'
import { dataKeyVariable, keysFromRecoveryKey, keysOf } from '../../cloudfunctions/_shared/keys'
import { planRotation } from './rotation'

const run = (): void => {
  const { LINLI_RECOVERY_KEY: recoveryKey } = process.env
  const keys = recoveryKey ? keysFromRecoveryKey(recoveryKey) : keysOf(process.env)
  const { record, first, second, job, recoveryKey: newRecoveryKey } = planRotation(keys, randomBytes(32), new Date())
  console.log(`
What follows are keys: let nobody see this screen, and clear it afterwards.

  0. Write down the new recovery key and keep it with the old one:
     ${newRecoveryKey}
  1. 云开发控制台 → 数据库 → key_records: add the record
     ${JSON.stringify(record)}
  2. 云函数 → every function that has ${dataKeyVariable}: set it to
     ${first[dataKeyVariable]}
  3. When all of them have it, set it in every function to
     ${second[dataKeyVariable]}
  4. 数据库 → jobs: import the record
     ${EJSON.stringify(job, { relaxed: true })}
  5. The old key's document in key_records gets retiredAt once everything is sealed anew, mostly within minutes.
     Keep it in the variable until the last backup that it sealed has gone: 30 days.
`)
}

try {
  run()
} catch (error) {
  console.error(`${(error as Error).message}\nSet LINLI_RECOVERY_KEY, or ${dataKeyVariable} and LINLI_HASH_KEY, to the keys that the environment has now.`)
  process.exit(1)
}
