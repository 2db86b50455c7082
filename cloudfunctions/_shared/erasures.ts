import { collection } from './db'
import type { Departed } from './departing'
import { markFile, markFolder, textOfMark, type ErasureMark } from './erasure-mark'
import { command } from './platform'
import { deleteFiles, saveFile } from './storage'
import { environmentVault } from './vault'

export const erasures = collection<ErasureMark>('erasures')

export const phoneKeyOf = (phoneHash: string): string => environmentVault().hash('erasure', phoneHash)

export const markOf = ({ memberId, houseIds, phoneHash }: Departed, at: Date): ErasureMark => ({
  _id: memberId, schema: 1, at, finishedAt: null, houseIds, phoneKey: phoneHash && phoneKeyOf(phoneHash), fileId: null, restoring: null,
})

/** Says that nothing is left of them, also where a lost database cannot take it along. Safe to repeat. Four round trips. */
export const concludeErasure = async (departed: Departed, now: Date): Promise<void> => {
  // Who left in a release that marked nobody has none yet.
  const mark = (await erasures.get(departed.memberId)) ?? markOf(departed, now)
  const finished = { ...mark, finishedAt: now, restoring: null }
  const fileId = await saveFile(markFolder + markFile(mark._id), Buffer.from(textOfMark(finished)))
  if ((await erasures.update({ _id: mark._id }, { finishedAt: now, restoring: null, fileId })) === 0) await erasures.insert({ ...finished, fileId })
}

const atOnce = 50

/** Forgets those whom no backup can bring back any more. */
export const forgetErasures = async (before: Date): Promise<void> => {
  const old = await erasures.find({ finishedAt: command.lt(before) }, { sort: { finishedAt: 'asc' }, limit: atOnce })
  if (old.length === 0) return
  await deleteFiles(old.flatMap(({ fileId }) => fileId ?? []))
  for (const { _id } of old) await erasures.remove(_id)
}
