import { collection, type Stored } from './db'

/** One file of a backup, compressed. `bytes` and `sha256` (hex) are of the file as it lies in storage. */
export type BackupPart = { documents: number; bytes: number; sha256: string }
export type BackedUp = { name: string; parts: BackupPart[] }

/** The backup of a night; `_id` is its day in Shanghai. Parts are megabytes each, so that even their whole list stays small. */
export type Backup = Stored & {
  state: 'running' | 'whole'
  /** Grows with every saved part: a worker that lost its lease saves nothing. */
  version: number
  leasedUntil: Date
  startedAt: Date
  finishedAt: Date | null
  /** File id of the folder, with a slash at its end; null until something lies in it. */
  folder: string | null
  collections: BackedUp[]
  /** The id up to which the last of `collections` has been saved; null once all of it is. */
  cursor: string | null
}

export const backups = collection<Backup>('backups')

export const totalsOf = ({ collections }: Pick<Backup, 'collections'>): { documents: number; bytes: number } => {
  const parts = collections.flatMap((each) => each.parts)
  const sum = (of: 'documents' | 'bytes') => parts.reduce((total, part) => total + part[of], 0)
  return { documents: sum('documents'), bytes: sum('bytes') }
}

/** The last night that was saved whole: its day, when it was finished and how large it is. One round trip. */
export const lastBackup = async (): Promise<{ day: string; finishedAt: Date; documents: number; bytes: number } | null> => {
  const [last] = await backups.find({ state: 'whole' }, { sort: { _id: 'desc' }, limit: 1 })
  return last ? { day: last._id, finishedAt: last.finishedAt!, ...totalsOf(last) } : null
}
