import { createVault } from '../../../cloudfunctions/_shared/crypto'
import { keysOf } from '../../../cloudfunctions/_shared/keys'
import type { Post } from '../../../cloudfunctions/_shared/member'
import { buildingsOf, communityOf, housesOf, rosterOf } from '../../../simulator/seed/register'
import { memberOf } from '../../../simulator/seed/villagers'
import { testEnvironment } from '../../support/people'
import type { Village } from '../../support/village'

const vault = createVault(keysOf(testEnvironment))
const communityId = 'c-yingchun'
const rooms = [{ building: '3', entrance: '2', roomNo: '501', areaSqm: 10_000 }]
const post: Post = { role: 'manager', communityId, communityName: '迎春里', buildings: null }

/** A second community of the company: a house called as one of the village is, and a manager, `lin`, who works there only. */
export const addNeighbours = async (village: Village): Promise<void> => {
  const [house] = housesOf(communityId, rooms, 'y-')
  const lin = { key: 'lin', openid: 'o-lin', name: '林主任', title: '', phone: '15900159001', houses: [], post }
  await village.store('communities', communityOf(communityId, '迎春里', ''))
  for (const building of buildingsOf(communityId, rooms)) await village.store('buildings', building)
  await village.store('houses', house!)
  for (const row of rosterOf(communityId, [{ houseId: house!._id, building: '3', name: '白露', phone: '15900159002', relation: 'owner' }], vault)) await village.store('roster', row)
  await village.store('members', memberOf(lin, vault))
}

/** 周婷 looks after building 1 only. */
export const narrowZhou = (village: Village): Promise<void> => {
  const narrow = { role: 'clerk', communityId: 'c-lihua', communityName: '梨花苑', buildings: ['1'] }
  return village.alter('members', 'm-zhou', { post: narrow, posts: [narrow] })
}

/** Those who have no business with the register. */
export const members = ['wang', 'li', 'zhao', 'chen', 'qian', 'sun']
