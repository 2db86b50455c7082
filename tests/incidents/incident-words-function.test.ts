import { announce, finish, settleWords, shownOf, update, wordsOf } from '../../cloudfunctions/incidents/incident'
import { houseNotice, updateNotices } from '../../cloudfunctions/incidents/incident-notices'
import { callerNamed } from '../support/people'
import { newRequest, openVillage, type Village } from '../support/village'

describe('what residents read of an incident', () => {
  const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`)
  const plan = { incidentId: 'i-1', requestId: 'request-1', kind: 'water' as const, title: '水管爆了', buildings: ['2', '3'], startsAt: at('09:00'), expectedEndAt: at('12:00'), note: '正在抢修' }
  const announced = () => announce(plan, callerNamed('zhou'), at('09:00'))
  const passed = () => settleWords(announced(), 'passed')

  it.each<[string, Partial<typeof plan> | { kind: 'elevator' | 'other'; buildings: null | string[] }, string]>([
    ['the buildings and the kind', {}, '2号楼、3号楼停水'], ['the whole community', { kind: 'elevator', buildings: null }, '全小区电梯故障'],
    ['three buildings by name, and how many in all', { buildings: ['1', '2', '3', 'A'] }, '1号楼、2号楼、3号楼等 4 栋停水'], ['that something is the matter', { kind: 'other', buildings: ['1'] }, '1号楼突发情况'],
  ])('before its words have passed is %s', (_, what, title) => {
    const incident = announce({ ...plan, ...what } as typeof plan, callerNamed('zhou'), at('09:00'))
    expect([shownOf(incident), wordsOf(incident)]).toEqual([{ title, note: '' }, '水管爆了\n正在抢修'])
  })

  it('is what was typed once that passed, and never once it was refused', () => {
    expect(shownOf(passed())).toEqual({ title: '水管爆了', note: '正在抢修' })
    expect(shownOf(settleWords(passed(), 'risky'))).toEqual({ title: '2号楼、3号楼停水', note: '' })
  })

  it('keeps a title that passed while news of it wait; words that are the same need not pass again', () => {
    const news = update(passed(), { requestId: 'request-2', note: '还要一小时', expectedEndAt: at('13:00') }, callerNamed('he'), at('11:00'))
    expect(news).toMatchObject({ textCheck: 'pending', writtenBy: { memberId: 'm-he', role: 'manager' } })
    expect(shownOf(news)).toEqual({ title: '水管爆了', note: '' })
    expect(updateNotices(news)[0]).toMatchObject({ title: '水管爆了：最新进展', body: '物业有新的进展，预计 11月24日 13:00 恢复' })
    const over = finish(passed(), { requestId: 'request-3', note: '' }, callerNamed('he'), at('12:00'))
    expect(over).toMatchObject({ textCheck: 'passed', writtenBy: { memberId: 'm-zhou' } })
    expect(houseNotice(finish(announced(), { requestId: 'request-3', note: '水来了' }, callerNamed('he'), at('12:00')), 'h-1')).toMatchObject({ title: '2号楼、3号楼停水：已恢复', body: '已经恢复正常，感谢您的耐心' })
  })
})

describe('the words of an incident', () => {
  let village: Village
  beforeAll(async () => { village = await openVillage() })
  beforeEach(() => village.again())
  afterEach(() => village.post('/control/fault', { kind: 'none' }))
  afterAll(() => village.close())

  const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()
  const announceAs = async (who: string, title: string) => (await village.as(who).get('incidents', 'create', {
    requestId: newRequest(), kind: 'elevator', title, buildings: ['1'], startsAt: hours(-1), expectedEndAt: null, note: '维保已在路上',
  })).incidentId
  const home = { houseId: 'h-1-1-201' }
  const seen = async (incidentId: string) => {
    const [listed, onHome, similar] = await Promise.all([
      village.as('zhao').get('incidents', 'list', home), village.as('zhao').get('home', 'open', home), village.as('zhao').get('repairs', 'similar', { ...home, text: '电梯' }),
    ])
    const titles = [listed, onHome, similar].map(({ incidents }) => incidents.find((one) => one.incidentId === incidentId)!).map(({ title, note }) => [title, note].join('|'))
    expect(new Set(titles).size).toBe(1)
    return titles[0]
  }
  const staffSees = async (incidentId: string) => (await village.as('he').get('incidents', 'board', { state: 'open' })).incidents.find((one) => one.incidentId === incidentId)!
  const told = async () => (await village.documents('inbox')).filter(({ memberId, kind }) => memberId === 'm-zhao' && kind === 'incident').map(({ title, body }) => `${title}|${String(body).replace(/^.*?起/, '')}`)
  const reviews = async (who = 'he') => (await village.as(who).get('repair-desk', 'contentReviews', {})).reviews.filter(({ part }) => part === 'incident')
  const decide = async (who: string, reviewId: string, isFit: boolean) => {
    const answer = await village.as(who).call('repair-desk', 'decideContent', { requestId: newRequest(), reviewId, isFit })
    return answer.ok ? 'OK' : answer.error.code
  }

  it('are seen by staff at once, by residents in a minute, checked, and told as they are', async () => {
    const incidentId = await announceAs('zhou', '1单元电梯停了')
    expect(await staffSees(incidentId)).toMatchObject({ title: '1单元电梯停了', note: '维保已在路上', heldAs: '1号楼电梯故障' })
    expect(await seen(incidentId)).toBe('1号楼电梯故障|')
    await village.tick()
    expect(await seen(incidentId)).toBe('1单元电梯停了|维保已在路上')
    expect(await staffSees(incidentId)).toMatchObject({ heldAs: null })
    expect(await told()).toEqual(['1单元电梯停了|。维保已在路上'])
  })

  it('that WeChat cannot check now do not keep anybody from hearing of it: they follow when it can', async () => {
    await village.post('/control/fault', { kind: 'api', name: 'security.msgSecCheck', errcode: -1, times: 1_000 })
    const incidentId = await announceAs('zhou', '1单元电梯停了')
    await village.tick()
    expect(await told()).toEqual(['1号楼电梯故障|'])
    expect(await seen(incidentId)).toBe('1号楼电梯故障|')
    await village.post('/control/fault', { kind: 'none' })
    await village.tick(hours(0.1))
    expect(await seen(incidentId)).toBe('1单元电梯停了|维保已在路上')
    expect(await told()).toHaveLength(1)
    expect((await village.owed()).filter(({ kind }) => String(kind).startsWith('incident'))).toEqual([])
  })

  it('that WeChat doubts are a colleague’s to judge, not the author’s own', async () => {
    const incidentId = await announceAs('zhou', '电梯疑似测试')
    await village.tick()
    const [review] = await reviews()
    expect(review).toMatchObject({ words: '电梯疑似测试\n维保已在路上', place: '1号楼', byRole: 'clerk', reason: 'doubtful' })
    expect(await seen(incidentId)).toBe('1号楼电梯故障|')
    expect(await decide('zhou', review!.reviewId, true)).toBe('FORBIDDEN')
    expect(await decide('he', review!.reviewId, true)).toBe('OK')
    expect(await seen(incidentId)).toBe('电梯疑似测试|维保已在路上')
    await village.as('he').get('incidents', 'update', { incidentId, requestId: newRequest(), expectedEndAt: null, note: '疑似还要两天' })
    await village.tick()
    expect(await seen(incidentId)).toBe('电梯疑似测试|')
    const [news] = await reviews('zhou')
    expect(await decide('he', news!.reviewId, true)).toBe('FORBIDDEN')
    expect(await decide('zhou', news!.reviewId, false)).toBe('OK')
    expect(await seen(incidentId)).toBe('1号楼电梯故障|')
  })

  it('of news are told to those who follow, once, and only the latest', async () => {
    const incidentId = await announceAs('zhou', '1单元电梯停了')
    await village.tick()
    await village.as('zhao').get('incidents', 'follow', { ...home, incidentId, isFollowing: true })
    for (const note of ['配件在路上', '配件到了']) await village.as('he').get('incidents', 'update', { incidentId, requestId: newRequest(), expectedEndAt: null, note })
    await village.tick()
    await village.tick(hours(0.1))
    expect((await told()).filter((line) => line.includes('最新进展'))).toEqual(['1单元电梯停了：最新进展|配件到了'])
  })

  it.each([1, 3, 5, 7, 9])('are checked and told once although the timer dies after its call %d', async (call) => {
    const incidentId = await announceAs('zhou', '1单元电梯停了')
    await village.post('/control/fault', { kind: 'kill', function: 'tick', afterCall: call })
    await village.tick().catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    for (const later of [0.1, 0.2]) await village.tick(hours(later))
    expect(await seen(incidentId)).toBe('1单元电梯停了|维保已在路上')
    expect(await told()).toEqual(['1单元电梯停了|。维保已在路上'])
  })

  it('of an earlier release are as they were published', async () => {
    const { textCheck: _check, shown: _shown, writtenBy: _writer, ...old } = (await village.documents('incidents')).find(({ _id }) => _id === 'i-village-water')!
    await village.store('incidents', {
      ...old, startsAt: new Date(hours(-1)), expectedEndAt: null, updatedAt: new Date(hours(-1)), _id: 'i-old', schema: 1, buildings: ['1'], buildingKeys: ['1'], kind: 'elevator', title: '旧的电梯通知',
    })
    expect(await seen('i-old')).toMatch(/^旧的电梯通知\|/)
  })

  it('cost no call more than declared, and failed nowhere inside', () => {
    expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
  })
})
