import { totalsOf, type BackedUp, type Backup } from '../_shared/backups'
import type { KeyRecord } from '../_shared/keys'

/** What lies beside the files of a backup, written last: a folder without it is not a backup. */
export type Manifest = {
  format: 1
  day: string
  startedAt: string
  finishedAt: string
  /** Which keys its personal data needs; a restore asks for them before it writes anything. */
  keys: { id: string; fingerprint: string }[]
  documents: number
  bytes: number
  collections: BackedUp[]
}

export const folderOf = (day: string): string => `backups/${day}/`
export const manifestName = 'manifest.json'
/** `number` from 1. One JSON document a line (canonical extended JSON), compressed. */
export const partName = (collection: string, number: number): string => `${collection}-${String(number).padStart(4, '0')}.ejson.gz`

export const manifestOf = (backup: Backup, keys: KeyRecord[], now: Date): Manifest => ({
  format: 1,
  day: backup._id,
  startedAt: backup.startedAt.toISOString(),
  finishedAt: now.toISOString(),
  keys: keys.filter(({ retiredAt, isPlanned }) => !retiredAt && !isPlanned).map(({ _id, fingerprint }) => ({ id: _id, fingerprint })),
  ...totalsOf(backup),
  collections: backup.collections,
})

/** Every file a backup may have left, also the one that was written when its worker died. */
export const filesOf = ({ _id, collections }: Pick<Backup, '_id' | 'collections'>): string[] => [
  ...collections.flatMap(({ name, parts }) => Array.from({ length: parts.length + 1 }, (_, i) => partName(name, i + 1))),
  manifestName,
].map((file) => folderOf(_id) + file)
