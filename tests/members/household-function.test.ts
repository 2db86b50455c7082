import { newRequest, openVillage, type Village } from '../support/village'
import { agree, phoneOf, putOnFile, settleIn, verify } from './newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const wangs = 'h-3-2-501'
const all = ['bills', 'pay', 'invite', 'report'] as const

const add = (who: string, key: string, change: Partial<{ houseId: string; endsOn: string | null; relation: 'family' | 'tenant'; requestId: string; scopes: ('report' | 'bills')[] }> = {}) =>
  village.as(who).call('members', 'addPerson', { requestId: newRequest(), houseId: wangs, name: '小王', phone: phoneOf(key), relation: 'family', scopes: ['report'], endsOn: null, ...change })
const housesOf = async (who: string) => (await village.as(who).get('members', 'session', {})).houses.map(({ houseId }) => houseId)
const audited = async (action: string) => (await village.documents('audits')).filter((row) => row.action === action)
const isOwnersOnly = { ok: false, error: { code: 'FORBIDDEN' } }
const isNotThere = { ok: false, error: { code: 'NOT_FOUND' } }

describe('members.household', () => {
  it('an owner can see who belongs to the house, who is invited and who waits', async () => {
    await add('wang', 'xiaowang')
    await agree(village, 'lu')
    await village.as('lu').get('members', 'apply', { requestId: newRequest(), houseId: wangs, relation: 'tenant', name: '陆小曼', note: '' })
    expect(await village.as('wang').get('members', 'household', { houseId: wangs })).toMatchObject({
      people: [{ memberId: 'm-wang', name: '王秀英', relation: 'owner', isMe: true }, { memberId: 'm-li', name: '李明', maskedPhone: '139****5011', relation: 'tenant', scopes: ['invite', 'report'], endsOn: '2027-08-31' }],
      invitations: [{ name: '小王', relation: 'family', scopes: ['report'], endsOn: null }],
      applications: [{ name: '陆小曼', status: 'pending' }],
    })
  })

  it.each(['li', 'he', 'zhou', 'chen'])('%s cannot', async (who) => {
    expect(await village.as(who).call('members', 'household', { houseId: wangs })).toMatchObject(isOwnersOnly)
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('members', 'household', { houseId: wangs })).toMatchObject(isOwnersOnly)
  })

  it("an owner cannot see another house's: it does not exist", async () => {
    expect(await village.as('zhao').call('members', 'household', { houseId: wangs })).toMatchObject(isNotThere)
  })

  it('an owner who is a tenant elsewhere cannot manage that house', async () => {
    await village.alter('members', 'm-zhao', { houses: [...(await village.documents('members')).find(({ _id }) => _id === 'm-zhao')!.houses as object[], ...(await village.documents('members')).find(({ _id }) => _id === 'm-li')!.houses as object[]] })
    expect(await village.as('zhao').call('members', 'household', { houseId: wangs })).toMatchObject(isOwnersOnly)
  })
})

describe('members.addPerson', () => {
  it('an owner can add somebody by phone: they are in when that very number verifies, with what they may do', async () => {
    expect(await add('wang', 'xiaowang', { endsOn: '2030-12-31' })).toMatchObject({ ok: true, data: { outcome: 'invited' } })
    expect(await verify(village, 'somebodyelse')).toMatchObject({ ok: true, data: { newHouses: [] } })
    expect(await verify(village, 'xiaowang')).toMatchObject({ ok: true, data: { newHouses: [{ houseId: wangs, relation: 'family', scopes: ['report'], endsOn: '2030-12-31' }] } })
    expect((await village.as('wang').get('members', 'household', { houseId: wangs })).invitations).toEqual([])
  })

  it('somebody already known is in at once, and is told by whom', async () => {
    expect(await add('wang', 'zhao')).toMatchObject({ ok: true, data: { outcome: 'joined' } })
    expect(await housesOf('zhao')).toEqual(['h-1-1-201', wangs])
    await village.tick(new Date(Date.now() + 60_000).toISOString())
    expect((await village.as('zhao').get('messages', 'list', {})).messages[0]).toMatchObject({ title: '您已加入一套房屋', body: expect.stringContaining('业主王**把您加为') })
  })

  it('the same request again, and the same number again, is one invitation', async () => {
    const requestId = newRequest()
    await add('wang', 'xiaowang', { requestId })
    await add('wang', 'xiaowang', { requestId })
    await add('wang', 'xiaowang', { scopes: ['report', 'bills'] })
    expect(await village.documents('invitations')).toMatchObject([{ residency: { scopes: ['report', 'bills'] } }])
    expect(await audited('members.addPerson')).toHaveLength(2)
  })

  it('an invitation is worth nothing when its owner is none any more, or its day has passed', async () => {
    await add('wang', 'xiaowang')
    await village.as('zhou').get('members', 'moveOut', { requestId: newRequest(), houseId: wangs, memberId: 'm-wang', reason: '已搬走' })
    expect(await verify(village, 'xiaowang')).toMatchObject({ ok: true, data: { newHouses: [] } })
  })

  it('an owner cannot add somebody who is there, until a day that has passed, or as another owner', async () => {
    expect(await add('wang', 'li')).toMatchObject({ ok: false, error: { reason: 'ALREADY_LIVES_THERE' } })
    expect(await add('wang', 'xiaowang', { endsOn: '2020-01-01' })).toMatchObject({ ok: false, error: { fields: { endsOn: '结束日期不能早于今天' } } })
    expect(await add('wang', 'xiaowang', { relation: 'owner' as never })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it('a stranger cannot', async () => {
    expect(await add('stranger', 'xiaowang')).toMatchObject(isOwnersOnly)
  })

  it('tenants and staff cannot, nor an owner for another house', async () => {
    for (const who of ['li', 'he', 'chen']) expect(await add(who, 'xiaowang')).toMatchObject(isOwnersOnly)
    expect(await add('zhao', 'xiaowang')).toMatchObject(isNotThere)
    expect(await village.documents('invitations')).toEqual([])
  })
})

describe('members.changePerson', () => {
  const change = (who: string, memberId: string, endsOn: string | null = null, scopes: ('bills' | 'report')[] = ['bills', 'report']) =>
    village.as(who).call('members', 'changePerson', { requestId: newRequest(), houseId: wangs, memberId, scopes, endsOn })

  it('an owner can let the tenant see the bills, and end their time', async () => {
    expect(await change('wang', 'm-li', '2030-01-31')).toMatchObject({ ok: true })
    expect((await village.as('li').get('members', 'session', {})).houses).toMatchObject([{ scopes: ['bills', 'report'], endsOn: '2030-01-31' }])
    expect(await audited('members.changePerson')).toMatchObject([{ subjectId: 'm-li', before: { scopes: ['invite', 'report'], endsOn: '2027-08-31' }, after: { scopes: ['bills', 'report'], endsOn: '2030-01-31' } }])
  })

  it('an owner cannot change another owner, themselves, or somebody who does not live there', async () => {
    await settleIn(village, 'co', wangs, 'owner')
    for (const memberId of ['m-co', 'm-wang']) expect(await change('wang', memberId)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    for (const memberId of ['m-zhao', 'm-nobody']) expect(await change('wang', memberId)).toMatchObject(isNotThere)
    expect(await change('zhao', 'm-li')).toMatchObject(isNotThere)
  })

  it.each(['li', 'he', 'chen'])('%s cannot', async (who) => {
    expect(await change(who, 'm-li', null)).toMatchObject(isOwnersOnly)
  })

  it('a stranger cannot', async () => {
    expect(await change('stranger', 'm-li', null)).toMatchObject(isOwnersOnly)
  })
})

describe('members.removePerson', () => {
  const remove = (who: string, memberId: string, requestId = newRequest()) => village.as(who).call('members', 'removePerson', { requestId, houseId: wangs, memberId })

  it('an owner can end a tenancy: nothing of the house can be read from the next call on, and the number does not open it again', async () => {
    const requestId = newRequest()
    expect(await remove('wang', 'm-li', requestId)).toMatchObject({ ok: true })
    expect(await remove('wang', 'm-li', requestId)).toMatchObject({ ok: true })
    expect(await housesOf('li')).toEqual([])
    expect(await verify(village, 'li')).toMatchObject({ ok: true, data: { newHouses: [] } })
    expect(await audited('members.removePerson')).toMatchObject([{ actorId: 'm-wang', subjectId: 'm-li', before: { relation: 'tenant' } }])
  })

  it('an owner cannot remove another owner, or anybody of another house', async () => {
    await settleIn(village, 'co', wangs, 'owner')
    expect(await remove('wang', 'm-co')).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await remove('wang', 'm-zhao')).toMatchObject(isNotThere)
    expect(await remove('zhao', 'm-li')).toMatchObject(isNotThere)
  })

  it.each(['li', 'he'])('%s cannot', async (who) => {
    expect(await remove(who, 'm-li')).toMatchObject(isOwnersOnly)
  })

  it('a stranger cannot', async () => {
    expect(await remove('stranger', 'm-li')).toMatchObject(isOwnersOnly)
  })
})

describe('members.withdrawInvitation', () => {
  const withdraw = (who: string, invitationId: string) => village.as(who).call('members', 'withdrawInvitation', { requestId: newRequest(), invitationId })
  const invited = async () => {
    await add('wang', 'xiaowang')
    return (await village.as('wang').get('members', 'household', { houseId: wangs })).invitations[0]!.invitationId
  }

  it('an owner can take it back: the number opens nothing', async () => {
    expect(await withdraw('wang', await invited())).toMatchObject({ ok: true })
    expect(await verify(village, 'xiaowang')).toMatchObject({ ok: true, data: { newHouses: [] } })
  })

  it('a stranger cannot', async () => {
    expect(await withdraw('stranger', await invited())).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('nobody else can: another owner and a manager cannot find it, tenants may not', async () => {
    const invitationId = await invited()
    for (const who of ['zhao', 'he']) expect(await withdraw(who, invitationId)).toMatchObject(isNotThere)
    for (const who of ['li', 'zhou']) expect(await withdraw(who, invitationId)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('members.leaveHouse', () => {
  const leave = (who: string, houseId = wangs, requestId = newRequest()) => village.as(who).call('members', 'leaveHouse', { requestId, houseId })

  it('a tenant can leave: they read nothing there from the next call on', async () => {
    const requestId = newRequest()
    expect(await leave('li', wangs, requestId)).toMatchObject({ ok: true })
    expect(await leave('li', wangs, requestId)).toMatchObject({ ok: true })
    expect(await village.as('li').call('repairs', 'list', { houseId: wangs })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await audited('members.leaveHouse')).toMatchObject([{ actorId: 'm-li', before: { houseId: wangs, relation: 'tenant' } }])
  })

  it('an owner removing themselves: the last one cannot while others live on their account, and hears what to do', async () => {
    expect(await leave('wang')).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'LAST_OWNER', message: expect.stringContaining('请先移除他们，或请物业办理过户') } })
    await leave('li')
    expect(await leave('wang')).toMatchObject({ ok: true })
  })

  it('an owner who left can come back with the number on file', async () => {
    await leave('zhao', 'h-1-1-201')
    expect(await verify(village, 'zhao')).toMatchObject({ ok: true, data: { newHouses: [{ houseId: 'h-1-1-201', relation: 'owner' }] } })
  })

  it('of two owners who leave at the same moment one cannot: the tenant keeps an owner', async () => {
    await settleIn(village, 'co', wangs, 'owner', { scopes: [...all] })
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all([leave('wang'), leave('co')])
      const owners = (await village.documents('members')).filter(({ houses }) => (houses as { houseId: string; relation: string }[]).some((house) => house.houseId === wangs && house.relation === 'owner'))
      expect([answers.filter(({ ok }) => ok).length, owners.length]).toEqual(round === 0 ? [1, 1] : [0, 1])
    }
  })

  it('nobody can leave a house that is not theirs; a stranger has none', async () => {
    expect(await leave('zhao')).toMatchObject(isNotThere)
    expect(await leave('stranger')).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('a tenant after the last day', () => {
  it('finds nothing of the house, in any call that names it', async () => {
    await putOnFile(village, 'li', 'h-1-1-101', 'family')
    await village.alter('members', 'm-li', { 'houses.0.endsOn': '2026-01-31' })
    await verify(village, 'li')
    const li = village.as('li')
    expect(await housesOf('li')).toEqual(['h-1-1-101'])
    const tap = { repairId: 'r-village-tap' }
    const calls = await Promise.all([
      li.call('home', 'open', { houseId: wangs }), li.call('members', 'session', { houseId: wangs }), li.call('repairs', 'list', { houseId: wangs }), li.call('repairs', 'get', tap),
      li.call('repairs', 'cancel', { ...tap, requestId: newRequest() }), li.call('members', 'leaveHouse', { requestId: newRequest(), houseId: wangs }),
      li.call('repairs', 'create', { requestId: newRequest(), houseId: wangs, category: 'other', urgency: 'normal', description: '还能报修吗', photos: [] }),
    ])
    expect(calls.map((answer) => (answer.ok ? 'OK' : answer.error.code))).toEqual(Array(7).fill('NOT_FOUND'))
  })

  it('belongs to it on that very day still', async () => {
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    await village.alter('members', 'm-li', { 'houses.0.endsOn': today })
    expect(await housesOf('li')).toEqual([wangs])
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
