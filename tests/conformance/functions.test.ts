import { findNextRun, isTimerExpression } from '../../simulator/cloud/timers/cron'
import { sendRaw, wang, zhao } from '../cloud/cloud-fixture'
import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Platform } from './platform'

const who = 'exports.main = async (event) => ({ event, context: cloud.getWXContext() })'
let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({
    functions: {
      who: { code: who },
      outer: { code: "exports.main = async (event) => (await cloud.callFunction({ name: 'sdk', data: { code: event.code } })).result" },
      middle: { code: "exports.main = async () => (await cloud.callFunction({ name: 'who', data: { step: 2 } })).result" },
      throwing: { code: "exports.main = async () => { throw new TypeError('no such bill') }" },
      rejecting: { code: "exports.main = () => Promise.reject('only words')" },
      slow: { code: 'exports.main = () => new Promise(() => setInterval(() => {}, 1000))', config: { timeout: 1 } },
      silent: { code: 'exports.main = async () => undefined' },
      dated: { code: 'exports.main = async () => ({ at: new Date(0), none: undefined, list: [undefined] })' },
      nightly: { code: who, config: { triggers: [{ name: 'night', type: 'timer', config: '0 0 2 * * * *' }] } },
      gate: { code: who },
      worded: { code: "exports.main = async () => 'opened'" },
      shaped: { code: "exports.main = async () => ({ statusCode: 418, headers: { 'x-gate': '3' }, body: 'tea' })" },
      coded: {
        code: "exports.main = async () => ({ statusCode: 200, headers: { 'x-kind': 'gif' }, body: 'R0lGODlh', isBase64Encoded: true })",
      },
    },
  })
})
afterAll(() => platform.close())

describe('callFunction of a function', () => {
  hold(() => platform, [
    { name: 'answers its result and a request id', evidence: 'wire §2.2 invokeFunction [V]',
      code: "return cloud.callFunction({ name: 'who', data: { asked: 1 } })",
      gives: {
        result: { event: { asked: 1, userInfo: { appId: 'wx1111aaaa2222bbbb', openId: wang } },
          context: expect.objectContaining({ OPENID: wang, SOURCE: 'wx_client,scf' }) },
        errMsg: 'callFunction:ok', requestID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      } },
    { name: 'without data gives an event of the person alone', evidence: 'wire §2.2 request_data empty [V]',
      code: "return (await cloud.callFunction({ name: 'who' })).result.event",
      gives: { userInfo: { appId: 'wx1111aaaa2222bbbb', openId: wang } } },
    { name: 'cannot pretend to be somebody else', evidence: 'wire §1.1 userInfo [D]',
      code: "return (await cloud.callFunction({ name: 'who', data: { userInfo: { openId: 'o-forged' } } })).result.event.userInfo.openId",
      gives: wang },
    { name: 'two deep says so, for the same person', evidence: 'wire §9.1 nested OPENID [?]; platform §3.1 SOURCE chain [D]',
      code: `const { context } = (await cloud.callFunction({ name: 'middle' })).result
      return [context.OPENID, context.SOURCE]`, gives: [wang,
        'wx_client,scf,scf'] },
    { name: 'that returns nothing is null', evidence: 'wire §2.2 response_data is JSON [V]',
      code: "return (await cloud.callFunction({ name: 'silent' })).result", gives: null },
    { name: 'passes JSON: dates are text, what is undefined is gone', evidence: 'wire §2.2 response_data is JSON [V]',
      code: "return (await cloud.callFunction({ name: 'dated' })).result",
      gives: { at: '1970-01-01T00:00:00.000Z', list: [null] } },
    { name: 'that throws fails with its message', evidence: 'wire §2.2 FUNCTIONS_EXECUTE_FAIL, errCode -1 [V]',
      code: "return cloud.callFunction({ name: 'throwing' })",
      fails: { errCode: -1, code: 'FUNCTIONS_EXECUTE_FAIL', errMsg: /^callFunction:fail .*TypeError: no such bill/s } },
    { name: 'that rejects with words fails with them', evidence: 'wire §2.2 FUNCTIONS_EXECUTE_FAIL [V]',
      code: "return cloud.callFunction({ name: 'rejecting' })",
      fails: { errCode: -1, code: 'FUNCTIONS_EXECUTE_FAIL', errMsg: /only words/ } },
    { name: 'that does not end in its time fails', evidence: 'wire §2.2 timeout code [?]',
      code: "return cloud.callFunction({ name: 'slow' })",
      fails: { errCode: -1, code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED', errMsg: /timed out after 1 seconds/ } },
    { name: 'that is not there fails', evidence: 'wire §2.2 FUNCTION_NOT_FOUND [T]', code: "return cloud.callFunction({ name: 'nowhere' })",
      fails: { errCode: -1, code: 'FUNCTION_NOT_FOUND' } },
  ])

  it('asks the platform as the function it is in — wire §1 WX_API_TOKEN [V]', async () => {
    const code = "return [cloud.getWXContext().SOURCE, (await cloud.callFunction({ name: 'who' })).result.context.SOURCE]"
    const outcome = (await platform.cloud.call('outer', { code }, zhao)).outcome as string
    expect(Buffer.from(outcome, 'base64').toString('latin1')).toContain('wx_client,scf,scf')
  })
})

describe('getWXContext', () => {
  hold(() => platform, [
    { name: 'has the person, the app, the environment, the source and the address', evidence: 'wire §1 getWXContext [S]; platform §3.1 [D]',
      code: 'return cloud.getWXContext()',
      gives: { OPENID: wang, APPID: 'wx1111aaaa2222bbbb', ENV: 'local-env', SOURCE: 'wx_client', CLIENTIP: '127.0.0.1' } },
    { name: 'hides the token of the platform', evidence: 'wire §1 API_TOKEN hidden [S]',
      code: "return Object.keys(cloud.getWXContext()).filter((key) => /TOKEN/.test(key))", gives: [] },
    { name: 'DYNAMIC_CURRENT_ENV is the environment the function is in', evidence: 'wire §1 SCF_NAMESPACE [V]',
      code: 'return process.env.SCF_NAMESPACE', gives: 'local-env' },
  ])
})

describe('a timer', () => {
  it('gives the event of a timer, and nobody as the caller — wire §1.1 timer event [D]', async () => {
    const { body } = await platform.cloud.post('/control/timer', { name: 'nightly', time: '2026-03-01T18:00:00Z' })
    expect(body.result).toEqual({
      event: { Type: 'Timer', TriggerName: 'night', Time: '2026-03-01T18:00:00Z', Message: '' },
      context: { APPID: 'wx1111aaaa2222bbbb', ENV: 'local-env', SOURCE: 'wx_trigger' },
    })
  })

  // Seven fields, seconds first, years last, in Beijing time. 1 March 2026 is a Sunday.
  const runs: [string, string, string, string][] = [
    ['every day at two', '0 0 2 * * * *', '2026-03-01T12:00:00+08:00', '2026-03-02T02:00:00+08:00'],
    ['at eight in Beijing, not in UTC', '0 0 8 * * * *', '2026-03-01T07:59:59+08:00', '2026-03-01T08:00:00+08:00'],
    ['every five minutes', '0 */5 * * * * *', '2026-03-01T12:01:00+08:00', '2026-03-01T12:05:00+08:00'],
    ['from second 1, every 10', '1/10 * * * * * *', '2026-03-01T12:00:02+08:00', '2026-03-01T12:00:11+08:00'],
    ['on the first of a month', '0 0 9 1 * * *', '2026-03-01T09:00:00+08:00', '2026-04-01T09:00:00+08:00'],
    ['at hours of a list', '0 0 8,20 * * * *', '2026-03-01T09:00:00+08:00', '2026-03-01T20:00:00+08:00'],
    ['at hours of a range', '0 0 9-17 * * * *', '2026-03-01T17:30:00+08:00', '2026-03-02T09:00:00+08:00'],
    ['on a weekday by number', '0 0 9 * * 1 *', '2026-03-01T12:00:00+08:00', '2026-03-02T09:00:00+08:00'],
    ['on a weekday by name', '0 0 9 * * SUN *', '2026-03-01T12:00:00+08:00', '2026-03-08T09:00:00+08:00'],
    ['on weekdays of a range', '0 0 9 * * MON-FRI *', '2026-03-06T12:00:00+08:00', '2026-03-09T09:00:00+08:00'],
    ['in a month by name', '0 0 9 1 DEC * *', '2026-03-01T12:00:00+08:00', '2026-12-01T09:00:00+08:00'],
    ['on a day or a weekday, whichever comes first: the day', '0 0 9 15 * MON *', '2026-03-09T12:00:00+08:00', '2026-03-15T09:00:00+08:00'],
    ['on a day or a weekday, whichever comes first: the weekday', '0 0 9 15 * MON *', '2026-03-15T12:00:00+08:00',
      '2026-03-16T09:00:00+08:00'],
    ['in a year', '0 0 0 1 1 * 2028', '2026-03-01T12:00:00+08:00', '2028-01-01T00:00:00+08:00'],
    ['on 31 days only where there are such', '0 0 0 31 * * *', '2026-04-01T00:00:00+08:00', '2026-05-31T00:00:00+08:00'],
  ]
  it.each(runs)('fires %s (%s) — wire §6 timer [D]', (_name, expression, from, next) => {
    expect(new Date(findNextRun(expression, Date.parse(from)) ?? 0).toISOString()).toBe(new Date(next).toISOString())
  })

  it('of a year that is over fires no more — wire §6 timer [D]', () => {
    expect(findNextRun('0 0 0 1 1 * 2020', Date.parse('2026-03-01T00:00:00+08:00'))).toBeUndefined()
  })

  const bad = [
    '', '@daily', '0 2 * * *', '0 0 2 * * *', '60 0 2 * * * *', '0 60 2 * * * *', '0 0 24 * * * *', '0 0 2 0 * * *', '0 0 2 32 * * *',
    '0 0 2 * 13 * *', '0 0 2 * SUN * *', '0 0 2 * * 7 *', '0 0 2 * * MON#1 *', '0 0 2 L * * *', '0 0 2 ? * * *', '0 0 2 15W * * *',
    '0 0 2 * * * 1969', '0 0 2 * * * 2100',
  ]
  it.each(bad)('refuses "%s" — wire §6 timer: 7 fields and their ranges, operators , - * / [D]', (expression) => {
    expect(isTimerExpression(expression)).toBe(false)
  })

  const triggers = (config: object[]) => openPlatform({ functions: { bad: { code: who, config: { triggers: config } } } })
  it('is one for a function, with a plain name — wire §6 one trigger; name [D]', async () => {
    const night = { name: 'night', type: 'timer', config: '0 0 2 * * * *' }
    await expect(triggers([night, { ...night, name: 'noon' }])).rejects.toThrow('at most one timer')
    await expect(triggers([{ ...night, name: '夜' }])).rejects.toThrow('config.json of the function bad')
  })
})

describe('the HTTP door', () => {
  const at = (path: string, init?: RequestInit): Promise<Response> => fetch(`${platform.cloud.url}/http${path}`, init)

  it('gives a request as an event, and nobody as the caller — platform §13 [CB]', async () => {
    const response = await at('/gate/open/3?floor=5',
      { method: 'POST', headers: { 'X-Device': 'Gate-1', 'content-type': 'text/plain' }, body: '开门' })
    const { event, context } = (await response.json()) as { event: Record<string, unknown>; context: Record<string, unknown> }
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(event).toMatchObject({
      path: '/open/3', httpMethod: 'POST', queryStringParameters: { floor: '5' }, body: '开门', isBase64Encoded: false,
      headers: { 'x-device': 'Gate-1', 'content-type': 'text/plain' }, requestContext: { envId: 'local-env', appId: 'wx1111aaaa2222bbbb' },
    })
    expect(context).toEqual({ APPID: 'wx1111aaaa2222bbbb', ENV: 'local-env', SOURCE: 'wx_http' })
  })

  it('gives bytes in base64 — platform §13 isBase64Encoded [CB]', async () => {
    const response = await at('/gate', { method: 'POST', body: Buffer.from([0xff, 0xfe, 0x00]) })
    const { event } = (await response.json()) as { event: Record<string, unknown> }
    expect(event).toMatchObject({ body: '//4A', isBase64Encoded: true })
  })

  it('answers text for a string — platform §13 [CB]', async () => {
    const response = await at('/worded')
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['text/plain; charset=utf-8', 'opened'])
  })

  it('answers whatever has a statusCode as a whole response — platform §13 [CB]', async () => {
    const response = await at('/shaped')
    expect([response.status, response.headers.get('x-gate'), await response.text()]).toEqual([418, '3', 'tea'])
    expect(Buffer.from(await (await at('/coded')).arrayBuffer()).toString()).toBe('GIF89a')
  })

  it('does not answer for a function that is not there — platform §13 [CB]', async () => {
    const { status } = await sendRaw(`${platform.cloud.url}/http/nowhere`, {})
    expect(status).toBe(404)
  })
})

holdToThisMachine(() => platform)
