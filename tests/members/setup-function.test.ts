import { createVault } from '../../cloudfunctions/_shared/crypto'
import { keysOf } from '../../cloudfunctions/_shared/keys'
import { issueSetupCode, readSetupCode, redeem, setupCodeOf, setupCodePurpose } from '../../cloudfunctions/members/setup-code'
import { emptySetupCode } from '../../simulator/seed/village'
import { testEnvironment } from '../support/people'
import { newRequest, openVillage, type Village } from '../support/village'
import { agree } from './newcomers'

const code = emptySetupCode(testEnvironment)
const hashOf = (text: string) => createVault(keysOf(testEnvironment)).hash(setupCodePurpose, readSetupCode(text))

let village: Village
beforeEach(async () => {
  village = await openVillage({ seed: 'empty' })
  for (const key of ['ma', 'liu']) await agree(village, key)
})
afterEach(() => village.close())

const form = (otherwise: Partial<{ requestId: string; code: string; name: string; communityName: string }> = {}) =>
  ({ requestId: newRequest(), code, name: '马经理', communityName: '桂花苑', ...otherwise })
const redeemAs = (key: string, otherwise: Parameters<typeof form>[0] = {}) => village.as(key).call('members', 'redeemSetupCode', form(otherwise))
const managers = async () => (await village.documents('members')).filter(({ postKeys }) => (postKeys as string[]).some((key) => key.endsWith('/manager')))

describe('members.redeemSetupCode', () => {
  it('whoever has the code can become the first manager, with a community to set up', async () => {
    expect(await redeemAs('ma')).toMatchObject({ ok: true, data: { post: { role: 'manager', communityName: '桂花苑', buildings: null } } })
    const session = await village.as('ma').get('members', 'session', {})
    expect(session.post).toMatchObject({ role: 'manager', communityName: '桂花苑' })
    expect((await village.documents('communities')).map(({ name }) => name).sort()).toEqual(['桂花苑', '梨花苑'])
    expect((await village.documents('audits')).filter(({ action }) => action === 'members.redeemSetupCode')).toMatchObject([{ after: { role: 'manager' } }])
    expect(village.lines.filter(({ overBudget }) => overBudget !== undefined)).toEqual([])
  })

  it('the first manager can work in every community there is', async () => {
    await redeemAs('ma', { communityName: '梨花苑' })
    expect((await village.as('ma').get('members', 'session', {})).posts.map(({ communityName }) => communityName)).toEqual(['梨花苑'])
    expect(await village.documents('communities')).toHaveLength(1)
  })

  it('can be typed in small letters, with spaces and with O for 0', async () => {
    await village.alter('setup_codes', 'first-manager', { codeHash: hashOf('A0CD-1FGH-JKMN-PQRS') })
    expect(await redeemAs('ma', { code: ' aocd ifgh jkmn pqrs ' })).toMatchObject({ ok: true })
  })

  it('can be sent again after a lost answer: the same post, and nothing twice', async () => {
    const requestId = newRequest()
    const first = await redeemAs('ma', { requestId })
    expect(await redeemAs('ma', { requestId })).toEqual(first)
    expect(await managers()).toHaveLength(1)
    expect(await village.documents('communities')).toHaveLength(2)
  })

  it('cannot be used twice', async () => {
    await redeemAs('ma')
    expect(await redeemAs('liu')).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'SETUP_CODE_USED' } })
    expect(await managers()).toHaveLength(1)
  })

  it('cannot make two managers of two who type it at once', async () => {
    const answers = await Promise.all([redeemAs('ma'), redeemAs('liu', { communityName: '荷花苑' })])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await managers()).toHaveLength(1)
    expect(await village.documents('communities')).toHaveLength(2)
  })

  it('cannot be used after 24 hours', async () => {
    await village.alter('setup_codes', 'first-manager', { expiresAt: new Date(Date.now() - 1000) })
    expect(await redeemAs('ma')).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'SETUP_CODE_EXPIRED' } })
    expect(await managers()).toEqual([])
  })

  it('cannot be guessed: a wrong code says no more than that, and after five tries nothing for an hour', async () => {
    for (let i = 0; i < 5; i += 1) {
      expect(await redeemAs('ma', { code: `AAAA-BBBB-CCCC-DDD${i}` })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { code: '设置码不正确，请对照部署时显示的内容重新输入' } } })
    }
    expect(await redeemAs('ma')).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'RATE_LIMITED' } })
    expect(await managers()).toEqual([])
  })

  it('cannot be guessed by many WeChats behind one address either: after thirty tries nobody there may, but staff, for an hour', async () => {
    const hour = 3_600_000
    const settled = await openVillage()
    try {
      await settled.post('/control/clock', { now: new Date(Math.floor(Date.now() / hour) * hour + hour / 2).toISOString() })
      const guess = (key: string) => settled.as(key).call('members', 'redeemSetupCode', form({ code: 'AAAA-BBBB-CCCC-DDDD' }))
      for (let i = 0; i < 30; i += 1) expect(await guess(`newcomer-${i}`)).toMatchObject({ ok: false, error: { reason: 'PRIVACY_NOT_AGREED' } })
      for (const key of ['newcomer-30', 'zhao']) expect(await guess(key)).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'RATE_LIMITED' } })
      expect(await guess('zhou')).toMatchObject({ ok: false, error: { reason: 'PRIVACY_NOT_AGREED' } })
    } finally {
      await settled.close()
    }
  })

  it('cannot be redeemed by who has not agreed to the privacy guide', async () => {
    expect(await redeemAs('hu')).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', reason: 'PRIVACY_NOT_AGREED' } })
  })

  it('a stranger without the code becomes nothing, also where no code was ever issued', async () => {
    const settled = await openVillage()
    try {
      await agree(settled, 'ma')
      expect(await settled.as('ma').call('members', 'redeemSetupCode', form())).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
      expect((await settled.as('ma').get('members', 'session', {})).post).toBeNull()
    } finally {
      await settled.close()
    }
  })
})

describe('a set-up code', () => {
  it('is eighty random bits in four groups, without letters that are misread', () => {
    expect(setupCodeOf(Buffer.alloc(10, 0xff))).toBe('ZZZZ-ZZZZ-ZZZZ-ZZZZ')
    expect(setupCodeOf(Buffer.from('00443214c74254b635cf', 'hex'))).toBe('0123-4567-89AB-CDEF')
  })

  it('takes the place of the last one: there is only ever one', () => {
    const now = new Date('2026-03-02T01:00:00Z')
    expect(issueSetupCode('second', now)).toEqual({
      _id: 'first-manager', schema: 1, codeHash: 'second', createdAt: now, expiresAt: new Date('2026-03-03T01:00:00Z'), redeemedAt: null, redeemedBy: null,
    })
    expect(() => redeem(issueSetupCode('second', now), 'first', 'm-1', now)).toThrow('设置码不正确')
  })
})
