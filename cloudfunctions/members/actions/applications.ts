import { shanghaiDay } from '../../_shared/clock'
import type { Input, Output } from '../../_shared/contract'
import { maskPhone } from '../../_shared/crypto'
import type { Transaction } from '../../_shared/db'
import { conflict, forbidden, invalid, notFound } from '../../_shared/errors'
import { members, type Member } from '../../_shared/member'
import { oweNotices } from '../../_shared/outbox'
import { factFor, once, type Change } from '../../_shared/once'
import type { Situation } from '../../_shared/serve'
import { openVault } from '../../_shared/vault'
import { rosterIdFor, type House } from '../../houses/house'
import { holdHouse, houses, roster, rosterOf } from '../../houses/repository'
import * as rules from '../application'
import { limits, type MembersContract } from '../contract'
import { decidedNotice, endedNotice, submittedNotices } from '../member-notices'
import { peopleIn, shownApplication, shownToApplicant } from '../member-reply'
import * as repository from '../repository'
import { isOwnerOf, leave, requireFuture, residencyIn } from '../residency'
import { joinIn } from './joining'
import { onceKnown } from './own-document'
import { placesOf, requirePrivacy } from './verification'

type In<A extends keyof MembersContract> = Input<MembersContract, A>
type Out<A extends keyof MembersContract> = Output<MembersContract, A>

export const apply = async ({ requestId, houseId, phone, note, ...wanted }: In<'apply'>, situation: Situation): Promise<Out<'apply'>> => {
  const { caller, now } = situation
  await requirePrivacy(situation)
  const [place] = await placesOf([houseId])
  if (!place) throw notFound('套房屋')
  const [people, vault] = await Promise.all([repository.peopleOf(houseId), phone === undefined ? null : openVault()])
  const owners = people.filter((one) => isOwnerOf(one, houseId, shanghaiDay(now)))
  const applicationId = factFor(caller, `apply/${houseId}`, requestId)
  await onceKnown(`apply/${houseId}`, requestId, situation, async (change, own) => {
    const typed = { phone: phone && vault ? vault.seal(phone) : null, maskedPhone: phone ? maskPhone(phone) : null }
    if (!(await holdHouse(change.transaction, houseId))) throw notFound('套房屋')
    const { application, member } = rules.submit(own.member, { _id: applicationId, place, note: note ?? '', ...wanted, ...typed }, now, shanghaiDay(now))
    await change.transaction.insert(repository.applications, application)
    await own.save(member)
    await change.audit({
      actorId: member._id, action: 'members.apply', subjectId: member._id, communityId: place.communityId,
      after: { houseId, relation: application.relation, maskedPhone: application.maskedPhone },
    })
    await oweNotices(change.transaction, change.fact, submittedNotices(application, owners, now), now)
  })
  const application = await repository.applications.get(applicationId)
  return { applicationId, status: application?.status ?? 'pending' }
}

export const withdrawApplication = async ({ requestId, applicationId }: In<'withdrawApplication'>, situation: Situation): Promise<Out<'withdrawApplication'>> => {
  await onceKnown(`withdrawApplication/${applicationId}`, requestId, situation, async ({ transaction, audit }, own) => {
    const before = await transaction.get(repository.applications, applicationId)
    if (!before) throw notFound('个申请')
    const { application, member } = rules.withdrawn(before, own.member, situation.now)
    await transaction.replace(repository.applications, application)
    await own.save(member)
    await audit({ actorId: member._id, action: 'members.withdrawApplication', subjectId: member._id, communityId: before.communityId, after: rules.placeAudited(before) })
  })
  return { applicationId, status: 'withdrawn' }
}

const load = async (applicationId: string, { caller }: Situation): Promise<rules.Application> => {
  const application = await repository.applications.get(applicationId)
  if (!application || !rules.canSee(application, caller)) throw notFound('个申请')
  return application
}

export const getApplication = async ({ applicationId }: In<'getApplication'>, situation: Situation): Promise<Out<'getApplication'>> => {
  const application = await load(applicationId, situation)
  const { caller, now } = situation
  if (!rules.mayDecide(application, caller)) return { application: shownToApplicant(application), decision: null }
  const [people, rows, applicant] = await Promise.all([
    repository.peopleOf(application.houseId), rosterOf(application.houseId), members.get(application.memberId),
  ])
  const onFile = rows.length === 0 ? 'nobody'
    : rows.some(({ phoneHash }) => phoneHash === applicant?.phoneHash) ? 'same_phone'
    : rows.some(({ name }) => name === application.name) ? 'same_name' : 'other_people'
  const residents = peopleIn(application.houseId, people, caller.member?._id, now, !rules.mayEndOthers(application, caller))
  return { application: shownApplication(application), decision: { residents, onFile } }
}

export const listApplications = async ({ stage, cursor }: In<'listApplications'>, { caller }: Situation): Promise<Out<'listApplications'>> => {
  const post = caller.post!
  const [page, pendingCount] = await Promise.all([
    repository.listFor(post, stage, cursor, limits.pageSize),
    repository.countApplications(post),
  ])
  return { applications: page.documents.map(shownApplication), nextCursor: page.nextCursor, pendingCount }
}

/**
 * Ends somebody's time in the house, with what the company has on file of it: their number must not open the door again.
 * `keptRow`: a row that is somebody else's from now on.
 */
export const endResidency = async ({ transaction, fact }: Change, member: Member, houseId: string, why: string, now: Date, keptRow?: string): Promise<void> => {
  const residency = residencyIn(member, houseId, shanghaiDay(now))
  if (!residency) return
  await transaction.replace(members, leave(member, houseId))
  const rows = new Set([residency.rosterId, member.phoneHash && rosterIdFor(houseId, member.phoneHash)])
  for (const row of rows) if (row && row !== keptRow) await transaction.remove(roster, row)
  await oweNotices(transaction, `${fact}_${member._id}`, [endedNotice(member._id, residency, why, now)], now)
}

/** Holds the house as it was when its people were looked at. Throws CONFLICT when somebody came or left since: what was decided rests on them. */
export const holdAsSeen = async (transaction: Transaction, seen: House | null): Promise<void> => {
  const held = seen && await holdHouse(transaction, seen._id)
  if (!held) throw notFound('套房屋')
  if (held.holds !== seen.holds) throw conflict('CHANGED_MEANWHILE', '这套房屋的住户刚刚有变化，请刷新核对后再办理')
}

/** A second owner, or a new one: whoever approves must have said which. */
const requireSaid = (application: rules.Application, people: Member[], ends: string[] | undefined, today: string): void => {
  const hasOwner = people.some((one) => one._id !== application.memberId && isOwnerOf(one, application.houseId, today))
  if (application.relation === 'owner' && hasOwner && ends === undefined) {
    throw invalid({ endsResidencyOf: '这套房屋已有业主：请选择是共有人，还是已经过户、原住户的绑定到此结束' })
  }
}

export const approve = async ({ requestId, applicationId, endsResidencyOf, ...terms }: In<'approve'>, situation: Situation): Promise<Out<'approve'>> => {
  const { caller, now } = situation
  const today = shanghaiDay(now)
  const { houseId, memberId } = await load(applicationId, situation)
  requireFuture(terms.endsOn ?? null, today)
  const house = await houses.get(houseId)
  const [people, rows] = await Promise.all([repository.peopleOf(houseId), rosterOf(houseId)])
  await once(`approve/${applicationId}`, requestId, situation, async (change) => {
    const { transaction } = change
    const before = await transaction.get(repository.applications, applicationId)
    if (!before) throw notFound('个申请')
    if (endsResidencyOf !== undefined && !rules.mayEndOthers(before, caller)) throw forbidden('结束他人的绑定由物业办理')
    const applicant = await transaction.get(members, memberId)
    if (!applicant) throw notFound('个申请')
    const row = rows.find(({ phoneHash }) => phoneHash === applicant.phoneHash)
    const { application, residency } = rules.approved(before, { ...terms, rosterId: row?._id ?? null }, caller, now)
    await holdAsSeen(transaction, house)
    requireSaid(application, people, endsResidencyOf, today)
    for (const one of people.filter(({ _id }) => _id !== memberId && endsResidencyOf?.includes(_id))) {
      const resident = await transaction.get(members, one._id)
      if (resident) await endResidency(change, resident, houseId, '物业已确认新的住户', now, row?._id)
    }
    await transaction.replace(repository.applications, application)
    await transaction.replace(members, await joinIn(transaction, applicant, residency, now))
    await change.audit({
      actorId: caller.member!._id, action: 'members.approve', subjectId: memberId, communityId: application.communityId,
      after: { houseId, relation: residency.relation, scopes: residency.scopes, endsOn: residency.endsOn, ended: endsResidencyOf ?? [] },
    })
    await oweNotices(transaction, change.fact, [decidedNotice(application, now)], now)
  })
  return { applicationId, status: 'approved' }
}

export const reject = async ({ requestId, applicationId, reason }: In<'reject'>, situation: Situation): Promise<Out<'reject'>> => {
  const { caller, now } = situation
  const { memberId } = await load(applicationId, situation)
  await once(`reject/${applicationId}`, requestId, situation, async ({ transaction, audit, fact }) => {
    const [before, applicant] = [await transaction.get(repository.applications, applicationId), await transaction.get(members, memberId)]
    if (!before || !applicant) throw notFound('个申请')
    const { application, member } = rules.rejected(before, applicant, caller, reason, now)
    await transaction.replace(repository.applications, application)
    await transaction.replace(members, member)
    await audit({
      actorId: caller.member!._id, action: 'members.reject', subjectId: memberId, communityId: application.communityId, after: rules.placeAudited(application),
    })
    await oweNotices(transaction, fact, [decidedNotice(application, now)], now)
  })
  return { applicationId, status: 'rejected' }
}
