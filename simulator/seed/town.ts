import { createVault } from '../../cloudfunctions/_shared/crypto'
import { keyRecordsOf, keysOf } from '../../cloudfunctions/_shared/keys'
import type { Caller } from '../../cloudfunctions/_shared/caller'
import { usualScopes } from '../../cloudfunctions/_shared/member'
import type { StaffRole } from '../../cloudfunctions/_shared/roles'
import type { Person, Seed } from '../cloud/cloud'
import type { StoredDocument } from '../cloud/database/database'
import { billsOf } from './bills'
import * as register from './register'
import { townIncidents, townShifts } from './town-days'
import { townRepairs, type TownPeople } from './town-repairs'
import { configurationOf } from './village'
import { houseIdOf, labelOf, memberOf, templateTitles, type Room, type Villager } from './villagers'

/** The same town every time: what looks random comes from this. */
const randomFrom = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
  return seed / 2 ** 32
}

/** One community: 20 buildings of 3 entrances of 25 floors of 2 homes, an owner in each, a manager, a clerk and ten technicians. */
const communityHouses = 3_000
const rooms: Room[] = Array.from({ length: communityHouses }, (_, i) => ({
  building: String(Math.floor(i / 150) + 1),
  entrance: String((Math.floor(i / 50) % 3) + 1),
  roomNo: `${(Math.floor(i / 2) % 25) + 1}0${(i % 2) + 1}`,
}))

const communityOf = (number: number, repairCount: number, now: Date, vault: ReturnType<typeof createVault>) => {
  const random = randomFrom(number)
  const communityId = `c-town-${number}`
  const communityName = `新城${number}期`
  const person = (key: string, name: string, title: string, serial: number): Person => ({
    key, name, title, openid: `o-town-${number}-${key}`, phone: `1${31 + number}${String(serial).padStart(8, '0')}`,
  })
  const staff: Villager[] = (['manager', 'clerk', ...Array<StaffRole>(10).fill('technician')] as StaffRole[]).map((role, i) => ({
    ...person(`${role}-${i}`, `员工${i}`, role, 90_000 + i), houses: [], post: { role, communityId, communityName, buildings: null },
  }))
  const owners: Villager[] = rooms.map((room, i) => ({
    ...person(`owner-${i}`, `业主${i}`, labelOf(room), i), post: null,
    houses: [{ houseId: `${communityId}-${houseIdOf(room)}`, communityId, communityName, building: room.building, houseLabel: labelOf(room), relation: 'owner', scopes: usualScopes('owner'), knownAs: `业主${i}`, rosterId: null, endsOn: null }],
  }))
  const members = [...staff, ...owners].map((each) => ({ ...memberOf(each, vault), _id: `m-${each.openid}` }))
  const callers: Caller[] = [...staff, ...owners].map(({ openid, houses, post }, i) => ({ openid, member: members[i]!, houses, post }))
  const configuration = configurationOf(communityId, communityName)
  const people: TownPeople = {
    communityId, manager: callers[0]!, clerk: callers[1]!, technicians: callers.slice(2, staff.length), residents: callers.slice(staff.length),
  }
  const { repairs, jobs, revisits } = townRepairs(people, configuration, repairCount, random, now)
  const threeDaysAgo = new Date(now.getTime() - 72 * 3_600_000)

  return {
    people: staff.slice(0, 3).concat(owners.slice(0, 3)).map(({ key, openid, name, title, phone }) => ({ key, openid, name, title, phone })),
    configuration,
    community: register.communityOf(communityId, communityName, '新城大道'),
    buildings: register.buildingsOf(communityId, rooms),
    houses: register.housesOf(communityId, rooms.map((room) => ({ ...room, areaSqm: 9_000 })), `${communityId}-`),
    roster: register.rosterOf(communityId, owners.map(({ name, phone, houses: [home] }) => ({ houseId: home!.houseId, building: home!.building, name, phone, relation: 'owner' })), vault),
    members,
    repairs, jobs, revisits,
    ...billsOf(repairs, members[0]!, ({ completedAt }) => completedAt! < threeDaysAgo),
    incidents: townIncidents(people, now),
    shifts: townShifts(people, now),
  }
}

/** 3,000 houses to a community, 10,000 repairs in the first: what the workloads run on. */
export const town = (communityCount: number) => (now: Date, environment: Record<string, string>): Seed => {
  const vault = createVault(keysOf(environment))
  const communities = Array.from({ length: communityCount }, (_, i) => communityOf(i + 1, 10_000, now, vault))
  const every = <K extends 'buildings' | 'houses' | 'roster' | 'members' | 'repairs' | 'bills' | 'payments' | 'jobs' | 'revisits' | 'incidents' | 'shifts'>(what: K) => communities.flatMap<StoredDocument>((community) => community[what])
  return {
    people: communities[0]!.people,
    documents: {
      configurations: [configurationOf('company', '新城物业'), ...communities.map(({ configuration }) => configuration)],
      key_records: keyRecordsOf(vault.fingerprints),
      communities: communities.map(({ community }) => community),
      buildings: every('buildings'),
      houses: every('houses'),
      roster: every('roster'),
      members: every('members'),
      repairs: every('repairs'),
      bills: every('bills'),
      payments: every('payments'),
      repair_revisits: every('revisits'),
      jobs: every('jobs'),
      incidents: every('incidents'),
      duty_shifts: every('shifts'),
    },
    files: [],
    templates: templateTitles,
  }
}
