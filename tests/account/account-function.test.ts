import { newRequest, openVillage, type Village } from '../support/village'
import { readRules } from '../../simulator/cloud/database/rules'
import { inRoot } from '../../tools/root'
import { agree, documentOf, employ, openidOf, phoneHashOf, phoneOf, putOnFile, settleIn, verify } from '../members/newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const wangs = 'h-3-2-501'
const later = (minutes = 2) => village.tick(new Date(Date.now() + minutes * 60_000).toISOString())
const remove = (who: string, requestId = newRequest()) => village.as(who).call('account', 'deleteAccount', { requestId, hasRead: true })
const everything = async (): Promise<string> =>
  JSON.stringify(await Promise.all(readRules(inRoot('database-rules')).map(async ({ collection }) => village.documents(collection))))

describe('account.myData', () => {
  it('a resident can see what is stored about them, until when, and who looked and why', async () => {
    await agree(village, 'wang')
    await village.as('zhou').get('members', 'revealPhone', { houseId: wangs, memberId: 'm-wang', reason: '楼下漏水，联系不上' })
    expect(await village.as('wang').get('account', 'myData', {})).toMatchObject({
      name: '王秀英', maskedPhone: '138****5010', houses: [{ houseId: wangs }], posts: [], privacy: { version: '2026-11' },
      looks: [{ action: 'members.revealPhone', byName: '周婷', reason: '楼下漏水，联系不上' }], nextCursor: null,
    })
    expect((await village.as('wang').get('account', 'myData', {})).retention).toEqual(expect.arrayContaining([{ what: '谁查看过您电话的记录', until: '保留 3 年' }, { what: '缴费和退款记录', until: '注销账号时去掉您的姓名，金额留在物业的账目里' }]))
  })

  it('a member cannot see who looked at somebody else; a stranger has no data', async () => {
    await village.as('zhou').get('members', 'revealPhone', { houseId: wangs, memberId: 'm-wang', reason: '联系' })
    expect((await village.as('li').get('account', 'myData', {})).looks).toEqual([])
    expect(await village.as('stranger').call('account', 'myData', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('account.exportMyData', () => {
  it('a resident can take everything with them: their number in the clear, their messages, who looked', async () => {
    const { fileName, json } = await village.as('wang').get('account', 'exportMyData', {})
    const file = JSON.parse(json) as Record<string, Record<string, unknown>>
    expect(fileName).toMatch(/^我的数据-\d{4}-\d{2}-\d{2}\.json$/)
    expect(file.members).toMatchObject({ name: '王秀英', phone: '13800135010', houses: [{ houseLabel: '3号楼2单元501' }] })
    expect(file.messages!.messages).toEqual(expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]))
    expect(json).not.toContain('李明')
    expect((await village.documents('audits')).at(-1)).toMatchObject({ action: 'account.exportMyData', actorId: 'm-wang', subjectId: 'm-wang' })
  })

  it('nobody can name another person; a stranger cannot', async () => {
    expect(await village.as('li').callRaw('account', { action: 'exportMyData', input: { memberId: 'm-wang' } })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
    expect(await village.as('stranger').call('account', 'exportMyData', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('account.previewDeletion', () => {
  it('an owner can read beforehand what ends: unfinished orders, and that others live on without an owner', async () => {
    const { warnings, blockers } = await village.as('wang').get('account', 'previewDeletion', {})
    expect(blockers).toEqual([])
    expect(warnings).toEqual(expect.arrayContaining([expect.stringMatching(/还有 \d+ 张报修没有完成/), expect.stringContaining('您是3号楼2单元501唯一的业主'), expect.stringContaining('无法找回')]))
  })

  it('a member of staff cannot go before their post has ended; a stranger has nothing to delete', async () => {
    expect((await village.as('zhou').get('account', 'previewDeletion', {})).blockers).toEqual(['您还是梨花苑的物业人员，请先请管理员结束您的岗位'])
    expect(await village.as('stranger').call('account', 'previewDeletion', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('account.deleteAccount', () => {
  /** Somebody who did everything a resident can do with this part of the product. */
  const liveAndLeave = async () => {
    await putOnFile(village, 'mengqi', 'h-2-1-602', 'owner', '沈梦绮')
    await agree(village, 'mengqi')
    await verify(village, 'mengqi')
    await village.as('mengqi').get('members', 'apply', { requestId: newRequest(), houseId: wangs, relation: 'family', name: '沈梦绮', note: '沈梦绮是王阿姨的侄女' })
    await village.as('mengqi').get('members', 'addPerson', { requestId: newRequest(), houseId: 'h-2-1-602', name: '沈小弟', phone: phoneOf('brother'), relation: 'family', scopes: [], endsOn: null })
    await village.as('zhou').get('members', 'reject', { requestId: newRequest(), applicationId: (await village.documents('applications'))[0]!._id as string, reason: '请带证件' })
    await later()
    return (await village.as('mengqi').get('members', 'session', {})).member!.memberId
  }

  it('a resident can go: their number, openid and name are found nowhere any more, and the ledger keeps a number that says nothing', async () => {
    const memberId = await liveAndLeave()
    expect(await everything()).toContain('沈梦绮')
    expect(await remove('mengqi')).toEqual({ ok: true, data: { isFinished: true } })
    const stored = await everything()
    for (const trace of ['沈梦绮', openidOf('mengqi'), phoneOf('mengqi'), phoneHashOf('mengqi')]) expect(stored).not.toContain(trace)
    expect(await documentOf(village, 'members', memberId)).toMatchObject({ name: '已注销用户', openid: `departed-${memberId}`, houses: [], phone: null })
    expect((await village.documents('audits')).some(({ subjectId, action }) => subjectId === memberId && action === 'account.deleteAccount')).toBe(true)
    expect(JSON.stringify(village.lines)).not.toContain('沈梦绮')
  })

  it('what a resident who went had asked for waits on nobody’s desk', async () => {
    await agree(village, 'lu')
    await village.as('lu').get('members', 'apply', { requestId: newRequest(), houseId: wangs, relation: 'family', name: '陆小曼', note: '' })
    await remove('lu')
    expect(await village.as('zhou').get('members', 'listApplications', { stage: 'pending' })).toMatchObject({ pendingCount: 0, applications: [] })
    expect((await village.documents('applications'))).toMatchObject([{ status: 'withdrawn', stage: 'decided', name: '已注销用户' }])
  })

  it('whoever went is nobody from the next call on, and can come back as somebody new', async () => {
    await remove('wang')
    expect(await village.as('wang').get('members', 'session', {})).toMatchObject({ member: null, houses: [], applications: [], privacy: { isAgreed: false } })
    expect(await verify(village, 'wang')).toMatchObject({ ok: true, data: { newHouses: [] } })
    expect((await village.as('wang').get('members', 'session', {})).member!.memberId).not.toBe('m-wang')
  })

  it('a resident can take with them what they uploaded of their home: photos, film, voice and pictures in the talk are no files any more', async () => {
    const wang = village.as('wang')
    const { uploadPrefix } = await wang.get('repairs', 'prepare', {})
    const upload = (name: string) => wang.upload(`${uploadPrefix}/202611/${name}`)
    const { repairId } = await wang.get('repairs', 'create', {
      requestId: newRequest(), houseId: wangs, category: 'other', urgency: 'normal', description: '窗户关不上',
      photos: [await upload('one.jpg'), await upload('two.jpg')], video: await upload('film.mp4'), voice: { fileId: await upload('voice.mp3'), seconds: 9 },
    })
    await wang.get('repairs', 'sendMessage', { repairId, requestId: newRequest(), text: '是这扇', photo: await upload('talk.jpg') })
    const seen = JSON.stringify([await wang.get('repairs', 'get', { repairId }), await wang.get('repairs', 'messages', { repairId })])
    const urls = seen.match(/http[^"]*\/file\/[^"]*/g) ?? []
    const statuses = async () => Promise.all(urls.map(async (url) => (await fetch(url)).status))
    expect(await statuses()).toEqual([200, 200, 200, 200, 200])
    expect(await remove('wang')).toMatchObject({ ok: true })
    expect(await statuses()).toEqual([404, 404, 404, 404, 404])
    expect(await documentOf(village, 'repairs', repairId)).toMatchObject({ description: '窗户关不上', photos: [], video: null, voice: null })
  })

  it('others of the house stay, and a neighbour is not touched', async () => {
    const before = [await documentOf(village, 'members', 'm-li'), await documentOf(village, 'members', 'm-zhao')]
    await remove('wang')
    expect([await documentOf(village, 'members', 'm-li'), await documentOf(village, 'members', 'm-zhao')]).toEqual(before)
  })

  it('a job whose worker died is finished by tick, and finds less the second time', async () => {
    await liveAndLeave()
    await village.post('/control/fault', { kind: 'kill', function: 'account', beforeCall: 16 })
    await remove('mengqi').catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    expect(await village.as('mengqi').get('members', 'session', {})).toMatchObject({ member: null })
    await later(5)
    const stored = await everything()
    for (const trace of ['沈梦绮', openidOf('mengqi'), phoneHashOf('mengqi')]) expect(stored).not.toContain(trace)
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'erase_member')).toEqual([])
  })

  it('the same request again, after its answer was lost, is answered; another one is told that there is no account', async () => {
    const requestId = newRequest()
    await remove('wang', requestId)
    expect(await remove('wang', requestId)).toEqual({ ok: true, data: { isFinished: true } })
    expect(await remove('wang')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect((await village.documents('audits')).filter(({ action }) => action === 'account.deleteAccount')).toHaveLength(1)
  })

  it('staff cannot before their post has ended; a stranger cannot; nobody can without having read what ends', async () => {
    await employ(village, 'gu', { role: 'guard' })
    expect(await remove('gu')).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'STILL_STAFF' } })
    expect(await remove('stranger')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await village.as('wang').callRaw('account', { action: 'deleteAccount', input: { requestId: newRequest(), hasRead: false } })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it('a member who lives with them cannot be deleted by them', async () => {
    await settleIn(village, 'fu', wangs, 'family')
    expect(await village.as('wang').callRaw('account', { action: 'deleteAccount', input: { requestId: newRequest(), hasRead: true, memberId: 'm-fu' } })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
