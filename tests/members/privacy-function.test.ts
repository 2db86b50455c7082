import { openVillage, type Village } from '../support/village'
import { agree, documentOf, memberOfPhone, openidOf, verify } from './newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const privacyOf = async (who: string) => (await village.as(who).get('members', 'session', {})).privacy

describe('members.agreePrivacy', () => {
  it('a stranger can agree before anything is known of them; what is kept does not say who they are', async () => {
    const { version, isAgreed } = await privacyOf('lu')
    expect(isAgreed).toBe(false)
    await village.as('lu').get('members', 'agreePrivacy', { version })
    expect(await privacyOf('lu')).toEqual({ version, isAgreed: true })
    expect(await village.documents('consents')).toMatchObject([{ version, agreedAt: expect.any(String) }])
    expect(JSON.stringify([await village.documents('consents'), await village.documents('audits')])).not.toContain(openidOf('lu'))
  })

  it('a member can agree, and the time is kept with the version', async () => {
    await agree(village, 'wang')
    expect(await documentOf(village, 'members', 'm-wang')).toMatchObject({ privacy: { version: '2026-11', agreedAt: expect.any(String) } })
    expect((await village.documents('audits')).at(-1)).toMatchObject({ action: 'members.agreePrivacy', subjectId: 'm-wang', after: { version: '2026-11' } })
  })

  it('what a guest agreed to goes with them when they become a member', async () => {
    await verify(village, 'lu')
    expect(await memberOfPhone(village, 'lu')).toMatchObject({ privacy: { version: '2026-11' } })
    expect(await village.documents('consents')).toEqual([])
  })

  it('nobody can agree to a guide that is not the one in force', async () => {
    expect(await village.as('wang').call('members', 'agreePrivacy', { version: '2025-01' })).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'PRIVACY_CHANGED' } })
  })
})

describe('members.withdrawPrivacy', () => {
  it('a member and a stranger can withdraw, and are asked again before anything is taken from them', async () => {
    for (const who of ['wang', 'lu']) {
      await agree(village, who)
      await village.as(who).get('members', 'withdrawPrivacy', {})
      expect((await privacyOf(who)).isAgreed).toBe(false)
    }
    expect(await village.as('lu').call('members', 'verifyPhone', { requestId: 'a-request-of-lu-1', code: 'x' })).toMatchObject({ ok: false, error: { reason: 'PRIVACY_NOT_AGREED' } })
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
