import * as z from 'zod'
import { cursor, id, instant, requestId, text } from '../_shared/contract'
import { relation, residentScope, staffRole } from '../_shared/roles'

export const limits = {
  nameLength: 20, noteLength: 200, reasonLength: 100, pageSize: 20,
  /** At once: houses of a person, people of a house, applications a person waits for. */
  housesPerPerson: 50, peoplePerHouse: 30, openApplications: 5,
}

const personName = text(limits.nameLength, '请填写姓名')
const reason = (whenEmpty: string) => text(limits.reasonLength, whenEmpty)
const phone = z.string().regex(/^1[3-9]\d{9}$/, '请填写 11 位手机号')
const day = z.iso.date('请选择日期')
const endsOn = day.nullable()
const scopes = z.array(residentScope).max(4).refine((list) => new Set(list).size === list.length, '同一项只需选一次')
const building = z.string().min(1).max(20)
/** Null: the whole community. */
const buildings = z.array(building).min(1, '请至少选择一栋楼').max(100).nullable()

export const house = z.object({
  houseId: id,
  communityId: id,
  communityName: z.string(),
  /** As residents say it: 3号楼2单元501 */
  label: z.string(),
  relation,
  scopes: z.array(residentScope),
  /** Last day the person belongs to the house, YYYY-MM-DD; null without end. */
  endsOn: z.string().nullable(),
})

/** `buildings` null: the whole community. */
export const post = z.object({ role: staffRole, communityId: id, communityName: z.string(), buildings: z.array(z.string()).nullable() })

export const brand = z.object({
  name: z.string(),
  /** #RRGGBB; the phone derives its scale of tints from it. */
  color: z.string(),
  /** A public file the image component shows as it is (cloud://…), or null. */
  logoUrl: z.string().nullable(),
  servicePhone: z.string(),
  /** Answered day and night: gas, fire, flood, somebody in the lift. */
  emergencyPhone: z.string(),
})

export const applicationStatus = z.enum(['pending', 'approved', 'rejected', 'withdrawn'])

/** The applicant's own, in the session: what waits, and what was refused and why, until they apply again. */
const ownApplication = z.object({
  applicationId: id,
  /** Null, with a label that names no house, where only 物业 may know which: the number that proved itself was somebody else's before. */
  houseId: id.nullable(), label: z.string(), communityName: z.string(), relation,
  status: z.enum(['pending', 'rejected']),
  /** Of a refusal. */
  reason: z.string().nullable(),
})

export const session = z.object({
  member: z.object({ memberId: id, name: z.string(), maskedPhone: z.string().nullable() }).nullable(),
  houses: z.array(house),
  /** Where they work now, of all the posts they hold. */
  post: post.nullable(),
  posts: z.array(post),
  /** With one of these a person is no longer 「首次使用」. */
  applications: z.array(ownApplication),
  /** Which privacy guide is in force, and whether this person agreed to this very version. */
  privacy: z.object({ version: z.string(), isAgreed: z.boolean() }),
  brand,
  /** Subscription templates to offer at a submit or confirm tap: for this person, at most three. */
  templateIds: z.array(z.string()),
  /** How many more subscription messages we may send this person: 「还能通知您 2 次」 */
  quotaCount: z.number().int(),
  serverTime: instant,
})

export const application = z.object({
  applicationId: id,
  communityName: z.string(),
  /** As of `ownApplication`; whoever decides sees the house. */
  houseId: id.nullable(),
  label: z.string(),
  relation,
  status: applicationStatus,
  /** Who asks; in full for whoever decides. */
  name: z.string(),
  maskedPhone: z.string().nullable(),
  /** WeChat confirmed the number; else it was typed. */
  isPhoneVerified: z.boolean(),
  note: z.string(),
  submittedAt: instant,
  /** Of a refusal. */
  reason: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: instant.nullable(),
})

/** One who belongs to a house now. */
const person = z.object({
  memberId: id,
  /** Under which the house knows them. */
  name: z.string(),
  maskedPhone: z.string().nullable(),
  relation,
  scopes: z.array(residentScope),
  endsOn: z.string().nullable(),
  isMe: z.boolean(),
})

/** Somebody added by phone who has not opened the mini-program yet; in force when that very phone verifies. */
const invitation = z.object({
  invitationId: id, name: z.string(), maskedPhone: z.string(), relation, scopes: z.array(residentScope), endsOn: z.string().nullable(),
  expiresAt: instant,
})

const colleague = z.object({
  memberId: id, name: z.string(), maskedPhone: z.string().nullable(), role: staffRole, buildings: z.array(z.string()).nullable(), isMe: z.boolean(),
})
const staffInvitation = z.object({
  invitationId: id, name: z.string(), maskedPhone: z.string(), role: staffRole, buildings: z.array(z.string()).nullable(), expiresAt: instant,
})

const done = z.object({ isDone: z.literal(true) })
const decided = z.object({ applicationId: id, status: applicationStatus })

export const contract = {
  /** `houseId`: whose community's brand to wear; the person's first house without it. */
  session: { input: z.strictObject({ houseId: id.optional() }), output: session },

  /** `version`: the one the person has just read, as the session named it. */
  agreePrivacy: { input: z.strictObject({ version: z.string().max(20) }), output: done },
  withdrawPrivacy: { input: z.strictObject({}), output: done },

  /** `code`: from the getPhoneNumber button. Needs agreePrivacy. Binds every house and post that waits for this number. */
  verifyPhone: {
    input: z.strictObject({ requestId, code: z.string().min(1).max(200) }),
    output: z.object({
      maskedPhone: z.string(),
      /** What this call bound; empty when nothing on file has this number: then `apply`. */
      newHouses: z.array(house),
      newPosts: z.array(post),
      /** Somebody else came in with this number before: an application was made, and 物业 decides. Which house it is stays unsaid. */
      contested: z.array(z.object({ applicationId: id, communityName: z.string() })),
    }),
  },
  /** Needs agreePrivacy. `phone`: only for people whose number WeChat cannot give; staff will ring it. */
  apply: {
    input: z.strictObject({
      requestId, houseId: id, relation, name: personName, note: z.string().trim().max(limits.noteLength, `最多 ${limits.noteLength} 个字`), phone: phone.optional(),
    }),
    output: decided,
  },
  withdrawApplication: { input: z.strictObject({ requestId, applicationId: id }), output: decided },
  /** For the applicant, an owner of the house, and the staff who decide. */
  getApplication: {
    input: z.strictObject({ applicationId: id }),
    output: z.object({
      application,
      /** For whoever may decide it; null for the applicant. */
      decision: z.object({
        /** Who belongs to the house now. An owner's application to a house with owners must say whose time ends (`endsResidencyOf`). */
        residents: z.array(person),
        /** How the applicant compares with what the company has on file for this house. */
        onFile: z.enum(['same_phone', 'same_name', 'other_people', 'nobody']),
      }).nullable(),
    }),
  },
  listApplications: {
    input: z.strictObject({ stage: z.enum(['pending', 'decided']), cursor: cursor.optional() }),
    output: z.object({ applications: z.array(application), nextCursor: cursor.nullable(), pendingCount: z.number().int() }),
  },
  /** By a clerk or manager of the place; a family's or tenant's also by an owner of the house. */
  approve: {
    input: z.strictObject({
      requestId, applicationId: id, scopes: scopes.optional(), endsOn: endsOn.optional(),
      /** Staff only: whose time in the house ends with this. Empty: joint owners. All: the house was sold. */
      endsResidencyOf: z.array(id).max(limits.peoplePerHouse).optional(),
    }),
    output: decided,
  },
  reject: { input: z.strictObject({ requestId, applicationId: id, reason: reason('请填写原因，住户会看到') }), output: decided },

  /** An owner's own house and the people in it. */
  household: {
    input: z.strictObject({ houseId: id }),
    output: z.object({
      people: z.array(person),
      invitations: z.array(invitation),
      applications: z.array(application),
      limits: z.object({ peoplePerHouse: z.number().int(), nameLength: z.number().int() }),
    }),
  },
  addPerson: {
    input: z.strictObject({ requestId, houseId: id, name: personName, phone, relation: z.enum(['family', 'tenant']), scopes, endsOn }),
    /** `joined`: the number is known and the person belongs to the house from now on. */
    output: z.object({ outcome: z.enum(['joined', 'invited']) }),
  },
  changePerson: { input: z.strictObject({ requestId, houseId: id, memberId: id, scopes, endsOn }), output: done },
  removePerson: { input: z.strictObject({ requestId, houseId: id, memberId: id }), output: done },
  /** A house's by its owner, a post's by a manager. */
  withdrawInvitation: { input: z.strictObject({ requestId, invitationId: id }), output: done },
  /** 解绑. The last owner cannot while others live on their account. */
  leaveHouse: { input: z.strictObject({ requestId, houseId: id }), output: done },

  /** 过户: everybody of the house ends, what is owed stays with it, and the new owner comes in with their phone. */
  transferHouse: {
    input: z.strictObject({ requestId, houseId: id, name: personName, phone, reason: reason('请填写过户依据，例如不动产证已核对') }),
    output: z.object({ outcome: z.enum(['joined', 'invited']) }),
  },
  /** 退房: one resident ends, by 物业. */
  moveOut: { input: z.strictObject({ requestId, houseId: id, memberId: id, reason: reason('请填写原因') }), output: done },
  /** A resident's or applicant's number in the clear; the person sees on 我的数据 who looked, when and why. */
  revealPhone: {
    input: z.strictObject({ houseId: id, memberId: id, reason: reason('请填写查看原因，住户会看到') }),
    output: z.object({ phone: z.string().nullable() }),
  },

  /** `code`: as the deployment printed it. Makes the first manager, and the community they name where there is none of that name. */
  redeemSetupCode: {
    input: z.strictObject({ requestId, code: z.string().trim().min(1, '请输入设置码').max(40, '设置码不正确'), name: personName, communityName: text(30, '请填写小区名称') }),
    output: z.object({ post }),
  },

  switchPost: { input: z.strictObject({ communityId: id }), output: z.object({ post }) },
  listStaff: {
    input: z.strictObject({}),
    output: z.object({
      people: z.array(colleague), invitations: z.array(staffInvitation),
      /** The buildings that can be chosen. */
      buildings: z.array(z.string()),
    }),
  },
  /** A post in the community where the manager works now. */
  inviteStaff: {
    input: z.strictObject({ requestId, name: personName, phone, role: staffRole, buildings }),
    output: z.object({ outcome: z.enum(['joined', 'invited']) }),
  },
  changeStaff: { input: z.strictObject({ requestId, memberId: id, role: staffRole, buildings }), output: done },
  removeStaff: { input: z.strictObject({ requestId, memberId: id }), output: done },
}
export type MembersContract = typeof contract
export type Session = z.output<typeof session>
export type House = z.output<typeof house>
export type Brand = z.output<typeof brand>
export type OwnApplication = z.output<typeof ownApplication>
export type ShownApplication = z.output<typeof application>
export type ApplicationStatus = z.output<typeof applicationStatus>
export type Person = z.output<typeof person>
export type { Relation, ResidentScope, StaffRole } from '../_shared/roles'
