import { newRequest, openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
const tryAs = async (who: string, action: string, input: object) => {
  const { ok, error } = (await village.as(who).callRaw('incidents', { action, input })) as { ok: boolean; error?: { code: string; reason?: string } }
  return ok ? 'OK' : (error!.reason ?? error!.code)
}
const plan = (what: object = {}) => ({ requestId: newRequest(), kind: 'power', title: '1号楼停电', buildings: ['1'], startsAt: hours(-1), expectedEndAt: hours(2), note: '变压器跳闸，正在抢修', ...what })
const announce = async (what: object = {}, who = 'zhou') => (await village.as(who).get('incidents', 'create', plan(what) as never)).incidentId
const told = async (who: string) => (await village.as(who).get('messages', 'list', {})).messages.map(({ title }) => title)
const confine = (key: string, buildings: string[] | null) => {
  const post = { role: 'clerk', communityId: 'c-lihua', communityName: '梨花苑', buildings }
  return village.alter('members', `m-${key}`, { post, posts: [post] })
}

describe('incidents.create', () => {
  it('a clerk can announce one: the affected buildings are told, the others are not', async () => {
    await announce({ title: '1号楼停电一' })
    await village.tick()
    expect(await told('zhao')).toContain('1号楼停电一')
    expect(await told('wang')).not.toContain('1号楼停电一')
  })

  it('the same request again announces nothing twice', async () => {
    const input = plan({ title: '1号楼停电二' })
    const [first, second] = [await village.as('he').get('incidents', 'create', input as never), await village.as('he').get('incidents', 'create', input as never)]
    expect(second).toEqual(first)
    await village.tick()
    expect((await told('zhao')).filter((title) => title === '1号楼停电二')).toHaveLength(1)
  })

  it('a clerk cannot speak for buildings of others, end before the beginning, or name no building', async () => {
    await confine('zhou', ['3'])
    for (const what of [{ buildings: ['1'] }, { buildings: null }, { buildings: ['1', '3'] }]) expect(await tryAs('zhou', 'create', plan(what))).toBe('INVALID_INPUT')
    expect(await tryAs('zhou', 'create', plan({ buildings: ['3'] }))).toBe('OK')
    await confine('zhou', null)
    expect(await tryAs('zhou', 'create', plan({ expectedEndAt: hours(-2) }))).toBe('INVALID_INPUT')
    expect(await tryAs('zhou', 'create', plan({ buildings: [] }))).toBe('INVALID_INPUT')
  })

  it.each(['wang', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await tryAs(who, 'create', plan())).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await tryAs('stranger', 'create', plan())).toBe('FORBIDDEN')
  })
})

describe('incidents.list', () => {
  it('a resident can see what goes on at their own building, and at home as well', async () => {
    const incidentId = await announce({ title: '全小区停水', kind: 'water', buildings: null })
    for (const [who, houseId] of [['zhao', 'h-1-1-201'], ['wang', 'h-3-2-501']] as const) {
      expect((await village.as(who).get('incidents', 'list', { houseId })).incidents.map((one) => one.incidentId)).toContain(incidentId)
      expect((await village.as(who).get('home', 'open', { houseId })).incidents.map((one) => one.incidentId)).toContain(incidentId)
    }
    const other = await announce({ title: '2号楼电梯检修', kind: 'elevator', buildings: ['2'] })
    expect((await village.as('zhao').get('incidents', 'list', { houseId: 'h-1-1-201' })).incidents.map((one) => one.incidentId)).not.toContain(other)
  })

  it("a resident cannot look at another household's house", async () => {
    expect(await tryAs('zhao', 'list', { houseId: 'h-3-2-501' })).toBe('NOT_FOUND')
  })

  it('a stranger cannot', async () => {
    expect(await tryAs('stranger', 'list', { houseId: 'h-1-1-201' })).toBe('FORBIDDEN')
  })
})

describe('incidents.follow', () => {
  it('a household can say 我也遇到, counts once, and hears every update', async () => {
    const incidentId = await announce({ title: '1号楼停电三' })
    const follow = (isFollowing: boolean) => village.as('zhao').get('incidents', 'follow', { houseId: 'h-1-1-201', incidentId, isFollowing })
    expect([await follow(true), await follow(true)]).toEqual([{ isFollowing: true, followerCount: 1 }, { isFollowing: true, followerCount: 1 }])
    await village.as('he').get('incidents', 'update', { incidentId, requestId: newRequest(), expectedEndAt: hours(4), note: '配件已送到' })
    await village.tick()
    expect(await told('zhao')).toContain('1号楼停电三：最新进展')
    expect(await follow(false)).toEqual({ isFollowing: false, followerCount: 0 })
  })

  it('a household elsewhere cannot, nor can anybody follow what is over', async () => {
    const incidentId = await announce()
    for (const isFollowing of [true, false]) expect(await tryAs('wang', 'follow', { houseId: 'h-3-2-501', incidentId, isFollowing })).toBe('NOT_FOUND')
    await village.as('he').get('incidents', 'finish', { incidentId, requestId: newRequest() })
    expect(await tryAs('zhao', 'follow', { houseId: 'h-1-1-201', incidentId, isFollowing: true })).toBe('NOT_FOUND')
  })

  it('a stranger cannot', async () => {
    expect(await tryAs('stranger', 'follow', { houseId: 'h-1-1-201', incidentId: 'i-village-water', isFollowing: true })).toBe('FORBIDDEN')
  })
})

describe('incidents.board', () => {
  it('the desk can see what goes on and what is over, and which buildings there are', async () => {
    const board = await village.as('he').get('incidents', 'board', { state: 'open' })
    expect(board.incidents.map(({ incidentId }) => incidentId)).toContain('i-village-water')
    expect(board.buildings).toEqual(['1', '2', '3'])
    expect((await village.as('he').get('incidents', 'board', { state: 'ended' })).incidents.map(({ incidentId }) => incidentId)).toContain('i-village-power')
  })

  it('a clerk of another building cannot see it', async () => {
    await confine('zhou', ['3'])
    expect((await village.as('zhou').get('incidents', 'board', { state: 'open' })).incidents.map(({ incidentId }) => incidentId)).not.toContain('i-village-water')
    await confine('zhou', null)
  })

  it('a stranger cannot', async () => {
    expect(await tryAs('stranger', 'board', { state: 'open' })).toBe('FORBIDDEN')
  })
})

describe('incidents.update', () => {
  const change = (incidentId: string, what: object = {}) => ({ incidentId, requestId: newRequest(), expectedEndAt: hours(5), note: '还要两个小时', ...what })

  it('the desk can say what is new, once per request', async () => {
    const incidentId = await announce()
    const input = change(incidentId)
    await village.as('he').get('incidents', 'update', input)
    await village.as('he').get('incidents', 'update', input)
    const stored = (await village.documents('incidents')).find(({ _id }) => _id === incidentId)
    expect(stored).toMatchObject({ version: 2, note: '还要两个小时' })
  })

  it('a clerk of other buildings cannot, nor can anybody change what is over', async () => {
    await confine('zhou', ['3'])
    expect(await tryAs('zhou', 'update', change('i-village-water'))).toBe('NOT_FOUND')
    await confine('zhou', null)
    expect(await tryAs('zhou', 'update', change('i-village-power'))).toBe('INCIDENT_ENDED')
    expect(await tryAs('zhou', 'update', change('nothing'))).toBe('NOT_FOUND')
  })

  it('a stranger cannot', async () => {
    expect(await tryAs('stranger', 'update', change('i-village-water'))).toBe('FORBIDDEN')
  })
})

describe('incidents.finish', () => {
  it('the desk can say that it is over: everybody affected is told once, and it leaves their home', async () => {
    const incidentId = await announce({ title: '1号楼停电四' })
    const input = { incidentId, requestId: newRequest(), note: '已恢复供电' }
    await village.as('zhou').get('incidents', 'finish', input)
    await village.as('zhou').get('incidents', 'finish', input)
    await village.tick()
    expect((await told('zhao')).filter((title) => title.startsWith('1号楼停电四'))).toEqual(['1号楼停电四：已恢复'])
    expect((await village.as('zhao').get('home', 'open', {})).incidents.map((one) => one.incidentId)).not.toContain(incidentId)
  })

  it.each(['wang', 'chen', 'qian'])('%s cannot', async (who) => {
    expect(await tryAs(who, 'finish', { incidentId: 'i-village-water', requestId: newRequest() })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await tryAs('stranger', 'finish', { incidentId: 'i-village-water', requestId: newRequest() })).toBe('FORBIDDEN')
  })
})

it('no call of this file took more round trips than declared, and none failed inside', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined)).toEqual([])
  expect(village.lines.filter((line) => line.code === 'INTERNAL')).toEqual([])
})
