import { audits } from '../_shared/audit'
import { departedName, type DescribeMember, type EraseMember } from '../_shared/departing'
import { members } from '../_shared/member'
import { openVault } from '../_shared/vault'
import { roster } from '../houses/repository'
import { applications, consents, guestId, invitations } from './repository'

const atOnce = 100

/** What stays of applications says that there was one, for which house and how it ended: the desk's own record. */
const eraseApplications: EraseMember = async ({ memberId }) => {
  const anonymous = { name: departedName, note: '', phone: null, maskedPhone: null, isPhoneVerified: false }
  await applications.update({ memberId }, anonymous)
  await applications.update({ 'decidedBy.memberId': memberId }, { 'decidedBy.name': departedName })
  return true
}

/**
 * The file goes with the person. The company's register of owners, which it keeps for its contract with them, is not in this product;
 * what it may lawfully hold comes back with its next import.
 */
const eraseFile: EraseMember = async ({ memberId, phoneHash }) => {
  if (phoneHash) {
    await roster.removeWhere({ phoneHash })
    await invitations.removeWhere({ phoneHash })
  }
  await invitations.removeWhere({ invitedById: memberId })
  return true
}

export const eraseMember: EraseMember = async (departed, now) => {
  await eraseApplications(departed, now)
  await eraseFile(departed, now)
  await consents.remove(guestId(departed.openid))
  return true
}

export const describeMember: DescribeMember = async (memberId) => {
  const [member, own, about] = await Promise.all([
    members.get(memberId),
    applications.find({ memberId }, { sort: { orderKey: 'desc' }, limit: atOnce }),
    audits.find({ subjectId: memberId }, { sort: { orderKey: 'desc' }, limit: 1_000 }),
  ])
  if (!member) return {}
  const vault = member.phone && await openVault()
  return {
    name: member.name, phone: member.phone && vault ? vault.open(member.phone) : null, privacy: member.privacy,
    houses: member.houses.map(({ communityName, houseLabel, relation, scopes, endsOn }) => ({ communityName, houseLabel, relation, scopes, endsOn })),
    posts: member.posts.map(({ communityName, role, buildings }) => ({ communityName, role, buildings })),
    applications: own.map(({ houseLabel, relation, name, note, status, reason, submittedAt, decidedAt }) =>
      ({ houseLabel, relation, name, note, status, reason, submittedAt, decidedAt })),
    audits: about.map(({ action, at, before, after }) => ({ action, at, before, after })),
  }
}
