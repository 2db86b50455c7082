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
const summary = async () => (await village.documents('findings')).find(({ problem }) => problem === null)

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

  it('finds each kind of orphan, and forgets it once it is mended', async () => {
    await village.store('members', memberNamed('ghost', {
      houses: [residencyOf('h-9-9-999', 'owner'), residencyOf('h-1-1-101', 'owner', { rosterId: 'no-such-row', communityId: 'c-taoyuan' })],
      postKeys: ['c-lihua/manager'],
    }))
    const post = { role: 'clerk' as const, communityId: 'c-gone', communityName: '旧小区', buildings: null }
    await village.store('members', memberNamed('relic', { posts: [post], post: { ...post, communityId: 'c-lihua' }, postKeys: ['c-gone/clerk'] }))
    await putOnFile(village, 'nobody', 'h-9-9-999')
    await night()
    expect(await found()).toEqual([
      [expect.stringContaining('h-9-9-999_'), 'roster_row_without_house'],
      ['m-ghost', 'post_keys_differ_from_posts'], ['m-ghost', 'residency_in_wrong_community'], ['m-ghost', 'residency_without_house'], ['m-ghost', 'residency_without_roster_row'],
      ['m-relic', 'post_without_community'], ['m-relic', 'works_at_a_post_not_held'],
    ])
    for (const key of ['ghost', 'relic']) await village.alter('members', `m-${key}`, { houses: [], posts: [], post: null, postKeys: [] })
    await night(1)
    expect((await found()).map(([, problem]) => problem)).toEqual(['roster_row_without_house'])
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
