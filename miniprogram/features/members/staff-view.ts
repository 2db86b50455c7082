import type { StaffRole } from '../../../cloudfunctions/members/contract'
import type { StaffList } from '../../services/members'
import { roleChoices, sayBuilding, sayBuildings, sayRole } from '../../support/people-view'

/** One colleague's form; without a memberId somebody is being invited. No buildings: the whole community. */
export type StaffForm = { memberId: string; name: string; phone: string; role: StaffRole; buildings: string[] }
export const newColleague = (): StaffForm => ({ memberId: '', name: '', phone: '', role: 'technician', buildings: [] })

type Colleague = StaffList['people'][number]
const viewColleague = (one: Colleague) => ({
  memberId: one.memberId,
  title: one.isMe ? `${one.name}（我）` : one.name,
  meta: [sayBuildings(one.buildings), one.maskedPhone].filter(Boolean).join(' · '),
  canOpen: !one.isMe,
})

/** By role, in the order people look for them. */
export const viewStaff = (list: StaffList) => ({
  groups: roleChoices
    .map(({ value, word }) => ({ role: value, word, people: list.people.filter((one) => one.role === value).map(viewColleague) }))
    .filter((group) => group.people.length > 0),
  invitations: list.invitations.map((one) => ({
    invitationId: one.invitationId, title: `${one.name} · ${sayRole(one.role)}`, meta: `${one.maskedPhone} · ${sayBuildings(one.buildings)} · 还没有打开邻里`,
  })),
  buildingChoices: list.buildings.map((building) => ({ value: building, word: sayBuilding(building) })),
})
export type StaffView = ReturnType<typeof viewStaff>

export const formOf = (one: Colleague): StaffForm => ({ memberId: one.memberId, name: one.name, phone: '', role: one.role, buildings: one.buildings ?? [] })
