import { readFileSync } from 'node:fs'
import { inRoot } from '../../tools/root'
import { newRequest, openVillage, type Village } from '../support/village'
import { agree, documentOf, memberNamed, putOnFile, residencyOf, settleIn, verify } from './newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const dayMs = 86_400_000
const night = async (inDays = 0): Promise<void> => {
  const time = new Date(Date.now() + inDays * dayMs)
  await village.post('/control/timer', { name: 'nightly', time: time.toISOString() })
  await village.tick(new Date(time.getTime() + 60_000).toISOString())
}
const found = async () => (await village.documents('findings')).filter(({ problem }) => problem !== null).map(({ subjectId, problem }) => [subjectId, problem]).sort()
const summary = async () => (await village.documents('findings')).find(({ check, problem }) => check === 'members_check' && problem === null)

describe('the check of who belongs where', () => {
  it('finds nothing in a village where people came, applied, invited and left', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-101')
    await verify(village, 'haiyan')
    await village.as('wang').get('members', 'addPerson', { requestId: newRequest(), houseId: 'h-3-2-501', name: '小王', phone: '13812340000', relation: 'family', scopes: [], endsOn: null })
    await agree(village, 'lu')
    await village.as('lu').get('members', 'apply', { requestId: newRequest(), houseId: 'h-3-2-501', relation: 'tenant', name: '陆小曼', note: '' })
    await village.as('zhao').get('members', 'leaveHouse', { requestId: newRequest(), houseId: 'h-1-1-201' })
    await village.as('wang').get('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })
    await night()
    expect(await found()).toEqual([])
    expect(await summary()).toMatchObject({ check: 'members_check', findingCount: 0, seenCount: 8 + 2 + (await village.documents('roster')).length + 1 })
  })

  it('finds every kind of fault, each where it is, and forgets it once it is mended', async () => {
    const post = { role: 'clerk' as const, communityId: 'c-gone', communityName: '旧小区', buildings: null }
    const application = { schema: 1, communityId: 'c-lihua', building: '1', stage: 'pending', status: 'pending', orderKey: 'x' }
    const invitation = { schema: 1, kind: 'house', phoneHash: 'x', communityId: 'c-lihua', invitedById: 'm-he', houseId: 'h-1-1-101', expiresAt: new Date('2100-01-01') }
    const rowElsewhere = await putOnFile(village, 'elsewhere', 'h-2-1-602')
    const wrong: Record<string, [string, string, () => Promise<unknown>]> = {
      residency_without_house: ['members', 'm-homeless', () => village.store('members', memberNamed('homeless', { houses: [residencyOf('h-9-9-999', 'owner')] }))],
      residency_in_wrong_community: ['members', 'm-moved', () => village.store('members', memberNamed('moved', { houses: [residencyOf('h-1-1-101', 'owner', { communityId: 'c-taoyuan' })] }))],
      residency_with_row_of_another_house: ['members', 'm-mixed', () => village.store('members', memberNamed('mixed', { houses: [residencyOf('h-1-1-101', 'owner', { rosterId: rowElsewhere })] }))],
      two_residencies_in_one_house: ['members', 'm-double', () => village.store('members', memberNamed('double', { houses: [residencyOf('h-1-1-101', 'owner'), residencyOf('h-1-1-101', 'tenant')] }))],
      post_without_community: ['members', 'm-relic', () => village.store('members', memberNamed('relic', { posts: [post], post, postKeys: ['c-gone/clerk'] }))],
      two_posts_in_one_community: ['members', 'm-twice', () => village.store('members', memberNamed('twice', {
        posts: [{ ...post, communityId: 'c-lihua' }, { ...post, communityId: 'c-lihua', role: 'guard' }], postKeys: ['c-lihua/clerk', 'c-lihua/guard'],
      }))],
      works_at_a_post_not_held: ['members', 'm-usurper', () => village.store('members', memberNamed('usurper', { post: { ...post, communityId: 'c-lihua' } }))],
      post_keys_differ_from_posts: ['members', 'm-hidden', () => village.store('members', memberNamed('hidden', { postKeys: ['c-lihua/manager'] }))],
      list_too_long: ['members', 'm-magnate', () => village.store('members', memberNamed('magnate', {
        applications: Array.from({ length: 51 }, (_, n) => ({ applicationId: `a${n}`, houseId: 'h-1-1-101', houseLabel: '', communityName: '', relation: 'owner' as const, status: 'rejected' as const, reason: '' })),
      }))],
      roster_row_without_house: ['roster', 'h-9-9-998_row', () => putOnFile(village, 'nobody', 'h-9-9-998')],
      pending_application_without_house: ['applications', 'a-nowhere', async () => {
        await village.store('members', memberNamed('asker', {
          applications: [{ applicationId: 'a-nowhere', houseId: 'h-9-9-999', houseLabel: '', communityName: '', relation: 'owner', status: 'pending', reason: null }],
        }))
        await village.store('applications', { ...application, _id: 'a-nowhere', houseId: 'h-9-9-999', memberId: 'm-asker' })
      }],
      application_without_applicant: ['applications', 'a-nobody', () => village.store('applications', { ...application, _id: 'a-nobody', stage: 'decided', status: 'rejected', houseId: 'h-1-1-101', memberId: 'm-none' })],
      pending_application_unknown_to_applicant: ['applications', 'a-unknown', () => village.store('applications', { ...application, _id: 'a-unknown', houseId: 'h-1-1-101', memberId: 'm-wang' })],
      invitation_without_house: ['invitations', 'i-nowhere', () => village.store('invitations', { ...invitation, _id: 'i-nowhere', houseId: 'h-9-9-999' })],
      invitation_without_community: ['invitations', 'i-lost', () => village.store('invitations', { ...invitation, _id: 'i-lost', kind: 'post', houseId: null, communityId: 'c-gone' })],
      invitation_by_nobody: ['invitations', 'i-ghost', () => village.store('invitations', { ...invitation, _id: 'i-ghost', invitedById: 'm-none' })],
    }
    const kinds = [...readFileSync(inRoot('cloudfunctions', 'members', 'consistency.ts'), 'utf8').matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)].map(([, kind]) => kind!)
    expect(Object.keys(wrong).sort()).toEqual([...new Set(kinds)].sort())
    for (const [, , inject] of Object.values(wrong)) await inject()
    await night()
    const expected = Object.entries(wrong).map(([kind, [, id]]) => [kind === 'roster_row_without_house' ? expect.stringContaining('h-9-9-998_') as string : id, kind])
    expect(await found()).toHaveLength(expected.length)
    expect(await found()).toEqual(expect.arrayContaining(expected))
    for (const key of ['homeless', 'moved', 'mixed', 'double', 'relic', 'twice', 'usurper', 'hidden', 'magnate']) {
      await village.alter('members', `m-${key}`, { houses: [], posts: [], post: null, postKeys: [], applications: [] })
    }
    await night(1)
    expect((await found()).map(([, problem]) => problem).sort()).toEqual(Object.entries(wrong).filter(([, [collection]]) => collection !== 'members').map(([kind]) => kind).sort())
  })

  it('a timer that fires twice in one night owes one check', async () => {
    await village.post('/control/timer', { name: 'nightly', time: new Date().toISOString() })
    await village.post('/control/timer', { name: 'nightly', time: new Date().toISOString() })
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'members_check')).toHaveLength(1)
  })

  it('a check that died in the middle goes on in the next minute', async () => {
    await village.post('/control/timer', { name: 'nightly', time: new Date().toISOString() })
    await village.post('/control/fault', { kind: 'kill', function: 'tick', beforeCall: 20 })
    await village.tick(new Date(Date.now() + 60_000).toISOString()).catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    await village.tick(new Date(Date.now() + 10 * 60_000).toISOString())
    expect(await summary()).toMatchObject({ findingCount: 0 })
  })
})

describe('what is kept only for a time', () => {
  it('a lease that ended half a year ago is forgotten, with the row on file that it came from', async () => {
    const rosterId = await putOnFile(village, 'gone', 'h-2-1-602', 'tenant')
    await settleIn(village, 'gone', 'h-2-1-602', 'tenant', { rosterId, endsOn: new Date(Date.now() - 181 * dayMs).toISOString().slice(0, 10) })
    await settleIn(village, 'recent', 'h-2-1-602', 'tenant', { endsOn: new Date(Date.now() - 100 * dayMs).toISOString().slice(0, 10) })
    await night()
    expect(await documentOf(village, 'members', 'm-gone')).toMatchObject({ houses: [] })
    expect(await documentOf(village, 'members', 'm-recent')).toMatchObject({ houses: [{ houseId: 'h-2-1-602' }] })
    expect(await documentOf(village, 'roster', rosterId)).toBeUndefined()
  })

  it('a refused application is forgotten after half a year, who looked at a number after three years, a permission never', async () => {
    await agree(village, 'lu')
    const { applicationId } = await village.as('lu').get('members', 'apply', { requestId: newRequest(), houseId: 'h-2-1-101', relation: 'owner', name: '陆小曼', note: '' })
    await village.as('zhou').get('members', 'reject', { requestId: newRequest(), applicationId, reason: '没有登记' })
    await village.as('zhou').get('members', 'revealPhone', { houseId: 'h-3-2-501', memberId: 'm-wang', reason: '联系' })
    await night(179)
    expect(await documentOf(village, 'applications', applicationId)).toBeDefined()
    await night(182)
    expect(await documentOf(village, 'applications', applicationId)).toBeUndefined()
    const kinds = async () => [...new Set((await village.documents('audits')).map(({ action }) => action))].sort()
    expect(await kinds()).toContain('members.revealPhone')
    await night(3 * 365 + 2)
    expect(await kinds()).toEqual(['members.agreePrivacy', 'members.apply', 'members.reject'])
  })

  it('counts of how often somebody tried are gone with their hour', async () => {
    await agree(village, 'lu')
    expect(await village.documents('rate_limits')).toHaveLength(1)
    await night(1)
    expect(await village.documents('rate_limits')).toEqual([])
  })
})

it('nothing failed inside', () => {
  expect(village.lines.filter((line) => line.code === 'INTERNAL' || line.event === 'job_failed')).toEqual([])
})
