import { readConfiguration } from '../_shared/configuration'
import { after, minutes } from '../_shared/clock'
import { inTransaction } from '../_shared/db'
import { AppError } from '../_shared/errors'
import type { JobRunner } from '../_shared/jobs'
import { members } from '../_shared/member'
import { command } from '../_shared/platform'
import { allCommunities } from '../houses/repository'
import type { Leaving } from '../members/posts'
import { worksAsTechnician } from './duty'
import type { Assignee, RepairOrder } from './repair'
import { inHandOf, loadIn, ordersNamed, repairs, shifts, visitsOfTechnician, workingCountsOf } from './repository'
import { saveEvent } from './save'
import { rosterOf, settleSeat } from './seats'
import { settingsOf } from './settings'
import { leaveBehind } from './take'
import { comersInstead } from './visit'

/** Whether an unfinished order is this person's, or they are to come for it. */
const isWorkOf = ({ stage, assignee, visit }: RepairOrder, memberId: string): boolean =>
  stage !== 'done' && (assignee?.memberId === memberId || visit?.technicianId === memberId)

/** Does nothing to an order that is not theirs any more, or is theirs to do. */
const vacateFor = (comers: Assignee[], repairId: string, memberId: string, now: Date): Promise<void> => inTransaction(async (transaction) => {
  const repair = await loadIn(transaction, repairId)
  if (!repair || !isWorkOf(repair, memberId) || worksAsTechnician(await transaction.get(members, memberId), repair)) return
  const next = leaveBehind(repair, comers, settingsOf(await readConfiguration(repair.communityId)), now)
  await saveEvent(transaction, await settleSeat(transaction, repair, next, comers), null, now)
})

/** Gives one order back, with its visit to whoever has room for it; once, however often it is called. */
export const vacate = async (repairId: string, memberId: string, now: Date): Promise<void> => {
  const repair = await repairs.get(repairId)
  if (!repair || !isWorkOf(repair, memberId)) return
  const settings = settingsOf(await readConfiguration(repair.communityId))
  const comers = repair.visit ? comersInstead(repair, await rosterOf(repair.communityId, now), settings, now) : []
  try {
    await vacateFor(comers, repairId, memberId, now)
  } catch (error) {
    // Others were faster: the household is asked for another hour.
    if (!(error instanceof AppError) || comers.length === 0) throw error
    await vacateFor([], repairId, memberId, now)
  }
}

const atOnce = 50
const mostInHand = 1_000

/** True when nothing of a community is left to somebody who is no technician there, or not of that building. */
const giveBack = async (memberId: string, communityId: string, now: Date): Promise<boolean> => {
  const [member, inHand, visits] = await Promise.all([
    members.get(memberId), inHandOf(memberId, communityId, mostInHand), visitsOfTechnician(memberId, '', mostInHand),
  ])
  const visited = visits.filter((seat) => seat.communityId === communityId).map(({ repairId }) => repairId)
  const orders = [...inHand, ...(visited.length > 0 ? await ordersNamed(visited) : [])]
  const left = [...new Set(orders.filter((repair) => !worksAsTechnician(member, repair)).map(({ _id }) => _id))]
  for (const repairId of left.slice(0, atOnce)) await vacate(repairId, memberId, now)
  if (left.length > atOnce) return false
  if (!worksAsTechnician(member, { communityId, building: null })) {
    const theirs = await shifts.find({ memberId }, { limit: mostInHand, fields: ['communityId'] })
    for (const shift of theirs) if (shift.communityId === communityId) await shifts.remove(shift._id)
  }
  return true
}

/** Longer than any call takes: what was given to somebody while they lost their post is there by then. */
const stragglersMs = minutes(2)

export const leave: JobRunner = async (job, now) => {
  const { memberId, communityId, at } = job.payload as Leaving
  if (!(await giveBack(memberId, communityId, now))) return now
  const last = after(at, stragglersMs)
  return now < last ? last : 'done'
}

export const leftoversKind = 'repairs_left_behind'

/** Once a night, whatever lost a technician without a word: an earlier release, a change behind the functions' backs. */
export const giveBackLeftovers: JobRunner = async (_, now) => {
  for (const { _id: communityId } of await allCommunities()) {
    const ids = [...(await workingCountsOf(communityId)).keys()]
    const people = ids.length > 0 ? await members.find({ _id: command.in(ids) }, { limit: ids.length, fields: ['posts'] }) : []
    const isWhole = (id: string) => people.some((one) => one._id === id && one.posts.some((post) => post.communityId === communityId && post.role === 'technician' && post.buildings === null))
    for (const id of ids.filter((each) => !isWhole(each))) await giveBack(id, communityId, now)
  }
  return 'done'
}
