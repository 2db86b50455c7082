import type { Member } from '../../cloudfunctions/_shared/member'
import type { Relation } from '../../cloudfunctions/_shared/roles'
import { villagers } from '../../simulator/seed/villagers'
import { newRequest, type Answer, type Village } from '../support/village'
import { phoneOf, verify } from './newcomers'

type Document = Record<string, unknown> & { _id: string }
/** Numbers below 1, the same again for the same seed. */
export type Chance = () => number

export const chanceOf = (seed: number): Chance => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const newcomers = Array.from({ length: 8 }, (_, n) => `living${n}`)
const residents = ['wang', 'li', 'zhao', ...newcomers]
const desk = ['he', 'zhou']
const keyOf = (openid: string): string => villagers.find((one) => one.openid === openid)?.key ?? openid.replace(/^o-/, '')
const everybody = [...residents, ...desk, 'chen', 'qian', 'sun']

/** What people of a village do, one thing a call, with whatever is there at the moment; many a thing is refused. */
export const movesOf = (village: Village, chance: Chance) => {
  const oneOf = <T>(items: readonly T[]): T => items[Math.floor(chance() * items.length)]!
  const some = async (collection: string): Promise<Document> => oneOf([...await village.documents(collection) as Document[], { _id: 'none-there' }])
  const relation = (): Relation => oneOf(['owner', 'family', 'tenant'])
  const endsOn = () => oneOf([null, null, '2030-01-01'])
  const post = () => ({ role: oneOf(['clerk', 'technician', 'guard', 'cashier', 'inspector', 'manager'] as const), buildings: oneOf([null, null, ['3']]) })
  const home = async () => {
    const who = oneOf(residents)
    const session = await village.as(who).call('members', 'session', {})
    return { who, houseId: (session.ok && session.data.houses[0]?.houseId) || 'h-3-2-501' }
  }
  const memberIn = async (): Promise<string> => (await some('members'))._id
  /** Only who came lately: a village without its clerk and its technician would soon stand still. */
  const lateComer = async (): Promise<string> => oneOf([...(await village.documents('members')).map(({ _id }) => String(_id)).filter((id) => id.length > 20), 'm-none-there'])
  /** Somebody who lives in a house with an owner, who that is, and where. */
  const household = async () => {
    const people = await village.documents('members') as unknown as Member[]
    const homes = people.flatMap((member) => member.houses.map((house) => ({ member, house })))
    const found = homes.filter(({ house }) => house.relation !== 'owner').flatMap(({ member, house }) =>
      homes.filter((other) => other.house.houseId === house.houseId && other.house.relation === 'owner').map((owner) => ({ who: keyOf(owner.member.openid), memberId: member._id, houseId: house.houseId })))
    return found.length > 0 ? oneOf(found) : { who: 'wang', memberId: 'm-none-there', houseId: 'h-3-2-501' }
  }
  const order = async (...stages: string[]): Promise<string> =>
    oneOf([...(await village.documents('repairs')).filter(({ status }) => stages.includes(String(status))).map(({ _id }) => String(_id)), 'none-there'])
  const requestId = newRequest

  const moves: Record<string, () => Promise<Answer<unknown>>> = {
    'members.verifyPhone': () => verify(village, oneOf(newcomers), oneOf(newcomers)),
    'members.apply': async () => village.as(oneOf(newcomers)).call('members', 'apply', { requestId: requestId(), houseId: (await some('houses'))._id, relation: relation(), name: '新人', note: '' }),
    'members.withdrawApplication': async () => village.as(oneOf(newcomers)).call('members', 'withdrawApplication', { requestId: requestId(), applicationId: (await some('applications'))._id }),
    'members.approve': async () => village.as(oneOf(desk)).call('members', 'approve', { requestId: requestId(), applicationId: (await some('applications'))._id, endsResidencyOf: oneOf([[], [await memberIn()]]) }),
    'members.reject': async () => village.as(oneOf(desk)).call('members', 'reject', { requestId: requestId(), applicationId: (await some('applications'))._id, reason: '请带房产证' }),
    'members.addPerson': async () => {
      const { who, houseId } = await home()
      return village.as(who).call('members', 'addPerson', { requestId: requestId(), houseId, name: '家人', phone: phoneOf(oneOf(newcomers)), relation: 'family', scopes: [], endsOn: endsOn() })
    },
    'members.changePerson': async () => {
      const { who, houseId, memberId } = await household()
      return village.as(who).call('members', 'changePerson', { requestId: requestId(), houseId, memberId, scopes: ['report'], endsOn: endsOn() })
    },
    'members.removePerson': async () => {
      const { who, houseId, memberId } = await household()
      return village.as(who).call('members', 'removePerson', { requestId: requestId(), houseId, memberId })
    },
    'members.leaveHouse': async () => {
      const { who, houseId } = await home()
      return village.as(who).call('members', 'leaveHouse', { requestId: requestId(), houseId })
    },
    'members.withdrawInvitation': async () => village.as(oneOf([...residents, 'he'])).call('members', 'withdrawInvitation', { requestId: requestId(), invitationId: (await some('invitations'))._id }),
    'members.transferHouse': async () => village.as(oneOf(desk)).call('members', 'transferHouse', { requestId: requestId(), houseId: (await some('houses'))._id, name: '新业主', phone: phoneOf(oneOf(newcomers)), reason: '不动产证已核对' }),
    'members.moveOut': async () => {
      const { houses = [], _id } = (await some('members')) as Document & { houses?: { houseId: string }[] }
      return village.as(oneOf(desk)).call('members', 'moveOut', { requestId: requestId(), houseId: houses[0]?.houseId ?? 'h-1-1-101', memberId: _id, reason: '租约到期' })
    },
    'members.revealPhone': async () => {
      const { houseId, memberId } = await household()
      return village.as(oneOf(desk)).call('members', 'revealPhone', { houseId, memberId, reason: '报修联系' })
    },
    'members.inviteStaff': () => village.as('he').call('members', 'inviteStaff', { requestId: requestId(), name: '新同事', phone: phoneOf(oneOf(newcomers)), ...post() }),
    'members.changeStaff': async () => village.as('he').call('members', 'changeStaff', { requestId: requestId(), memberId: await lateComer(), ...post() }),
    'members.removeStaff': async () => village.as('he').call('members', 'removeStaff', { requestId: requestId(), memberId: await lateComer() }),
    'houses.create': () => village.as(oneOf(desk)).call('houses', 'create', { building: '3', entrance: '2', roomNo: `${10 + Math.floor(chance() * 6)}01`, areaSqm: 9_000 }),
    'houses.update': async () => {
      const { _id, version = 1 } = (await some('houses')) as Document & { version?: number }
      return village.as(oneOf(desk)).call('houses', 'update', { houseId: _id, version, entrance: '2', roomNo: `${10 + Math.floor(chance() * 6)}02`, areaSqm: null })
    },
    'houses.remove': async () => {
      const { _id, version = 1 } = (await some('houses')) as Document & { version?: number }
      return village.as(oneOf(desk)).call('houses', 'remove', { houseId: _id, version })
    },
    'houses.addToRoster': async () => village.as(oneOf(desk)).call('houses', 'addToRoster', { houseId: (await some('houses'))._id, name: '登记人', phone: phoneOf(oneOf(newcomers)), relation: relation() }),
    'houses.updateRoster': async () => {
      const { _id, version = 1 } = (await some('roster')) as Document & { version?: number }
      return village.as(oneOf(desk)).call('houses', 'updateRoster', { rosterId: _id, version, name: '改名', phone: phoneOf(oneOf(newcomers)), relation: relation() })
    },
    'houses.removeFromRoster': async () => {
      const { _id, version = 1 } = (await some('roster')) as Document & { version?: number }
      return village.as(oneOf(desk)).call('houses', 'removeFromRoster', { rosterId: _id, version })
    },
    'account.deleteAccount': () => village.as(oneOf(newcomers)).call('account', 'deleteAccount', { requestId: requestId(), hasRead: true }),
    'insights.residentProfile': async () => village.as(oneOf(everybody)).call('insights', 'residentProfile', { houseId: (await some('houses'))._id }),
    'repairs.create': async () => {
      const { who, houseId } = await home()
      return village.as(who).call('repairs', 'create', { requestId: requestId(), houseId, category: 'plumbing', urgency: 'normal', description: '水龙头漏水', photos: [] })
    },
    'repairs.assign': async () => village.as(oneOf(desk)).call('repairs', 'assign', { requestId: requestId(), repairId: await order('submitted'), technicianId: 'm-chen' }),
    'repairs.start': async () => village.as('chen').call('repairs', 'start', { requestId: requestId(), repairId: await order('assigned') }),
    'repairs.complete': async () => village.as('chen').call('repairs', 'complete', { requestId: requestId(), repairId: await order('in_progress'), note: '换了阀芯', photos: [], lines: [] }),
    'repairs.cancel': async () => village.as(oneOf([...residents, ...desk])).call('repairs', 'cancel', { requestId: requestId(), repairId: (await some('repairs'))._id, note: '不用修了' }),
  }
  const names = Object.keys(moves)
  return { names, next: () => oneOf(names), make: (name: string) => moves[name]!() }
}
