import { newRequest, openVillage, type Village } from '../support/village'
import { agree, documentOf, employ, openOtherCommunity, otherCommunity, otherHouse, phoneOf, putOnFile, settleIn, verify } from './newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const empty = 'h-2-1-101'
const wangs = 'h-3-2-501'

const apply = async (who: string, change: Partial<{ houseId: string; relation: 'owner' | 'family' | 'tenant'; name: string; requestId: string; phone: string }> = {}) => {
  await agree(village, who)
  return village.as(who).call('members', 'apply', { requestId: newRequest(), houseId: empty, relation: 'owner', name: '陆小曼', note: '刚买的房子', ...change })
}
const applied = async (who: string, change: Parameters<typeof apply>[1] = {}): Promise<string> => {
  const answer = await apply(who, change)
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.data.applicationId
}
const approve = (who: string, applicationId: string, change: Partial<{ requestId: string; endsResidencyOf: string[]; endsOn: string | null; scopes: ('bills' | 'pay' | 'invite' | 'report')[] }> = {}) =>
  village.as(who).call('members', 'approve', { requestId: newRequest(), applicationId, ...change })
const housesOf = async (who: string) => (await village.as(who).get('members', 'session', {})).houses.map(({ houseId }) => houseId)
const later = () => village.tick(new Date(Date.now() + 60_000).toISOString())
const latestOf = async (who: string) => (await village.as(who).get('messages', 'list', {})).messages[0]

describe('members.apply', () => {
  it('a stranger can apply, and from then on is somebody who waits, not 「首次使用」', async () => {
    const applicationId = await applied('lu')
    expect(await village.as('lu').get('members', 'session', {})).toMatchObject({
      member: { name: '陆小曼' }, houses: [],
      applications: [{ applicationId, houseId: empty, label: '2号楼1单元101', communityName: '梨花苑', relation: 'owner', status: 'pending', reason: null }],
    })
  })

  it('the desk of the place is told, and so are the owners whom it concerns', async () => {
    await applied('lu', { houseId: wangs, relation: 'family' })
    await later()
    for (const who of ['he', 'zhou', 'wang']) expect(await latestOf(who)).toMatchObject({ body: expect.stringContaining('陆**') })
    for (const who of ['li', 'zhao', 'qian']) expect((await latestOf(who))?.body ?? '').not.toContain('陆**')
  })

  it('somebody whose number WeChat cannot give can leave one for 物业 to ring; it is sealed', async () => {
    await applied('lu', { phone: '13812348888' })
    expect(JSON.stringify(await village.documents('applications'))).not.toContain('13812348888')
    const { applications } = await village.as('zhou').get('members', 'listApplications', { stage: 'pending' })
    expect(applications[0]).toMatchObject({ maskedPhone: '138****8888', isPhoneVerified: false })
  })

  it('the same request again is the same application; another one for the same house cannot be made while it waits', async () => {
    const requestId = newRequest()
    const applicationId = await applied('lu', { requestId })
    expect(await applied('lu', { requestId })).toBe(applicationId)
    expect(await apply('lu')).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'APPLICATION_PENDING' } })
    expect(await village.documents('applications')).toHaveLength(1)
  })

  it('ten different requests at once make one application', async () => {
    await agree(village, 'lu')
    await Promise.all(Array.from({ length: 10 }, () => village.as('lu').call('members', 'apply', { requestId: newRequest(), houseId: empty, relation: 'owner', name: '陆小曼', note: '' })))
    expect(await village.documents('applications')).toHaveLength(1)
    expect((await village.documents('members')).filter(({ name }) => name === '陆小曼')).toHaveLength(1)
  })

  it('a resident cannot apply for the house they live in', async () => {
    expect(await apply('wang', { houseId: wangs })).toMatchObject({ ok: false, error: { reason: 'ALREADY_LIVES_THERE' } })
  })

  it('nobody can apply for a house that is not there, or before agreeing to the guide', async () => {
    expect(await apply('lu', { houseId: 'h-9-9-999' })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await village.as('hasty').call('members', 'apply', { requestId: newRequest(), houseId: empty, relation: 'owner', name: '急', note: '' }))
      .toMatchObject({ ok: false, error: { reason: 'PRIVACY_NOT_AGREED' } })
  })

  it.each([{ role: 'manager' }, { communityId: 'c-lihua' }, { status: 'approved' }, { openid: 'o-village-he' }, { memberId: 'm-wang' }])('nobody can say %j of themselves', async (claim) => {
    await agree(village, 'lu')
    const input = { requestId: newRequest(), houseId: empty, relation: 'owner', name: '陆小曼', note: '', ...claim }
    expect(await village.as('lu').callRaw('members', { action: 'apply', input })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it('five at a time is enough', async () => {
    for (const houseId of ['h-2-1-101', 'h-2-1-602', 'h-2-2-1101', 'h-2-2-1102', 'h-3-1-301']) await applied('lu', { houseId })
    expect(await apply('lu', { houseId: 'h-3-1-302' })).toMatchObject({ ok: false, error: { reason: 'TOO_MANY_APPLICATIONS' } })
  })
})

describe('members.withdrawApplication', () => {
  it('the applicant can take it back, and apply again', async () => {
    const applicationId = await applied('lu')
    expect(await village.as('lu').get('members', 'withdrawApplication', { requestId: newRequest(), applicationId })).toEqual({ applicationId, status: 'withdrawn' })
    expect((await village.as('lu').get('members', 'session', {})).applications).toEqual([])
    expect(await approve('zhou', applicationId)).toMatchObject({ ok: false, error: { reason: 'APPLICATION_DECIDED' } })
    await applied('lu')
  })

  it('another member cannot: it does not exist for them; nor can a stranger', async () => {
    const applicationId = await applied('lu')
    const input = { requestId: newRequest(), applicationId }
    expect(await village.as('wang').call('members', 'withdrawApplication', input)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await village.as('stranger').call('members', 'withdrawApplication', input)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('members.getApplication', () => {
  it('the applicant can see it, without what only those who decide may know', async () => {
    const applicationId = await applied('lu', { houseId: wangs, relation: 'tenant' })
    expect(await village.as('lu').get('members', 'getApplication', { applicationId })).toMatchObject({ application: { status: 'pending' }, decision: null })
  })

  it('a clerk can see who lives there, masked, and how the applicant compares with what is on file', async () => {
    await putOnFile(village, 'somebody', empty, 'owner', '陆小曼')
    const applicationId = await applied('lu')
    expect(await village.as('zhou').get('members', 'getApplication', { applicationId })).toMatchObject({ decision: { residents: [], onFile: 'same_name' } })
    const other = await applied('lu', { houseId: wangs })
    const { decision } = await village.as('zhou').get('members', 'getApplication', { applicationId: other })
    expect(decision).toMatchObject({ onFile: 'other_people', residents: [{ memberId: 'm-wang', name: '王**', relation: 'owner' }, { memberId: 'm-li', name: '李*', relation: 'tenant' }] })
  })

  it('the owner of the house can see a tenant who applies, and cannot see who else claims to own it', async () => {
    const tenant = await applied('lu', { houseId: wangs, relation: 'tenant' })
    const claim = await applied('mo', { houseId: wangs, relation: 'owner' })
    expect(await village.as('wang').get('members', 'getApplication', { applicationId: tenant })).toMatchObject({ decision: { onFile: 'other_people' } })
    expect(await village.as('wang').call('members', 'getApplication', { applicationId: claim })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it('neighbours, tenants and staff without that work cannot; nor can a stranger', async () => {
    const applicationId = await applied('lu', { houseId: wangs, relation: 'tenant' })
    for (const who of ['zhao', 'li', 'chen', 'qian', 'sun']) expect(await village.as(who).call('members', 'getApplication', { applicationId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await village.as('stranger').call('members', 'getApplication', { applicationId })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('members.listApplications', () => {
  it('a clerk can page through what waits, and count it', async () => {
    for (let n = 0; n < 22; n += 1) await applied(`lu${n}`)
    const first = await village.as('zhou').get('members', 'listApplications', { stage: 'pending' })
    const second = await village.as('zhou').get('members', 'listApplications', { stage: 'pending', cursor: first.nextCursor! })
    expect([first.applications.length, second.applications.length, second.nextCursor, first.pendingCount]).toEqual([20, 2, null, 22])
  })

  it('a clerk of some buildings cannot see those of others, in the list and in the count', async () => {
    await employ(village, 'clerk3', { role: 'clerk', buildings: ['3'] })
    await applied('lu')
    await applied('mo', { houseId: wangs, relation: 'tenant' })
    expect(await village.as('clerk3').get('members', 'listApplications', { stage: 'pending' })).toMatchObject({ pendingCount: 1, applications: [{ houseId: wangs }] })
  })

  it('a clerk of another community cannot see any of this one', async () => {
    await openOtherCommunity(village)
    await employ(village, 'fang', { role: 'clerk', ...otherCommunity })
    await applied('lu')
    const there = await applied('mo', { houseId: otherHouse })
    expect(await village.as('fang').get('members', 'listApplications', { stage: 'pending' })).toMatchObject({ pendingCount: 1, applications: [{ applicationId: there }] })
    expect((await village.as('zhou').get('members', 'listApplications', { stage: 'pending' })).applications).toHaveLength(1)
  })

  it.each(['wang', 'li', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await village.as(who).call('members', 'listApplications', { stage: 'pending' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('members', 'listApplications', { stage: 'pending' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('members.approve', () => {
  it('a clerk can approve: the applicant has the house from the next call on, is told, and it is written down', async () => {
    const applicationId = await applied('lu')
    expect(await approve('zhou', applicationId)).toMatchObject({ ok: true, data: { status: 'approved' } })
    expect(await village.as('lu').get('members', 'session', {})).toMatchObject({ houses: [{ houseId: empty, relation: 'owner', scopes: ['bills', 'pay', 'invite', 'report'] }], applications: [] })
    await later()
    expect(await latestOf('lu')).toMatchObject({ title: '住户认证已通过' })
    const { memberId } = (await village.as('lu').get('members', 'session', {})).member!
    expect((await village.documents('audits')).filter(({ action }) => action === 'members.approve')).toMatchObject([{ actorId: 'm-zhou', subjectId: memberId, communityId: 'c-lihua', after: { houseId: empty, relation: 'owner' } }])
  })

  it('an owner can let in a tenant until a day, with what they may do', async () => {
    const applicationId = await applied('lu', { houseId: wangs, relation: 'tenant' })
    expect(await approve('wang', applicationId, { scopes: ['report'], endsOn: '2030-06-30' })).toMatchObject({ ok: true })
    expect((await village.as('lu').get('members', 'session', {})).houses).toMatchObject([{ houseId: wangs, scopes: ['report'], endsOn: '2030-06-30' }])
  })

  it('an owner cannot decide who else owns the house, nor end anybody with it', async () => {
    const claim = await applied('lu', { houseId: wangs, relation: 'owner' })
    expect(await approve('wang', claim)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    const family = await applied('mo', { houseId: wangs, relation: 'family' })
    expect(await approve('wang', family, { endsResidencyOf: ['m-li'] })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await housesOf('li')).toEqual([wangs])
  })

  it('nobody can approve their own application', async () => {
    const applicationId = await applied('zhou', { houseId: empty })
    expect(await approve('zhou', applicationId)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await approve('he', applicationId)).toMatchObject({ ok: true })
  })

  it('two people claiming one house: a clerk cannot approve without saying whether both own it or it was sold', async () => {
    const applicationId = await applied('lu', { houseId: wangs })
    expect(await approve('zhou', applicationId)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { endsResidencyOf: expect.any(String) } } })
    expect(await approve('zhou', applicationId, { endsResidencyOf: [] })).toMatchObject({ ok: true })
    expect([await housesOf('wang'), await housesOf('lu')]).toEqual([[wangs], [wangs]])
  })

  it('a clerk can say it was sold: whose time ends cannot read anything there from the next call on, and their number opens nothing', async () => {
    const applicationId = await applied('lu', { houseId: wangs })
    expect(await approve('zhou', applicationId, { endsResidencyOf: ['m-wang', 'm-li'] })).toMatchObject({ ok: true })
    expect([await housesOf('wang'), await housesOf('li'), await housesOf('lu')]).toEqual([[], [], [wangs]])
    expect(await village.as('wang').call('repairs', 'list', { houseId: wangs })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await verify(village, 'wang')).toMatchObject({ ok: true, data: { newHouses: [], contested: [] } })
    await later()
    expect(await latestOf('li')).toMatchObject({ title: '房屋绑定已结束' })
  })

  it('a person with a new WeChat can be moved over: the old one ends, the row on file is theirs', async () => {
    await putOnFile(village, 'haiyan', empty)
    await verify(village, 'haiyan')
    await verify(village, 'second', 'haiyan')
    const { applications } = await village.as('zhou').get('members', 'listApplications', { stage: 'pending' })
    const { memberId } = (await village.as('haiyan').get('members', 'session', {})).member!
    expect(await approve('zhou', applications[0]!.applicationId, { endsResidencyOf: [memberId] })).toMatchObject({ ok: true })
    expect([await housesOf('haiyan'), await housesOf('second')]).toEqual([[], [empty]])
    expect((await village.documents('roster')).filter(({ houseId }) => houseId === empty)).toHaveLength(1)
  })

  it('twenty approvals at once are one: one decision, one notice, one audit row', async () => {
    const applicationId = await applied('lu')
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => approve(n % 2 === 0 ? 'he' : 'zhou', applicationId)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers.filter((answer) => !answer.ok && ['APPLICATION_DECIDED', 'BUSY'].includes(answer.error.reason!))).toHaveLength(19)
    await later()
    expect((await village.as('lu').get('messages', 'list', {})).messages).toHaveLength(1)
    expect((await village.documents('audits')).filter(({ action }) => action === 'members.approve')).toHaveLength(1)
  })

  it('the same request again only answers', async () => {
    const applicationId = await applied('lu')
    const requestId = newRequest()
    expect(await approve('zhou', applicationId, { requestId })).toMatchObject({ ok: true })
    expect(await approve('zhou', applicationId, { requestId })).toMatchObject({ ok: true })
  })

  it('staff of other buildings or another community cannot: it does not exist for them', async () => {
    await employ(village, 'clerk3', { role: 'clerk', buildings: ['3'] })
    await employ(village, 'fang', { role: 'manager', ...otherCommunity })
    const applicationId = await applied('lu')
    for (const who of ['clerk3', 'fang', 'wang']) expect(await approve(who, applicationId)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it.each(['li', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await approve(who, await applied('lu', { houseId: wangs, relation: 'family' }))).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await approve('stranger', await applied('lu', { houseId: wangs, relation: 'family' }))).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('members.reject', () => {
  const reject = (who: string, applicationId: string, reason = '没有查到登记，请带房产证到前台') => village.as(who).call('members', 'reject', { requestId: newRequest(), applicationId, reason })

  it('a clerk can refuse with a reason, which the applicant reads and may apply again', async () => {
    const applicationId = await applied('lu')
    expect(await reject('zhou', applicationId)).toMatchObject({ ok: true, data: { status: 'rejected' } })
    expect((await village.as('lu').get('members', 'session', {})).applications).toMatchObject([{ status: 'rejected', reason: '没有查到登记，请带房产证到前台' }])
    await later()
    expect(await latestOf('lu')).toMatchObject({ title: '住户认证未通过', body: expect.stringContaining('请带房产证到前台') })
    const again = await applied('lu')
    expect((await village.as('lu').get('members', 'session', {})).applications).toMatchObject([{ applicationId: again, status: 'pending' }])
  })

  it('nobody can refuse without a reason, or what has been decided', async () => {
    const applicationId = await applied('lu')
    expect(await reject('zhou', applicationId, '  ')).toMatchObject({ ok: false, error: { fields: { reason: '请填写原因，住户会看到' } } })
    await approve('he', applicationId)
    expect(await reject('zhou', applicationId)).toMatchObject({ ok: false, error: { reason: 'APPLICATION_DECIDED', message: expect.stringContaining('何静') } })
  })

  it('an owner can refuse a tenant, and cannot refuse one of another house', async () => {
    const applicationId = await applied('lu', { houseId: wangs, relation: 'tenant' })
    expect(await reject('zhao', applicationId)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await reject('wang', applicationId)).toMatchObject({ ok: true })
  })

  it.each(['li', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await reject(who, await applied('lu'))).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await reject('stranger', await applied('lu'))).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('what an application leaves behind', () => {
  it('is nothing personal in the clear, and no call above its budget', async () => {
    await settleIn(village, 'fu', empty, 'tenant')
    await applied('lu', { phone: phoneOf('lu') })
    expect(JSON.stringify(await village.documents('applications'))).not.toContain(phoneOf('lu'))
    expect(await documentOf(village, 'members', 'm-fu')).toBeDefined()
    expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
  })
})
