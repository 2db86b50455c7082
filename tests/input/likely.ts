import { privacyVersion } from '../../cloudfunctions/members/privacy'
import { checkRows, mixed, uploadSheet } from '../house-import/imports'
import { sheetOf } from '../house-import/sheets'
import { newCode } from '../members/newcomers'
import { newRequest, type Village } from '../support/village'
import { likelyMoney } from './likely-money'
import { dayFromNow, instantFromNow, likelyRepairs } from './likely-repairs'
import type { Likely, LikelyCalls, Target } from './targets'
import { whoMay } from './who-may'

const houseId = 'h-3-2-501'
const reason = '已核对'
const nobodys = 'h-2-1-101'
let serial = 0
const mobile = (): string => `1397000${String(serial += 1).padStart(4, '0')}`

/** A sheet whose second row says nothing that could be imported. */
const withMistakes = [...mixed, ['5号楼', '1', '101', '很大', '', '', '业主']] as typeof mixed

const checked = (rows = mixed, rest: object = {}) => async (village: Village): Promise<Likely[]> =>
  [{ who: 'zhou', input: { importId: (await checkRows(village, 'zhou', rows)).importId, ...rest } }]

const startedImport = async (village: Village): Promise<Likely[]> => {
  const [likely] = await checked()(village)
  const importId = String(likely!.input.importId)
  await village.as('zhou').get('house-import', 'start', { importId, skipsErrors: true })
  return [{ who: 'zhou', input: { importId } }]
}

const newHouse = async (village: Village) => {
  const made = await village.as('zhou').get('houses', 'create', { building: '2', entrance: '2', roomNo: String(serial += 1), areaSqm: null })
  return { houseId: made.houseId, version: made.version }
}
const onFile = async (village: Village) => village.as('zhou').get('houses', 'addToRoster', { houseId: nobodys, name: '王小二', phone: mobile(), relation: 'family' })
const term = { name: '王小二', role: 'member', startsOn: '2026-01-01', endsOn: '2030-12-31', note: '' } as const
const inCommittee = async (village: Village) => village.as('zhou').get('houses', 'createCommitteeMember', { requestId: newRequest(), ...term })
const buildingOfVillage = async (village: Village) => (await village.as('zhou').get('houses', 'listBuildings', {})).buildings.find(({ building }) => building === '3')!

/** 钱会计 asks to be tenant at a house where nobody lives, or at the one 王秀英 owns. */
const applied = async (village: Village, at: string): Promise<string> =>
  (await village.as('qian').get('members', 'apply', { requestId: newRequest(), houseId: at, relation: 'tenant', name: '钱会计', note: '' })).applicationId
const deciding = (who: string, at: string, rest: object = {}) => async (village: Village): Promise<Likely[]> =>
  [{ who, input: { requestId: newRequest(), applicationId: await applied(village, at), ...rest } }]
const invited = async (village: Village): Promise<Likely[]> => {
  const known = new Set((await village.documents('invitations')).map(({ _id }) => _id))
  await village.as('wang').get('members', 'addPerson', { requestId: newRequest(), houseId, name: '小王', phone: mobile(), relation: 'family', scopes: [], endsOn: null })
  const fresh = (await village.documents('invitations')).find(({ _id }) => !known.has(_id))!
  return [{ who: 'wang', input: { requestId: newRequest(), invitationId: String(fresh._id) } }]
}
const toWang = async (village: Village): Promise<string> => (await village.as('wang').get('messages', 'list', {})).messages[0]!.messageId

const announced = async (village: Village): Promise<string> => (await village.as('he').get('incidents', 'create', {
  requestId: newRequest(), kind: 'water', title: '全小区停水', buildings: null, startsAt: instantFromNow(-1), expectedEndAt: instantFromNow(5), note: '',
})).incidentId

const likely: LikelyCalls = {
  ...likelyRepairs,
  ...likelyMoney,
  'account.deleteAccount': () => [{ who: 'zhao', input: { requestId: newRequest(), hasRead: true } }],
  'houses.browseBuildings': () => [{ who: 'stranger', input: { communityId: 'c-lihua' } }],
  'houses.browseHouses': () => [{ who: 'stranger', input: { communityId: 'c-lihua', building: '3' } }],
  'houses.find': () => [{ who: 'stranger', input: { communityId: 'c-lihua', text: '3-2-501' } }],
  'houses.createCommunity': () => [{ who: 'he', input: { requestId: newRequest(), name: '桂花里', address: '', servicePhones: [] } }],
  'houses.updateCommunity': async (village) => {
    const { name, address, servicePhones, version } = (await village.as('he').get('houses', 'getCommunity', {})).community
    return [{ who: 'he', input: { name, address, servicePhones, version } }]
  },
  'houses.createBuilding': () => [{ who: 'zhou', input: { building: '12B', label: '紫荆阁', entrances: ['1'] } }],
  'houses.updateBuilding': async (village) => {
    const { building, label, entrances, version } = await buildingOfVillage(village)
    return [{ who: 'zhou', input: { building, label, entrances, version } }]
  },
  'houses.list': () => [{ who: 'zhou', input: { building: '3' } }],
  'houses.search': () => [{ who: 'zhou', input: { text: '3-2-501' } }],
  'houses.get': () => [{ who: 'zhou', input: { houseId } }],
  'houses.create': () => [{ who: 'zhou', input: { building: '3', entrance: '1', roomNo: '909', areaSqm: 8_888 } }],
  'houses.update': async (village) => [{ who: 'zhou', input: { ...(await newHouse(village)), entrance: '2', roomNo: '1B', areaSqm: 1 } }],
  'houses.remove': async (village) => [{ who: 'zhou', input: await newHouse(village) }],
  'houses.addToRoster': () => [{ who: 'zhou', input: { houseId: nobodys, name: '王小二', phone: '13912345678', relation: 'family' } }],
  'houses.updateRoster': async (village) => [{ who: 'zhou', input: { ...(await onFile(village)), name: '王大二', relation: 'tenant' } }],
  'houses.removeFromRoster': async (village) => [{ who: 'zhou', input: await onFile(village) }],
  'houses.revealRosterPhone': async (village) => [{ who: 'he', input: { rosterId: (await onFile(village)).rosterId } }],
  'houses.committee': () => [{ who: 'wang', input: { communityId: 'c-lihua' } }],
  'houses.createCommitteeMember': () => [{ who: 'he', input: { requestId: newRequest(), ...term } }],
  'houses.updateCommitteeMember': async (village) => [{ who: 'he', input: { ...(await inCommittee(village)), version: 1, ...term, role: 'chair' } }],
  'houses.removeCommitteeMember': async (village) => [{ who: 'he', input: await inCommittee(village) }],
  'house-import.check': async (village) =>
    [{ who: 'zhou', input: { requestId: newRequest(), fileId: await uploadSheet(village, 'zhou', await sheetOf(mixed)), createsBuildings: true } }],
  'house-import.start': checked(mixed, { skipsErrors: true }),
  'house-import.advance': startedImport,
  'house-import.get': checked(),
  'house-import.discard': checked(),
  'house-import.report': checked(withMistakes),
  'incidents.list': () => [{ who: 'wang', input: { houseId } }],
  'incidents.follow': async (village) => [{ who: 'wang', input: { houseId, incidentId: await announced(village), isFollowing: true } }],
  'incidents.board': () => [{ who: 'zhou', input: { state: 'open' } }],
  'incidents.create': () => [{
    who: 'zhou', input: { requestId: newRequest(), kind: 'elevator', title: '电梯检修', buildings: ['1'], startsAt: instantFromNow(1), expectedEndAt: instantFromNow(4), note: '请走楼梯' },
  }],
  'incidents.update': async (village) => [{ who: 'zhou', input: { incidentId: await announced(village), requestId: newRequest(), expectedEndAt: null, note: '还在抢修' } }],
  'incidents.finish': async (village) => [{ who: 'zhou', input: { incidentId: await announced(village), requestId: newRequest(), note: '' } }],
  'insights.residentProfile': () => [{ who: 'he', input: { houseId } }],
  'members.agreePrivacy': () => [{ who: 'wang', input: { version: privacyVersion } }],
  'members.verifyPhone': async (village) => [{ who: 'wang', input: { requestId: newRequest(), code: await newCode(village, 'wang') } }],
  'members.apply': () => [{ who: 'sun', input: { requestId: newRequest(), houseId: 'h-1-2-402', relation: 'owner', name: '孙队长', note: '' } }],
  'members.withdrawApplication': deciding('qian', 'h-1-1-101'),
  'members.getApplication': async (village) => [{ who: 'wang', input: { applicationId: await applied(village, houseId) } }],
  'members.listApplications': () => [{ who: 'zhou', input: { stage: 'pending' } }],
  'members.approve': deciding('zhou', 'h-3-1-302'),
  'members.reject': deciding('zhou', 'h-2-2-1102', { reason }),
  'members.household': () => [{ who: 'wang', input: { houseId } }],
  'members.addPerson': () => [{ who: 'wang', input: { requestId: newRequest(), houseId, name: '小王', phone: '13912345678', relation: 'family', scopes: ['bills'], endsOn: null } }],
  'members.changePerson': () => [{ who: 'wang', input: { requestId: newRequest(), houseId, memberId: 'm-li', scopes: ['report', 'bills'], endsOn: dayFromNow(90) } }],
  'members.removePerson': () => [{ who: 'wang', input: { requestId: newRequest(), houseId, memberId: 'm-li' } }],
  'members.leaveHouse': () => [{ who: 'li', input: { requestId: newRequest(), houseId } }],
  'members.withdrawInvitation': invited,
  'members.transferHouse': () => [{ who: 'he', input: { requestId: newRequest(), houseId: nobodys, name: '新业主', phone: '13912345678', reason } }],
  'members.moveOut': () => [{ who: 'zhou', input: { requestId: newRequest(), houseId, memberId: 'm-li', reason } }],
  'members.revealPhone': () => [{ who: 'zhou', input: { houseId, memberId: 'm-wang', reason } }],
  'members.redeemSetupCode': () => [{ who: 'stranger', input: { requestId: newRequest(), code: 'AAAA-BBBB-CCCC-DDDD', name: '王小二', communityName: '梨花苑' } }],
  'members.switchPost': () => [{ who: 'he', input: { communityId: 'c-lihua' } }],
  'members.inviteStaff': () => [{ who: 'he', input: { requestId: newRequest(), name: '新同事', phone: mobile(), role: 'guard', buildings: ['1'] } }],
  'members.changeStaff': () => [{ who: 'he', input: { requestId: newRequest(), memberId: 'm-sun', role: 'guard', buildings: ['1'] } }],
  'members.removeStaff': () => [{ who: 'he', input: { requestId: newRequest(), memberId: 'm-sun' } }],
  'messages.read': async (village) => [{ who: 'wang', input: { messageId: await toWang(village) } }],
  'messages.recordConsent': () => [{ who: 'wang', input: { results: { 'TMPL-repair-progress': 'accept' } } }],
  'messages.deliver': async (village) => [{ who: 'wang', input: { jobIds: (await village.owed()).map(({ _id }) => String(_id)).slice(0, 3) } }],
  'operations.prove': () => [{ who: 'he', input: { item: 'storage' } }],
  'operations.confirm': () => [{ who: 'he', input: { item: 'filing', note: '' } }],
  'operations.configure': async (village) => {
    const { version } = await village.as('he').get('operations', 'settings', { scope: 'community' })
    return [{ who: 'he', input: { requestId: newRequest(), scope: 'community', version, brand: { name: '邻里物业', color: '#0f7b6c', logoFileId: null, servicePhone: '021-5550-1200', emergencyPhone: '021-5550-1999' } } }]
  },
}

/** Calls of an action that it answers; an action that takes nothing, or nothing in particular, needs no row. */
export const likelyCalls = async (village: Village, { name, action, input }: Target): Promise<Likely[]> => {
  const row = likely[`${name}.${action}`]
  if (row) return row(village)
  const [who] = whoMay(name, action)
  return who !== undefined && input.safeParse({}).success ? [{ who, input: {} }] : []
}
