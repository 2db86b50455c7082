import type { House, Person } from '../../../cloudfunctions/members/contract'
import type { Household } from '../../services/members'
import { sayEnd, sayRelation, sayScopes } from '../../support/people-view'
import { viewApplication } from './application-view'

/** One person's form; without a memberId somebody is being added. */
export type PersonForm = { memberId: string; name: string; phone: string; relation: 'family' | 'tenant'; scopes: string[]; endsOn: string }

const usual: Record<PersonForm['relation'], string[]> = { family: ['bills', 'pay', 'invite', 'report'], tenant: ['invite', 'report'] }

export const newPerson = (): PersonForm => ({ memberId: '', name: '', phone: '', relation: 'family', scopes: usual.family, endsOn: '' })

/** Family usually do everything; what a tenant may see of the bills, the owner ticks. */
export const withRelation = (form: PersonForm, relation: PersonForm['relation']): PersonForm => ({ ...form, relation, scopes: usual[relation] })

const viewPerson = (person: Person) => ({
  ...person,
  title: `${person.name} · ${sayRelation(person.relation)}${person.isMe ? '（我）' : ''}`,
  meta: person.relation === 'owner' ? '能办全部事情' : `${sayScopes(person.scopes)} · ${sayEnd(person.endsOn)}`,
  canOpen: !person.isMe && person.relation !== 'owner',
})

export const viewHousehold = (household: Household) => ({
  people: household.people.map(viewPerson),
  invitations: household.invitations.map((one) => ({
    invitationId: one.invitationId, title: `${one.name} · ${sayRelation(one.relation)}`, meta: `${one.maskedPhone} 还没有打开邻里，用这个号码打开后就加入`,
  })),
  applications: household.applications.map(viewApplication),
  isFull: household.people.length >= household.limits.peoplePerHouse,
})
export type HouseholdView = ReturnType<typeof viewHousehold>

export const formOf = (person: Person): PersonForm => ({
  memberId: person.memberId, name: person.name, phone: '', relation: person.relation === 'tenant' ? 'tenant' : 'family', scopes: person.scopes, endsOn: person.endsOn ?? '',
})

/** Of somebody who is not an owner: what the owner lets them do. */
export const sayMine = (house: House): string => `您是这套房屋的${sayRelation(house.relation)}，${sayScopes(house.scopes)}，${sayEnd(house.endsOn)}`
