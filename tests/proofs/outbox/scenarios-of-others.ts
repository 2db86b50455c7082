import { checkRows, mixed } from '../../house-import/imports'
import { agree, phoneOf } from '../../members/newcomers'
import type { Village } from '../../support/village'
import type { Scenario } from './scenario'

const house = 'h-3-2-501'

const outage = (requestId: string) => ({
  requestId, kind: 'water' as const, title: '3号楼停水', buildings: ['3'], startsAt: '2026-11-24T00:00:00.000Z', expectedEndAt: '2030-01-01T00:00:00.000Z', note: '抢修水管',
})
const announced = async (village: Village): Promise<string> => {
  const { incidentId } = await village.as('he').get('incidents', 'create', outage('the-outage-it-is-about'))
  await village.as('wang').get('incidents', 'follow', { houseId: house, incidentId, isFollowing: true })
  return incidentId
}

/** 陆先生 asks to live at 王秀英's. */
const applied = async (village: Village): Promise<string> => {
  await agree(village, 'newcomer')
  return (await village.as('newcomer').get('members', 'apply', { requestId: 'the-application-of-it', houseId: house, relation: 'tenant', name: '陆先生', note: '' })).applicationId
}
const nothing = async (village: Village): Promise<string> => {
  await agree(village, 'zhao')
  return 'the-one-request-of-it'
}

export const otherScenarios: Scenario[] = [
  {
    name: 'announce an incident', acting: 'incidents', told: { '3号楼停水': ['wang', 'li'] }, rows: { incidents: 1 }, ready: nothing,
    act: (village, _, requestId) => village.as('he').call('incidents', 'create', outage(requestId)),
  },
  {
    name: 'tell news of an incident', acting: 'incidents', told: { '3号楼停水：最新进展': ['wang', 'li'] }, ready: announced,
    act: (village, incidentId, requestId) => village.as('he').call('incidents', 'update', { incidentId, requestId, expectedEndAt: null, note: '还在抢修' }),
  },
  {
    name: 'finish an incident', acting: 'incidents', told: { '3号楼停水：已恢复': ['wang', 'li'] }, ready: announced,
    act: (village, incidentId, requestId) => village.as('he').call('incidents', 'finish', { incidentId, requestId, note: '' }),
  },
  {
    name: 'apply', acting: 'members', told: { 新的住户认证申请: ['he', 'wang', 'zhou'] }, rows: { applications: 1 },
    ready: async (village) => {
      await agree(village, 'newcomer')
      return 'the-one-request-of-it'
    },
    act: (village, _, requestId) => village.as('newcomer').call('members', 'apply', { requestId, houseId: house, relation: 'tenant', name: '陆先生', note: '' }),
  },
  {
    name: 'approve', acting: 'members', told: { 住户认证已通过: ['newcomer'] }, rows: { audits: 1 }, ready: applied,
    act: (village, applicationId, requestId) => village.as('zhou').call('members', 'approve', { requestId, applicationId }),
  },
  {
    name: 'reject', acting: 'members', told: { 住户认证未通过: ['newcomer'] }, rows: { audits: 1 }, ready: applied,
    act: (village, applicationId, requestId) => village.as('zhou').call('members', 'reject', { requestId, applicationId, reason: '证件不清楚' }),
  },
  {
    name: 'employ somebody known', acting: 'members', told: { 您的岗位有变化: ['zhao'] }, rows: { audits: 1, invitations: 0 }, ready: nothing,
    act: (village, _, requestId) => village.as('he').call('members', 'inviteStaff', { requestId, name: '赵建国', phone: phoneOf('zhao'), role: 'guard', buildings: null }),
  },
  {
    name: 'invite somebody unknown', acting: 'members', told: {}, rows: { audits: 1, invitations: 1 }, ready: nothing,
    act: (village, _, requestId) => village.as('he').call('members', 'inviteStaff', { requestId, name: '新同事', phone: '13912345678', role: 'guard', buildings: null }),
  },
  {
    name: 'end a tenancy', acting: 'members', told: { 房屋绑定已结束: ['li'] }, rows: { audits: 1 }, ready: nothing,
    act: (village, _, requestId) => village.as('wang').call('members', 'removePerson', { requestId, houseId: house, memberId: 'm-li' }),
  },
  {
    name: 'import houses', acting: 'house-import', told: {}, rows: { houses: 2, buildings: 1, house_import_batches: -1, audits: 3 },
    ready: async (village) => (await checkRows(village, 'zhou', mixed)).importId,
    act: (village, importId) => village.as('zhou').call('house-import', 'start', { importId, skipsErrors: true }),
  },
  {
    name: 'delete an account', acting: 'account', told: {}, rows: { audits: 1 }, ready: nothing,
    act: (village, _, requestId) => village.as('zhao').call('account', 'deleteAccount', { requestId, hasRead: true }),
  },
]
