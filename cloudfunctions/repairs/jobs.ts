import { readConfiguration } from '../_shared/configuration'
import { after, minutes } from '../_shared/clock'
import { checkContent, leaveUnanswered } from '../_shared/content-settling'
import { inTransaction } from '../_shared/db'
import { jobs, type Job, type JobRunner, type JobRunners } from '../_shared/jobs'
import { logLine } from '../_shared/log'
import { oweRobotFromJob } from '../_shared/robot'
import { chooseTechnician } from './choosing'
import { leavingKind } from '../members/posts'
import { giveBackLeftovers, leave, leftoversKind } from './leaving'
import { wordsOf, type RepairOrder } from './repair'
import { loadIn, owedGifts, repairs, revisits } from './repository'
import { revisitOf, revisitReason } from './revisit'
import { dutiesKind, isWorthRevisiting, saveEvent, saveQuietly, watchKind, type Duties, type WatchPayload } from './save'
import { checkSeats, seatCheckKind, type SeatWalk } from './seat-check'
import { settleSeat } from './seats'
import { settingsOf } from './settings'
import { repairJudges } from './settle'
import { assignByDuty } from './take'
import { nextMoment } from './watch'

/** Once for each house, whoever lives there: the id is the fact. */
const oweGift = async ({ _id, houseId, communityId, source }: RepairOrder, now: Date): Promise<void> => {
  if (houseId === null || source !== 'resident') return
  await owedGifts.insert({ _id: `gift_${houseId}`, schema: 1, houseId, communityId, repairId: _id, cause: 'first_repair', at: now })
}

const doDuties = async ({ repairId, event, openid, fileIds, checksText, toGroup, since }: Duties, now: Date): Promise<void> => {
  const repair = await repairs.get(repairId)
  if (!repair) return
  if (isWorthRevisiting(event)) {
    const reason = revisitReason(repair)
    if (reason) await revisits.insert(revisitOf(repair, reason, now))
    if (event === 'complete') await oweGift(repair, now)
  }
  if (toGroup) await oweRobotFromJob(`${repairId}_1`, { communityId: repair.communityId, text: toGroup }, now)
  if (openid === null) return
  const words = checksText && repair.textCheck === 'pending' ? wordsOf(repair) : ''
  await checkContent({ subject: { kind: 'repair', id: repairId }, words, fileIds, openid, since: since ?? now }, repairJudges, now)
}

const runDuties: JobRunner = async (job, now) => {
  await doDuties(job.payload as Duties, now)
  return 'done'
}

const retryMs = minutes(3)

/** True when nothing is left of them. A check that is down must not keep an order from being watched over. */
const tryDuties = async (job: Job, now: Date): Promise<boolean> => {
  const { duties } = job.payload as WatchPayload
  if (!duties) return true
  try {
    await doDuties(duties, now)
    await jobs.update({ _id: job._id }, { 'payload.duties': null })
    return true
  } catch (error) {
    logLine({ event: 'repair_duties_failed', job: job._id, error: error instanceof Error ? error.message : JSON.stringify(error) })
    return false
  }
}

/** Gives an order nobody has to whoever is on duty for it, where the community wants that. */
const dispatch = async (repair: RepairOrder, now: Date): Promise<RepairOrder> => {
  const technician = await chooseTechnician(repair, now)
  if (!technician) return repair
  return inTransaction(async (transaction) => {
    const fresh = await loadIn(transaction, repair._id)
    if (fresh?.status !== 'submitted' || fresh.watchId !== repair.watchId) return fresh ?? repair
    const assigned = await settleSeat(transaction, fresh, assignByDuty(fresh, technician, now))
    await saveEvent(transaction, assigned, null, now, fresh)
    return assigned
  })
}

/** Lets happen what has fallen due with an order; null when this job does not watch it any more. */
const letHappen = (job: Job, repairId: string, settings: ReturnType<typeof settingsOf>, now: Date): Promise<RepairOrder | null> =>
  inTransaction(async (transaction) => {
    const repair = await loadIn(transaction, repairId)
    if (!repair || repair.watchId !== job._id) return null
    const moment = nextMoment(repair, settings, now)
    if (!moment || moment.at > now) return repair
    const next = moment.act(repair, now)
    await (moment.tells ? saveQuietly(transaction, next, moment.tells(next, now), now) : saveEvent(transaction, next, null, now))
    return next
  })

/** Watches over one order: checks what is new in it, wakes it, warns, escalates, closes. Sleeps until the next of these is due. */
const watch: JobRunner = async (job, now) => {
  const { repairId } = job.payload as WatchPayload
  const isChecked = await tryDuties(job, now)
  const retryAt = after(now, retryMs)
  let repair = await repairs.get(repairId)
  if (!repair || repair.watchId !== job._id) return isChecked ? 'done' : retryAt
  const settings = settingsOf(await readConfiguration(repair.communityId))
  if (settings.dispatch === 'auto' && repair.status === 'submitted') repair = await dispatch(repair, now)
  for (;;) {
    const moment = nextMoment(repair, settings, now)
    if (!moment) return isChecked ? 'done' : retryAt
    if (moment.at > now) return isChecked || moment.at < retryAt ? moment.at : retryAt
    const next = await letHappen(job, repairId, settings, now)
    if (!next) return isChecked ? 'done' : retryAt
    repair = next
  }
}

export { describeMember, eraseMember } from './departing'

export type MessageDuty = { messageId: string; openid: string; text: string; fileIds: string[]; since: Date | undefined }
export const messageDutyKind = 'repair_message_checks'

const checkMessage: JobRunner = async (job, now) => {
  const { messageId, openid, text, fileIds, since } = job.payload as MessageDuty
  await checkContent({ subject: { kind: 'repair_message', id: messageId }, words: text, fileIds, openid, since: since ?? now }, repairJudges, now)
  return 'done'
}

const unansweredKind = 'unanswered_checks'
const leaveToPeople: JobRunner = async (_, now) => ((await leaveUnanswered(repairJudges, now)) ? 'done' : now)

export const repairJobs: JobRunners = {
  [dutiesKind]: runDuties, [watchKind]: watch, [messageDutyKind]: checkMessage, [unansweredKind]: leaveToPeople, [seatCheckKind]: checkSeats,
  [leavingKind]: leave, [leftoversKind]: giveBackLeftovers,
}

/** What this feature does once a night. */
export const nightly: { kind: string; payload: Record<string, unknown> }[] = [
  { kind: unansweredKind, payload: {} },
  { kind: leftoversKind, payload: {} },
  { kind: seatCheckKind, payload: { stage: 0, cursor: null, seenCount: 0 } satisfies SeatWalk },
]
