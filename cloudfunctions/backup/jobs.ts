import { totalsOf, type BackedUp, type Backup } from '../_shared/backups'
import { after, days, seconds, shanghaiDay } from '../_shared/clock'
import { rawPage, type Raw } from '../_shared/db'
import { forgetErasures } from '../_shared/erasures'
import { keyRecords } from '../_shared/vault'
import { filesOf, folderOf, manifestName, manifestOf, partName } from './manifest'
import { peakMegabytes, stayLight } from './memory'
import { createPart } from './part'
import {
  backupsBefore, beginBackup, findBackup, forgetBackup, removeFiles, saveBackup, savedCollections, writeFile,
} from './repository'

const daysKept = 30
/** Whom the oldest of them may bring back is remembered for longer than it is kept, and than a copy of it should be. */
const marksKeptDays = 2 * daysKept
const worksForMs = seconds(40)
// Longer than the function may live (config.json), so that a worker whose lease has ended is dead.
const leaseMs = seconds(58)
/** Characters of a part before compression. */
const partLength = 6_000_000
/** Characters asked for in one page, as the documents before let expect. */
const pageLength = 150_000
const [fewest, most] = [25, 1_000]

const pageLimit = (characters: number, documents: number): number =>
  documents === 0 ? fewest : Math.min(most, Math.max(fewest, Math.floor(pageLength / (characters / documents))))

type Read = { content: Buffer; part: BackedUp['parts'][number]; cursor: string | null }

/** The documents after `cursor`, as many as a part holds. */
const readPart = async (collection: string, from: string | null): Promise<Read> => {
  const writer = createPart()
  let [cursor, count] = [from, 0]
  for (;;) {
    const limit = pageLimit(writer.length(), count)
    const page: Raw[] = await rawPage(collection, { after: cursor, limit })
    await writer.add(page)
    stayLight()
    count += page.length
    cursor = page.at(-1)?._id ?? cursor
    const isEnd = page.length < limit
    if (isEnd || writer.length() >= partLength) return { ...(await writer.end()), cursor: isEnd ? null : cursor }
  }
}

const lease = async (backup: Backup, now: Date): Promise<Backup | null> => {
  if (backup.leasedUntil > now) return null
  const change = { leasedUntil: after(now, leaseMs) }
  return (await saveBackup(backup, change)) ? { ...backup, ...change, version: backup.version + 1 } : null
}

const takeUp = async (day: string, now: Date): Promise<Backup | null> => {
  const found = await findBackup(day)
  if (found) return found.state === 'whole' ? null : lease(found, now)
  const begun: Backup = {
    _id: day, schema: 1, state: 'running', version: 1, leasedUntil: after(now, leaseMs), startedAt: now, finishedAt: null,
    folder: null, collections: [], cursor: null,
  }
  return (await beginBackup(begun)) ? begun : null
}

/** What comes after a part is saved: the rest of its collection, or the next one. */
const nextOf = ({ collections, cursor }: Backup): { name: string; from: string | null } | null => {
  const last = collections.at(-1)
  if (last && cursor !== null) return { name: last.name, from: cursor }
  const name = savedCollections.find((each) => !collections.some((saved) => saved.name === each))
  return name === undefined ? null : { name, from: null }
}

const withPart = (collections: BackedUp[], name: string, parts: BackedUp['parts']): BackedUp[] => {
  const others = collections.filter((each) => each.name !== name)
  const before = collections.find((each) => each.name === name)?.parts ?? []
  return [...others, { name, parts: [...before, ...parts] }]
}

/** Saves one part of one collection. The file is there before the backup says so; a worker that dies between writes it again. */
const savePart = async (backup: Backup, { name, from }: { name: string; from: string | null }): Promise<Backup | null> => {
  const { content, part, cursor } = await readPart(name, from)
  const collections = withPart(backup.collections, name, part.documents > 0 ? [part] : [])
  let { folder } = backup
  if (part.documents > 0) {
    const file = partName(name, collections.at(-1)!.parts.length)
    const fileId = await writeFile(folderOf(backup._id) + file, content)
    folder = fileId.slice(0, -file.length)
  }
  const change = { collections, cursor, folder }
  return (await saveBackup(backup, change)) ? { ...backup, ...change, version: backup.version + 1 } : null
}

const finish = async (backup: Backup, now: Date): Promise<boolean> => {
  const manifest = manifestOf(backup, await keyRecords.find({}), now)
  await writeFile(folderOf(backup._id) + manifestName, Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
  return saveBackup(backup, { state: 'whole', finishedAt: now })
}

const removeOld = async (day: string): Promise<void> => {
  for (const old of await backupsBefore(day, 3)) {
    const root = old.folder?.slice(0, -folderOf(old._id).length)
    if (root !== undefined) await removeFiles(filesOf(old).map((file) => root + file))
    await forgetBackup(old._id)
  }
}

export type BackupRun = {
  day: string
  state: 'whole already, or another works' | 'to be continued' | 'whole'
  documents: number
  bytes: number
  /** Of this process since it started. */
  peakMegabytes: number
}

/**
 * Works on the backup of the day for as long as one run of the function may, and goes on next minute where it stopped. Every document is
 * saved as it was at one moment, not all of them at the same: what is owed between two of them is a job, and safe to do twice.
 */
export const backUp = async (now: Date): Promise<BackupRun> => {
  const startedAt = performance.now()
  const isOutOfTime = () => performance.now() - startedAt > worksForMs
  const day = shanghaiDay(now)
  const run = (state: BackupRun['state'], { documents, bytes } = { documents: 0, bytes: 0 }): BackupRun =>
    ({ day, state, documents, bytes, peakMegabytes: peakMegabytes() })

  let backup = await takeUp(day, now)
  if (!backup) return run('whole already, or another works')
  for (;;) {
    const next = nextOf(backup)
    if (!next) break
    if (isOutOfTime()) {
      await saveBackup(backup, { leasedUntil: now })
      return run('to be continued', totalsOf(backup))
    }
    backup = await savePart(backup, next)
    if (!backup) return run('whole already, or another works')
  }
  if (!(await finish(backup, now))) return run('whole already, or another works')
  await removeOld(shanghaiDay(after(now, -days(daysKept))))
  await forgetErasures(after(now, -days(marksKeptDays)))
  return run('whole', totalsOf(backup))
}
