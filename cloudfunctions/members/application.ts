import type { Caller } from '../_shared/caller'
import type { Sealed } from '../_shared/crypto'
import type { Stored } from '../_shared/db'
import { conflict, notFound } from '../_shared/errors'
import { covers, type Member, type OwnApplication, type Residency } from '../_shared/member'
import { usualScopes } from '../_shared/member'
import type { Relation, ResidentScope } from '../_shared/roles'
import { limits, type ApplicationStatus } from './contract'
import { residencyIn, touch, type Place } from './residency'

/** 入住申请: somebody says they belong to a house, and a clerk, a manager or an owner of it decides. */
export type Application = Stored & Place & {
  memberId: string
  relation: Relation
  name: string
  note: string
  /**
   * Made because a number proved itself that somebody else had: numbers are given to strangers after a while, who must not learn from it
   * where the one before them lives. The desk sees the house; the applicant does once it is approved.
   */
  hidesHouse?: boolean
  /** A number that was typed because WeChat gave none; a verified one is the member's. */
  phone: Sealed | null
  maskedPhone: string | null
  isPhoneVerified: boolean
  status: ApplicationStatus
  stage: 'pending' | 'decided'
  reason: string | null
  decidedBy: { memberId: string; name: string } | null
  decidedAt: Date | null
  submittedAt: Date
  /** Time and id: the desk's lists. */
  orderKey: string
}

export type Submission = Pick<Application, '_id' | 'relation' | 'name' | 'note' | 'phone' | 'maskedPhone' | 'hidesHouse'> & { place: Place }

const summaryOf = ({ _id, houseId, houseLabel, communityName, relation, hidesHouse }: Application, reason: string | null): OwnApplication =>
  ({ applicationId: _id, houseId, houseLabel, communityName, relation, status: reason === null ? 'pending' : 'rejected', reason, ...(hidesHouse && { hidesHouse }) })

/** Whether two are the same for the applicant: what hides its house must not show itself beside one that names it. */
const isSame = (a: Pick<OwnApplication, 'houseId' | 'hidesHouse'>, b: Pick<OwnApplication, 'houseId' | 'hidesHouse'>): boolean =>
  a.houseId === b.houseId && !a.hidesHouse === !b.hidesHouse

const withSummary = (member: Member, application: Application, summary: OwnApplication[]): Member =>
  ({ ...touch(member), applications: [...member.applications.filter((one) => !isSame(one, application)), ...summary] })

/** What the applicant is told of where it is about. */
export const placeShownIn = ({ houseId, houseLabel, hidesHouse }: Pick<OwnApplication, 'houseId' | 'houseLabel' | 'hidesHouse'>): { houseId: string | null; label: string } =>
  hidesHouse ? { houseId: null, label: '登记了您手机号的房屋' } : { houseId, label: houseLabel }

/** What the log keeps of where it is about: the applicant may read it too. */
export const placeAudited = ({ _id, houseId, hidesHouse }: Application): { applicationId: string } | { houseId: string } =>
  hidesHouse ? { applicationId: _id } : { houseId }

/** Throws CONFLICT for somebody who lives there, waits for an answer about this house, or waits for too many. */
export const submit = (member: Member, { place, ...submission }: Submission, now: Date, today: string): { member: Member; application: Application } => {
  if (residencyIn(member, place.houseId, today)) throw conflict('ALREADY_LIVES_THERE', '您已经绑定了这套房屋')
  const pending = member.applications.filter(({ status }) => status === 'pending')
  if (pending.some((one) => isSame(one, { ...place, hidesHouse: submission.hidesHouse }))) throw conflict('APPLICATION_PENDING', '您已经申请过这套房屋，正在等待审核')
  if (pending.length >= limits.openApplications) throw conflict('TOO_MANY_APPLICATIONS', `您有 ${pending.length} 个申请在等待审核，请等审核完再申请`)
  const isPhoneVerified = member.phoneHash !== null
  const application: Application = {
    ...submission, ...place, schema: 1, memberId: member._id, isPhoneVerified,
    phone: isPhoneVerified ? null : submission.phone, maskedPhone: isPhoneVerified ? member.maskedPhone : submission.maskedPhone,
    status: 'pending', stage: 'pending', reason: null, decidedBy: null, decidedAt: null, submittedAt: now,
    orderKey: `${now.toISOString()}_${submission._id}`,
  }
  // A refusal that names no house is answered by whatever they ask for next; and the name of whoever had the number is not theirs.
  const named = application.hidesHouse ? member
    : { ...member, name: member.name || submission.name, applications: member.applications.filter(({ status, hidesHouse }) => status === 'pending' || !hidesHouse) }
  return { application, member: withSummary(named, application, [summaryOf(application, null)]) }
}

const isDesk = ({ post }: Caller, place: Place): boolean =>
  post !== null && (post.role === 'manager' || post.role === 'clerk') && covers(post, place)
const ownsIt = (caller: Caller, place: Place): boolean =>
  caller.houses.some((house) => house.houseId === place.houseId && house.relation === 'owner')

/** Staff of the place decide everything; an owner decides who comes to live with them, not who else owns the house. */
export const mayDecide = (application: Application, caller: Caller): boolean =>
  application.memberId !== caller.member?._id &&
  (isDesk(caller, application) || (application.relation !== 'owner' && ownsIt(caller, application)))

export const canSee = (application: Application, caller: Caller): boolean =>
  application.memberId === caller.member?._id || mayDecide(application, caller)

export const mayEndOthers = (application: Application, caller: Caller): boolean => isDesk(caller, application)

const requirePending = (application: Application): void => {
  if (application.status === 'pending') return
  const how: Record<string, string> = { approved: '通过', rejected: '拒绝', withdrawn: '撤回' }
  throw conflict('APPLICATION_DECIDED', `这个申请已${application.decidedBy ? `由${application.decidedBy.name}` : '被本人'}${how[application.status]}，请刷新查看`)
}

const decided = (application: Application, status: ApplicationStatus, caller: Caller, reason: string | null, now: Date): Application => {
  if (!mayDecide(application, caller)) throw notFound('个申请')
  requirePending(application)
  return {
    ...application, status, stage: 'decided', reason, decidedAt: now, decidedBy: { memberId: caller.member!._id, name: caller.member!.name },
  }
}

export const rejected = (application: Application, applicant: Member, caller: Caller, reason: string, now: Date) => ({
  application: decided(application, 'rejected', caller, reason, now),
  member: withSummary(applicant, application, [summaryOf(application, reason)]),
})

export type Terms = { scopes?: ResidentScope[]; endsOn?: string | null; rosterId: string | null }

/** The approved application and the belonging to the house it gives. */
export const approved = (application: Application, terms: Terms, caller: Caller, now: Date): { application: Application; residency: Residency } => ({
  application: decided(application, 'approved', caller, null, now),
  residency: {
    houseId: application.houseId, communityId: application.communityId, communityName: application.communityName,
    building: application.building, houseLabel: application.houseLabel, relation: application.relation,
    scopes: application.relation === 'owner' ? usualScopes('owner') : (terms.scopes ?? usualScopes(application.relation)),
    knownAs: application.name, rosterId: terms.rosterId, endsOn: application.relation === 'owner' ? null : (terms.endsOn ?? null),
  },
})

/** By the applicant alone. */
export const withdrawn = (application: Application, applicant: Member, now: Date) => {
  if (application.memberId !== applicant._id) throw notFound('个申请')
  requirePending(application)
  return {
    application: { ...application, status: 'withdrawn' as const, stage: 'decided' as const, decidedAt: now },
    member: withSummary(applicant, application, []),
  }
}

/** What is answered by the applicant's having come into the house in another way. */
export const answered = (application: Application, now: Date): Application =>
  application.status === 'pending' ? { ...application, status: 'withdrawn', stage: 'decided', decidedAt: now } : application
