import { newRequest, openVillage, type Village } from '../support/village'
import { addNeighbours, members } from './support/neighbours'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(async () => {
  await village.again()
  await addNeighbours(village)
})
afterAll(() => village.close())

const refusal = (code: string, reason?: string) => ({ ok: false, error: { code, ...(reason !== undefined && { reason }) } })
const refuses = async (people: string[], action: string, input: object) => {
  for (const who of people) expect(await village.as(who).callRaw('houses', { action, input })).toMatchObject(refusal('FORBIDDEN'))
}
const sitting = async () => (await village.as('wang').get('houses', 'committee', { communityId: 'c-lihua' })).members.map(({ name }) => name)
const term = { name: '吴芳', role: 'deputy', startsOn: '2026-01-01', endsOn: '2031-12-31', note: '' } as const
const chair = { committeeMemberId: 'cm-village-chair', version: 1, name: '梁文博', role: 'chair', startsOn: '2025-06-01', endsOn: '2030-05-31', note: '' } as const

describe('houses.committee', () => {
  it('a resident can see who sits today, the chair first, until when; not whose term is over', async () => {
    const { members: seated } = await village.as('li').get('houses', 'committee', { communityId: 'c-lihua' })
    expect(seated.map(({ name, role, endsOn }) => [name, role, endsOn])).toEqual([['梁文博', 'chair', '2030-05-31'], ['许佳宁', 'member', '2030-05-31']])
  })
  it('nobody can see a member before their first day or after their last', async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const day = (offset: number) => new Date(Date.parse(today) + offset * 86_400_000).toISOString().slice(0, 10)
    const create = (name: string, startsOn: string, endsOn: string) =>
      village.as('he').get('houses', 'createCommitteeMember', { requestId: newRequest(), ...term, name, startsOn, endsOn })
    await create('明天上任', day(1), day(400))
    await create('昨天卸任', day(-400), day(-1))
    await create('今天最后一天', day(-400), day(0))
    await create('今天上任', day(0), day(400))
    expect((await sitting()).sort()).toEqual(['今天上任', '今天最后一天', '梁文博', '许佳宁'].sort())
  })
  it('a resident of another community cannot, nor staff who live nowhere here', async () => {
    expect(await village.as('wang').call('houses', 'committee', { communityId: 'c-yingchun' })).toMatchObject(refusal('NOT_FOUND'))
    expect(await village.as('he').call('houses', 'committee', { communityId: 'c-lihua' })).toMatchObject(refusal('FORBIDDEN'))
  })
  it('a stranger cannot', () => refuses(['stranger'], 'committee', { communityId: 'c-lihua' }))
})

describe('houses.listCommittee', () => {
  it('a clerk can see past terms as well, of their own community', async () => {
    expect((await village.as('zhou').get('houses', 'listCommittee', {})).members.map(({ name }) => name)).toEqual(['梁文博', '许佳宁', '刘国强'])
    expect((await village.as('lin').get('houses', 'listCommittee', {})).members).toEqual([])
  })
  it('residents and other staff cannot', () => refuses(members, 'listCommittee', {}))
  it('a stranger cannot', () => refuses(['stranger'], 'listCommittee', {}))
})

describe('houses.createCommitteeMember', () => {
  it('a clerk can, once for one intention', async () => {
    const requestId = newRequest()
    const [first, second] = [await village.as('zhou').get('houses', 'createCommitteeMember', { requestId, ...term }), await village.as('zhou').get('houses', 'createCommitteeMember', { requestId, ...term })]
    expect(second).toEqual(first)
    expect(await sitting()).toEqual(['梁文博', '吴芳', '许佳宁'])
    expect((await village.documents('audits')).map(({ action, after }) => [action, after])).toEqual([
      ['houses.createCommitteeMember', { role: 'deputy', startsOn: '2026-01-01', endsOn: '2031-12-31' }],
    ])
  })
  it('a clerk cannot end a term before it begins', async () => {
    expect(await village.as('zhou').call('houses', 'createCommitteeMember', { requestId: newRequest(), ...term, endsOn: '2025-12-31' })).toMatchObject(refusal('INVALID_INPUT'))
  })
  it('residents and other staff cannot', () => refuses(members, 'createCommitteeMember', { requestId: newRequest(), ...term }))
  it('a stranger cannot', () => refuses(['stranger'], 'createCommitteeMember', { requestId: newRequest(), ...term }))
})

describe('houses.updateCommitteeMember', () => {
  it('a clerk can end a term early', async () => {
    await village.as('zhou').get('houses', 'updateCommitteeMember', { ...chair, endsOn: '2026-01-31' })
    expect(await sitting()).toEqual(['许佳宁'])
  })
  it('a clerk cannot change what somebody has changed since, nor one of another community', async () => {
    await village.as('he').get('houses', 'updateCommitteeMember', chair)
    expect(await village.as('zhou').call('houses', 'updateCommitteeMember', chair)).toMatchObject(refusal('CONFLICT', 'CHANGED_MEANWHILE'))
    expect(await village.as('lin').call('houses', 'updateCommitteeMember', chair)).toMatchObject(refusal('NOT_FOUND'))
  })
  it('residents and other staff cannot', () => refuses(members, 'updateCommitteeMember', chair))
  it('a stranger cannot', () => refuses(['stranger'], 'updateCommitteeMember', chair))
})

describe('houses.removeCommitteeMember', () => {
  const { committeeMemberId } = chair
  it('a manager can, and the log keeps it', async () => {
    await village.as('he').get('houses', 'removeCommitteeMember', { committeeMemberId })
    expect(await sitting()).toEqual(['许佳宁'])
    expect(await village.documents('audits')).toMatchObject([{ action: 'houses.removeCommitteeMember', subjectId: committeeMemberId, communityId: 'c-lihua' }])
  })
  it('a manager of another community cannot', async () => {
    expect(await village.as('lin').call('houses', 'removeCommitteeMember', { committeeMemberId })).toMatchObject(refusal('NOT_FOUND'))
  })
  it('residents and other staff cannot', () => refuses(members, 'removeCommitteeMember', { committeeMemberId }))
  it('a stranger cannot', () => refuses(['stranger'], 'removeCommitteeMember', { committeeMemberId }))
})
