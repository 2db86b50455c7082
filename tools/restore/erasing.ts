import fs from 'node:fs'
import path from 'node:path'
import { markIn, type ErasureMark } from '../../cloudfunctions/_shared/erasure-mark'
import { variablesOf, type Keys } from '../../cloudfunctions/_shared/keys'
import type { Manifest } from '../../cloudfunctions/backup/manifest'
import type { BackupFolder } from './backup-folder'
import { allOf, type Environment, type Stored } from './environment'

const marks = 'erasures'
/** Where people are on file by their number. */
const onFile = ['roster', 'invitations']

export const marksIn = (folder: string): string => path.join(folder, marks)

/** Who has deleted their account, as far as the folder of a backup tells. Throws when it does not say. */
export const readMarks = (folder: string): ErasureMark[] => {
  const from = marksIn(folder)
  if (!fs.existsSync(from)) {
    throw new Error(`Nothing was written. ${from} is missing: who has deleted their account since would be brought back. Download the backup again, or put the storage's own folder backups/erasures there`)
  }
  return fs.readdirSync(from).filter((file) => file.endsWith('.json')).sort().map((file) => markIn(fs.readFileSync(path.join(from, file), 'utf8')))
}

/** Those of whom the backup may hold something. */
const broughtBack = ({ startedAt }: Manifest, all: ErasureMark[]): ErasureMark[] =>
  all.filter(({ finishedAt }) => finishedAt === null || finishedAt >= new Date(startedAt))

/** Whether an earlier run brought all of this backup, and was stopped while it erased: what is there is not equal to the backup any more. */
export const isErasing = async (environment: Environment, { day, collections }: Manifest): Promise<boolean> => {
  // Who has gone stays as somebody with no name: fewer were emptied away since.
  const count = collections.find(({ name }) => name === 'members')?.parts.reduce((sum, { documents }) => sum + documents, 0) ?? 0
  if ((await environment.count('members')) < count) return false
  for await (const { restoring } of allOf(environment, marks)) if (restoring === day) return true
  return false
}

const phoneHashesIn = async (environment: Environment): Promise<Set<string>> => {
  const hashes = new Set<string>()
  for (const name of onFile) for await (const { phoneHash } of allOf(environment, name)) if (typeof phoneHash === 'string') hashes.add(phoneHash)
  return hashes
}

/** Erases again whoever had gone, and keeps their marks for the next restore. Answers how many the backup may have brought back. */
export const eraseGone = async (environment: Environment, { manifest }: BackupFolder, all: ErasureMark[], keys: Keys | null): Promise<number> => {
  const again = broughtBack(manifest, all)
  for (const mark of all) await environment.put(marks, { ...mark, restoring: again.includes(mark) ? manifest.day : null } as unknown as Stored)
  if (again.length === 0) return 0
  if (keys) Object.assign(process.env, variablesOf(keys))
  // The product's own code, by the SDK that points at this environment since it was opened.
  const { eraseAgain } = await import('../../cloudfunctions/account/jobs')
  const phoneHashes = await phoneHashesIn(environment)
  for (const mark of again) await eraseAgain(mark, phoneHashes, new Date())
  return again.length
}
