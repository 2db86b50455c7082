import { writeAudit } from '../_shared/audit'
import { memberOf, type Caller } from '../_shared/caller'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { forbidden, notFound } from '../_shared/errors'
import { countFollowers, followedBy } from '../_shared/follower'
import { members } from '../_shared/member'
import type { Situation } from '../_shared/serve'
import { temporaryUrls, uploadPrefix } from '../_shared/storage'
import { openVault } from '../_shared/vault'
import { summaryOf } from '../billing/bill-reply'
import { billsOfSource } from '../billing/repository'
import type { RepairsContract, Step } from './contract'
import { crewOf, shownCrew } from './crew'
import type { RepairOrder } from './repair'
import { isOfStaff, isWorkingOn, livesIn, sideOf } from './repair-access'
import { cardOf, detailOf, filesOf, type View } from './repair-reply'
import { feature } from './repair-request'
import * as repository from './repository'
import { settingsOf } from './settings'
import { limits } from './shapes'
import { mayWrite } from './talk'
import { nextSteps, reopenableUntil } from './transitions'

type In<A extends keyof RepairsContract> = Required<Input<RepairsContract, A>>
type Out<A extends keyof RepairsContract> = Output<RepairsContract, A>

export const list = async ({ houseId, cursor }: Input<RepairsContract, 'list'>, { caller, now }: Situation): Promise<Out<'list'>> => {
  if (!caller.houses.some((house) => house.houseId === houseId)) throw notFound('套房屋')
  const { documents, nextCursor } = await repository.listOfHouse(houseId, cursor, limits.pageSize)
  return { repairs: documents.map((repair) => cardOf(repair, 'household', now)), nextCursor }
}

/** How the caller stands to the order. Throws NOT_FOUND for whoever is neither in it nor follows it. */
const viewOf = async (repair: RepairOrder, caller: Caller): Promise<{ view: View; isFollowing: boolean }> => {
  if (isOfStaff(repair, caller)) return { view: 'staff', isFollowing: false }
  if (livesIn(repair, caller)) return { view: 'household', isFollowing: false }
  const followed = await followedBy([repair._id], caller.houses.map(({ houseId }) => houseId))
  if (!followed.has(repair._id)) throw notFound('张报修单')
  return { view: 'neighbour', isFollowing: true }
}

const withPhotos: Step[] = ['record', 'complete', 'reopen']

export const get = async ({ repairId }: In<'get'>, { caller, now }: Situation): Promise<Out<'get'>> => {
  const repair = await repository.repairs.get(repairId)
  if (!repair) throw notFound('张报修单')
  const { view, isFollowing } = await viewOf(repair, caller)
  const files = filesOf(repair, view)
  const isPublic = repair.place !== null || view !== 'household'
  const [urls, followerCount, configuration, bills] = await Promise.all([
    files.length > 0 ? temporaryUrls(files) : new Map<string, string>(),
    isPublic ? countFollowers(repairId) : 0,
    readConfiguration(repair.communityId),
    view === 'neighbour' || repair.houseId === null ? [] : billsOfSource(repairId),
  ])
  const steps = nextSteps(repair, caller, now)
  const canWrite = mayWrite(repair, caller, now)
  const detail = detailOf(repair, {
    view: sideOf(repair, caller) ?? view, nextSteps: steps, showsContact: isWorkingOn(repair, caller), mayWrite: canWrite,
    reopenableUntil: reopenableUntil(repair, caller, now), followerCount, isFollowing,
  }, urls, now)
  return {
    repair: detail,
    limits: { photoCount: limits.photoCount, noteLength: limits.noteLength, messageLength: limits.messageLength },
    uploadPrefix: canWrite || steps.some((step) => withPhotos.includes(step)) ? uploadPrefix(feature, caller) : null,
    ratingTags: settingsOf(configuration).ratingTags,
    bills: bills.map(summaryOf),
  }
}

const technicianIdOf = ({ post, member }: Caller): string | null => (post?.role === 'technician' ? member!._id : null)

export const queue = async ({ stage, cursor }: Input<RepairsContract, 'queue'>, { caller, now }: Situation): Promise<Out<'queue'>> => {
  const post = caller.post!
  const technicianId = technicianIdOf(caller)
  const [page, counts] = await Promise.all([
    repository.queueOf(post, stage, technicianId, cursor, limits.pageSize),
    repository.countQueue(post, technicianId),
  ])
  return { repairs: page.documents.map((repair) => cardOf(repair, 'staff', now)), nextCursor: page.nextCursor, counts }
}

/** Whom an order can be given to: nobody hands one to himself. */
export const technicians = async (_: object, { caller, now }: Situation): Promise<Out<'technicians'>> => {
  const crew = shownCrew(await crewOf(caller.post!.communityId, now), now)
  return { technicians: crew.filter(({ memberId }) => memberId !== technicianIdOf(caller)) }
}

export const revealContact = async ({ repairId }: In<'revealContact'>, { caller, now }: Situation): Promise<Out<'revealContact'>> => {
  const repair = await repository.repairs.get(repairId)
  if (!repair || (!isOfStaff(repair, caller) && !livesIn(repair, caller))) throw notFound('张报修单')
  if (!isWorkingOn(repair, caller)) throw forbidden('接单以后才能看到住户的电话')
  const { memberId, name, phone } = repair.contact
  const [resident, vault] = await Promise.all([phone || !memberId ? null : members.get(memberId), openVault()])
  // Written before the number is shown: a number that was seen without a trace is what must not happen.
  await writeAudit({
    actorId: memberOf(caller)._id, action: 'repairs.revealContact', subjectId: memberId ?? repair._id, communityId: repair.communityId, at: now,
  })
  const sealed = phone ?? resident?.phone ?? null
  return { name, phone: sealed ? vault.open(sealed) : null }
}
