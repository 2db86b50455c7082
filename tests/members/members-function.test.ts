import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

describe('members.session', () => {
  it.each([
    ['li', ['3号楼2单元501'], null, ['TMPL-repair-progress', 'TMPL-incident']],
    ['chen', [], 'technician', ['TMPL-repair-progress', 'TMPL-repair-submitted']],
    ['he', [], 'manager', ['TMPL-repair-submitted']],
    ['zhou', [], 'clerk', ['TMPL-repair-submitted']],
    ['qian', [], 'cashier', []],
    ['sun', [], 'guard', []],
  ])('%s can learn their houses, their post and what they can be told', async (who, houses, role, templateIds) => {
    const session = await village.as(who).get('members', 'session', {})
    expect(session.houses.map(({ label }) => label)).toEqual(houses)
    expect(session.post?.role ?? null).toBe(role)
    expect(session.templateIds).toEqual(templateIds)
  })

  it('a stranger can ask, and is nobody yet', async () => {
    expect(await village.as('stranger').get('members', 'session', {})).toMatchObject({ member: null, houses: [], post: null })
  })

  it('nobody can ask as somebody else: the event cannot say who is asking', async () => {
    const forged = { action: 'session', input: {}, openid: 'o-village-he', userInfo: { openId: 'o-village-he' } }
    expect(await village.as('stranger').callRaw('members', forged)).toMatchObject({ ok: true, data: { member: null, post: null } })
    expect(await village.as('stranger').callRaw('members', { action: 'session', input: { openid: 'o-village-he' } }))
      .toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })
})

describe('what every function says to a phone', () => {
  const ask = (data: object) => village.as('wang').callRaw('members', data)

  it('that is too old: update', async () => {
    expect(await ask({ action: 'session', input: {}, client: { version: '0.0.9' } })).toMatchObject({ ok: false, error: { code: 'UPGRADE_REQUIRED' } })
  })

  it.each(['nothing', 'constructor', '__proto__', 'toString'])('that asks for %s: a typed refusal', async (action) => {
    expect(await ask({ action, input: {} })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', reason: 'UNKNOWN_ACTION', requestId: expect.stringMatching(/.+/) } })
  })

  it.each([[{}], [{ action: 1 }], [{ action: 'session', client: { version: 'new' } }]])('that sends %j: a typed refusal', async (data) => {
    expect(await ask(data)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })
})
