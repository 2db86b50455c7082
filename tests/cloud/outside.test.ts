import { startTestCloud, stopTestCloud } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

const robot = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f8fad5b-d9cb-469f-a165-70867728950e'
const asking = {
  code: `const https = require('node:https');
  exports.main = async ({ url, body, ms = 2000, byFetch }) => {
    if (byFetch) return fetch(url).then(() => 'answered', (error) => String(error.cause?.message ?? error));
    return new Promise((resolve) => {
      const request = https.request(url, { method: 'POST', headers: { 'content-type': 'application/json' }, timeout: ms }, (response) => {
        let text = '';
        response.on('data', (part) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) })) });
      request.on('timeout', () => request.destroy(new Error('timed out')));
      request.on('error', (error) => resolve(error.message));
      request.end(JSON.stringify(body)) }) }`,
  config: { timeout: 10 },
}
const text = (content: string) => ({ msgtype: 'text', text: { content } })

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud({ functions: { asking } })
})
afterAll(() => stopTestCloud(cloud))
beforeEach(() => cloud.post('/control/reset', { seed: 'village' }))

const say = (content: string, more: object = {}) => cloud.call('asking', { url: robot, body: text(content), ...more })
const said = async () => (await cloud.get('/control/outbox')).body.messages

describe('the group robot of 企业微信', () => {
  it('keeps what a function told the group, apart from what people got', async () => {
    expect(await say('3号楼电梯已派单')).toEqual({ status: 200, body: { errcode: 0, errmsg: 'ok' } })
    expect(await said()).toMatchObject([{ kind: 'robot', key: '0f8fad5b-d9cb-469f-a165-70867728950e', content: '3号楼电梯已派单' }])
    expect((await cloud.get('/control/outbox?openid=o-wang')).body.messages).toEqual([])
  })

  it('takes twenty texts a minute and refuses the next', async () => {
    for (let n = 1; n <= 20; n += 1) expect((await say(`第${n}条`)).body.errcode).toBe(0)
    expect(await say('第21条')).toEqual({ status: 200, body: { errcode: 45009, errmsg: 'api freq out of limit' } })
    await cloud.post('/control/clock', { now: Date.now() + 61_000 })
    expect((await say('第21条')).body.errcode).toBe(0)
  })

  it('refuses a text of more than 2048 bytes, another kind of message, and an address that is none', async () => {
    expect((await say('楼'.repeat(682))).body.errcode).toBe(0)
    expect((await say('楼'.repeat(683))).body.errcode).toBe(40058)
    expect((await cloud.call('asking', { url: robot, body: { msgtype: 'image' } })).body.errcode).toBe(40058)
    expect((await say('x', { url: robot.replace(/key=.*/, 'key=mistyped') })).body.errcode).toBe(93000)
  })

  it('can be told to fail, and to be dead', async () => {
    await cloud.post('/control/fault', { kind: 'api', name: 'qyapi.webhook.send', errcode: -1 })
    expect((await say('x')).body).toMatchObject({ errcode: -1 })
    await cloud.post('/control/fault', { kind: 'api', name: 'qyapi.webhook.send', errcode: 'timeout' })
    expect(await say('x', { ms: 200 })).toBe('timed out')
    expect(await said()).toEqual([])
  })

  it('counts among what functions asked for', async () => {
    await say('x')
    const { calls } = (await cloud.get('/control/calls')).body
    expect(calls.at(-1)).toMatchObject({ function: 'asking', action: 'https', on: 'POST qyapi.weixin.qq.com/cgi-bin/webhook/send' })
  })
})

describe('a function', () => {
  it.each([
    ['through https', { url: 'https://example.com/' }],
    ['through fetch', { url: 'https://example.com/', byFetch: true }],
    ['by an address', { url: 'https://8.8.8.8/' }],
  ])('reaches no other server: %s', async (_, asked) => {
    expect(await cloud.call('asking', asked)).toMatch(/^A function asked for (example\.com|8\.8\.8\.8): the local cloud lets nothing out/)
    expect(cloud.lines.join('\n')).toMatch(/lets nothing out/)
  })

  it('finds no other page of a server that is played', async () => {
    expect(await cloud.call('asking', { url: 'https://qyapi.weixin.qq.com/cgi-bin/gettoken' })).toMatchObject({ status: 404 })
  })

  it('is the only one who gets out', async () => {
    expect(await cloud.post('/outside/qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f8fad5b-d9cb-469f-a165-70867728950e', text('x'))).toMatchObject({ status: 403 })
  })
})
