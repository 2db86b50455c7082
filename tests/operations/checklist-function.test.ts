import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const he = () => village.as('he')
const itemOf = async (item: string) => (await he().get('operations', 'checklist', {})).items.find((each) => each.item === item)!
const fail = (name: string, errcode: number) => village.post('/control/fault', { kind: 'api', name, errcode, times: 1 })
const others = ['zhou', 'chen', 'wang']

describe('operations.checklist', () => {
  it('a manager can see what stands, what is open, and what each is for', async () => {
    const { items } = await he().get('operations', 'checklist', {})
    expect(items.map(({ item, state }) => `${item} ${state}`)).toEqual([
      'first_manager proved', 'keys proved', 'backup open', 'robot open', 'templates open', 'content_check open', 'content_push open', 'storage open', 'phone_number open',
      'category open', 'privacy open', 'filing open', 'merchant open', 'sms open',
    ])
    expect(items.find(({ item }) => item === 'robot')).toMatchObject({ kind: 'test', configured: '已设置 …7400', dueOn: null, advice: expect.stringContaining('添加机器人') })
  })

  it('an interface that worked more than a month ago is due again, and the group hears of it', async () => {
    await village.post('/control/clock', { now: '2026-11-24T08:00:00Z' })
    await he().get('operations', 'prove', { item: 'storage' })
    expect(await itemOf('storage')).toMatchObject({ state: 'proved', dueOn: '2026-12-25' })
    await village.post('/control/clock', { now: '2026-12-26T08:10:00Z' })
    expect(await itemOf('storage')).toMatchObject({ state: 'due' })
    await village.tick('2026-12-26T08:10:00Z')
    expect((await village.group()).join()).toContain('1 项接口检查过期了。请在「上线清单」里重新检查：照片存储')
  })

  it.each(others)('cannot be seen by %s', async (who) => {
    expect(await village.as(who).call('operations', 'checklist', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('operations', 'checklist', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('operations.prove', () => {
  it('a manager can have the robot speak, with no more of their name than the group needs', async () => {
    expect(await he().get('operations', 'prove', { item: 'robot' })).toEqual({ isProved: true, message: '测试通过' })
    expect(await village.group()).toEqual([expect.stringMatching(/^【测试】群机器人设置好了，何管理员 /)])
    expect(await itemOf('robot')).toMatchObject({ state: 'proved', provedByName: '何静' })
  })

  it('a manager can send a test message to themselves, with a value that each field takes', async () => {
    await he().allow('TMPL-repair-submitted')
    expect(await he().get('operations', 'prove', { item: 'templates' })).toMatchObject({ isProved: true })
    expect(await village.outbox('he')).toMatchObject([{ templateId: 'TMPL-repair-submitted', data: { thing1: { value: '上线测试' } } }])
  })

  it.each(['content_check', 'phone_number', 'storage'] as const)('a manager can try %s, and nothing is left behind', async (item) => {
    expect(await he().get('operations', 'prove', { item })).toMatchObject({ isProved: true })
    expect(await itemOf(item)).toMatchObject({ state: 'proved' })
  })

  it.each([
    ['robot', 'qyapi.webhook.send', 93000, '请核对机器人地址'],
    ['content_check', 'security.msgSecCheck', 45009, '45009'],
    ['phone_number', 'phonenumber.getPhoneNumber', 45011, '45011'],
  ] as const)('a test of %s that fails is an answer that says what to do, and stays on the list', async (item, api, errcode, advice) => {
    await fail(api, errcode)
    const { isProved, message } = await he().get('operations', 'prove', { item })
    expect([isProved, message]).toEqual([false, expect.stringContaining(advice)])
    expect(await itemOf(item)).toMatchObject({ state: 'failed', advice: message })
    await he().get('operations', 'prove', { item })
    expect(await itemOf(item)).toMatchObject({ state: 'proved' })
  })

  it('a manager sees whether the merchant is set up, and can have WeChat Pay say that it knows it', async () => {
    await village.post('/control/reset', { seed: 'village' })
    await village.alter('configurations', 'c-lihua', { payments: { isOpen: false, merchants: { repair: null } } })
    expect(await itemOf('merchant')).toMatchObject({ kind: 'test', configured: '还没有设置商户号，住户只能线下缴费' })
    expect(await he().get('operations', 'prove', { item: 'merchant' })).toEqual({ isProved: false, message: '还没有设置商户号，请到「品牌与联系方式」填写' })
  })

  it('a merchant that WeChat Pay does not know of, or does not answer for, is not proved', async () => {
    await village.post('/control/reset', { seed: 'village' })
    await village.alter('configurations', 'c-lihua', { payments: { isOpen: true, merchants: { repair: '1600000009' } } })
    await fail('queryOrder', -202)
    expect(await he().get('operations', 'prove', { item: 'merchant' })).toMatchObject({ isProved: false, message: expect.stringContaining('微信支付没有回应') })
    expect(await he().get('operations', 'prove', { item: 'merchant' })).toEqual({ isProved: true, message: '测试通过' })
    expect(await itemOf('merchant')).toMatchObject({ state: 'proved', configured: '商户号 …0009，在线缴费已开通' })
  })

  it('a manager who allows no messages is told to allow one first', async () => {
    expect((await he().get('operations', 'prove', { item: 'templates' })).message).toContain('先到「消息」页点允许')
  })

  it('a manager whose robot nobody has set up is told where to do so', async () => {
    await village.post('/control/reset', { seed: 'village' })
    for (const id of ['c-lihua', 'company']) await village.alter('configurations', id, { robot: null })
    expect(await he().get('operations', 'prove', { item: 'robot' })).toEqual({ isProved: false, message: '还没有设置群机器人，请到「品牌与联系方式」粘贴地址' })
  })

  it.each(others)('%s cannot try anything', async (who) => {
    expect(await village.as(who).call('operations', 'prove', { item: 'robot' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await village.group()).toEqual([])
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('operations', 'prove', { item: 'robot' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('operations.confirm', () => {
  it('a manager can say that they looked, and it is written down who did', async () => {
    await he().get('operations', 'confirm', { item: 'filing', note: '沪ICP备12345号' })
    expect(await itemOf('filing')).toMatchObject({ state: 'proved', provedByName: '何静', note: '沪ICP备12345号', dueOn: null })
    expect((await village.documents('audits')).at(-1)).toMatchObject({ actorId: 'm-he', action: 'operations.confirm', subjectId: 'filing', communityId: 'c-lihua' })
  })

  it('a manager cannot confirm what a test can show', async () => {
    expect(await he().callRaw('operations', { action: 'confirm', input: { item: 'robot' } })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await village.as(who).call('operations', 'confirm', { item: 'filing' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('operations', 'confirm', { item: 'filing' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})
