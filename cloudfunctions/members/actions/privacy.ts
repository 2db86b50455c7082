import { writeAudit } from '../../_shared/audit'
import type { Input, Output } from '../../_shared/contract'
import { conflict } from '../../_shared/errors'
import type { Situation } from '../../_shared/serve'
import type { MembersContract } from '../contract'
import { privacyVersion, type Privacy } from '../privacy'
import { consents, guestId, savePrivacy } from '../repository'

const remember = async ({ caller: { member, openid } }: Situation, privacy: Privacy | null): Promise<string> => {
  if (member) {
    await savePrivacy(member._id, privacy)
    return member._id
  }
  const _id = guestId(openid)
  if (!privacy) await consents.remove(_id)
  else if (!(await consents.insert({ _id, schema: 1, ...privacy }))) await consents.update({ _id }, privacy)
  return _id
}

export const agreePrivacy = async ({ version }: Input<MembersContract, 'agreePrivacy'>, situation: Situation): Promise<Output<MembersContract, 'agreePrivacy'>> => {
  if (version !== privacyVersion) throw conflict('PRIVACY_CHANGED', '《隐私保护指引》刚刚更新，请重新阅读')
  const id = await remember(situation, { version, agreedAt: situation.now })
  await writeAudit({ actorId: id, action: 'members.agreePrivacy', subjectId: id, after: { version }, at: situation.now })
  return { isDone: true }
}

export const withdrawPrivacy = async (_: object, situation: Situation): Promise<Output<MembersContract, 'withdrawPrivacy'>> => {
  const id = await remember(situation, null)
  await writeAudit({ actorId: id, action: 'members.withdrawPrivacy', subjectId: id, before: { version: situation.caller.member?.privacy?.version ?? null }, at: situation.now })
  return { isDone: true }
}
