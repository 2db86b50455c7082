import type { SheetContent } from '../_shared/spreadsheet'
import type { Residency, Post } from '../_shared/member'
import type { Relation, StaffRole } from '../_shared/roles'
import type { House } from '../houses/house'

const relationNames: Record<Relation, string> = { owner: '业主', family: '家属', tenant: '租户' }
const roleNames: Record<StaffRole, string> = { manager: '管理员', clerk: '客服', technician: '维修', cashier: '财务', guard: '保安', inspector: '巡检' }

const squareMetres = (areaSqm: number): number => areaSqm / 100

type HouseRow = Pick<House, 'building' | 'entrance' | 'roomNo' | 'label' | 'areaSqm'>

export const sheetOfHouses = (houses: HouseRow[], notice: string): SheetContent => ({
  sheet: '房屋', notice,
  titles: [{ title: '楼栋', width: 10 }, { title: '单元', width: 8 }, { title: '房号', width: 10 }, { title: '房屋', width: 24 }, { title: '建筑面积（㎡）', width: 16 }],
  rows: houses.map(({ building, entrance, roomNo, label, areaSqm }) => [building, entrance, roomNo, label, areaSqm === null ? null : squareMetres(areaSqm)]),
  totals: ['合计', null, null, `${houses.length} 套`, squareMetres(houses.reduce((sum, { areaSqm }) => sum + (areaSqm ?? 0), 0))],
})

export type ResidentRow = Pick<Residency, 'houseLabel' | 'knownAs' | 'relation' | 'endsOn'> & { phone: string | null }

export const sheetOfResidents = (residents: ResidentRow[], notice: string): SheetContent => ({
  sheet: '住户', notice,
  titles: [{ title: '房屋', width: 24 }, { title: '姓名', width: 14 }, { title: '身份', width: 8 }, { title: '手机号', width: 16 }, { title: '到期日', width: 14 }],
  rows: residents.map(({ houseLabel, knownAs, relation, phone, endsOn }) => [houseLabel, knownAs, relationNames[relation], phone, endsOn]),
  totals: ['合计', `${residents.length} 人次`, null, null, null],
})

export type StaffRow = Pick<Post, 'role' | 'buildings'> & { name: string; phone: string | null }

export const sheetOfStaff = (people: StaffRow[], notice: string): SheetContent => ({
  sheet: '员工', notice,
  titles: [{ title: '姓名', width: 14 }, { title: '岗位', width: 10 }, { title: '手机号', width: 16 }, { title: '负责楼栋', width: 30 }],
  rows: people.map(({ name, role, phone, buildings }) => [name, roleNames[role], phone, buildings === null ? '全小区' : buildings.join('、')]),
  totals: ['合计', `${people.length} 人`, null, null],
})
