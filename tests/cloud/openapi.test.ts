import { startTestCloud, stopTestCloud, waitFor, wang, zhao } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

const permissions = {
  openapi: [
    'subscribeMessage.send',
    'security.msgSecCheck',
    'security.mediaCheckAsync',
    'phonenumber.getPhoneNumber',
    'wxacode.getUnlimited',
    'cloudbase.sendSms',
    'cloudbase.sendSmsV2',
    'wxa.neverHeardOf',
  ],
}
const ask = {
  code: `exports.main = async ({ api, args }) => {
    const [group, name] = api.split('.');
    return attempt(cloud.openapi[group][name](args)) }`,
}

const recording = {
  code: `exports.main = async (event) => {
    await db.collection('notes').add({ data: { event, context: cloud.getWXContext() } });
    return 'success' }`,
}
const pushes = async (here: TestCloud) =>
  (await here.get('/control/collection?name=notes')).body.documents.filter((note: { event?: unknown }) => note.event)

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud({
    functions: {
      ask: { ...ask, config: { permissions } },
      'ask-unlisted': ask,
      'content-callback': recording,
    },
  })
  await cloud.call('ask', { api: 'security.msgSecCheck' }, zhao)
})
afterAll(() => stopTestCloud(cloud))
const use = (api: string, args: Record<string, unknown>) => cloud.call('ask', { api, args })

describe('an openapi name', () => {
  it('the platform does not have: -604100', async () => {
    expect(await use('wxa.neverHeardOf', {})).toMatchObject({ errCode: -604100 })
  })
  it("the function's config.json does not list: -604101", async () => {
    expect(await cloud.call('ask-unlisted', { api: 'security.msgSecCheck', args: {} })).toMatchObject({ errCode: -604101 })
  })
})

describe('a subscription message', () => {
  const message = {
    touser: wang,
    templateId: 'bill-due',
    page: 'pages/home/index?id=1',
    data: { thing1: { value: '3号楼物业费' }, amount2: { value: '¥120.50' } },
  }

  it('is sent once for every accept, and not once more', async () => {
    expect(await use('subscribeMessage.send', message)).toMatchObject({
      errCode: 43101,
      errMsg: expect.stringContaining('user refuse to accept the msg'),
    })
    const { body } = await cloud.post('/client/subscribe', { openid: wang, results: { 'bill-due': 'accept', 'repair-done': 'reject' } })
    expect(body).toEqual({ quotas: { 'bill-due': 1, 'repair-done': 0 } })
    expect(await use('subscribeMessage.send', message)).toEqual({ errCode: 0, errMsg: 'openapi.subscribeMessage.send:ok' })
    expect(await use('subscribeMessage.send', message)).toMatchObject({ errCode: 43101 })
    expect(await use('subscribeMessage.send', { ...message, templateId: 'repair-done' })).toMatchObject({ errCode: 43101 })
  })

  it("is found in the receiver's outbox, newest first, and in no other", async () => {
    await cloud.post('/client/subscribe', { openid: wang, results: { 'bill-due': 'accept' } })
    await use('subscribeMessage.send', { ...message, data: { thing1: { value: '第二条' } } })
    const { body } = await cloud.get(`/control/outbox?openid=${wang}`)
    expect(body.messages.map((sent: { data: unknown }) => sent.data)).toEqual([{ thing1: { value: '第二条' } }, message.data])
    expect(body.messages[0]).toMatchObject({
      kind: 'subscription',
      openid: wang,
      templateId: 'bill-due',
      page: 'pages/home/index?id=1',
      at: expect.stringMatching(/Z$/),
    })
    expect((await cloud.get(`/control/outbox?openid=${zhao}`)).body.messages).toEqual([])
  })

  it('is refused for a stranger, no template, a bad page, or a bad value', async () => {
    expect(await use('subscribeMessage.send', { ...message, touser: 'o-never-seen' })).toMatchObject({ errCode: 40003 })
    expect(await use('subscribeMessage.send', { ...message, templateId: '' })).toMatchObject({ errCode: 40037 })
    expect(await use('subscribeMessage.send', { ...message, page: '/pages/home' })).toMatchObject({ errCode: 41030 })
    const refused = await use('subscribeMessage.send', { ...message, data: { thing1: { value: '' } } })
    expect(refused).toMatchObject({ errCode: 47003, errMsg: expect.stringContaining('data.thing1.value') })
  })
})

describe('a text', () => {
  const text = { version: 2, scene: 2, openid: wang, content: '灯坏了' }

  it('passes, is held, or is refused', async () => {
    expect(await use('security.msgSecCheck', text)).toMatchObject({
      result: { suggest: 'pass', label: 100 },
      traceId: expect.any(String),
      errCode: 0,
    })
    expect((await use('security.msgSecCheck', { ...text, content: '这是疑似测试' })).result.suggest).toBe('review')
    expect((await use('security.msgSecCheck', { ...text, title: '这是违规测试' })).result).toEqual({ suggest: 'risky', label: 20002 })
  })

  it('of somebody unknown, or away for two hours, or for no scene, is not checked', async () => {
    expect(await use('security.msgSecCheck', { ...text, openid: 'o-never-seen' })).toMatchObject({ errCode: 40003 })
    expect(await use('security.msgSecCheck', { ...text, scene: 9 })).toMatchObject({ errCode: 40129 })
    await cloud.post('/control/clock', { now: Date.now() + 3 * 3600_000 })
    expect(await use('security.msgSecCheck', { ...text, openid: zhao })).toMatchObject({ errCode: 61010 })
    expect(await use('security.msgSecCheck', text)).toMatchObject({ errCode: 0 })
    await cloud.post('/control/clock', { now: null })
  })
})

describe("a photo's check", () => {
  const photo = { version: 2, scene: 2, openid: wang, mediaType: 2, mediaUrl: 'https://photos.example/1.jpg' }

  it("is pushed to content-callback when told, by the platform, in WeChat's own keys", async () => {
    const { traceId } = await use('security.mediaCheckAsync', photo)
    expect((await cloud.post('/control/media-check', { traceId, suggest: 'risky' })).body).toEqual({ result: 'success' })
    const [{ event, context }] = await pushes(cloud)
    expect(event).toMatchObject({
      FromUserName: wang,
      MsgType: 'event',
      Event: 'wxa_media_check',
      appid: 'wx1111aaaa2222bbbb',
      trace_id: traceId,
      version: 2,
      result: { suggest: 'risky', label: '20002' },
    })
    expect(context).not.toHaveProperty('OPENID')
    expect(context.SOURCE).not.toContain('wx_client')
  })

  it('needs a link', async () =>
    expect(await use('security.mediaCheckAsync', { ...photo, mediaUrl: 'cloud://x' })).toMatchObject({ errCode: 40097 }))
})

describe('a phone number', () => {
  it('is told once for a code, within five minutes', async () => {
    const { body } = await cloud.post('/client/phone-code', { openid: wang })
    const { phoneInfo } = await use('phonenumber.getPhoneNumber', { code: body.code })
    expect(phoneInfo).toMatchObject({ phoneNumber: '13800000001', purePhoneNumber: '13800000001', countryCode: '86' })
    expect(await use('phonenumber.getPhoneNumber', { code: body.code })).toMatchObject({ errCode: 40029 })
    const late = (await cloud.post('/client/phone-code', { openid: wang })).body.code
    await cloud.post('/control/clock', { now: Date.now() + 301_000 })
    expect(await use('phonenumber.getPhoneNumber', { code: late })).toMatchObject({ errCode: 40029 })
    await cloud.post('/control/clock', { now: null })
  })
})

describe('a mini-program code', () => {
  it('is a picture', async () => {
    const { contentType, buffer } = await use('wxacode.getUnlimited', { scene: 'h=ab12cd34', page: 'pages/home/index', width: 280 })
    const bytes = Buffer.from(buffer.data)
    expect([contentType, bytes.subarray(1, 4).toString(), bytes.readUInt32BE(16)]).toEqual(['image/png', 'PNG', 261])
  })
  it('has rules for scene and page', async () => {
    for (const scene of ['', 'x'.repeat(33), '中文', 'a%b'])
      expect(await use('wxacode.getUnlimited', { scene })).toMatchObject({ errCode: 40169 })
    expect(await use('wxacode.getUnlimited', { scene: 'a', page: '/pages/home' })).toMatchObject({ errCode: 41030 })
  })
})

describe('an SMS', () => {
  it('is kept in the outbox of whose phone it is', async () => {
    const sent = await use('cloudbase.sendSmsV2', {
      env: 'local-env',
      templateId: '844110',
      templateParamList: ['停水'],
      phoneNumberList: ['+8613800000002', '12'],
    })
    expect(sent.sendStatusList.map((status: { code: string }) => status.code)).toEqual(['Ok', 'FailedOperation.PhoneNumberInvalid'])
    const { body } = await cloud.get(`/control/outbox?openid=${zhao}`)
    expect(body.messages).toMatchObject([{ kind: 'sms', phone: '+8613800000002', templateId: '844110', params: ['停水'] }])
  })
  it('is refused for another environment or too long a text', async () => {
    expect(await use('cloudbase.sendSms', { env: 'other', content: 'a', phoneNumberList: ['+8613800000002'] })).toMatchObject({
      errCode: -501005,
    })
    expect(
      await use('cloudbase.sendSms', { env: 'local-env', content: 'x'.repeat(31), phoneNumberList: ['+8613800000002'] }),
    ).toMatchObject({ errCode: -501007 })
  })
})

it('a photo passes by itself after a while, when that is switched on', async () => {
  const patient = await startTestCloud({
    functions: {
      ask: { ...ask, config: { permissions } },
      'content-callback': recording,
    },
    options: { automatic: { mediaCheckMs: 50, timers: false } },
  })
  await patient.call('ask', {
    api: 'security.mediaCheckAsync',
    args: { version: 2, scene: 1, openid: wang, mediaType: 2, mediaUrl: 'https://photos.example/1.jpg' },
  })
  const seen = await waitFor(async () => {
    const pushed = await pushes(patient)
    return pushed.length > 0 ? pushed : undefined
  })
  expect(seen).toMatchObject([{ event: { result: { suggest: 'pass' } } }])
  await stopTestCloud(patient)
})
