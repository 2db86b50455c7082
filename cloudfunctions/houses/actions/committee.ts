import { auditIn } from '../../_shared/audit'
import { memberOf, type Caller } from '../../_shared/caller'
import { shanghaiDay } from '../../_shared/clock'
import type { Input, Output } from '../../_shared/contract'
import { AlreadyExists, inTransaction, type Transaction } from '../../_shared/db'
import { conflict, invalid, notFound } from '../../_shared/errors'
import type { Situation } from '../../_shared/serve'
import { limits, type HousesContract } from '../contract'
import { committeeMemberIdFor, requireVersion, sitting, termOrderKey, type CommitteeMember } from '../house'
import { committeeMembers, committeeOf } from '../repository'

type In<A extends keyof HousesContract> = Required<Input<HousesContract, A>>
type Out<A extends keyof HousesContract> = Output<HousesContract, A>

const shown = ({ _id, name, role, startsOn, endsOn, note, version }: CommitteeMember) => ({ committeeMemberId: _id, name, role, startsOn, endsOn, note, version })

export const committee = async ({ communityId }: In<'committee'>, { caller, now }: Situation): Promise<Out<'committee'>> => {
  if (!caller.houses.some((house) => house.communityId === communityId)) throw notFound('个小区')
  const today = shanghaiDay(now)
  return { members: sitting(await committeeOf(communityId, today), today).map(shown) }
}

export const listCommittee = async (_: object, { caller, now }: Situation): Promise<Out<'listCommittee'>> =>
  ({ members: (await committeeOf(caller.post!.communityId)).map(shown), today: shanghaiDay(now) })

const requireTerm = ({ startsOn, endsOn }: { startsOn: string; endsOn: string }) => {
  if (endsOn < startsOn) throw invalid({ endsOn: '任期结束不能早于开始' })
}

const auditOf = (action: string, member: CommitteeMember, caller: Caller, at: Date) => ({
  actorId: memberOf(caller)._id, action: `houses.${action}`, subjectId: member._id, communityId: member.communityId,
  after: { role: member.role, startsOn: member.startsOn, endsOn: member.endsOn }, at,
})

export const createCommitteeMember = async ({ requestId, ...fields }: In<'createCommitteeMember'>, { caller, now }: Situation): Promise<Out<'createCommitteeMember'>> => {
  requireTerm(fields)
  const { communityId } = caller.post!
  if ((await committeeMembers.count({ communityId })) >= limits.committeeCount) {
    throw conflict('COMMITTEE_FULL', `最多登记 ${limits.committeeCount} 位委员，请先删除早已卸任的`)
  }
  const _id = committeeMemberIdFor(caller.openid, requestId)
  const member: CommitteeMember = { _id, schema: 1, version: 1, communityId, ...fields, orderKey: termOrderKey({ _id, ...fields }) }
  try {
    await inTransaction(async (transaction) => {
      await transaction.insert(committeeMembers, member)
      await auditIn(transaction, auditOf('createCommitteeMember', member, caller, now))
    })
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  return { committeeMemberId: _id }
}

const loadIn = async (transaction: Transaction, committeeMemberId: string, caller: Caller): Promise<CommitteeMember> => {
  const member = await transaction.get(committeeMembers, committeeMemberId)
  if (member?.communityId !== caller.post!.communityId) throw notFound('位委员')
  return member
}

export const updateCommitteeMember = async ({ committeeMemberId, version, ...fields }: In<'updateCommitteeMember'>, { caller, now }: Situation): Promise<Out<'updateCommitteeMember'>> => {
  requireTerm(fields)
  return inTransaction(async (transaction) => {
    const before = await loadIn(transaction, committeeMemberId, caller)
    requireVersion(before, version)
    const after = { ...before, ...fields, orderKey: termOrderKey({ _id: before._id, ...fields }), version: version + 1 }
    await transaction.replace(committeeMembers, after)
    await auditIn(transaction, auditOf('updateCommitteeMember', after, caller, now))
    return { version: after.version }
  })
}

export const removeCommitteeMember = ({ committeeMemberId }: In<'removeCommitteeMember'>, { caller, now }: Situation): Promise<Out<'removeCommitteeMember'>> =>
  inTransaction(async (transaction) => {
    const member = await loadIn(transaction, committeeMemberId, caller)
    await transaction.remove(committeeMembers, committeeMemberId)
    await auditIn(transaction, auditOf('removeCommitteeMember', member, caller, now))
    return { committeeMemberId }
  })
