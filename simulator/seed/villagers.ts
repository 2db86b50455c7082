import { memberSchema, postKey, usualScopes, type Member, type Post, type Residency } from '../../cloudfunctions/_shared/member'
import { maskPhone, type Vault } from '../../cloudfunctions/_shared/crypto'
import type { Person } from '../cloud/cloud'

export const communityId = 'c-lihua'
export const communityName = '梨花苑'

/** Subscription templates as this pretended account registered them. */
export const templateIds = { repair_submitted: 'TMPL-repair-submitted', repair_progress: 'TMPL-repair-progress', incident: 'TMPL-incident' }
export const templateTitles = { [templateIds.repair_submitted]: '新报修提醒', [templateIds.repair_progress]: '报修进度通知', [templateIds.incident]: '停水停电通知' }

export type Room = { building: string; entrance: string; roomNo: string }

export const houseIdOf = ({ building, entrance, roomNo }: Room) => `h-${building}-${entrance}-${roomNo}`
export const labelOf = ({ building, entrance, roomNo }: Room) => `${building}号楼${entrance}单元${roomNo}`

export type Villager = Person & { houses: Residency[]; post: Post | null }

/** A person as the company has them on file: the number sealed, and hashed for look-up. */
export const memberOf = (villager: Villager, vault: Vault): Member => ({
  _id: `m-${villager.key}`,
  schema: memberSchema,
  version: 1,
  openid: villager.openid,
  name: villager.name,
  phone: vault.seal(villager.phone),
  phoneHash: vault.hash('phone', villager.phone),
  maskedPhone: maskPhone(villager.phone),
  houses: villager.houses,
  posts: villager.post ? [villager.post] : [],
  post: villager.post,
  postKeys: villager.post ? [postKey(villager.post.communityId, villager.post.role)] : [],
  applications: [],
  privacy: null,
  quotas: {},
})

const home = (knownAs: string, building: string, entrance: string, roomNo: string, relation: Residency['relation'], endsOn: string | null = null): Residency => {
  const house = { building, entrance, roomNo }
  return { houseId: houseIdOf(house), communityId, communityName, building, houseLabel: labelOf(house), relation, scopes: usualScopes(relation), knownAs, rosterId: null, endsOn }
}
const post = (role: NonNullable<Villager['post']>['role']) => ({ role, communityId, communityName, buildings: null })

/** The eight people of the village, by the names every test knows them by. */
export const villagers: Villager[] = [
  { key: 'wang', openid: 'o-village-wang', name: '王秀英', title: '业主 · 3号楼2单元501', phone: '13800135010', houses: [home('王秀英', '3', '2', '501', 'owner')], post: null },
  { key: 'li', openid: 'o-village-li', name: '李明', title: '租户 · 3号楼2单元501', phone: '13900135011', houses: [home('李明', '3', '2', '501', 'tenant', '2027-08-31')], post: null },
  { key: 'zhao', openid: 'o-village-zhao', name: '赵建国', title: '业主 · 1号楼1单元201', phone: '13700132012', houses: [home('赵建国', '1', '1', '201', 'owner')], post: null },
  { key: 'chen', openid: 'o-village-chen', name: '陈师傅', title: '维修', phone: '13600136021', houses: [], post: post('technician') },
  { key: 'he', openid: 'o-village-he', name: '何静', title: '管理员', phone: '13500135031', houses: [], post: post('manager') },
  { key: 'qian', openid: 'o-village-qian', name: '钱会计', title: '财务', phone: '13400134041', houses: [], post: post('cashier') },
  { key: 'sun', openid: 'o-village-sun', name: '孙队长', title: '保安', phone: '13300133051', houses: [], post: post('guard') },
  { key: 'zhou', openid: 'o-village-zhou', name: '周婷', title: '客服', phone: '13200132061', houses: [], post: post('clerk') },
]
