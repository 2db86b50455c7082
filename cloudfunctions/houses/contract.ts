import * as z from 'zod'
import { cursor, id, requestId, text } from '../_shared/contract'
import { relation } from '../_shared/roles'

export const limits = {
  nameLength: 20, communityNameLength: 30, addressLength: 60, servicePhoneCount: 10, buildingCount: 300, entranceCount: 20,
  rosterCount: 20, committeeCount: 60, foundCount: 10, pageSize: 50, noteLength: 100,
}

const day = z.iso.date('请选择日期')
const version = z.number().int().min(1)
/** As the company writes it: a mobile number, a landline with or without its area code, a short number such as 12345. */
const anyPhone = z.string().trim().regex(/^[0-9][0-9 -]{2,18}[0-9]$/, '请填写正确的电话号码')
/** As people type it; stored as eleven digits. */
const mobile = z.string().trim().regex(/^(\+?86)?[ -]?1[3-9]([ -]?\d){9}$/, '请填写 11 位手机号')
/** What stands before 号楼: 3, A, 12B, 1期3, 紫荆. What others name a building by; it never changes. */
const building = z.string().trim().regex(/^[0-9A-Za-z\p{Script=Han}]{1,12}$/u, '楼栋只写编号，如 3、A、1期3')
const buildingName = z.string().regex(/^[0-9A-Za-z\p{Script=Han}]{1,12}$/u, '楼栋不正确')
/** What stands before 单元; empty where the building has no entrances to tell apart. */
const entrance = z.string().trim().max(8, '单元只写编号，如 2')
const roomNo = z.string().trim().min(1, '请填写房号').max(8, '房号只写编号，如 501')
/** Hundredths of a square metre: 88.88 ㎡ is 8888. */
const areaSqm = z.number().int('面积最多两位小数').min(1, '请填写建筑面积').max(10_000_000, '面积太大，请检查')
const servicePhones = z.array(z.object({ label: text(limits.nameLength, '请写下这是哪里的电话'), phone: anyPhone }))
  .max(limits.servicePhoneCount, `最多 ${limits.servicePhoneCount} 个电话`)

export const community = z.object({ communityId: id, name: z.string(), address: z.string(), servicePhones })
export const buildingCard = z.object({
  building: z.string(),
  /** As residents say it: 3号楼 */
  label: z.string(),
  entrances: z.array(z.string()),
  version,
})
export const houseCard = z.object({
  houseId: id,
  building: z.string(),
  entrance: z.string(),
  roomNo: z.string(),
  /** As residents say it: 3号楼2单元501 */
  label: z.string(),
  /** Hundredths of a square metre; null when nobody has written it down. */
  areaSqm: z.number().int().nullable(),
  version,
})
/** Whom the company has on file for a house. The number is shown by `revealRosterPhone`, which is audited. */
export const rosterRow = z.object({ rosterId: id, name: z.string(), relation, maskedPhone: z.string(), version })
/** What somebody who is choosing their house may see of one. */
export const houseChoice = z.object({ houseId: id, label: z.string(), building: z.string(), entrance: z.string(), roomNo: z.string() })
/** 主任 · 副主任 · 委员 */
export const committeeRole = z.enum(['chair', 'deputy', 'member'])
export const committeeMember = z.object({
  committeeMemberId: id, name: z.string(), role: committeeRole, startsOn: z.string(), endsOn: z.string(),
  /** What they look after, or how they can be reached at the committee's office. */
  note: z.string(),
  version,
})

const communityFields = { name: text(limits.communityNameLength, '请填写小区名称'), address: z.string().trim().max(limits.addressLength).default(''), servicePhones }
const buildingFields = {
  label: text(limits.nameLength, '请填写楼栋名称'),
  entrances: z.array(entrance.min(1, '请填写单元')).max(limits.entranceCount, `最多 ${limits.entranceCount} 个单元`),
}
const houseFields = { entrance, roomNo, areaSqm: areaSqm.nullable() }
const rosterFields = { name: text(limits.nameLength, '请填写姓名'), phone: mobile, relation }
const termFields = {
  name: text(limits.nameLength, '请填写姓名'), role: committeeRole, startsOn: day, endsOn: day, note: z.string().trim().max(limits.noteLength).default(''),
}
const houseSaved = z.object({ houseId: id, label: z.string(), version })
const rosterSaved = z.object({ rosterId: id, version })
const committee = z.object({ members: z.array(committeeMember) })

/**
 * A person's staff actions are about the community of the post they work at now, so no staff input names one. Every change carries the
 * `version` that was read: one that somebody has changed since is refused (CONFLICT, reason CHANGED_MEANWHILE).
 */
export const contract = {
  /** For anybody, before verification: which communities there are and whom to ring. */
  directory: { input: z.strictObject({}), output: z.object({ communities: z.array(community) }) },
  /** For anybody choosing their house step by step: the buildings of a community … */
  browseBuildings: {
    input: z.strictObject({ communityId: id }),
    output: z.object({ buildings: z.array(buildingCard.pick({ building: true, label: true, entrances: true })) }),
  },
  /** … and the houses of one, in the order of entrance and room. */
  browseHouses: {
    input: z.strictObject({ communityId: id, building: buildingName, cursor: cursor.optional() }),
    output: z.object({ houses: z.array(houseChoice), nextCursor: cursor.nullable() }),
  },
  /** For anybody choosing their house by typing: 3-2-501, 3号楼二单元501, 3#501 … Several when the words fit several, none when none. */
  find: {
    input: z.strictObject({ communityId: id, text: z.string().trim().min(1, '请输入房号').max(40, '房号太长') }),
    output: z.object({ houses: z.array(houseChoice) }),
  },

  getCommunity: {
    input: z.strictObject({}),
    output: z.object({ community: community.extend({ version }), mayEdit: z.boolean(), mayExportPhones: z.boolean() }),
  },
  /** Its configuration is a copy of the company's, and whoever creates it becomes its manager as well. */
  createCommunity: { input: z.strictObject({ requestId, ...communityFields }), output: z.object({ communityId: id }) },
  updateCommunity: { input: z.strictObject({ version, ...communityFields }), output: z.object({ version }) },

  listBuildings: { input: z.strictObject({}), output: z.object({ buildings: z.array(buildingCard.extend({ houseCount: z.number().int() })) }) },
  createBuilding: { input: z.strictObject({ building, ...buildingFields }), output: z.object({ building: z.string() }) },
  /** What people read of it; houses and residents get the new name within a minute. */
  updateBuilding: { input: z.strictObject({ building: buildingName, version, ...buildingFields }), output: z.object({ version }) },

  list: {
    input: z.strictObject({ building: buildingName, cursor: cursor.optional() }),
    output: z.object({ houses: z.array(houseCard), nextCursor: cursor.nullable() }),
  },
  /** For the desk: as `find`, in the community worked at. */
  search: { input: z.strictObject({ text: z.string().trim().min(1, '请输入房号').max(40, '房号太长') }), output: z.object({ houses: z.array(houseCard) }) },
  get: {
    input: z.strictObject({ houseId: id }),
    output: z.object({ house: houseCard, roster: z.array(rosterRow), residentCount: z.number().int(), limits: z.object({ rosterCount: z.number() }) }),
  },
  create: { input: z.strictObject({ building: buildingName, ...houseFields }), output: houseSaved },
  update: { input: z.strictObject({ houseId: id, version, ...houseFields }), output: houseSaved },
  /** Only when nobody lives there and nobody is on file for it. */
  remove: { input: z.strictObject({ houseId: id, version }), output: z.object({ houseId: id }) },

  addToRoster: { input: z.strictObject({ houseId: id, ...rosterFields }), output: rosterSaved },
  /** `phone` left out: it stays as it is. */
  updateRoster: { input: z.strictObject({ rosterId: id, version, ...rosterFields, phone: mobile.optional() }), output: rosterSaved },
  removeFromRoster: { input: z.strictObject({ rosterId: id, version }), output: z.object({ rosterId: id }) },
  revealRosterPhone: { input: z.strictObject({ rosterId: id }), output: z.object({ name: z.string(), phone: z.string() }) },

  /** For residents of the community: who sits on the owners' committee today. */
  committee: { input: z.strictObject({ communityId: id }), output: committee },
  /** For the desk: past and coming terms as well, the latest first. */
  listCommittee: { input: z.strictObject({}), output: committee.extend({ today: z.string() }) },
  createCommitteeMember: { input: z.strictObject({ requestId, ...termFields }), output: z.object({ committeeMemberId: id }) },
  updateCommitteeMember: { input: z.strictObject({ committeeMemberId: id, version, ...termFields }), output: z.object({ version }) },
  removeCommitteeMember: { input: z.strictObject({ committeeMemberId: id }), output: z.object({ committeeMemberId: id }) },
}
export type HousesContract = typeof contract
export type Community = z.output<typeof community>
export type BuildingCard = z.output<typeof buildingCard>
export type HouseCard = z.output<typeof houseCard>
export type HouseChoice = z.output<typeof houseChoice>
export type RosterRow = z.output<typeof rosterRow>
export type CommitteeRole = z.output<typeof committeeRole>
export type CommitteeMember = z.output<typeof committeeMember>
export type { Relation } from '../_shared/roles'
