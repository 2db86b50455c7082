import type { Transaction } from '../_shared/db'
import type { Notice } from '../_shared/notice'
import { owe, oweNotices } from '../_shared/outbox'
import { oweRobot } from '../_shared/robot'
import type { Happening } from './contract'
import type { RepairOrder } from './repair'
import { watchIdOf } from './repair-keys'
import { tellingOf } from './repair-notices'
import { saveIn } from './repository'

/** What an event leaves to be done after the reply. */
export type Duties = {
  repairId: string
  event: Happening
  /** Whose photos and words are to be checked; WeChat checks for people seen within two hours. */
  openid: string | null
  fileIds: string[]
  checksText: boolean
  /** When what is to be checked was written; not known of what an earlier release owed. */
  since: Date | undefined
  /** What the staff's group reads within a minute; what is urgent is told at once instead. */
  toGroup: string | null
}
export const dutiesKind = 'repair_duties'
export const watchKind = 'repair_watch'
export type WatchPayload = { repairId: string; duties: Duties | null }

const dutiesOf = (repair: RepairOrder, openid: string | null, toGroup: string | null): Duties => {
  const event = repair.timeline.at(-1)!
  const isNew = event.step === 'submit'
  return {
    repairId: repair._id, event: event.step, openid,
    fileIds: (isNew ? repair.photos : event.photos).map(({ fileId }) => fileId),
    toGroup,
    since: event.at,
    checksText: (isNew || event.step === 'summarize') && repair.description !== '',
  }
}

/** After these it is seen whether somebody must ask the household, and whether the house has earned its gift. */
export const isWorthRevisiting = (event: Happening): boolean => event === 'complete' || event === 'rate'

/** Owes what the latest event of an order asks for: who is told, what is checked, who watches over it from here. */
export const oweForEvent = async (
  transaction: Transaction, repair: RepairOrder, openid: string | null, now: Date, before: RepairOrder | null = null,
): Promise<void> => {
  const fact = `${repair._id}_${repair.version}`
  const { notices, toGroup } = tellingOf(repair, before)
  await oweNotices(transaction, fact, notices, now)
  const canWait = repair.timeline.length === 1 && repair.urgency === 'normal'
  if (toGroup && !canWait) await oweRobot(transaction, fact, { communityId: repair.communityId, text: toGroup }, now)
  const duties = dutiesOf(repair, openid, canWait ? toGroup : null)
  const isIdle = duties.fileIds.length === 0 && !duties.checksText && !duties.toGroup && !isWorthRevisiting(duties.event)
  if (repair.watchId === watchIdOf(repair._id, repair.version)) {
    const payload: WatchPayload = { repairId: repair._id, duties: isIdle ? null : duties }
    await owe(transaction, { _id: repair.watchId, kind: watchKind, payload }, now)
  } else if (!isIdle) {
    await owe(transaction, { _id: `duties_${fact}`, kind: dutiesKind, payload: duties }, now)
  }
}

/** Saves an order after an event, with everything the event owes. `before`: where the event may have taken it from somebody, who hears of it. */
export const saveEvent = async (
  transaction: Transaction, repair: RepairOrder, openid: string | null, now: Date, before: RepairOrder | null = null,
): Promise<void> => {
  await saveIn(transaction, repair)
  await oweForEvent(transaction, repair, openid, now, before)
}

/** Saves a change that stands in no timeline, and those who are to hear of it. */
export const saveQuietly = async (transaction: Transaction, repair: RepairOrder, notices: Notice[], now: Date): Promise<void> => {
  await saveIn(transaction, repair)
  await oweNotices(transaction, `${repair._id}_${repair.version}`, notices, now)
}
