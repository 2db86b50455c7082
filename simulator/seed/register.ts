import { maskPhone, type Vault } from '../../cloudfunctions/_shared/crypto'
import type { Relation } from '../../cloudfunctions/_shared/roles'
import { newBuilding, newHouse, rosterIdFor, type Building, type CommitteeMember, type Community, type House, type Roster } from '../../cloudfunctions/houses/house'
import { buildingLabelOf } from '../../cloudfunctions/houses/house-name'
import { houseIdOf, type Room } from './villagers'

export type OnFile = { houseId: string; building: string; name: string; phone: string; relation: Relation }

export const communityOf = (communityId: string, name: string, address: string): Community => ({
  _id: communityId, schema: 1, version: 1, name, address,
  servicePhones: [
    { label: '物业服务中心', phone: '021-5550-1200' }, { label: '24 小时急修', phone: '021-5550-1999' }, { label: '门岗', phone: '021-5550-1210' },
    { label: '社区居委会', phone: '021-5550-3300' },
  ],
})

/** The buildings that the rooms are in, with their entrances, as the product would have stored them. */
export const buildingsOf = (communityId: string, rooms: Room[]): Building[] =>
  [...new Set(rooms.map(({ building }) => building))].map((name) => newBuilding(communityId, {
    name, label: buildingLabelOf(name), entrances: [...new Set(rooms.filter(({ building }) => building === name).map(({ entrance }) => entrance))].sort(),
  }))

/** `prefix`: of the ids, which tests and workloads know by heart. */
export const housesOf = (communityId: string, rooms: (Room & { areaSqm: number })[], prefix = ''): House[] =>
  rooms.map((room) => ({ ...newHouse({ communityId, name: room.building, label: buildingLabelOf(room.building) }, room), _id: `${prefix}${houseIdOf(room)}` }))

export const rosterOf = (communityId: string, people: OnFile[], vault: Vault): Roster[] =>
  people.map(({ houseId, building, name, phone, relation }) => {
    const phoneHash = vault.hash('phone', phone)
    return {
      _id: rosterIdFor(houseId, phoneHash), schema: 1, version: 1, communityId, building, houseId, name, relation, phone: vault.seal(phone), phoneHash,
      maskedPhone: maskPhone(phone),
    }
  })

const term = (id: string, communityId: string, name: string, role: CommitteeMember['role'], startsOn: string, endsOn: string, note = ''): CommitteeMember => ({
  _id: id, schema: 1, version: 1, communityId, name, role, startsOn, endsOn, note, orderKey: `${endsOn}_${{ chair: 2, deputy: 1, member: 0 }[role]}_${id}`,
})

/** Two who sit today and one whose term is over. */
export const committeeOf = (communityId: string): CommitteeMember[] => [
  term('cm-village-chair', communityId, '梁文博', 'chair', '2025-06-01', '2030-05-31', '每周六上午在居委会值班'),
  term('cm-village-member', communityId, '许佳宁', 'member', '2025-06-01', '2030-05-31'),
  term('cm-village-former', communityId, '刘国强', 'chair', '2020-06-01', '2025-05-31'),
]
