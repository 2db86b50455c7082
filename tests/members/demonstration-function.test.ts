import { demonstrationBuilding, demonstrationCommunity, demonstrationHouse } from '../../cloudfunctions/members/demonstration-house'
import { configurationOf } from '../../simulator/seed/village'
import { testEnvironment } from '../support/people'
import { newRequest, openVillage, type Village } from '../support/village'

const open = async (kind: string): Promise<Village> => {
  const village = await openVillage({ seed: 'empty', environment: { ...testEnvironment, LINLI_ENVIRONMENT: kind, LINLI_ENVIRONMENT_KIND: kind } })
  await village.store('communities', demonstrationCommunity)
  await village.store('buildings', demonstrationBuilding)
  await village.store('houses', demonstrationHouse)
  await village.store('configurations', configurationOf(demonstrationCommunity._id, demonstrationCommunity.name))
  return village
}

let village: Village | undefined
afterEach(() => village?.close())

describe('in a demonstration', () => {
  it('a reviewer who opens the first screen has a home, and can report a repair there', async () => {
    village = await open('demonstration')
    const opened = await village.as('reviewer').get('home', 'open', {})
    expect(opened.house).toMatchObject({ communityName: '演示小区', label: '1号楼1单元101', relation: 'owner' })
    expect((await village.as('reviewer').get('members', 'session', {})).houses).toHaveLength(1)
    const form = await village.as('reviewer').get('repairs', 'prepare', {})
    expect(form.houses).toHaveLength(1)
  })

  it('two first calls at once make one person', async () => {
    village = await open('demonstration')
    const reviewer = village.as('reviewer')
    const [home, session] = await Promise.all([reviewer.get('home', 'open', {}), reviewer.get('members', 'session', {})])
    expect(home.session.member).not.toBeNull()
    expect(session.member).toEqual(home.session.member)
    expect(await village.documents('members')).toHaveLength(1)
  })

  it('somebody known already stays who they are', async () => {
    village = await open('demonstration')
    const reviewer = village.as('reviewer')
    await reviewer.get('home', 'open', {})
    await reviewer.get('members', 'leaveHouse', { requestId: newRequest(), houseId: demonstrationHouse._id })
    expect((await reviewer.get('home', 'open', {})).house).toBeNull()
  })
})

describe.each(['production', 'development', ''])('in an environment that calls itself "%s"', (kind) => {
  it('a stranger is a stranger, though the demonstration house be there', async () => {
    village = await open(kind)
    const stranger = village.as('reviewer')
    expect((await stranger.get('home', 'open', {})).house).toBeNull()
    expect((await stranger.get('members', 'session', {})).houses).toEqual([])
    expect(await village.documents('members')).toEqual([])
  })
})
