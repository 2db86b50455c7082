import { audits } from '../../_shared/audit'
import { shanghaiDay } from '../../_shared/clock'
import type { Input, Output } from '../../_shared/contract'
import { maskPhone } from '../../_shared/crypto'
import { AppError, conflict } from '../../_shared/errors'
import { counted } from '../../_shared/invocation'
import { logLine } from '../../_shared/log'
import { members, type Member } from '../../_shared/member'
import { oweNotices } from '../../_shared/outbox'
import { cloud, command } from '../../_shared/platform'
import { factFor, type Change } from '../../_shared/once'
import type { Situation } from '../../_shared/serve'
import { openVault } from '../../_shared/vault'
import { communities, holdHouse, houses, roster, rosterByPhone } from '../../houses/repository'
import { submit, type Application } from '../application'
import { limits, type MembersContract } from '../contract'
import { match, type Match, type OnFile } from '../matching'
import { numberMovedNotice, submittedNotices } from '../member-notices'
import { withPost } from '../posts'
import { privacyVersion } from '../privacy'
import * as repository from '../repository'
import { newMember, touch, type Place } from '../residency'
import { houseOf } from '../session'
import { joinIn } from './joining'
import { onceKnown } from './own-document'

type Verified = Output<MembersContract, 'verifyPhone'>

/** Nothing personal is taken from anybody who has not agreed to the guide in force. */
export const requirePrivacy = async ({ caller }: Situation): Promise<void> => {
  if ((await repository.privacyOf(caller))?.version !== privacyVersion) {
    throw new AppError('FORBIDDEN', '请先阅读并同意《隐私保护指引》', { reason: 'PRIVACY_NOT_AGREED' })
  }
}

const codeExpired = 40029

/** The number that WeChat vouches for, without country code where it is a Chinese one. The code is good once. */
const askWeChat = async (code: string): Promise<string> => {
  try {
    const { phoneInfo } = await counted(() => cloud.openapi.phonenumber!.getPhoneNumber!({ code })) as
      { phoneInfo: { purePhoneNumber: string; countryCode: string } }
    // The SDK may turn an all-digit value into a number.
    return String(phoneInfo.countryCode) === '86' ? String(phoneInfo.purePhoneNumber) : `+${phoneInfo.countryCode}${phoneInfo.purePhoneNumber}`
  } catch (error) {
    const { errCode } = error as { errCode?: number }
    if (errCode === codeExpired) throw conflict('PHONE_CODE_EXPIRED', '这次授权已经失效，请再点一次按钮')
    logLine({ event: 'phone_number_failed', errCode: errCode ?? null })
    throw new AppError('UNAVAILABLE', '微信暂时给不出手机号，请稍后再试，或填写申请由物业审核', { reason: 'PHONE_UNAVAILABLE', cause: error })
  }
}

/** The places of houses by their ids; a house that is gone has none. Two round trips. */
export const placesOf = async (houseIds: string[]): Promise<Place[]> => {
  if (houseIds.length === 0) return []
  const found = await houses.find({ _id: command.in(houseIds) }, { limit: 200 })
  const named = await communities.find({ _id: command.in([...new Set(found.map(({ communityId }) => communityId))]) }, { limit: 200 })
  return found.flatMap(({ _id, communityId, building, label }) => {
    const community = named.find((each) => each._id === communityId)
    return community ? [{ houseId: _id, communityId, communityName: community.name, building, houseLabel: label }] : []
  })
}

const onFileFor = async (phoneHash: string): Promise<OnFile> => {
  const [rows, invitations, holders] = await Promise.all([rosterByPhone(phoneHash), repository.invitationsFor(phoneHash), repository.withPhone(phoneHash)])
  const houseIds = [...new Set([...rows.map(({ houseId }) => houseId), ...invitations.flatMap(({ houseId }) => houseId ?? [])])]
  const [places, residents] = await Promise.all([placesOf(rows.map(({ houseId }) => houseId)), repository.peopleOfHouses(houseIds)])
  const others = [...new Map([...holders, ...residents].map((one) => [one._id, one])).values()]
  return { rows, invitations, places, others }
}

/** What the person takes becomes theirs in this very transaction; what somebody else took a moment before is left to them. */
const claim = async ({ transaction }: Change, member: Member, found: Match, now: Date): Promise<Member> => {
  let mine = member
  for (const residency of found.residencies) {
    // The row may be gone, or about another number, since it was found.
    if (residency.rosterId !== null && (await transaction.get(roster, residency.rosterId))?.phoneHash !== member.phoneHash) continue
    if (await holdHouse(transaction, residency.houseId)) mine = await joinIn(transaction, mine, residency, now)
  }
  for (const id of found.usedInvitations) {
    const invitation = await transaction.get(repository.invitations, id)
    if (!invitation) continue
    const post = found.posts.find(({ communityId }) => communityId === invitation.communityId)
    if (invitation.post && post) mine = withPost(mine, post)
    await transaction.remove(repository.invitations, id)
  }
  return mine
}

/** The number is with whoever proved it last: it leaves everybody else, who keep their houses. */
const takeNumber = async ({ transaction, fact }: Change, holders: Member[], { now }: Situation): Promise<void> => {
  for (const { _id } of holders) {
    const holder = await transaction.get(members, _id)
    if (!holder?.phoneHash) continue
    await transaction.replace(members, { ...touch(holder), phone: null, phoneHash: null, maskedPhone: null })
    const communityId = holder.houses[0]?.communityId ?? holder.post?.communityId
    if (communityId) await oweNotices(transaction, `${fact}_${_id}`, [numberMovedNotice(_id, communityId, now)], now)
  }
}

/** For what is contested, an application each, for 物业 to decide; answers which. */
const contest = async ({ transaction, fact }: Change, member: Member, contested: Match['contested'], { now }: Situation): Promise<[Member, string[]]> => {
  let mine = member
  const applicationIds: string[] = []
  for (const [index, { relation, name, ...place }] of contested.entries()) {
    const pending = mine.applications.filter(({ status }) => status === 'pending')
    const waiting = pending.find(({ houseId, hidesHouse }) => hidesHouse && houseId === place.houseId)
    if (waiting) applicationIds.push(waiting.applicationId)
    if (waiting || pending.length >= limits.openApplications || !(await holdHouse(transaction, place.houseId))) continue
    const note = '手机号与登记一致，但已有人用这个号码认证过。号码可能换了主人：核对清楚之前，申请人看不到是哪套房屋'
    const submission = { _id: `${fact}${index}`, place, relation, name: mine.name || name, note, phone: null, maskedPhone: null, hidesHouse: true }
    const made: { member: Member; application: Application } = submit(mine, submission, now, shanghaiDay(now))
    await transaction.insert(repository.applications, made.application)
    await oweNotices(transaction, `${fact}_${index}`, submittedNotices(made.application, [], now), now)
    applicationIds.push(made.application._id)
    mine = made.member
  }
  return [mine, applicationIds]
}

/** The answer again, as the audit row remembers it. */
const repeated = async (memberId: string, fact: string): Promise<Verified> => {
  const [member, row] = await Promise.all([members.get(memberId), audits.get(fact)])
  const { houses: bound = [], posts = [], contested = [] } = (row?.after ?? {}) as Record<'houses' | 'posts' | 'contested', string[]>
  return {
    maskedPhone: member?.maskedPhone ?? '',
    newHouses: (member?.houses ?? []).filter(({ houseId }) => bound.includes(houseId)).map(houseOf),
    newPosts: (member?.posts ?? []).filter(({ communityId }) => posts.includes(communityId)),
    contested: (member?.applications ?? []).filter(({ applicationId }) => contested.includes(applicationId))
      .map(({ applicationId, communityName }) => ({ applicationId, communityName })),
  }
}

export const verifyPhone = async ({ code, requestId }: Input<MembersContract, 'verifyPhone'>, situation: Situation): Promise<Verified> => {
  const { caller, now } = situation
  await requirePrivacy(situation)
  const fact = factFor(caller, 'verifyPhone', requestId)
  const before = await audits.get(fact)
  if (before) return repeated(before.subjectId, fact)
  const [phone, vault] = [await askWeChat(code), await openVault()]
  const phoneHash = vault.hash('phone', phone)
  const onFile = await onFileFor(phoneHash)
  const found = match(onFile, caller.member ?? newMember('', caller.openid, null), phoneHash, now, shanghaiDay(now))
  const holders = onFile.others.filter((one) => one.phoneHash === phoneHash && one._id !== caller.member?._id)

  let memberId = ''
  await onceKnown('verifyPhone', requestId, situation, async (change, own) => {
    memberId = own.member._id
    await takeNumber(change, holders, situation)
    const proved = { ...touch(own.member), phone: vault.seal(phone), phoneHash, maskedPhone: maskPhone(phone) }
    const claimed = await claim(change, proved, found, now)
    const [waiting, contested] = await contest(change, claimed, found.contested, situation)
    const after = await followNumber(change, own.member, waiting, onFile)
    await own.save(after)
    const gained = claimed.houses.filter(({ houseId }) => !own.member.houses.some((house) => house.houseId === houseId))
    await change.audit({
      actorId: memberId, action: 'members.verifyPhone', subjectId: memberId, communityId: (gained[0] ?? found.contested[0])?.communityId ?? after.post?.communityId ?? null,
      before: { maskedPhone: own.member.maskedPhone },
      after: {
        maskedPhone: after.maskedPhone, houses: gained.map(({ houseId }) => houseId), posts: found.posts.map(({ communityId }) => communityId),
        contested,
      },
    })
  })
  return repeated(memberId || caller.member!._id, fact)
}

/**
 * The company's record follows a person to their new number: whoever gets the old one later must not find it there. Where the new one is
 * on file for the same house already, that row is theirs from now on, and the other goes.
 */
const followNumber = async ({ transaction }: Change, before: Member, after: Member, { rows }: OnFile): Promise<Member> => {
  if (!before.phoneHash || before.phoneHash === after.phoneHash) return after
  let mine = after
  for (const { houseId, rosterId } of before.houses) {
    const row = rosterId && await transaction.get(roster, rosterId)
    if (!row) continue
    const theirs = rows.find((one) => one.houseId === houseId && one._id !== rosterId)
    if (theirs) {
      await transaction.remove(roster, rosterId)
      mine = { ...mine, houses: mine.houses.map((house) => (house.houseId === houseId ? { ...house, rosterId: theirs._id } : house)) }
    } else await transaction.replace(roster, { ...row, version: row.version + 1, phone: after.phone!, phoneHash: after.phoneHash!, maskedPhone: after.maskedPhone! })
  }
  return mine
}
