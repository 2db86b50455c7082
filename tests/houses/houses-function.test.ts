import { agree } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'
import { addNeighbours, members, narrowZhou } from './support/neighbours'

let village: Village
// A transaction whose function died holds its documents until the platform ends it: here soon.
const transactionMs = 2_000
beforeAll(async () => { village = await openVillage({ database: { transactionMs } }) })
beforeEach(async () => {
  await village.again()
  await addNeighbours(village)
})
afterAll(() => village.close())

const inALine = (door: unknown) => JSON.stringify(door)
const refusal = (code: string, reason?: string) => ({ ok: false, error: { code, ...(reason !== undefined && { reason }) } })
const refuses = async (people: string[], action: string, input: object) => {
  for (const who of people) expect(await village.as(who).callRaw('houses', { action, input })).toMatchObject(refusal('FORBIDDEN'))
}
const renames = async () => (await village.documents('jobs')).filter(({ kind }) => kind === 'house_rename')
const tickUntilDone = async () => {
  for (let minutes = 10; minutes < 60; minutes += 10) {
    await village.tick(new Date(Date.now() + minutes * 60_000).toISOString())
    if ((await renames()).length === 0) return
    await new Promise((resolve) => setTimeout(resolve, transactionMs))
  }
}
const auditsOf = async (action: string) => (await village.documents('audits')).filter((row) => row.action === action)
const houseNamed = async (id: string) => (await village.documents('houses')).find(({ _id }) => _id === id)
const withinBudget = () => expect(village.lines.filter(({ overBudget }) => overBudget !== undefined)).toEqual([])
afterEach(withinBudget)

describe('houses.directory', () => {
  it('anybody can see which communities there are and whom to ring', async () => {
    const { communities } = await village.as('stranger').get('houses', 'directory', {})
    expect(communities.map(({ name }) => name)).toEqual(['梨花苑', '迎春里'])
    expect(communities[0]!.servicePhones[0]).toEqual({ label: '物业服务中心', phone: '021-5550-1200' })
  })
  it('a stranger sees nobody’s name or number in it', async () => {
    expect(inALine(await village.as('stranger').get('houses', 'directory', {}))).not.toMatch(/1[3-9]\d{9}|王秀英|何静/)
  })
})

describe('houses.browseBuildings', () => {
  it('anybody can choose a building of a community', async () => {
    const { buildings } = await village.as('wang').get('houses', 'browseBuildings', { communityId: 'c-lihua' })
    expect(buildings).toEqual([1, 2, 3].map((n) => ({ building: String(n), label: `${n}号楼`, entrances: ['1', '2'] })))
  })
  it('a stranger cannot browse a community that does not exist', async () => {
    expect(await village.as('stranger').call('houses', 'browseBuildings', { communityId: 'c-none' })).toMatchObject(refusal('NOT_FOUND'))
  })
})

describe('houses.browseHouses', () => {
  it('anybody can choose a house of a building, in the order people walk', async () => {
    const { houses, nextCursor } = await village.as('stranger').get('houses', 'browseHouses', { communityId: 'c-lihua', building: '2' })
    expect(houses.map(({ label }) => label)).toEqual(['2号楼1单元101', '2号楼1单元602', '2号楼2单元1101', '2号楼2单元1102'])
    expect(nextCursor).toBeNull()
  })
  it('a stranger sees where, not who and not how large', async () => {
    const { houses } = await village.as('stranger').get('houses', 'browseHouses', { communityId: 'c-lihua', building: '3' })
    expect(Object.keys(houses[0]!)).toEqual(['houseId', 'label', 'building', 'entrance', 'roomNo'])
    expect(await village.as('stranger').call('houses', 'browseHouses', { communityId: 'c-none', building: '3' })).toMatchObject(refusal('NOT_FOUND'))
  })
})

describe('houses.find', () => {
  const found = async (text: string) => (await village.as('stranger').get('houses', 'find', { communityId: 'c-lihua', text })).houses.map(({ label }) => label)

  it.each<[string, string[]]>([
    ['3-2-501', ['3号楼2单元501']], ['3号楼二单元五零一', ['3号楼2单元501']], ['３＃５０１', ['3号楼2单元501']], ['1栋101', ['1号楼1单元101']], ['1#101', ['1号楼1单元101']],
    ['2栋101', ['2号楼1单元101']], ['9-9-909', []], ['你好', []],
  ])('a stranger can find %s: %j', async (text, labels) => expect(await found(text)).toEqual(labels))

  it('anybody can choose among several when the words fit several', async () => {
    await village.as('he').get('houses', 'create', { building: '3', entrance: '1', roomNo: '501', areaSqm: null })
    expect(await found('3栋501')).toEqual(['3号楼1单元501', '3号楼2单元501'])
  })
  it('a stranger cannot look in a community that does not exist', async () => {
    expect(await village.as('stranger').call('houses', 'find', { communityId: 'c-none', text: '3-2-501' })).toMatchObject(refusal('NOT_FOUND'))
  })
})

describe('houses.getCommunity', () => {
  it('a manager can see the community they work at, and may change it; a clerk may only see it', async () => {
    expect(await village.as('he').get('houses', 'getCommunity', {})).toMatchObject({ community: { communityId: 'c-lihua', name: '梨花苑', version: 1 }, mayEdit: true })
    expect(await village.as('zhou').get('houses', 'getCommunity', {})).toMatchObject({ mayEdit: false })
    expect(await village.as('lin').get('houses', 'getCommunity', {})).toMatchObject({ community: { name: '迎春里' } })
  })
  it('residents and other staff cannot', () => refuses(members, 'getCommunity', {}))
  it('a stranger cannot', () => refuses(['stranger'], 'getCommunity', {}))
})

const newCommunity = { name: '桂花园', address: '', servicePhones: [{ label: '物业服务中心', phone: '021-5550-7700' }] }

describe('houses.createCommunity', () => {
  it('a manager can, and then manages it with a copy of the company’s configuration', async () => {
    const requestId = newRequest()
    const { communityId } = await village.as('he').get('houses', 'createCommunity', { requestId, ...newCommunity })
    expect(await village.as('he').get('houses', 'createCommunity', { requestId, ...newCommunity })).toEqual({ communityId })
    expect((await village.documents('communities')).map(({ name }) => name).sort()).toEqual(['桂花园', '梨花苑', '迎春里'])
    const configurations = await village.documents('configurations')
    const company = configurations.find(({ _id }) => _id === 'company')
    expect(configurations.find(({ _id }) => _id === communityId)).toEqual({ ...company, _id: communityId, name: '桂花园' })
    const he = (await village.documents('members')).find(({ _id }) => _id === 'm-he')
    expect(he).toMatchObject({ version: 2, post: { communityId: 'c-lihua' }, posts: [{ communityId: 'c-lihua' }, { communityId, communityName: '桂花园', role: 'manager', buildings: null }] })
    expect(he!.postKeys).toEqual(['c-lihua/manager', `${communityId}/manager`])
    expect(await auditsOf('houses.createCommunity')).toMatchObject([{ actorId: 'm-he', communityId, after: { name: '桂花园' } }])
  })
  it('residents, clerks and other staff cannot', () => refuses([...members, 'zhou'], 'createCommunity', { requestId: newRequest(), ...newCommunity }))
  it('a stranger cannot', () => refuses(['stranger'], 'createCommunity', { requestId: newRequest(), ...newCommunity }))
  it('a stranger cannot, whatever role they claim', async () => {
    const input = { requestId: newRequest(), ...newCommunity, role: 'manager' }
    expect(await village.as('stranger').callRaw('houses', { action: 'createCommunity', input })).toMatchObject(refusal('FORBIDDEN'))
  })
})

describe('houses.updateCommunity', () => {
  it('a manager can give it another name, and within a minute everybody reads it', async () => {
    expect(await village.as('he').get('houses', 'updateCommunity', { version: 1, ...newCommunity })).toEqual({ version: 2 })
    await village.tick()
    expect((await village.as('wang').get('members', 'session', {})).houses[0]).toMatchObject({ communityName: '桂花园' })
    expect((await village.as('chen').get('members', 'session', {})).post).toMatchObject({ communityName: '桂花园' })
    expect(await renames()).toEqual([])
    expect(await auditsOf('houses.updateCommunity')).toMatchObject([{ before: { name: '梨花苑' }, after: { name: '桂花园', servicePhones: ['物业服务中心 021-5550-7700'] } }])
  })
  it('a manager cannot change what somebody has changed since', async () => {
    await village.as('he').get('houses', 'updateCommunity', { version: 1, ...newCommunity })
    expect(await village.as('he').call('houses', 'updateCommunity', { version: 1, ...newCommunity, name: '别名' })).toMatchObject(refusal('CONFLICT', 'CHANGED_MEANWHILE'))
  })
  it('residents, clerks and other staff cannot', () => refuses([...members, 'zhou'], 'updateCommunity', { version: 1, ...newCommunity }))
  it('a stranger cannot', () => refuses(['stranger'], 'updateCommunity', { version: 1, ...newCommunity }))
})

describe('houses.listBuildings', () => {
  it('a clerk can, with how many houses each has; of one building only what is theirs', async () => {
    const all = await village.as('zhou').get('houses', 'listBuildings', {})
    expect(all.buildings.map(({ label, houseCount }) => `${label} ${houseCount}`)).toEqual(['1号楼 4', '2号楼 4', '3号楼 4'])
    await narrowZhou(village)
    expect((await village.as('zhou').get('houses', 'listBuildings', {})).buildings.map(({ building }) => building)).toEqual(['1'])
    expect((await village.as('lin').get('houses', 'listBuildings', {})).buildings).toMatchObject([{ building: '3', houseCount: 1 }])
  })
  it('residents and other staff cannot', () => refuses(members, 'listBuildings', {}))
  it('a stranger cannot', () => refuses(['stranger'], 'listBuildings', {}))
})

describe('houses.createBuilding', () => {
  it('a clerk can, however it is written', async () => {
    expect(await village.as('zhou').get('houses', 'createBuilding', { building: '4号楼', label: '4号楼', entrances: ['1单元', '二'] })).toEqual({ building: '4' })
    const { buildings } = await village.as('he').get('houses', 'listBuildings', {})
    expect(buildings.at(-1)).toEqual({ building: '4', label: '4号楼', entrances: ['1', '2'], version: 1, houseCount: 0 })
  })
  it('nobody can make the same twice, nor an entrance twice', async () => {
    expect(await village.as('he').call('houses', 'createBuilding', { building: '03栋', label: '三栋', entrances: [] })).toMatchObject(refusal('CONFLICT', 'BUILDING_EXISTS'))
    expect(await village.as('he').call('houses', 'createBuilding', { building: '5', label: '5号楼', entrances: ['1', '01'] })).toMatchObject(refusal('INVALID_INPUT'))
  })
  it('a clerk of one building cannot', async () => {
    await narrowZhou(village)
    expect(await village.as('zhou').call('houses', 'createBuilding', { building: '4', label: '4号楼', entrances: [] })).toMatchObject(refusal('FORBIDDEN'))
  })
  it('residents and other staff cannot', () => refuses(members, 'createBuilding', { building: '4', label: '4号楼', entrances: [] }))
  it('a stranger cannot', () => refuses(['stranger'], 'createBuilding', { building: '4', label: '4号楼', entrances: [] }))
})

describe('houses.updateBuilding', () => {
  const rename = { building: '3', version: 1, label: '紫荆阁', entrances: ['1', '2'] }
  it('a clerk can rename it, and within a minute houses and residents have the name', async () => {
    await village.as('zhou').get('houses', 'updateBuilding', rename)
    await village.tick()
    expect(await houseNamed('h-3-2-501')).toMatchObject({ label: '紫荆阁2单元501', building: '3', version: 2 })
    for (const who of ['wang', 'li']) expect((await village.as(who).get('members', 'session', {})).houses[0]).toMatchObject({ label: '紫荆阁2单元501' })
    expect((await village.as('zhao').get('members', 'session', {})).houses[0]).toMatchObject({ label: '1号楼1单元201' })
    expect(await houseNamed('y-h-3-2-501')).toMatchObject({ label: '3号楼2单元501' })
    expect(await renames()).toEqual([])
  })
  it('has renamed everything, wherever the worker died', async () => {
    for (let n = 2; n <= 24; n += 2) {
      await village.again()
      await village.as('zhou').get('houses', 'updateBuilding', rename)
      await village.post('/control/fault', { kind: 'kill', function: 'tick', afterCall: n })
      await village.tick().catch(() => undefined)
      await village.post('/control/fault', { kind: 'none' })
      await tickUntilDone()
      const labels = (await village.documents('houses')).filter(({ building }) => building === '3').map(({ label }) => String(label)).sort()
      expect([n, ...labels]).toEqual([n, '紫荆阁1单元301', '紫荆阁1单元302', '紫荆阁2单元501', '紫荆阁2单元502'])
      for (const who of ['wang', 'li']) expect((await village.as(who).get('members', 'session', {})).houses[0]).toMatchObject({ label: '紫荆阁2单元501' })
    }
  }, 90_000)
  it('a clerk cannot take away an entrance that houses are in', async () => {
    expect(await village.as('zhou').call('houses', 'updateBuilding', { ...rename, entrances: ['1'] })).toMatchObject(refusal('CONFLICT', 'ENTRANCE_IN_USE'))
    expect(await village.as('zhou').get('houses', 'updateBuilding', { ...rename, label: '3号楼', entrances: ['1', '2', '3'] })).toEqual({ version: 2 })
    expect(await village.as('zhou').call('houses', 'updateBuilding', rename)).toMatchObject(refusal('CONFLICT', 'CHANGED_MEANWHILE'))
  })
  it('nobody can change a building that is not there, and a clerk of one building none', async () => {
    expect(await village.as('lin').call('houses', 'updateBuilding', { ...rename, building: '1' })).toMatchObject(refusal('NOT_FOUND'))
    await narrowZhou(village)
    expect(await village.as('zhou').call('houses', 'updateBuilding', { ...rename, building: '1' })).toMatchObject(refusal('FORBIDDEN'))
  })
  it('residents and other staff cannot', () => refuses(members, 'updateBuilding', rename))
  it('a stranger cannot', () => refuses(['stranger'], 'updateBuilding', rename))
})

describe('houses.list', () => {
  it('a clerk can page through a building', async () => {
    for (let n = 1; n <= 52; n += 1) await village.as('he').get('houses', 'create', { building: '2', entrance: '1', roomNo: `${n + 10}01`, areaSqm: null })
    const first = await village.as('zhou').get('houses', 'list', { building: '2' })
    const second = await village.as('zhou').get('houses', 'list', { building: '2', cursor: first.nextCursor! })
    expect([first.houses.length, second.houses.length, second.nextCursor]).toEqual([50, 6, null])
    expect(first.houses.slice(0, 3).map(({ label, areaSqm }) => [label, areaSqm])).toEqual([['2号楼1单元101', 7620], ['2号楼1单元602', 7620], ['2号楼1单元1101', null]])
  }, 60_000)
  it('a clerk of one building cannot see another', async () => {
    await narrowZhou(village)
    expect(await village.as('zhou').call('houses', 'list', { building: '3' })).toMatchObject(refusal('NOT_FOUND'))
    expect((await village.as('zhou').get('houses', 'list', { building: '1' })).houses).toHaveLength(4)
  })
  it('residents and other staff cannot', () => refuses(members, 'list', { building: '3' }))
  it('a stranger cannot', () => refuses(['stranger'], 'list', { building: '3' }))
})

describe('houses.search', () => {
  it('a clerk can find a house as people say it, in the community worked at and the buildings looked after', async () => {
    expect((await village.as('zhou').get('houses', 'search', { text: '3栋501' })).houses.map(({ houseId }) => houseId)).toEqual(['h-3-2-501'])
    expect((await village.as('lin').get('houses', 'search', { text: '3栋501' })).houses.map(({ houseId }) => houseId)).toEqual(['y-h-3-2-501'])
    await narrowZhou(village)
    expect((await village.as('zhou').get('houses', 'search', { text: '3栋501' })).houses).toEqual([])
  })
  it('residents and other staff cannot', () => refuses(members, 'search', { text: '3栋501' }))
  it('a stranger cannot', () => refuses(['stranger'], 'search', { text: '3栋501' }))
})

describe('houses.get', () => {
  it('a clerk can see who is on file, with masked numbers', async () => {
    const { house, roster, residentCount } = await village.as('zhou').get('houses', 'get', { houseId: 'h-3-2-501' })
    expect(house).toEqual({ houseId: 'h-3-2-501', building: '3', entrance: '2', roomNo: '501', label: '3号楼2单元501', areaSqm: 11_866, version: 1 })
    expect(roster.map(({ name, relation, maskedPhone }) => [name, relation, maskedPhone]).sort()).toEqual([['李明', 'tenant', '139****5011'], ['王秀英', 'owner', '138****5010']])
    expect(residentCount).toBe(2)
  })
  it('a manager of another community cannot: it does not exist for them', async () => {
    const answers = await Promise.all(['h-3-2-501', 'h-none'].map((houseId) => village.as('lin').call('houses', 'get', { houseId })))
    const [theirs, none] = answers.map((answer) => (answer.ok ? answer : { ...answer.error, requestId: '' }))
    expect(theirs).toMatchObject({ code: 'NOT_FOUND' })
    expect(theirs).toEqual(none)
    await narrowZhou(village)
    expect(await village.as('zhou').call('houses', 'get', { houseId: 'h-3-2-501' })).toMatchObject(refusal('NOT_FOUND'))
  })
  it('residents and other staff cannot', () => refuses(members, 'get', { houseId: 'h-3-2-501' }))
  it('a stranger cannot', () => refuses(['stranger'], 'get', { houseId: 'h-3-2-501' }))
})

const room = { building: '3', entrance: '2', roomNo: '601', areaSqm: 8_850 }

describe('houses.create', () => {
  it('a clerk can, however the room is written, and it is found at once', async () => {
    const made = await village.as('zhou').get('houses', 'create', { ...room, roomNo: '0601' })
    expect(made).toMatchObject({ label: '3号楼2单元601', version: 1 })
    expect((await village.as('stranger').get('houses', 'find', { communityId: 'c-lihua', text: '3-2-601' })).houses).toMatchObject([{ houseId: made.houseId }])
    expect(await auditsOf('houses.create')).toMatchObject([{ actorId: 'm-zhou', subjectId: made.houseId, communityId: 'c-lihua', after: { label: '3号楼2单元601', areaSqm: 8_850 } }])
  })
  it('two clerks at once make one house', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((n) => village.as(n % 2 ? 'he' : 'zhou').call('houses', 'create', room)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of answers.filter(({ ok }) => !ok)) expect(answer).toMatchObject(refusal('CONFLICT', 'HOUSE_EXISTS'))
    expect((await village.documents('houses')).filter(({ label }) => label === '3号楼2单元601')).toHaveLength(1)
  })
  it('a room can be written down anew after the house that had its number was renumbered', async () => {
    const { houseId, version } = await village.as('he').get('houses', 'create', room)
    await village.as('he').get('houses', 'update', { houseId, version, entrance: '2', roomNo: '602', areaSqm: 8_850 })
    const again = await village.as('he').get('houses', 'create', room)
    expect(again.houseId).not.toBe(houseId)
    expect(again.label).toBe('3号楼2单元601')
  })
  it.each([
    ['in an entrance the building does not have', { entrance: '7' }, 'INVALID_INPUT'], ['without saying which entrance', { entrance: '' }, 'INVALID_INPUT'],
    ['in a building that is not there', { building: '9' }, 'NOT_FOUND'], ['twice', { roomNo: '501' }, 'CONFLICT'], ['of no size', { areaSqm: 0 }, 'INVALID_INPUT'],
  ])('a clerk cannot make one %s', async (_, wrong, code) => {
    expect(await village.as('zhou').call('houses', 'create', { ...room, ...wrong })).toMatchObject(refusal(code))
  })
  it('a clerk of another building cannot', async () => {
    await narrowZhou(village)
    expect(await village.as('zhou').call('houses', 'create', room)).toMatchObject(refusal('NOT_FOUND'))
  })
  it('residents and other staff cannot', () => refuses(members, 'create', room))
  it('a stranger cannot', () => refuses(['stranger'], 'create', room))
})

describe('houses.update', () => {
  const change = { houseId: 'h-3-2-501', version: 1, entrance: '2', roomNo: '505', areaSqm: 12_000 }
  it('a clerk can correct a number and an area; residents read the new name, and the log keeps the old', async () => {
    expect(await village.as('zhou').get('houses', 'update', change)).toEqual({ houseId: 'h-3-2-501', label: '3号楼2单元505', version: 2 })
    await village.tick()
    expect((await village.as('li').get('members', 'session', {})).houses[0]).toMatchObject({ label: '3号楼2单元505' })
    expect((await village.as('stranger').get('houses', 'find', { communityId: 'c-lihua', text: '3-2-505' })).houses).toHaveLength(1)
    expect(await auditsOf('houses.update')).toMatchObject([{ before: { label: '3号楼2单元501', areaSqm: 11_866 }, after: { label: '3号楼2单元505', areaSqm: 12_000 } }])
  })
  it('a clerk cannot give two houses one number, nor change what somebody has changed since', async () => {
    expect(await village.as('zhou').call('houses', 'update', { ...change, roomNo: '502' })).toMatchObject(refusal('CONFLICT', 'HOUSE_EXISTS'))
    await village.as('he').get('houses', 'update', change)
    expect(await village.as('zhou').call('houses', 'update', change)).toMatchObject(refusal('CONFLICT', 'CHANGED_MEANWHILE'))
    expect(await auditsOf('houses.update')).toHaveLength(1)
  })
  it('a manager of another community cannot', async () => {
    expect(await village.as('lin').call('houses', 'update', change)).toMatchObject(refusal('NOT_FOUND'))
  })
  it('residents and other staff cannot', () => refuses(members, 'update', change))
  it('a stranger cannot', () => refuses(['stranger'], 'update', change))
})

describe('houses.remove', () => {
  const empty = { houseId: 'h-2-1-101', version: 1 }
  it('a clerk can take an empty house off the register', async () => {
    await village.as('zhou').get('houses', 'remove', empty)
    expect(await houseNamed('h-2-1-101')).toBeUndefined()
    expect(await auditsOf('houses.remove')).toMatchObject([{ subjectId: 'h-2-1-101', before: { label: '2号楼1单元101' } }])
    expect(await village.as('zhou').call('houses', 'remove', empty)).toMatchObject(refusal('NOT_FOUND'))
  })
  it('nobody can take away a house that somebody lives in or is on file for', async () => {
    expect(await village.as('he').call('houses', 'remove', { houseId: 'h-3-2-501', version: 1 })).toMatchObject(refusal('CONFLICT', 'HOUSE_HAS_RESIDENTS'))
    expect(await village.as('he').call('houses', 'remove', { houseId: 'h-2-1-602', version: 1 })).toMatchObject(refusal('CONFLICT', 'HOUSE_HAS_ROSTER'))
    expect(await village.as('he').call('houses', 'remove', { ...empty, version: 2 })).toMatchObject(refusal('CONFLICT', 'CHANGED_MEANWHILE'))
  })
  it('nobody can take away a house that somebody asks for; once that is answered, anybody at the desk can', async () => {
    await agree(village, 'lu')
    const { applicationId } = await village.as('lu').get('members', 'apply', { requestId: newRequest(), houseId: 'h-2-1-101', relation: 'owner', name: '陆小曼', note: '' })
    const { version } = (await houseNamed('h-2-1-101')) as { version: number }
    expect(await village.as('he').call('houses', 'remove', { houseId: 'h-2-1-101', version })).toMatchObject(refusal('CONFLICT', 'HOUSE_IS_AWAITED'))
    await village.as('zhou').get('members', 'reject', { requestId: newRequest(), applicationId, reason: '没有登记' })
    expect(await village.as('he').call('houses', 'remove', { houseId: 'h-2-1-101', version })).toMatchObject({ ok: true })
  })
  it('a manager of another community cannot', async () => {
    expect(await village.as('lin').call('houses', 'remove', empty)).toMatchObject(refusal('NOT_FOUND'))
    expect(await houseNamed('h-2-1-101')).toBeDefined()
  })
  it('either the house goes or somebody is put on file for it, never both', async () => {
    for (let round = 0; round < 5; round += 1) {
      await village.again()
      await Promise.all([
        village.as('he').call('houses', 'remove', empty),
        village.as('zhou').call('houses', 'addToRoster', { houseId: 'h-2-1-101', name: '新来的', phone: '13912345678', relation: 'owner' }),
      ])
      const isThere = (await houseNamed('h-2-1-101')) !== undefined
      const isOnFile = (await village.documents('roster')).some(({ houseId }) => houseId === 'h-2-1-101')
      expect(isOnFile).toBe(isThere)
    }
  }, 60_000)
  it('residents and other staff cannot', () => refuses(members, 'remove', empty))
  it('a stranger cannot', () => refuses(['stranger'], 'remove', empty))
})
