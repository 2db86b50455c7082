import { newRequest, openVillage, type Village } from '../support/village'
import { employ, memberNamed, otherCommunity, phoneOf, verify } from './newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

type Role = 'manager' | 'clerk' | 'technician' | 'cashier' | 'guard' | 'inspector'
const invite = (who: string, key: string, role: Role = 'clerk', buildings: string[] | null = null, requestId = newRequest()) =>
  village.as(who).call('members', 'inviteStaff', { requestId, name: '新同事', phone: phoneOf(key), role, buildings })
const change = (who: string, memberId: string, role: Role, buildings: string[] | null = null) =>
  village.as(who).call('members', 'changeStaff', { requestId: newRequest(), memberId, role, buildings })
const remove = (who: string, memberId: string, requestId = newRequest()) => village.as(who).call('members', 'removeStaff', { requestId, memberId })
const isForbidden = { ok: false, error: { code: 'FORBIDDEN' } }
const isNotThere = { ok: false, error: { code: 'NOT_FOUND' } }
const others = ['wang', 'li', 'chen', 'zhou', 'qian', 'sun']
const postOf = async (who: string) => (await village.as(who).get('members', 'session', {})).post
const managers = async () => (await village.documents('members')).filter(({ postKeys }) => (postKeys as string[]).includes('c-lihua/manager')).map(({ _id }) => _id)

describe('members.listStaff', () => {
  it('a manager can see the colleagues of the community, who is invited, and the buildings to choose from', async () => {
    await invite('he', 'newclerk', 'clerk', ['1', '3'])
    const staff = await village.as('he').get('members', 'listStaff', {})
    expect(staff.people.map(({ name, role }) => [name, role])).toEqual(expect.arrayContaining([['何静', 'manager'], ['周婷', 'clerk'], ['陈师傅', 'technician'], ['钱会计', 'cashier'], ['孙队长', 'guard']]))
    expect(staff.people.find(({ isMe }) => isMe)?.name).toBe('何静')
    expect(staff.invitations).toMatchObject([{ name: '新同事', role: 'clerk', buildings: ['1', '3'] }])
    expect(staff.buildings).toEqual(['1', '2', '3'])
  })

  it('a manager of another community cannot see any of them', async () => {
    await employ(village, 'fang', { role: 'manager', ...otherCommunity })
    expect((await village.as('fang').get('members', 'listStaff', {})).people.map(({ memberId }) => memberId)).toEqual(['m-fang'])
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await village.as(who).call('members', 'listStaff', {})).toMatchObject(isForbidden)
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('members', 'listStaff', {})).toMatchObject(isForbidden)
  })
})

describe('members.inviteStaff', () => {
  it('a manager can invite by phone: whoever verifies that number has the post at once', async () => {
    expect(await invite('he', 'newclerk', 'clerk', ['3'])).toMatchObject({ ok: true, data: { outcome: 'invited' } })
    expect(await verify(village, 'newclerk')).toMatchObject({ ok: true, data: { newPosts: [{ role: 'clerk', communityId: 'c-lihua', buildings: ['3'] }] } })
    expect(await postOf('newclerk')).toMatchObject({ role: 'clerk', buildings: ['3'] })
    expect(await village.as('newclerk').call('members', 'listApplications', { stage: 'pending' })).toMatchObject({ ok: true })
    expect((await village.documents('audits')).filter(({ action }) => action === 'members.inviteStaff')).toMatchObject([{ actorId: 'm-he', communityId: 'c-lihua', after: { role: 'clerk', buildings: ['3'] } }])
  })

  it('a resident can get a post, and keeps their home', async () => {
    expect(await invite('he', 'wang', 'inspector')).toMatchObject({ ok: true, data: { outcome: 'joined' } })
    expect(await village.as('wang').get('members', 'session', {})).toMatchObject({ post: { role: 'inspector' }, houses: [{ houseId: 'h-3-2-501' }] })
  })

  it('nobody can hold two posts in one community', async () => {
    expect(await invite('he', 'zhou', 'cashier')).toMatchObject({ ok: false, error: { reason: 'ALREADY_STAFF' } })
    await invite('he', 'newclerk', 'clerk')
    await invite('he', 'newclerk', 'cashier')
    await verify(village, 'newclerk')
    expect((await village.as('newclerk').get('members', 'session', {})).posts).toMatchObject([{ role: 'cashier' }])
  })

  it('a manager cannot give posts in another community: the event cannot name one', async () => {
    const input = { requestId: newRequest(), name: '新同事', phone: phoneOf('newclerk'), role: 'manager', buildings: null, communityId: 'c-taoyuan' }
    expect(await village.as('he').callRaw('members', { action: 'inviteStaff', input })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it('a manager of some buildings cannot give posts beyond them, nor anybody in a building that is not there', async () => {
    await employ(village, 'lead3', { role: 'manager', buildings: ['3'] })
    expect(await invite('lead3', 'newclerk', 'clerk', null)).toMatchObject(isForbidden)
    expect(await invite('lead3', 'newclerk', 'clerk', ['1'])).toMatchObject(isForbidden)
    expect(await invite('lead3', 'newclerk', 'clerk', ['3'])).toMatchObject({ ok: true })
    expect(await invite('he', 'another', 'clerk', ['77'])).toMatchObject({ ok: false, error: { fields: { buildings: '有的楼栋不存在，请重新选择' } } })
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await invite(who, 'newclerk')).toMatchObject(isForbidden)
  })

  it('a stranger cannot', async () => {
    expect(await invite('stranger', 'newclerk')).toMatchObject(isForbidden)
  })
})

describe('members.changeStaff', () => {
  it('a manager can change role and buildings; it holds from the next call on', async () => {
    expect(await change('he', 'm-zhou', 'cashier', ['1'])).toMatchObject({ ok: true })
    expect(await postOf('zhou')).toMatchObject({ role: 'cashier', buildings: ['1'] })
    expect(await village.as('zhou').call('members', 'listApplications', { stage: 'pending' })).toMatchObject(isForbidden)
  })

  it('the last manager cannot make themselves a clerk, or a manager of some buildings', async () => {
    expect(await change('he', 'm-he', 'clerk')).toMatchObject({ ok: false, error: { reason: 'LAST_MANAGER' } })
    expect(await change('he', 'm-he', 'manager', ['1'])).toMatchObject({ ok: false, error: { reason: 'LAST_MANAGER' } })
  })

  it('nobody can be changed who is no colleague, or whose post reaches further than the manager', async () => {
    await employ(village, 'lead3', { role: 'manager', buildings: ['3'] })
    await employ(village, 'fang', { role: 'clerk', ...otherCommunity })
    for (const memberId of ['m-fang', 'm-wang', 'm-nobody']) expect(await change('he', memberId, 'guard')).toMatchObject(isNotThere)
    for (const memberId of ['m-zhou', 'm-he']) expect(await change('lead3', memberId, 'guard', ['3'])).toMatchObject(isNotThere)
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await change(who, 'm-sun', 'manager')).toMatchObject(isForbidden)
  })

  it('a stranger cannot', async () => {
    expect(await change('stranger', 'm-sun', 'manager')).toMatchObject(isForbidden)
  })
})

describe('members.removeStaff', () => {
  it('a manager can end a post: the very next call is refused, whatever the phone still shows', async () => {
    const requestId = newRequest()
    expect(await village.as('zhou').call('repairs', 'queue', { stage: 'waiting' })).toMatchObject({ ok: true })
    expect(await remove('he', 'm-zhou', requestId)).toMatchObject({ ok: true })
    expect(await village.as('zhou').call('repairs', 'queue', { stage: 'waiting' })).toMatchObject(isForbidden)
    expect(await postOf('zhou')).toBeNull()
    expect(await remove('he', 'm-zhou', requestId)).toMatchObject({ ok: true })
    expect(await verify(village, 'zhou')).toMatchObject({ ok: true, data: { newPosts: [] } })
    expect((await village.documents('audits')).filter(({ action }) => action === 'members.removeStaff')).toMatchObject([{ subjectId: 'm-zhou', before: { role: 'clerk' }, after: null }])
  })

  it('the last manager cannot be removed, not even by themselves', async () => {
    expect(await remove('he', 'm-he')).toMatchObject({ ok: false, error: { reason: 'LAST_MANAGER', message: expect.stringContaining('请先安排另一位') } })
  })

  it('of managers who remove each other at the same moment one cannot: the community keeps one', async () => {
    for (const key of ['lin', 'gao']) await employ(village, key, { role: 'manager' })
    await Promise.all([remove('he', 'm-lin'), remove('lin', 'm-gao'), remove('gao', 'm-he'), remove('he', 'm-gao')])
    expect((await managers()).length).toBeGreaterThanOrEqual(1)
    await Promise.all(['he', 'lin', 'gao'].map((who) => remove(who, `m-${who}`)))
    expect(await managers()).toHaveLength(1)
  })

  it('nobody can be removed from another community', async () => {
    await employ(village, 'fang', { role: 'manager', ...otherCommunity })
    expect(await remove('fang', 'm-zhou')).toMatchObject(isNotThere)
    expect(await remove('he', 'm-fang')).toMatchObject(isNotThere)
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await remove(who, 'm-sun')).toMatchObject(isForbidden)
  })

  it('a stranger cannot', async () => {
    expect(await remove('stranger', 'm-sun')).toMatchObject(isForbidden)
  })
})

describe('members.switchPost', () => {
  const two = () => {
    const posts = [{ role: 'clerk' as const, communityId: 'c-lihua', communityName: '梨花苑', buildings: null }, { role: 'manager' as const, ...otherCommunity, buildings: null }]
    return village.store('members', memberNamed('gu', { posts, post: posts[0]!, postKeys: ['c-lihua/clerk', 'c-taoyuan/manager'] }))
  }

  it('somebody with two posts can choose where they work, and sees nothing of the other community there', async () => {
    await two()
    const gu = village.as('gu')
    expect((await gu.get('repairs', 'queue', { stage: 'waiting' })).counts.waiting).toBeGreaterThan(0)
    expect(await gu.call('members', 'listStaff', {})).toMatchObject(isForbidden)
    expect(await gu.get('members', 'switchPost', { communityId: 'c-taoyuan' })).toMatchObject({ post: { role: 'manager' } })
    expect(await gu.get('repairs', 'queue', { stage: 'waiting' })).toMatchObject({ counts: { waiting: 0 }, repairs: [] })
    expect((await gu.get('members', 'listStaff', {})).people.map(({ memberId }) => memberId)).toEqual(['m-gu'])
    expect(await gu.call('repairs', 'get', { repairId: 'r-village-door' })).toMatchObject(isNotThere)
  })

  it('a post that was taken away meanwhile cannot be switched to', async () => {
    await two()
    await remove('he', 'm-gu')
    expect(await village.as('gu').call('members', 'switchPost', { communityId: 'c-lihua' })).toMatchObject(isNotThere)
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('members', 'switchPost', { communityId: 'c-lihua' })).toMatchObject(isForbidden)
  })

  it('nobody can switch to a community where they hold no post; a resident cannot at all', async () => {
    expect(await village.as('zhou').call('members', 'switchPost', { communityId: 'c-taoyuan' })).toMatchObject(isNotThere)
    for (const who of ['wang']) expect(await village.as(who).call('members', 'switchPost', { communityId: 'c-lihua' })).toMatchObject(isForbidden)
  })
})

describe('an invitation of staff', () => {
  it('can be taken back by a manager of the place, and by no other', async () => {
    await employ(village, 'fang', { role: 'manager', ...otherCommunity })
    await invite('he', 'newclerk')
    const { invitationId } = (await village.as('he').get('members', 'listStaff', {})).invitations[0]!
    const withdraw = (who: string) => village.as(who).call('members', 'withdrawInvitation', { requestId: newRequest(), invitationId })
    for (const who of ['fang', 'wang']) expect(await withdraw(who)).toMatchObject(isNotThere)
    expect(await withdraw('he')).toMatchObject({ ok: true })
    expect(await verify(village, 'newclerk')).toMatchObject({ ok: true, data: { newPosts: [] } })
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
