import { wang, zhao } from '../cloud/cloud-fixture'
import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

const openapi = [
  'subscribeMessage.send', 'security.msgSecCheck', 'security.mediaCheckAsync', 'phonenumber.getPhoneNumber', 'wxacode.getUnlimited',
  'cloudbase.sendSms', 'cloudbase.sendSmsV2',
]
const template = 'template-of-bills'
let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({
    openapi,
    functions: {
      unlisted: { code: 'exports.main = async () => attempt(cloud.openapi.security.msgSecCheck({ version: 2 }))', config: {} },
      'content-callback': { code: 'exports.main = async (event) => event' },
    },
  })
})
afterAll(() => platform.close())

const accept = async (times = 1): Promise<void> => {
  for (let n = 0; n < times; n++) await platform.cloud.post('/client/subscribe', { openid: wang, results: { [template]: 'accept' } })
}
const outbox = async (openid = wang) => (await platform.cloud.get(`/control/outbox?openid=${openid}`)).body.messages

const sends = 'return cloud.openapi.subscribeMessage.send'
const send = (data: string, rest = ''): string =>
  `${sends}({ touser: '${wang}', templateId: '${template}', page: 'pages/home/home', data: ${data}${rest} })`
const refused = (name: string, evidence: string, code: string, errCode: number, api = 'subscribeMessage.send'): Case => ({
  name, evidence, code, fails: { errCode, errMsg: new RegExp(`^openapi\\.${api.replace('.', '\\.')}:fail `) },
})

describe('a name', () => {
  const unknown = { errCode: -604100, errMsg: 'system error: error code: -604100' }
  hold(() => platform, [
    { name: 'WeChat does not have is refused: -604100', evidence: 'wire §2.4 unknown apiName [V]', fails: unknown,
      code: 'return cloud.openapi.subscribeMessage.shout({})' },
    { name: 'the product does not use is refused alike', evidence: 'design §5: what the product does not use is refused', fails: unknown,
      code: "return cloud.openapi.customerServiceMessage.send({ touser: 'a' })" },
    { name: 'of open data is refused alike: the product asks for phone numbers by code', evidence: 'design §5', fails: unknown,
      code: "return cloud.getOpenData({ list: ['a-cloud-id'] })" },
  ])

  it('the function\'s config.json does not list is refused: -604101 — wire §2.4 permissions.openapi [V]', async () => {
    expect(await platform.cloud.call('unlisted')).toMatchObject({ errCode: -604101, errMsg: 'system error: error code: -604101' })
  })

  it('fails with a code of WeChat where told so — wire §2.4 business error [V]', async () => {
    await platform.cloud.post('/control/fault', { kind: 'api', name: 'subscribeMessage.send', errcode: 45009, times: 1 })
    expect(await platform.refuse(send("{ thing1: { value: '物业费' } }"))).toMatchObject({ errCode: 45009 })
  })
})

describe('subscribeMessage.send', () => {
  it('to somebody who has accepted is ok, once for each accept — wire §2.4 [V]; platform §8.3 43101 [D]', async () => {
    await accept(2)
    const code = send("{ thing1: { value: '3 号楼物业费' }, amount2: { value: '¥120.50' } }")
    expect(await platform.run(code)).toEqual({ errCode: 0, errMsg: 'openapi.subscribeMessage.send:ok' })
    expect(await platform.run(code)).toEqual({ errCode: 0, errMsg: 'openapi.subscribeMessage.send:ok' })
    const refusal = { errCode: 43101, errMsg: expect.stringMatching(/^openapi\.subscribeMessage\.send:fail .*user refuse to accept/) }
    expect(await platform.refuse(code)).toMatchObject(refusal)
    expect(await outbox()).toMatchObject([
      { kind: 'subscription', openid: wang, templateId: template, page: 'pages/home/home',
        data: { thing1: { value: '3 号楼物业费' }, amount2: { value: '¥120.50' } } },
      { kind: 'subscription' },
    ])
  })

  it('keeps template keys as they are written, but for capitals — platform §0 trap 3 [X]', async () => {
    await accept()
    await platform.run(send("{ character_string2: { value: 'A-1' }, phoneNumber4: { value: '13800000001' } }"))
    expect(Object.keys((await outbox())[0].data)).toEqual(['character_string2', 'phone_number4'])
  })

  it('of a rejected template is refused — platform §8.2 [D]', async () => {
    await platform.cloud.post('/client/subscribe', { openid: zhao, results: { [template]: 'reject' } })
    const code = `${sends}({ touser: '${zhao}', templateId: '${template}', data: { thing1: { value: 'x' } } })`
    expect(await platform.refuse(code)).toMatchObject({ errCode: 43101 })
  })

  const value = (name: string, data: string): Case => refused(`with ${name} is refused: 47003`, 'platform §8.4 keyword rules [D]',
    send(data), 47003)
  hold(() => platform, [
    refused('to nobody is refused: 40003', 'platform §8.3 [D]',
      "return cloud.openapi.subscribeMessage.send({ touser: 'o-nobody', templateId: 't', data: { thing1: { value: 'x' } } })", 40003),
    refused('without a template is refused: 40037', 'platform §8.3 [D]',
      `return cloud.openapi.subscribeMessage.send({ touser: '${wang}', data: { thing1: { value: 'x' } } })`, 40037),
    refused('with a page that begins with / is refused: 41030', 'platform §8.3 [D]',
      `${sends}({ touser: '${wang}', templateId: 't', page: '/pages/home/home', data: { thing1: { value: 'x' } } })`, 41030),
    refused('for an unknown state of the mini-program is refused: 47003', 'platform §8.3 [D]',
      send("{ thing1: { value: 'x' } }", ", miniprogramState: 'beta'"), 47003),
    value('no data', '{}'),
    value('an empty value', "{ thing1: { value: '' } }"),
    value('a line end in a value', "{ thing1: { value: 'a\\nb' } }"),
    value('a thing of 21 characters', `{ thing1: { value: '${'物'.repeat(21)}' } }`),
    value('a phrase of six characters', "{ phrase1: { value: '已经派单处理' } }"),
    value('a phrase that is not Chinese', "{ phrase1: { value: 'done' } }"),
    value('a character_string with Chinese', "{ character_string1: { value: '单号1' } }"),
    value('a time that is none', "{ time1: { value: 'tomorrow' } }"),
    value('an amount of two currency signs', "{ amount1: { value: '¥¥1' } }"),
    value('a name of eleven Chinese characters', `{ name1: { value: '${'王'.repeat(11)}' } }`),
    value('a key of no known type', "{ sentence1: { value: 'x' } }"),
    value('a value that is no text', '{ thing1: { value: true } }'),
  ])

  const takes = [
    "{ thing1: { value: '物'.repeat(20) } }", "{ time1: { value: '2026年1月5日 10:00' } }", "{ time1: { value: '15:01~16:00' } }",
    "{ date1: { value: '2026年1月5日' } }", "{ amount1: { value: '100.5元' } }", "{ phrase1: { value: '待评价' } }",
    "{ car_number1: { value: '沪A12345' } }", "{ number1: { value: 3 } }",
  ]
  it.each(takes)('takes %s — platform §8.4 keyword rules [D]', async (data) => {
    await accept()
    expect(await platform.run(send(data))).toMatchObject({ errCode: 0 })
  })
})

describe('security.msgSecCheck', () => {
  const asked = `, openid: '${wang}', scene: 2, version: 2`
  const check = (content: string, rest = asked): string => `return cloud.openapi.security.msgSecCheck({ content: ${content}${rest} })`
  const api = 'security.msgSecCheck'
  const suggests = (name: string, content: string, suggest: string, label: number): Case => ({
    name, evidence: 'platform §10 [D]; wire §2.4 camelCase [V]', code: check(content),
    gives: { result: { suggest, label }, detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
      traceId: expect.any(String), errCode: 0,
      errMsg: 'openapi.security.msgSecCheck:ok' },
  })
  hold(() => platform, [
    suggests('passes ordinary words, with a number for a label', "'电梯坏了'", 'pass', 100),
    suggests('finds what is risky', "'这是违规测试'", 'risky', 20002),
    suggests('finds what people should look at', "'这是疑似测试'", 'review', 20012),
    refused('for an unknown person is refused: 40003', 'platform §10 [D]', check("'a'", ", openid: 'o-nobody', scene: 2, version: 2"),
      40003, api),
    refused('for a scene there is not is refused: 40129', 'platform §10 [D]', check("'a'", `, openid: '${wang}', scene: 9, version: 2`),
      40129, api),
    refused('without version 2 is refused', 'design §5: what the product does not use is refused',
      check("'a'", `, openid: '${wang}', scene: 2`), 40097, api),
    refused('of over 2,500 characters is refused: 45002', 'platform §10 [D]', check("'字'.repeat(2501)"), 45002, api),
    refused('of nothing is refused: 44004', 'platform §10 [D]', check("''"), 44004, api),
  ])
})

describe('a content check of somebody who was last here', () => {
  const check = "return cloud.openapi.security.msgSecCheck({ content: 'a', openid: given, scene: 2, version: 2 })"

  it('over two hours ago is refused: 61010 — platform §10 [OK]', async () => {
    await platform.cloud.post('/client/phone-code', { openid: zhao })
    expect(await platform.run(check, zhao)).toMatchObject({ errCode: 0 })
    await platform.cloud.post('/control/clock', { now: Date.now() + 2 * 3600_000 + 60_000 })
    expect(await platform.refuse(check, zhao)).toMatchObject({ errCode: 61010 })
    await platform.cloud.post('/control/clock', { now: null })
  })
})

describe('security.mediaCheckAsync', () => {
  const asked = `mediaType: 2, version: 2, openid: '${wang}', scene: 3`
  const check = (mediaUrl: string): string => `return cloud.openapi.security.mediaCheckAsync({ mediaUrl: '${mediaUrl}', ${asked} })`

  it('answers a trace id, and the result is pushed later in WeChat\'s own case — platform §10 wxa_media_check [D][C]', async () => {
    const { traceId, errCode } = (await platform.run(check('https://files.example/photo.jpg'))) as { traceId: string; errCode: number }
    expect([errCode, typeof traceId]).toEqual([0, 'string'])
    const { body } = await platform.cloud.post('/control/media-check', { traceId, suggest: 'risky' })
    expect(body.result).toMatchObject({
      MsgType: 'event', Event: 'wxa_media_check', FromUserName: wang, trace_id: traceId, version: 2,
      result: { suggest: 'risky', label: '20002' },
    })
  })

  hold(() => platform,
    [refused('of what is no address is refused', 'platform §10 [D]', check('cloud://local-env/a.jpg'), 40097, 'security.mediaCheckAsync')])
})

describe('phonenumber.getPhoneNumber', () => {
  const newCode = async (): Promise<string> => (await platform.cloud.post('/client/phone-code', { openid: wang })).body.code
  const ask = 'return cloud.openapi.phonenumber.getPhoneNumber({ code: given })'

  it('answers the number behind a code, in camelCase, once — wire §2.4 phoneInfo [V]; platform §9 40029 [D]', async () => {
    const code = await newCode()
    const watermark = { timestamp: expect.any(Number), appid: 'wx1111aaaa2222bbbb' }
    expect(await platform.run(ask, code)).toEqual({
      phoneInfo: { phoneNumber: '13800000001', purePhoneNumber: '13800000001', countryCode: '86',
        watermark }, errCode: 0, errMsg: 'openapi.phonenumber.getPhoneNumber:ok',
    })
    expect(await platform.refuse(ask, code)).toMatchObject({ errCode: 40029 })
  })

  it('refuses a code older than five minutes: 40029 — platform §9 [D]', async () => {
    const code = await newCode()
    await platform.cloud.post('/control/clock', { now: Date.now() + 5 * 60_000 + 1000 })
    expect(await platform.refuse(ask, code)).toMatchObject({ errCode: 40029 })
    await platform.cloud.post('/control/clock', { now: null })
  })

  it('refuses a code WeChat never gave: 40029 — platform §24 [D]', async () => {
    expect(await platform.refuse(ask, 'made-up')).toMatchObject({ errCode: 40029 })
  })
})

describe('wxacode.getUnlimited', () => {
  const api = 'wxacode.getUnlimited'
  const draw = (args: string): string => `return cloud.openapi.wxacode.getUnlimited(${args})`
  hold(() => platform, [
    { name: 'answers bytes and their type', evidence: 'wire §2.4 binary [V]', gives: ['image/png', true, '89504e47', 0],
      code: `const { contentType, buffer, errCode } = await cloud.openapi.wxacode.getUnlimited({ scene: 'h=1' })
      return [contentType, Buffer.isBuffer(buffer), buffer.subarray(0, 4).toString('hex'), errCode]` },
    refused('with a scene of 33 characters is refused', 'platform §11 [D]', draw("{ scene: 'a'.repeat(33) }"), 40169, api),
    refused('with a scene of Chinese is refused', 'platform §11 [D]', draw("{ scene: '一号楼' }"), 40169, api),
    refused('with a scene that holds % is refused', 'platform §0 trap 20 [D]', draw("{ scene: 'a%20b' }"), 40169, api),
    refused('with a page that begins with / is refused: 41030', 'platform §11 [D]', draw("{ scene: 'a', page: '/pages/home/home' }"), 41030,
      api),
    refused('narrower than 280 is refused', 'platform §11 [D]', draw("{ scene: 'a', width: 279 }"), 40097, api),
  ])
})

describe('cloudbase.sendSmsV2 and sendSms', () => {
  it('answer the state of each number, and the message is kept — wire §2.4 [V]; platform §12 [D]', async () => {
    const code = `return cloud.openapi.cloudbase.sendSmsV2({
      env: 'local-env', urlLink: 'https://x', templateId: '844110', templateParamList: ['3 号楼'], phoneNumberList: ['+8613800000001', '12'],
    })`
    expect(await platform.run(code)).toMatchObject({
      errCode: 0, sendStatusList: [{ phoneNumber: '+8613800000001', code: 'Ok', serialNo: expect.any(String) },
        { phoneNumber: '12', code: 'FailedOperation.PhoneNumberInvalid' }],
    })
    expect((await outbox())[0]).toMatchObject({ kind: 'sms', phone: '+8613800000001', templateId: '844110', params: ['3 号楼'] })
  })

  hold(() => platform, [
    refused('to another environment is refused', 'error codes -501005 [S]',
      "return cloud.openapi.cloudbase.sendSmsV2({ env: 'other', templateId: 't', phoneNumberList: ['+8613800000001'] })", -501005,
      'cloudbase.sendSmsV2'),
    refused('to no number is refused', 'platform §12 [D]',
      "return cloud.openapi.cloudbase.sendSmsV2({ env: 'local-env', templateId: 't', phoneNumberList: [] })", -501007,
      'cloudbase.sendSmsV2'),
    refused('of over 30 characters is refused', 'platform §12 [D]',
      "return cloud.openapi.cloudbase.sendSms({ env: 'local-env', content: '字'.repeat(31), phoneNumberList: ['+8613800000001'] })", -501007,
      'cloudbase.sendSms'),
  ])
})

holdToThisMachine(() => platform)
