import fs from 'node:fs'
import path from 'node:path'
import type { Backup } from '../../cloudfunctions/_shared/backups'
import { markFile, textOfMark, type ErasureMark } from '../../cloudfunctions/_shared/erasure-mark'
import { manifestName, partName } from '../../cloudfunctions/backup/manifest'
import { allOf, type Environment } from './environment'
import { marksIn } from './erasing'

/** Who has deleted their account until now, which no backup can know. */
const downloadMarks = async (environment: Environment, folder: string): Promise<void> => {
  fs.mkdirSync(folder, { recursive: true })
  for await (const mark of allOf(environment, 'erasures')) {
    fs.writeFileSync(path.join(folder, markFile(mark._id)), textOfMark(mark as unknown as ErasureMark))
  }
}

/** Fetches the files of a night into a folder. Throws when that night has no whole backup. */
export const downloadBackup = async (environment: Environment, day: string, folder: string): Promise<number> => {
  const rows = (await environment.page('backups', null, 1_000)) as unknown as Backup[]
  const backup = rows.find(({ _id, state }) => _id === day && state === 'whole')
  if (!backup?.folder) {
    const whole = rows.filter(({ state }) => state === 'whole').map(({ _id }) => _id)
    throw new Error(`There is no whole backup of ${day}. There are: ${whole.join(', ') || 'none'}`)
  }
  const files = [...backup.collections.flatMap(({ name, parts }) => parts.map((_, i) => partName(name, i + 1))), manifestName]
  fs.mkdirSync(folder, { recursive: true })
  for (const file of files) fs.writeFileSync(path.join(folder, file), await environment.download(backup.folder + file))
  await downloadMarks(environment, marksIn(folder))
  return files.length
}
