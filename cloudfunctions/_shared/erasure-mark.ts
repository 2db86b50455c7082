import type { Stored } from './db'

/**
 * That somebody deleted their account, and nothing of who it was; `_id` is the id that stays in their place. The nightly backups leave it out:
 * a restore brings back who was there on its night, and must know who has gone since.
 */
export type ErasureMark = Stored & {
  at: Date
  /** Null while something of them is still stored. A backup begun later holds nothing of them. */
  finishedAt: Date | null
  /** Where to look for orders of theirs. */
  houseIds: string[]
  /** Of the number's look-up hash another keyed hash: it finds a row on file that a backup brings back, and no number is found by it. */
  phoneKey: string | null
  /** Its file beside the backups; null until there is one. */
  fileId: string | null
  /** The night whose backup is being restored, until what that brought back of them is erased. */
  restoring: string | null
}

/** Beside the backups, and like them read by no phone: it outlives the database. */
export const markFolder = 'backups/erasures/'
export const markFile = (memberId: string): string => `${memberId}.json`

const marked = ({ _id, at, finishedAt, houseIds, phoneKey }: ErasureMark) => ({ memberId: _id, at, finishedAt, houseIds, phoneKey })

export const textOfMark = (mark: ErasureMark): string => `${JSON.stringify(marked(mark))}\n`

/** Throws when it is none. */
export const markIn = (text: string): ErasureMark => {
  const { memberId, at, finishedAt, houseIds, phoneKey } = JSON.parse(text) as Record<keyof ReturnType<typeof marked>, unknown>
  if (typeof memberId !== 'string' || !Array.isArray(houseIds)) throw new Error(`${text} names nobody`)
  return {
    _id: memberId, schema: 1, at: new Date(String(at)), finishedAt: typeof finishedAt === 'string' ? new Date(finishedAt) : null, houseIds: houseIds.map(String),
    phoneKey: typeof phoneKey === 'string' ? phoneKey : null, fileId: null, restoring: null,
  }
}
