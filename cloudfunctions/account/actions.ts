import { audits, writeAudit } from '../_shared/audit'
import { memberOf } from '../_shared/caller'
import { shanghaiDay } from '../_shared/clock'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import { runJob } from '../_shared/jobs'
import { maskName } from '../_shared/masking'
import { erasures, markOf } from '../_shared/erasures'
import { livesThere, members, type Member } from '../_shared/member'
import { factFor, once } from '../_shared/once'
import { readRetention } from '../_shared/retention'
import type { Situation } from '../_shared/serve'
import { peopleOfHouses } from '../members/repository'
import { isOwnerOf, residencyIn } from '../members/residency'
import { houseOf } from '../members/session'
import { openOfHouse } from '../repairs/repository'
import type { AccountContract } from './contract'
import { blockersOf, departedOf, requireFree, retentionInWords, warningsOf, type Standing } from './departure'
import { accountJobs, depart, describeEverywhere } from './jobs'
import * as repository from './repository'

type In<A extends keyof AccountContract> = Input<AccountContract, A>
type Out<A extends keyof AccountContract> = Output<AccountContract, A>

const pageSize = 20

export const myData = async ({ cursor }: In<'myData'>, { caller }: Situation): Promise<Out<'myData'>> => {
  const member = memberOf(caller)
  const [page, kept] = await Promise.all([repository.looksAt(member._id, cursor, pageSize), readRetention()])
  const others = page.documents.filter(({ actorId }) => actorId !== member._id)
  const actors = new Map((await repository.namesOf([...new Set(others.map(({ actorId }) => actorId))])).map((one) => [one._id, one]))
  // Staff look in the company's name; a neighbour's name is theirs.
  const nameOf = (actorId: string) => {
    const actor = actors.get(actorId)
    return !actor ? '物业' : actor.posts.length > 0 ? actor.name : maskName(actor.name)
  }
  return {
    name: member.name, maskedPhone: member.maskedPhone, houses: caller.houses.map(houseOf), posts: member.posts,
    privacy: member.privacy && { version: member.privacy.version, agreedAt: member.privacy.agreedAt.toISOString() },
    retention: retentionInWords(kept),
    looks: others.map(({ at, action, actorId, after }) =>
      ({ at: at.toISOString(), action, byName: nameOf(actorId), reason: typeof after?.reason === 'string' ? after.reason : null })),
    nextCursor: page.nextCursor,
  }
}

export const exportMyData = async (_: object, { caller, now }: Situation): Promise<Out<'exportMyData'>> => {
  const { _id } = memberOf(caller)
  await writeAudit({ actorId: _id, action: 'account.exportMyData', subjectId: _id, at: now })
  const everything = { exportedAt: now, ...(await describeEverywhere(_id)) }
  return { fileName: `我的数据-${shanghaiDay(now)}.json`, json: JSON.stringify(everything, null, 2) }
}

/** Whose families and tenants would be left without an owner, and what is unfinished. */
const standingOf = async (member: Member, today: string): Promise<Standing> => {
  const current = member.houses.filter((house) => livesThere(house, today))
  const owned = current.filter(({ relation }) => relation === 'owner')
  const [people, repairs] = await Promise.all([
    peopleOfHouses(owned.map(({ houseId }) => houseId)),
    Promise.all(current.map(({ houseId }) => openOfHouse(houseId, pageSize))),
  ])
  const others = people.filter(({ _id }) => _id !== member._id)
  const leaves = owned.filter(({ houseId }) =>
    others.some((one) => residencyIn(one, houseId, today)) && !others.some((one) => isOwnerOf(one, houseId, today)))
  return { openRepairCount: repairs.flat().length, leavesOthers: leaves.map(({ houseLabel }) => houseLabel) }
}

export const previewDeletion = async (_: object, { caller, now }: Situation): Promise<Out<'previewDeletion'>> => {
  const member = memberOf(caller)
  return { warnings: warningsOf(member, await standingOf(member, shanghaiDay(now))), blockers: blockersOf(member) }
}

/** The person is gone with this transaction; what is stored of them elsewhere goes now, or with the next ticks. */
export const deleteAccount = async ({ requestId }: In<'deleteAccount'>, situation: Situation): Promise<Out<'deleteAccount'>> => {
  const { caller, now } = situation
  // Who has deleted is nobody any more: a retry of theirs is told by the row they left.
  const memberId = caller.member?._id ?? (await audits.get(factFor(caller, 'deleteAccount', requestId)))?.subjectId
  if (memberId === undefined) throw notFound('个账号')
  await once('deleteAccount', requestId, situation, async ({ transaction, audit }) => {
    const member = await transaction.get(members, memberId)
    if (!member || member.openid !== caller.openid) throw notFound('个账号')
    requireFree(member)
    await depart(transaction, member, now)
    await transaction.insert(erasures, markOf(departedOf(member), now))
    await audit({
      actorId: memberId, action: 'account.deleteAccount', subjectId: memberId, communityId: member.houses[0]?.communityId ?? null,
      before: { houses: member.houses.map(({ houseId }) => houseId) },
    })
  })
  const erasure = await repository.erasureOf(memberId)
  return { isFinished: !erasure || (await runJob(erasure, accountJobs, now)) }
}
