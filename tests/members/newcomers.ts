import { createVault, maskPhone } from '../../cloudfunctions/_shared/crypto'
import { keysOf } from '../../cloudfunctions/_shared/keys'
import { memberSchema, usualScopes, type Member, type Post, type Residency } from '../../cloudfunctions/_shared/member'
import { rosterIdFor, type House } from '../../cloudfunctions/houses/house'
import { privacyVersion } from '../../cloudfunctions/members/privacy'
import { inventPhone } from '../../simulator/cloud/platform'
import { housesOf, rosterOf } from '../../simulator/seed/register'
import { configurationOf } from '../../simulator/seed/village'
import { communityId, communityName, villagers } from '../../simulator/seed/villagers'
import { testEnvironment } from '../support/people'
import { newRequest, type Village } from '../support/village'

const vault = createVault(keysOf(testEnvironment))

/** A keyed hash as the functions of a test's cloud make it. */
export const environmentHash = (purpose: string, plain: string): string => vault.hash(purpose, plain)

export const openidOf = (key: string): string => villagers.find((villager) => villager.key === key)?.openid ?? `o-${key}`
/** The number WeChat knows somebody by: a villager's own, or the one it invents for anybody else. */
export const phoneOf = (key: string): string => villagers.find((villager) => villager.key === key)?.phone ?? inventPhone(openidOf(key))
export const phoneHashOf = (key: string): string => vault.hash('phone', phoneOf(key))

/** What the company has on file for a house, under the number of somebody who need not have opened the mini-program. */
export const putOnFile = async (village: Village, key: string, houseId: string, relation: Residency['relation'] = 'owner', name = '新住户'): Promise<string> => {
  const building = houseId.split('-')[1]!
  const [row] = rosterOf(communityId, [{ houseId, building, name, phone: phoneOf(key), relation }], vault)
  await village.store('roster', row!)
  return rosterIdFor(houseId, phoneHashOf(key))
}

export const agree = (village: Village, key: string) => village.as(key).get('members', 'agreePrivacy', { version: privacyVersion })

/** What a tap on the getPhoneNumber button yields. */
export const newCode = async (village: Village, key: string): Promise<string> =>
  ((await village.post('/client/phone-code', { openid: openidOf(key) })) as { code: string }).code

/** Agrees, taps the button and verifies, as the page does. */
export const verify = async (village: Village, key: string, numberOf = key, requestId = newRequest()) => {
  await agree(village, key)
  return village.as(key).call('members', 'verifyPhone', { requestId, code: await newCode(village, numberOf) })
}

/** A member as the functions might have stored them, with a number of their own. */
export const memberNamed = (key: string, fields: Partial<Member> = {}): Member => ({
  _id: `m-${key}`, schema: memberSchema, version: 1, openid: openidOf(key), name: key, phone: vault.seal(phoneOf(key)), phoneHash: phoneHashOf(key),
  maskedPhone: maskPhone(phoneOf(key)), houses: [], posts: [], post: null, postKeys: [], applications: [],
  privacy: { version: privacyVersion, agreedAt: new Date('2026-11-01T00:00:00Z') }, quotas: {}, ...fields,
})

export const residencyOf = (houseId: string, relation: Residency['relation'], fields: Partial<Residency> = {}): Residency => {
  const [, building, entrance, roomNo] = houseId.split('-')
  return {
    houseId, communityId, communityName, building: building!, houseLabel: `${building}号楼${entrance}单元${roomNo}`, relation, scopes: usualScopes(relation),
    knownAs: '住户', rosterId: null, endsOn: null, ...fields,
  }
}

export const settleIn = (village: Village, key: string, houseId: string, relation: Residency['relation'], fields: Partial<Residency> = {}) =>
  village.store('members', memberNamed(key, { houses: [residencyOf(houseId, relation, { knownAs: key, ...fields })] }))

export const employ = (village: Village, key: string, post: Partial<Post> & Pick<Post, 'role'>) => {
  const whole: Post = { communityId, communityName, buildings: null, ...post }
  return village.store('members', memberNamed(key, { posts: [whole], post: whole, postKeys: [`${whole.communityId}/${whole.role}`] }))
}

export const otherCommunity = { communityId: 'c-taoyuan', communityName: '桃源里' }
export const otherHouse = 'h-taoyuan-9-1-901'

/** A second community of the same company, with one house. */
export const openOtherCommunity = async (village: Village): Promise<void> => {
  const { communityId: id, communityName: name } = otherCommunity
  await village.store('configurations', configurationOf(id, name))
  await village.store('communities', { _id: id, schema: 1, version: 1, name, address: '', servicePhones: [] })
  const [house] = housesOf(id, [{ building: '9', entrance: '1', roomNo: '901', areaSqm: 8000 }]) as [House]
  await village.store('houses', { ...house, _id: otherHouse })
}

/** One document of a collection. */
export const documentOf = async (village: Village, collection: string, id: string): Promise<Record<string, unknown> | undefined> =>
  (await village.documents(collection)).find(({ _id }) => _id === id)

export const memberOfPhone = async (village: Village, key: string) =>
  (await village.documents('members')).find(({ openid }) => openid === openidOf(key)) as (Member & Record<string, unknown>) | undefined
