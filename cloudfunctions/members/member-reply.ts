import { shanghaiDay } from '../_shared/clock'
import { maskName } from '../_shared/masking'
import { livesThere, type Member, type Residency } from '../_shared/member'
import { placeShownIn, type Application } from './application'
import type { Person, ShownApplication } from './contract'
import type { Invitation } from './invitation'

const relationOrder = { owner: 0, family: 1, tenant: 2 }

/** Those who belong to the house today, owners first. `asKnown`: by the name the house knows them by; otherwise masked. */
export const peopleIn = (houseId: string, everybody: Member[], meId: string | undefined, now: Date, asKnown = true): Person[] =>
  everybody
    .flatMap((member) => member.houses
      .filter((house) => house.houseId === houseId && livesThere(house, shanghaiDay(now)))
      .map((house): Person => ({
        memberId: member._id, name: nameIn(house, member, asKnown), maskedPhone: member.maskedPhone, relation: house.relation,
        scopes: house.scopes, endsOn: house.endsOn, isMe: member._id === meId,
      })))
    .sort((a, b) => relationOrder[a.relation] - relationOrder[b.relation])

const nameIn = (house: Residency, member: Member, asKnown: boolean): string => {
  const name = house.knownAs || member.name
  return asKnown ? name : maskName(name)
}

export const shownApplication = (application: Application): ShownApplication => ({
  applicationId: application._id, communityName: application.communityName, houseId: application.houseId, label: application.houseLabel,
  relation: application.relation, status: application.status, name: application.name, maskedPhone: application.maskedPhone,
  isPhoneVerified: application.isPhoneVerified, note: application.note, submittedAt: application.submittedAt.toISOString(),
  reason: application.reason, decidedByName: application.decidedBy?.name ?? null, decidedAt: application.decidedAt?.toISOString() ?? null,
})

/** As the applicant may see it. */
export const shownToApplicant = (application: Application): ShownApplication =>
  application.hidesHouse && application.status !== 'approved'
    ? { ...shownApplication(application), ...placeShownIn(application), name: '' } : shownApplication(application)

const stillOpen = (invitations: Invitation[], now: Date) => invitations.filter(({ expiresAt }) => expiresAt > now)

export const houseInvitations = (invitations: Invitation[], now: Date) =>
  stillOpen(invitations, now).flatMap(({ _id, name, maskedPhone, residency, expiresAt }) => residency ? [{
    invitationId: _id, name, maskedPhone, relation: residency.relation, scopes: residency.scopes, endsOn: residency.endsOn, expiresAt: expiresAt.toISOString(),
  }] : [])

export const staffInvitations = (invitations: Invitation[], now: Date) =>
  stillOpen(invitations, now).flatMap(({ _id, name, maskedPhone, post, expiresAt }) => post ? [{
    invitationId: _id, name, maskedPhone, role: post.role, buildings: post.buildings, expiresAt: expiresAt.toISOString(),
  }] : [])
