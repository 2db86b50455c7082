import type { Check, Described, Judged } from '../_shared/content-review'
import type { Judges } from '../_shared/content-settling'
import type { Transaction } from '../_shared/db'
import { buildingOf, settlePhoto, wordsOf, type Actor, type RepairEvent, type RepairOrder } from './repair'
import { loadIn, messages, saveIn } from './repository'
import { settleText } from './take'

const describe = (repair: RepairOrder, part: Described['part'], by: Pick<Actor, 'memberId' | 'role'>, words: string): Described & Pick<Judged, 'authorId'> =>
  ({ words, part, byRole: by.role, authorId: by.memberId, communityId: repair.communityId, building: repair.building, place: buildingOf(repair) })

const lastWritten = ({ timeline }: RepairOrder): RepairEvent => timeline.filter(({ step }) => step === 'summarize').at(-1) ?? timeline[0]!

const judgeOrder = async (transaction: Transaction, id: string, fileId: string | null): Promise<Judged | null> => {
  const repair = await loadIn(transaction, id)
  if (!repair) return null
  if (fileId === null) {
    return {
      ...describe(repair, 'report', lastWritten(repair).by, wordsOf(repair)), check: repair.textCheck,
      settle: (check) => saveIn(transaction, settleText(repair, check)),
    }
  }
  const event = repair.timeline.find(({ photos }) => photos.some((photo) => photo.fileId === fileId))
  const photo = [...repair.photos, ...(event?.photos ?? [])].find((one) => one.fileId === fileId)
  return photo ? {
    ...describe(repair, event ? 'work' : 'report', (event ?? repair.timeline[0]!).by, ''), check: photo.check,
    settle: (check) => saveIn(transaction, settlePhoto(repair, fileId, check)),
  } : null
}

const judgeMessage = async (transaction: Transaction, id: string, fileId: string | null): Promise<Judged | null> => {
  const message = await transaction.get(messages, id)
  const repair = message && (await loadIn(transaction, message.repairId))
  if (!repair) return null
  const { photo } = message
  if (fileId !== null && photo?.fileId !== fileId) return null
  const settled = (check: Check) => (fileId === null ? { textCheck: check } : { photo: { fileId, check } })
  return {
    ...describe(repair, 'talk', message.by, fileId === null ? message.text : ''), check: fileId === null ? message.textCheck : photo!.check,
    settle: (check) => transaction.replace(messages, { ...message, ...settled(check) }),
  }
}

export const repairJudges: Judges = { repair: judgeOrder, repair_message: judgeMessage }
