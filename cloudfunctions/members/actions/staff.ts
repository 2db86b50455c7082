import type { Input, Output } from '../../_shared/contract'
import { maskPhone } from '../../_shared/crypto'
import { conflict, notFound } from '../../_shared/errors'
import { members, type Member, type Post } from '../../_shared/member'
import { owe, oweNotices } from '../../_shared/outbox'
import { once, type Change } from '../../_shared/once'
import type { Situation } from '../../_shared/serve'
import { openVault } from '../../_shared/vault'
import { buildingsOf } from '../../houses/repository'
import type { MembersContract } from '../contract'
import { inviteToPost } from '../invitation'
import { postNotice } from '../member-notices'
import { staffInvitations } from '../member-reply'
import { leavesWork, leavingKind, otherLeaders, postIn, requireGivable, requireInReach, stopsLeading, switched, withoutPost, withPost, type Leaving } from '../posts'
import * as repository from '../repository'
import { touch } from '../residency'
import { ownDocument } from './own-document'

type In<A extends keyof MembersContract> = Input<MembersContract, A>
type Out<A extends keyof MembersContract> = Output<MembersContract, A>

export const switchPost = async ({ communityId }: In<'switchPost'>, { caller }: Situation): Promise<Out<'switchPost'>> => {
  const after = switched(caller.member!, communityId)
  if (caller.post?.communityId === communityId) return { post: after.post! }
  // A post taken away meanwhile must not come back.
  if ((await repository.savePost(after)) === 0) throw conflict('CHANGED_MEANWHILE', '您的岗位刚刚有变化，请刷新后再试')
  return { post: after.post! }
}

export const listStaff = async (_: object, { caller, now }: Situation): Promise<Out<'listStaff'>> => {
  const { communityId } = caller.post!
  const [colleagues, invited, buildings] = await Promise.all([
    repository.staffOf(communityId), repository.staffInvitationsOf(communityId), buildingsOf(communityId),
  ])
  return {
    people: colleagues.map((one) => {
      const { role, buildings } = postIn(one, communityId)!
      return { memberId: one._id, name: one.name, maskedPhone: one.maskedPhone, role, buildings, isMe: one._id === caller.member!._id }
    }),
    invitations: staffInvitations(invited, now),
    buildings: buildings.map(({ name }) => name),
  }
}

const postFrom = ({ communityId, communityName }: Post, { role, buildings }: Pick<Post, 'role' | 'buildings'>): Post => ({ role, communityId, communityName, buildings })
const shown = (post: Post | undefined) => post && { role: post.role, buildings: post.buildings }

/** The manager as they are in the transaction: whoever lost the post a moment ago gives no more posts. */
const requireManager = async ({ transaction }: Change, { caller }: Situation): Promise<Post> => {
  const { member } = await ownDocument(transaction, caller)
  const post = postIn(member, caller.post!.communityId)
  if (post?.role !== 'manager') throw notFound('个岗位')
  return post
}

export const inviteStaff = async ({ requestId, name, phone, role, buildings }: In<'inviteStaff'>, situation: Situation): Promise<Out<'inviteStaff'>> => {
  const { caller, now } = situation
  const { communityId } = caller.post!
  const vault = await openVault()
  const phoneHash = vault.hash('phone', phone)
  const [[known], buildingList] = await Promise.all([repository.withPhone(phoneHash), buildings ? buildingsOf(communityId) : []])
  await once(`inviteStaff/${communityId}/${phoneHash}`, requestId, situation, async (change) => {
    const { transaction, audit, fact } = change
    const manager = await requireManager(change, situation)
    requireGivable(manager, buildings, buildingList.map(({ name }) => name))
    const post = postFrom(manager, { role, buildings })
    const person = known && await transaction.get(members, known._id)
    if (person && postIn(person, communityId)) throw conflict('ALREADY_STAFF', '这位已经是本小区的员工，可以直接修改岗位')
    if (person) {
      await transaction.replace(members, { ...withPost(person, post), name: person.name || name })
      await oweNotices(transaction, fact, [postNotice(person._id, post, `您已成为${post.communityName}的物业人员，管理页已经打开`, now)], now)
    } else {
      await transaction.replace(repository.invitations, inviteToPost(post, { phoneHash, maskedPhone: maskPhone(phone), name, invitedById: caller.member!._id }, now))
    }
    await audit({
      actorId: caller.member!._id, action: 'members.inviteStaff', subjectId: person ? person._id : communityId, communityId,
      after: { maskedPhone: maskPhone(phone), ...shown(post)! },
    })
  })
  return { outcome: known ? 'joined' : 'invited' }
}

/** Changes or ends a post. Where it costs the community a leader, another one is held: of two who remove each other, one stays. */
const replacePost = async (
  action: 'changeStaff' | 'removeStaff', requestId: string, memberId: string, next: Pick<Post, 'role' | 'buildings'> | null, situation: Situation,
): Promise<void> => {
  const { caller, now } = situation
  const { communityId } = caller.post!
  const [colleagues, buildingList] = await Promise.all([repository.staffOf(communityId), next?.buildings ? buildingsOf(communityId) : []])
  await once(`${action}/${communityId}/${memberId}`, requestId, situation, async (change) => {
    const { transaction, audit, fact } = change
    const manager = await requireManager(change, situation)
    const person = await transaction.get(members, memberId)
    const before = requireInReach(manager, person ? postIn(person, communityId) : undefined)
    if (next) requireGivable(manager, next.buildings, buildingList.map(({ name }) => name))
    if (stopsLeading(person!, communityId, next)) await holdAnotherLeader(change, person!, colleagues, communityId)
    const post = next && postFrom(before, next)
    await transaction.replace(members, post ? withPost(person!, post) : withoutPost(person!, communityId))
    await audit({ actorId: caller.member!._id, action: `members.${action}`, subjectId: memberId, communityId, before: shown(before)!, after: post && shown(post)! })
    if (leavesWork(before, next)) {
      const payload: Leaving = { memberId, communityId, at: now }
      await owe(transaction, { _id: `leaving_${fact}`, kind: leavingKind, payload }, now)
    }
    const words = post ? `您在${before.communityName}的岗位有调整，请打开管理页查看` : `您在${before.communityName}的岗位已结束`
    await oweNotices(transaction, fact, [postNotice(memberId, before, words, now)], now)
  })
}

const holdAnotherLeader = async ({ transaction }: Change, person: Member, colleagues: Member[], communityId: string): Promise<void> => {
  const current: Member[] = []
  for (const { _id } of colleagues.filter((one) => one._id !== person._id && postIn(one, communityId)?.role === 'manager')) {
    const colleague = await transaction.get(members, _id)
    if (colleague) current.push(colleague)
  }
  const [other] = otherLeaders(person, current, communityId)
  if (other) await transaction.replace(members, touch(other))
}

export const changeStaff = async ({ requestId, memberId, role, buildings }: In<'changeStaff'>, situation: Situation): Promise<Out<'changeStaff'>> => {
  await replacePost('changeStaff', requestId, memberId, { role, buildings }, situation)
  return { isDone: true }
}

export const removeStaff = async ({ requestId, memberId }: In<'removeStaff'>, situation: Situation): Promise<Out<'removeStaff'>> => {
  await replacePost('removeStaff', requestId, memberId, null, situation)
  return { isDone: true }
}

/** A house's by an owner of it, a post's by a manager of the place. Anybody else's does not exist. */
export const withdrawInvitation = async ({ requestId, invitationId }: In<'withdrawInvitation'>, situation: Situation): Promise<Out<'withdrawInvitation'>> => {
  const { caller } = situation
  await once(`withdrawInvitation/${invitationId}`, requestId, situation, async ({ transaction, audit }) => {
    const invitation = await transaction.get(repository.invitations, invitationId)
    const isMine = invitation?.kind === 'house'
      ? caller.houses.some(({ houseId, relation }) => houseId === invitation.houseId && relation === 'owner')
      : caller.post?.role === 'manager' && caller.post.communityId === invitation?.communityId
    if (!invitation || !isMine) throw notFound('个邀请')
    if (invitation.post) requireInReach(caller.post!, invitation.post)
    await transaction.remove(repository.invitations, invitationId)
    await audit({
      actorId: caller.member!._id, action: 'members.withdrawInvitation', subjectId: invitation.houseId ?? invitation.communityId,
      communityId: invitation.communityId, before: { maskedPhone: invitation.maskedPhone },
    })
  })
  return { isDone: true }
}
