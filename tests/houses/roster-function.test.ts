import { openVillage, type Village } from '../support/village'
import { addNeighbours, members, narrowZhou } from './support/neighbours'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(async () => {
  await village.again()
  await addNeighbours(village)
})
afterAll(() => village.close())
afterEach(() => expect(village.lines.filter(({ overBudget }) => overBudget !== undefined)).toEqual([]))

const refusal = (code: string, reason?: string) => ({ ok: false, error: { code, ...(reason !== undefined && { reason }) } })
const refuses = async (people: string[], action: string, input: object) => {
  for (const who of people) expect(await village.as(who).callRaw('houses', { action, input })).toMatchObject(refusal('FORBIDDEN'))
}
const auditsOf = async (action: string) => (await village.documents('audits')).filter((row) => row.action === action)
const rosterOf = async (houseId: string) => (await village.documents('roster')).filter((row) => row.houseId === houseId)
const wangs = async () => (await village.as('he').get('houses', 'get', { houseId: 'h-3-2-501' })).roster.find(({ name }) => name === '王秀英')!

const somebody = { houseId: 'h-2-1-101', name: '欧阳春', phone: '+86 139-1234-5678', relation: 'owner' } as const

describe('houses.addToRoster', () => {
  it('a clerk can, and the number is stored sealed, masked and hashed, never in the clear', async () => {
    const { rosterId } = await village.as('zhou').get('houses', 'addToRoster', somebody)
    const [row] = await rosterOf('h-2-1-101')
    expect(row).toMatchObject({ _id: rosterId, communityId: 'c-lihua', building: '2', name: '欧阳春', relation: 'owner', maskedPhone: '139****5678', version: 1 })
    expect(row!.phoneHash).toMatch(/^[0-9a-f]{64}$/)
    expect(JSON.stringify(await village.documents('roster'))).not.toContain('13912345678')
    expect(await auditsOf('houses.addToRoster')).toMatchObject([
      { actorId: 'm-zhou', subjectId: 'h-2-1-101', communityId: 'c-lihua', before: null, after: { name: '欧阳**', relation: 'owner', phone: '139****5678' } },
    ])
  })
  it('two clerks at once put a number on file once', async () => {
    const answers = await Promise.all(['he', 'zhou', 'he'].map((who) => village.as(who).call('houses', 'addToRoster', somebody)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of answers.filter(({ ok }) => !ok)) expect(answer).toMatchObject(refusal('CONFLICT', 'PHONE_ON_FILE'))
    expect(await rosterOf('h-2-1-101')).toHaveLength(1)
    expect(await auditsOf('houses.addToRoster')).toHaveLength(1)
  })
  it('the same number can be on file for several houses', async () => {
    await village.as('zhou').get('houses', 'addToRoster', { ...somebody, phone: '13800135010' })
    expect(await rosterOf('h-2-1-101')).toHaveLength(1)
  })
  it('a clerk cannot put on file what is no number, nor the 21st person', async () => {
    expect(await village.as('zhou').call('houses', 'addToRoster', { ...somebody, phone: '1391234567' })).toMatchObject(refusal('INVALID_INPUT'))
    for (let n = 10; n < 30; n += 1) await village.as('zhou').get('houses', 'addToRoster', { ...somebody, phone: `139123456${n}` })
    expect(await village.as('zhou').call('houses', 'addToRoster', somebody)).toMatchObject(refusal('CONFLICT', 'ROSTER_FULL'))
  })
  it('a manager of another community and a clerk of another building cannot: the house does not exist for them', async () => {
    expect(await village.as('lin').call('houses', 'addToRoster', somebody)).toMatchObject(refusal('NOT_FOUND'))
    await narrowZhou(village)
    expect(await village.as('zhou').call('houses', 'addToRoster', somebody)).toMatchObject(refusal('NOT_FOUND'))
  })
  it('residents and other staff cannot', () => refuses(members, 'addToRoster', somebody))
  it('a stranger cannot', () => refuses(['stranger'], 'addToRoster', somebody))
})

describe('houses.updateRoster', () => {
  const change = { name: '王秀英', phone: '13800138888', relation: 'owner' } as const
  it('a clerk can change a number, and the log keeps both, masked', async () => {
    const { rosterId, version } = await wangs()
    expect(await village.as('zhou').get('houses', 'updateRoster', { rosterId, version, ...change })).toEqual({ rosterId, version: 2 })
    expect(await wangs()).toMatchObject({ rosterId, maskedPhone: '138****8888', version: 2 })
    expect(await village.as('zhou').get('houses', 'revealRosterPhone', { rosterId })).toEqual({ name: '王秀英', phone: '13800138888' })
    expect(await auditsOf('houses.updateRoster')).toMatchObject([{ before: { phone: '138****5010', name: '王**' }, after: { phone: '138****8888' } }])
  })
  it('a clerk can change the name alone: the number stays', async () => {
    const { rosterId, version } = await wangs()
    await village.as('zhou').get('houses', 'updateRoster', { rosterId, version, name: '王秀兰', relation: 'family' })
    expect(await village.as('he').get('houses', 'revealRosterPhone', { rosterId })).toEqual({ name: '王秀兰', phone: '13800135010' })
  })
  it('a clerk cannot change what somebody has changed since, nor make two rows of one number', async () => {
    const { rosterId, version } = await wangs()
    expect(await village.as('zhou').call('houses', 'updateRoster', { rosterId, version, ...change, phone: '13900135011' })).toMatchObject(refusal('CONFLICT', 'PHONE_ON_FILE'))
    await village.as('he').get('houses', 'updateRoster', { rosterId, version, ...change })
    expect(await village.as('zhou').call('houses', 'updateRoster', { rosterId, version, ...change })).toMatchObject(refusal('CONFLICT', 'CHANGED_MEANWHILE'))
  })
  it('a manager of another community cannot', async () => {
    const { rosterId, version } = await wangs()
    expect(await village.as('lin').call('houses', 'updateRoster', { rosterId, version, ...change })).toMatchObject(refusal('NOT_FOUND'))
  })
  it('residents and other staff cannot', async () => refuses(members, 'updateRoster', { rosterId: (await wangs()).rosterId, version: 1, ...change }))
  it('a stranger cannot', async () => refuses(['stranger'], 'updateRoster', { rosterId: (await wangs()).rosterId, version: 1, ...change }))
})

describe('houses.removeFromRoster', () => {
  it('a clerk can, and the log keeps who it was', async () => {
    const { rosterId, version } = await wangs()
    await village.as('zhou').get('houses', 'removeFromRoster', { rosterId, version })
    expect((await rosterOf('h-3-2-501')).map(({ name }) => name)).toEqual(['李明'])
    expect(await auditsOf('houses.removeFromRoster')).toMatchObject([{ subjectId: 'h-3-2-501', before: { name: '王**', phone: '138****5010' }, after: null }])
    expect(await village.as('zhou').call('houses', 'removeFromRoster', { rosterId, version })).toMatchObject(refusal('NOT_FOUND'))
  })
  it('a manager of another community cannot', async () => {
    const { rosterId, version } = await wangs()
    expect(await village.as('lin').call('houses', 'removeFromRoster', { rosterId, version })).toMatchObject(refusal('NOT_FOUND'))
    expect(await village.as('he').call('houses', 'removeFromRoster', { rosterId, version: 9 })).toMatchObject(refusal('CONFLICT', 'CHANGED_MEANWHILE'))
    expect(await rosterOf('h-3-2-501')).toHaveLength(2)
  })
  it('residents and other staff cannot', async () => refuses(members, 'removeFromRoster', { rosterId: (await wangs()).rosterId, version: 1 }))
  it('a stranger cannot', async () => refuses(['stranger'], 'removeFromRoster', { rosterId: (await wangs()).rosterId, version: 1 }))
})

describe('houses.revealRosterPhone', () => {
  it('a clerk can see a number in the clear, and leaves a trace', async () => {
    const { rosterId } = await wangs()
    expect(await village.as('zhou').get('houses', 'revealRosterPhone', { rosterId })).toEqual({ name: '王秀英', phone: '13800135010' })
    expect(await auditsOf('houses.revealRosterPhone')).toMatchObject([{ actorId: 'm-zhou', subjectId: 'h-3-2-501', communityId: 'c-lihua' }])
  })
  it('a manager of another community cannot, and leaves none', async () => {
    const { rosterId } = await wangs()
    expect(await village.as('lin').call('houses', 'revealRosterPhone', { rosterId })).toMatchObject(refusal('NOT_FOUND'))
    await narrowZhou(village)
    expect(await village.as('zhou').call('houses', 'revealRosterPhone', { rosterId })).toMatchObject(refusal('NOT_FOUND'))
    expect(await auditsOf('houses.revealRosterPhone')).toEqual([])
  })
  it('residents and other staff cannot', async () => refuses(members, 'revealRosterPhone', { rosterId: (await wangs()).rosterId }))
  it('a stranger cannot', async () => refuses(['stranger'], 'revealRosterPhone', { rosterId: (await wangs()).rosterId }))
})
