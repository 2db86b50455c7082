// `npm run restore`: brings a backup into an empty environment, or fetches one. See README.
import fs from 'node:fs'
import { parseArgs } from 'node:util'
import { dataKeyVariable, keysFromRecoveryKey, keysOf, type Keys } from '../../cloudfunctions/_shared/keys'
import { inRoot } from '../root'
import { openBackup, type BackupFolder } from './backup-folder'
import { downloadBackup } from './download'
import { openEnvironment, type Environment } from './environment'
import { eraseGone, isErasing, readMarks } from './erasing'
import { differences, restoredCollections, whatIsThere, write, wrongKeys } from './restore'

const usage = `npm run restore -- --env <environment> --backup <folder> [--recovery-key <key>] [--dry-run]
npm run restore -- --env <environment> --download <day> --backup <folder>

  --env           the environment's id, or the address of a local cloud
  --backup        the folder with manifest.json and the files of a night
  --recovery-key  what set-up printed; or the variables LINLI_DATA_KEY and LINLI_HASH_KEY
  --dry-run       checks the backup, the keys and the environment, and writes nothing
  --download      fetches the backup of that day (YYYY-MM-DD) into the folder instead`

let peakBytes = 0
const watchMemory = () => setInterval(() => (peakBytes = Math.max(peakBytes, process.memoryUsage.rss())), 50).unref()

const say = (line: string) => console.log(line)

const keysGiven = (recoveryKey: string | undefined): Keys | null => {
  if (recoveryKey !== undefined) return keysFromRecoveryKey(recoveryKey)
  return process.env[dataKeyVariable] === undefined ? null : keysOf(process.env)
}

const declaredCollections = (): string[] =>
  fs.readdirSync(inRoot('database-rules')).filter((file) => file.endsWith('.indexes.json')).map((file) => file.slice(0, -'.indexes.json'.length))

const refuse = (title: string, reasons: string[]): void => {
  if (reasons.length === 0) return
  throw new Error([`Nothing was written. ${title}`, ...reasons.slice(0, 20).map((reason) => `  ${reason}`)].join('\n'))
}

/** Everything that could go wrong is looked at before the first document is written. Answers, in words, what is there. */
const check = async (environment: Environment, backup: BackupFolder, keys: Keys | null): Promise<string> => {
  const { manifest } = backup
  refuse('Without its keys the personal data of this backup cannot be read for ever:', wrongKeys(manifest, keys))
  refuse('The backup is damaged; take another night:', await backup.faults())
  const declared = declaredCollections()
  refuse('This release has no collection for:', manifest.collections.filter(({ name, parts }) => parts.length > 0 && !declared.includes(name)).map(({ name }) => name))
  if (await isErasing(environment, manifest)) return 'the environment holds this backup, and deleted accounts are to be erased from it'
  refuse('The environment is not empty:', await whatIsThere(environment, declared, backup))
  return (await environment.count('members')) === 0 ? 'the environment is empty' : 'the environment holds a part of this backup'
}

const bring = async (environment: Environment, backup: BackupFolder): Promise<{ documents: number; differences: number }> => {
  const collections = await restoredCollections(environment, backup)
  const documents = await write(environment, backup, collections, (collection, count) => say(`${String(count).padStart(9)}  ${collection}`))
  const differing = await differences(environment, backup, collections)
  for (const line of differing.slice(0, 20)) say(line)
  return { documents, differences: differing.length }
}

const restore = async (environment: Environment, folder: string, keys: Keys | null, isDryRun: boolean): Promise<void> => {
  const startedAt = performance.now()
  watchMemory()
  const backup = openBackup(folder)
  say(`Backup of ${backup.manifest.day}: ${backup.manifest.documents} documents in ${backup.manifest.bytes} bytes`)
  const marks = readMarks(folder)
  say(`The files are whole, the keys are the right ones, ${await check(environment, backup, keys)}.`)
  if (isDryRun) return say('Dry run: nothing was written.')
  const brought = (await isErasing(environment, backup.manifest)) ? { documents: 0, differences: 0 } : await bring(environment, backup)
  const erased = await eraseGone(environment, backup, marks, keys)
  say(`${erased} people had deleted their account since, and are deleted again.`)
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10
  const peakMegabytes = Math.round(peakBytes / 1_048_576)
  say(`restored ${JSON.stringify({ ...brought, erased, seconds, peakMegabytes })}`)
  if (brought.differences > 0) process.exitCode = 1
}

const run = async (): Promise<void> => {
  const { values } = parseArgs({ options: {
    env: { type: 'string' }, backup: { type: 'string' }, 'recovery-key': { type: 'string' }, download: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  } })
  if (!values.env || !values.backup) throw new Error(usage)
  if (values.download) {
    const count = await downloadBackup(openEnvironment(values.env), values.download, values.backup)
    return say(`${count} files of ${values.download} are in ${values.backup}`)
  }
  await restore(openEnvironment(values.env), values.backup, keysGiven(values['recovery-key']), values['dry-run'])
}

run().then(() => process.exit(), (failure: Error) => {
  console.error(failure.message)
  process.exit(1)
})
