import { sendRaw, startTestCloud, stopTestCloud, wang } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

let cloud: TestCloud
let port: string
beforeAll(async () => {
  cloud = await startTestCloud({
    functions: {
      'gate-device': { code: 'exports.main = async (event) => ({ event, context: cloud.getWXContext() })' },
      notify: { code: "exports.main = async () => 'success'" },
      page: {
        code: `const headers = { 'Content-Type': 'image/gif', 'x-made': 'here' };
          exports.main = async () => ({ statusCode: 201, headers, body: 'R0lG', isBase64Encoded: true })`,
      },
      failing: { code: "exports.main = async () => { throw new Error('out of order') }" },
    },
    options: {
      pages: async (request, response) => {
        if (request.url !== '/') return false
        response.end('the phone')
        return true
      },
    },
  })
  port = new URL(cloud.url).port
})
afterAll(() => stopTestCloud(cloud))

describe('a page of another site', () => {
  const body = JSON.stringify({ openid: wang, name: 'notify' })
  const ask = (headers: Record<string, string>, path = '/client/call', method = 'POST') =>
    sendRaw(cloud.url + path, { method, headers, body: method === 'POST' ? body : undefined })

  it('cannot call as a resident: its Origin is not ours', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${Number(port) + 1}`, `https://127.0.0.1:${port}`]) {
      expect((await ask({ origin })).status).toBe(403)
      expect((await ask({ origin }, '/control/people', 'GET')).status).toBe(403)
    }
  })

  it('cannot reach the cloud by a name it has bound to this machine', async () => {
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1',
      `127.0.0.1:${Number(port) + 1}`,
      `127.0.0.1.evil.example:${port}`,
    ]) {
      expect((await ask({ host })).status).toBe(403)
      expect((await ask({ host }, '/', 'GET')).status).toBe(403)
    }
  })

  it('cannot embed or fetch, but may link to it', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect((await ask({ ...headers, 'sec-fetch-dest': 'iframe' }, '/', 'GET')).status).toBe(403)
    expect((await ask({ ...headers, 'sec-fetch-dest': 'script' }, '/control/people', 'GET')).status).toBe(403)
    expect(await ask({ ...headers, 'sec-fetch-dest': 'document' }, '/', 'GET')).toMatchObject({ status: 200, body: 'the phone' })
  })

  it.each([
    ['a simple request', { origin: 'https://evil.example', 'content-type': 'text/plain' }],
    ['a form', { origin: 'https://evil.example', 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
    ['a form that hides where it is from', { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' }],
    ['a form of a browser that sends no Origin', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
    ['a page of another port', { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-site' }],
  ])('cannot act by %s', async (_, headers) => {
    for (const [door, text] of [
      ['/client/call', body],
      ['/client/subscribe', JSON.stringify({ openid: wang, results: { t: 'accept' } })],
      ['/client/upload', ''],
      ['/control/reset', '{"seed":"empty"}'],
      ['/control/clock', '{"now":0}'],
      ['/admin', '{"action":"database.getDocument"}'],
      ['/http/notify', ''],
    ]) {
      expect((await sendRaw(cloud.url + door, { method: 'POST', headers, body: text })).status).toBe(403)
    }
    expect((await cloud.get('/control/people')).body.people).toHaveLength(2)
    expect((await cloud.get('/control/clock')).body.shiftMs).toBe(0)
  })

  it('cannot look by an image', async () => {
    for (const site of ['cross-site', 'same-site']) {
      for (const door of ['/control/people', '/control/collection?name=notes', '/control/outbox', '/control/calls', '/phone/app.js']) {
        expect((await ask({ 'sec-fetch-site': site, 'sec-fetch-dest': 'image' }, door, 'GET')).status).toBe(403)
      }
    }
  })

  it('is not confused with our own', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      const own = { host: `${name}:${port}`, origin: `http://${name}:${port}` }
      expect(await ask(own)).toMatchObject({ status: 200, body: '{"result":"success"}' })
    }
  })
})

describe('a door given nonsense', () => {
  it.each([
    ['/client/call', '{', 'the body must be JSON'],
    ['/client/call', '[]', 'the body must be a JSON object'],
    ['/client/subscribe', '{"openid":"o-wang"}', 'results: '],
    ['/client/temp-url', '{"openid":"o-wang","fileList":[]}', 'fileList: '],
    ['/client/phone-code', '{"openid":"7"}', 'openid: must be an openid'],
    ['/control/pay', '{"outTradeNo":"a","outcome":"maybe"}', 'outcome'],
    ['/control/pay', '{"outTradeNo":"a","outcome":"success"}', 'no order has the outTradeNo a'],
    ['/control/clock', '{"now":"yesterday"}', 'now: '],
    ['/control/timer', '{"name":"nowhere"}', 'there is no function named nowhere'],
    ['/control/timer', '{"name":"notify"}', 'has no timer'],
    ['/control/fault', '{"kind":"flood"}', 'kind'],
    ['/control/reset', '{"seed":"metropolis"}', 'there is no seed "metropolis"; there are village, empty'],
    ['/control/media-check', '{"traceId":"t","suggest":"pass"}', 'no photo check has the trace id t'],
    ['/client/upload', 'not multipart', 'not a multipart body'],
  ])('%s %s: 400 and a sentence', async (path, body, sentence) => {
    const answer = await sendRaw(cloud.url + path, { method: 'POST', body })
    expect(answer.status).toBe(400)
    expect(JSON.parse(answer.body).message).toContain(sentence)
  })

  it('that is no door: 404; with the wrong verb: 405', async () => {
    expect((await cloud.post('/client/everything', {})).status).toBe(404)
    expect((await cloud.get('/control/everything')).status).toBe(404)
    expect((await cloud.get('/client/call')).status).toBe(405)
    expect((await cloud.get('/control/collection?name=secrets')).body.message).toContain(
      'there is no collection "secrets"; there are notes',
    )
  })

  it("of the gateway is answered in the platform's way", async () => {
    for (const body of ['{', '[]', '{"action":"database.dropEverything"}', '{"action":"constructor"}']) {
      const answer = await sendRaw(`${cloud.url}/admin`, { method: 'POST', body })
      expect(answer.status).toBe(200)
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'INVALID_PARAM', requestId: expect.any(String) })
    }
  })
})

describe('the HTTP door of a function', () => {
  it('hands over the request, without any identity', async () => {
    const { body } = await sendRaw(`${cloud.url}/http/gate-device/events/7?gate=east&gate=west`, {
      method: 'PUT',
      headers: { 'X-Signature': 'abc', 'content-type': 'application/json' },
      body: '{"opened":"东门"}',
    })
    const { event, context } = JSON.parse(body)
    expect(event).toMatchObject({
      path: '/events/7',
      httpMethod: 'PUT',
      queryStringParameters: { gate: 'west' },
      body: '{"opened":"东门"}',
      isBase64Encoded: false,
    })
    expect(event.headers['x-signature']).toBe('abc')
    expect(context).toEqual({ APPID: 'wx1111aaaa2222bbbb', ENV: 'local-env', SOURCE: 'wx_http' })
  })

  it('hands over bytes in base64', async () => {
    const response = await fetch(`${cloud.url}/http/gate-device`, { method: 'POST', body: Buffer.from([0xff, 0x00, 0xfe]) })
    expect(((await response.json()) as { event: unknown }).event).toMatchObject({ path: '/', body: '/wD+', isBase64Encoded: true })
  })

  it('answers a string as text, and a whole response as such', async () => {
    expect(await sendRaw(`${cloud.url}/http/notify`, {})).toMatchObject({
      status: 200,
      body: 'success',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })
    expect(await sendRaw(`${cloud.url}/http/page`, {})).toMatchObject({
      status: 201,
      body: 'GIF',
      headers: { 'content-type': 'image/gif', 'x-made': 'here' },
    })
  })

  it('tells of a function that fails or is not there', async () => {
    expect((await cloud.get('/http/failing')).status).toBe(500)
    expect((await cloud.get('/http/nowhere')).status).toBe(404)
    expect((await cloud.get('/http/')).status).toBe(404)
  })
})
