import { newRequest, openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const report = (who: string, houseId: string, description: string) =>
  village.as(who).call('repairs', 'create', { requestId: newRequest(), houseId, category: 'other', urgency: 'normal', description, photos: [] })
const sendChen = async (description: string) => {
  const answer = await report('wang', 'h-3-2-501', description)
  if (!answer.ok) throw new Error(answer.error.code)
  await village.as('he').get('repairs', 'assign', { repairId: answer.data.repairId, requestId: newRequest(), technicianId: 'm-chen' })
  await village.tick()
}

describe('messages.list', () => {
  it('a resident can read what they were told, newest first, with what is unread and what may still be sent', async () => {
    const { messages, unreadCount, quotaCount } = await village.as('wang').get('messages', 'list', {})
    expect(messages[0]).toMatchObject({ title: '报修已派单', body: expect.stringMatching(/^您的报修已派给陈师傅，.* 17:30–20:00 上门$/), isRead: false, page: 'features/repairs/pages/repair-detail/repair-detail?repairId=r-village-lamp' })
    expect(unreadCount).toBe(messages.filter(({ isRead }) => !isRead).length)
    expect(quotaCount).toBe(0)
  })

  it('nobody can read what others were told', async () => {
    const { messages } = await village.as('zhao').get('messages', 'list', {})
    expect(JSON.stringify(messages)).not.toContain('3号楼')
  })

  it('a stranger cannot see anything: their list is empty', async () => {
    expect(await village.as('stranger').get('messages', 'list', {})).toEqual({ messages: [], nextCursor: null, unreadCount: 0, quotaCount: 0 })
  })
})

describe('messages.read', () => {
  it('a message can be read, and again, and the count follows', async () => {
    const wang = village.as('wang')
    const { messages, unreadCount } = await wang.get('messages', 'list', {})
    const { messageId } = messages.find(({ isRead }) => !isRead)!
    expect(await wang.get('messages', 'read', { messageId })).toEqual({ unreadCount: unreadCount - 1 })
    expect(await wang.get('messages', 'read', { messageId })).toEqual({ unreadCount: unreadCount - 1 })
  })

  it('a tenant whose lease has ended can still read what they were told', async () => {
    await village.post('/control/clock', { now: '2027-09-01T00:00:01+08:00' })
    const { messages } = await village.as('li').get('messages', 'list', {})
    expect(await village.as('li').call('messages', 'read', { messageId: messages[0]!.messageId })).toMatchObject({ ok: true })
  })

  it("somebody else's message cannot be read: it does not exist for them", async () => {
    const { messages } = await village.as('wang').get('messages', 'list', {})
    expect(await village.as('zhao').call('messages', 'read', { messageId: messages[0]!.messageId })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('messages', 'read', { messageId: 'x' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('messages.readAll', () => {
  it('a resident can have read everything at once, and nobody else has', async () => {
    expect(await village.as('wang').get('messages', 'readAll', {})).toEqual({ unreadCount: 0 })
    expect((await village.as('wang').get('messages', 'list', {})).unreadCount).toBe(0)
    expect((await village.as('li').get('messages', 'list', {})).unreadCount).toBeGreaterThan(0)
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('messages', 'readAll', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('messages.recordConsent', () => {
  it('each accept can be used once; a refusal and an unknown template count for nothing', async () => {
    const li = village.as('li')
    const results = { 'TMPL-repair-progress': 'accept', 'TMPL-repair-submitted': 'reject', 'TMPL-unknown': 'accept' } as const
    expect(await li.get('messages', 'recordConsent', { results })).toEqual({ quotaCount: 1 })
    expect(await li.get('messages', 'recordConsent', { results })).toEqual({ quotaCount: 2 })
  })

  it('a resident cannot more than sixty times an hour; a clerk at a busy desk is not locked out', async () => {
    await village.post('/control/clock', { now: '2026-11-24T08:00:00Z' })
    const record = async (who: string, times: number) => {
      for (let n = 0; n < times; n += 1) await village.as(who).get('messages', 'recordConsent', { results: {} })
    }
    await record('li', 60)
    expect(await village.as('li').call('messages', 'recordConsent', { results: {} })).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'RATE_LIMITED' } })
    await record('zhou', 61)
    await village.post('/control/clock', { now: '2026-11-24T09:00:00Z' })
    await record('li', 1)
  })

  it('a template name cannot reach into another field', async () => {
    expect(await village.as('li').call('messages', 'recordConsent', { results: { 'x.post.role': 'accept', $set: 'accept' } })).toMatchObject({ ok: true, data: { quotaCount: 0 } })
    expect((await village.documents('members')).find(({ _id }) => _id === 'm-li')).toMatchObject({ post: null, quotas: {} })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('messages', 'recordConsent', { results: {} })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('messages.deliver', () => {
  it('anybody can hasten what is owed, which sends nothing twice and nothing else', async () => {
    const answer = await report('wang', 'h-3-2-501', '门坏了')
    const jobIds = (answer as { owed: string[] }).owed
    expect(await village.as('stranger').get('messages', 'deliver', { jobIds })).toEqual({ deliveredCount: 1 })
    expect(await village.as('wang').get('messages', 'deliver', { jobIds })).toEqual({ deliveredCount: 0 })
    expect(await village.as('wang').get('messages', 'deliver', { jobIds: ['nothing'] })).toEqual({ deliveredCount: 0 })
  })

  it('a stranger cannot have other work done with it', async () => {
    expect(await village.as('stranger').call('messages', 'deliver', { jobIds: [] })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })
})

describe('a subscription message', () => {
  it('is sent while the person allows one, and uses it up; after that the inbox alone tells', async () => {
    await village.as('chen').allow('TMPL-repair-progress')
    await sendChen('第一件')
    await sendChen('第二件')
    const sent = (await village.outbox('chen')).filter((message) => JSON.stringify(message).includes('TMPL-repair-progress'))
    expect(sent).toHaveLength(1)
    expect(JSON.stringify(sent[0])).toContain('第一件')
    const told = (await village.documents('inbox')).filter(({ memberId, body }) => memberId === 'm-chen' && String(body).startsWith('何管理员把'))
    expect(told.slice(-2).map(({ push }) => push).sort()).toEqual(['no_quota', 'sent'])
  })

  it('refused by WeChat sets our count right and fails nothing', async () => {
    await village.as('wang').get('messages', 'recordConsent', { results: { 'TMPL-repair-progress': 'accept' } })
    await village.as('wang').get('messages', 'recordConsent', { results: { 'TMPL-repair-progress': 'accept' } })
    await sendChen('第一件')
    expect((await village.documents('members')).find(({ _id }) => _id === 'm-wang')).toMatchObject({ quotas: { 'TMPL-repair-progress': 0 } })
    expect((await village.as('wang').get('messages', 'list', {})).messages[0]).toMatchObject({ body: '您的报修已派给陈师傅，会尽快与您联系' })
  })

  it('that WeChat cannot take today leaves the inbox row, and the job is not repeated', async () => {
    await village.as('wang').allow('TMPL-repair-progress')
    await village.post('/control/fault', { kind: 'api', name: 'subscribeMessage.send', errcode: 45009, times: 10 })
    await sendChen('第一件')
    const rows = (await village.documents('inbox')).filter(({ memberId, push }) => memberId === 'm-wang' && push === 'failed')
    expect(rows).toMatchObject([{ body: '您的报修已派给陈师傅，会尽快与您联系' }])
    expect(await village.owed()).toEqual([])
  })
})
