import { backups, type Backup } from '../_shared/backups'
import { counted } from '../_shared/invocation'
import { cloud, command } from '../_shared/platform'

declare const DECLARED_COLLECTIONS: string[]

/**
 * What the backups are is told by the files themselves: in another environment the rows would speak of files that are not there. Who deleted
 * their account is kept beside them: a backup cannot know who does so after it.
 */
const notSaved = ['backups', 'erasures']
/**
 * Before what is stored of people elsewhere: whoever deletes their account while a backup is made is in it as a person or as the job that
 * erases them, or not at all.
 */
const savedFirst = ['members', 'jobs']

/** Every collection of database-rules, as the build found them. */
export const savedCollections: readonly string[] = [...new Set([...savedFirst, ...DECLARED_COLLECTIONS])].filter((name) => !notSaved.includes(name))

export const findBackup = (day: string): Promise<Backup | null> => backups.get(day)
export const beginBackup = (backup: Backup): Promise<boolean> => backups.insert(backup)

/** False when another worker has been here in between. */
export const saveBackup = async (from: Backup, change: Partial<Backup>): Promise<boolean> =>
  (await backups.update({ _id: from._id, version: from.version }, { ...change, version: from.version + 1 })) === 1

export const backupsBefore = (day: string, limit: number): Promise<Backup[]> =>
  backups.find({ _id: command.lt(day) }, { sort: { _id: 'asc' }, limit })
export const forgetBackup = (day: string): Promise<void> => backups.remove(day)

export const writeFile = async (cloudPath: string, fileContent: Buffer): Promise<string> =>
  (await counted(() => cloud.uploadFile({ cloudPath, fileContent }))).fileID

const filesPerCall = 50

/** Files that are not there are no failure. */
export const removeFiles = async (fileIds: string[]): Promise<void> => {
  for (let from = 0; from < fileIds.length; from += filesPerCall) {
    await counted(() => cloud.deleteFile({ fileList: fileIds.slice(from, from + filesPerCall) }))
  }
}
