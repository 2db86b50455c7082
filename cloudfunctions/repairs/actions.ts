import { createHash } from 'node:crypto'
import { writeAudit } from '../_shared/audit'
import { memberOf, type Caller } from '../_shared/caller'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { AlreadyExists, inTransaction, type Transaction } from '../_shared/db'
import { forbidden, invalid, notFound } from '../_shared/errors'
import { members, postKey } from '../_shared/member'
import { owe, oweNotices } from '../_shared/outbox'
import type { Situation } from '../_shared/serve'
import { requireOwnFiles, temporaryUrls, uploadPrefix } from '../_shared/storage'
import { openVault } from '../_shared/vault'
import { category, limits, type RepairsContract, type Step } from './contract'
import { photoCheckKind, type PhotoCheckDuty } from './jobs'
import * as rules from './repair'
import { cardOf, detailOf, photosOf } from './repair-reply'
import { noticesOf } from './repair-notices'
import * as repository from './repository'

type In<A extends keyof RepairsContract> = Required<Input<RepairsContract, A>>
type Out<A extends keyof RepairsContract> = Output<RepairsContract, A>

const feature = 'repairs'

/** The same intention always makes the same id: a double tap or a retry finds the order it already made. */
const idFor = (caller: Caller, requestId: string): string =>
  createHash('sha256').update(`${caller.openid}/${requestId}`).digest('hex').slice(0, 32)

const oweFor = async (transaction: Transaction, repair: rules.RepairOrder, caller: Caller, now: Date): Promise<void> => {
  const event = repair.timeline.at(-1)!
  const fact = `${repair._id}_${repair.version}`
  await oweNotices(transaction, fact, noticesOf(repair), now)
  const fileIds = (event.step === 'submit' ? repair.photos : event.photos).map((photo) => photo.fileId)
  if (fileIds.length === 0) return
  const payload: PhotoCheckDuty = { repairId: repair._id, openid: caller.openid, fileIds }
  await owe(transaction, { _id: `photos_${fact}`, kind: photoCheckKind, payload }, now)
}

export const prepare = async (_: object, { caller }: Situation): Promise<Out<'prepare'>> => {
  const { brand } = await readConfiguration(caller.houses[0]!.communityId)
  return {
    houses: caller.houses.map(({ houseId, houseLabel, communityName }) => ({ houseId, label: houseLabel, communityName })),
    categories: category.options,
    limits: { photoCount: limits.photoCount, descriptionLength: limits.descriptionLength, noteLength: limits.noteLength },
    uploadPrefix: uploadPrefix(feature, caller),
    emergencyPhone: brand.emergencyPhone,
  }
}

export const create = async (input: In<'create'>, { caller, now }: Situation): Promise<Out<'create'>> => {
  requireOwnFiles(input.photos, feature, caller)
  const repair = rules.submit({ ...input, repairId: idFor(caller, input.requestId) }, caller, now)
  try {
    await inTransaction(async (transaction) => {
      await transaction.insert(repository.repairs, repair)
      await oweFor(transaction, repair, caller, now)
    })
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  return { repairId: repair._id }
}

export const list = async ({ houseId, cursor }: Input<RepairsContract, 'list'>, { caller }: Situation): Promise<Out<'list'>> => {
  if (!caller.houses.some((house) => house.houseId === houseId)) throw notFound('套房屋')
  const { documents, nextCursor } = await repository.listOfHouse(houseId, cursor, limits.pageSize)
  return { repairs: documents.map(cardOf), nextCursor }
}

const load = async (repairId: string, caller: Caller): Promise<rules.RepairOrder> => {
  const repair = await repository.repairs.get(repairId)
  if (!repair || !rules.canSee(repair, caller)) throw notFound('张报修单')
  return repair
}

export const get = async ({ repairId }: In<'get'>, { caller }: Situation): Promise<Out<'get'>> => {
  const repair = await load(repairId, caller)
  const photos = photosOf(repair)
  const urls = photos.length > 0 ? await temporaryUrls(photos) : new Map<string, string>()
  const nextSteps = rules.nextSteps(repair, caller)
  return {
    repair: detailOf(repair, nextSteps, rules.isWorkingOn(repair, caller), urls),
    limits: { photoCount: limits.photoCount, noteLength: limits.noteLength },
    uploadPrefix: nextSteps.includes('complete') ? uploadPrefix(feature, caller) : null,
  }
}

/** Loads, decides and saves in one transaction, with what is owed for it; the same request again only answers. */
const takeStep = async (step: Step, repairId: string, details: rules.StepDetails, { caller, now }: Situation) => {
  requireOwnFiles(details.photos ?? [], feature, caller)
  const repair = await inTransaction(async (transaction) => {
    const before = await repository.loadIn(transaction, repairId)
    if (!before) throw notFound('张报修单')
    if (rules.canSee(before, caller) && rules.isRepeated(before, step, details.requestId)) return before
    const after = rules.take(before, step, details, caller, now)
    await repository.saveIn(transaction, after)
    await oweFor(transaction, after, caller, now)
    return after
  })
  return { repairId, status: repair.status }
}

export const cancel = ({ repairId, ...details }: In<'cancel'>, situation: Situation): Promise<Out<'cancel'>> =>
  takeStep('cancel', repairId, details, situation)
export const claim = ({ repairId, ...details }: In<'claim'>, situation: Situation): Promise<Out<'claim'>> =>
  takeStep('claim', repairId, details, situation)
export const start = ({ repairId, ...details }: In<'start'>, situation: Situation): Promise<Out<'start'>> =>
  takeStep('start', repairId, details, situation)
export const complete = ({ repairId, ...details }: In<'complete'>, situation: Situation): Promise<Out<'complete'>> =>
  takeStep('complete', repairId, details, situation)

export const assign = async ({ repairId, requestId, technicianId }: In<'assign'>, situation: Situation): Promise<Out<'assign'>> => {
  const technician = await members.get(technicianId)
  const { post } = situation.caller
  if (technician?.post?.role !== 'technician' || technician.post.communityId !== post?.communityId) {
    throw invalid({ technicianId: '这位师傅不在本小区，请重新选择' })
  }
  return takeStep('assign', repairId, { requestId, technician: { memberId: technicianId, name: technician.name } }, situation)
}

const technicianIdOf = ({ post, member }: Caller): string | null => (post?.role === 'technician' ? member!._id : null)

export const queue = async ({ stage, cursor }: Input<RepairsContract, 'queue'>, { caller }: Situation): Promise<Out<'queue'>> => {
  const { communityId } = caller.post!
  const technicianId = technicianIdOf(caller)
  const [page, counts] = await Promise.all([
    repository.queueOf(communityId, stage, technicianId, cursor, limits.pageSize),
    repository.countQueue(communityId, technicianId),
  ])
  return { repairs: page.documents.map(cardOf), nextCursor: page.nextCursor, counts }
}

export const technicians = async (_: object, { caller }: Situation): Promise<Out<'technicians'>> => {
  const { communityId } = caller.post!
  const [people, loads] = await Promise.all([
    members.find({ postKeys: postKey(communityId, 'technician') }),
    repository.countByAssignee(communityId, ['working']),
  ])
  const workingCount = (memberId: string) => loads.filter((load) => load.technicianId === memberId).reduce((sum, load) => sum + load.count, 0)
  return { technicians: people.map(({ _id, name }) => ({ memberId: _id, name, workingCount: workingCount(_id) })) }
}

export const revealContact = async ({ repairId }: In<'revealContact'>, { caller, now }: Situation): Promise<Out<'revealContact'>> => {
  const repair = await load(repairId, caller)
  if (!rules.isWorkingOn(repair, caller)) throw forbidden('接单以后才能看到住户的电话')
  const [resident, vault] = await Promise.all([members.get(repair.contact.memberId), openVault()])
  // Written before the number is shown: a number that was seen without a trace is what must not happen.
  await writeAudit({ actorId: memberOf(caller)._id, action: 'repairs.revealContact', subjectId: repair._id, at: now })
  return { name: repair.contact.name, phone: resident?.phone ? vault.open(resident.phone) : null }
}
