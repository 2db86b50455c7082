import fs from 'node:fs'
import { sendRaw, startTestCloud, stopTestCloud, waitFor, wang, zhao } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

const who = { code: 'exports.main = async (event) => ({ event, context: cloud.getWXContext() })' }
const surroundings = {
  code: 'exports.main = async (event, context) => ({ env: process.env, context, offset: new Date().getTimezoneOffset() })',
}
const source = {
  code: `exports.main = async (event) =>
    ({ ...cloud.getWXContext(), openidInEvent: event.userInfo.openId, asked: event.asked ?? null })`,
}

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud({
    functions: {
      who,
      source,
      slow: {
        code: `const wait = () => new Promise((r) => setTimeout(r, 80));
        exports.main = async () => { await wait(); return cloud.getWXContext().OPENID }`,
        config: { timeout: 5 },
      },
      outer: {
        code: `const data = { asked: 1, userInfo: { openId: 'o-forged' } };
        exports.main = async (event) => attempt(cloud.callFunction({ name: event.name ?? 'source', data }))`,
      },
      endless: { code: 'exports.main = () => new Promise(() => setInterval(() => {}, 1000))', config: { timeout: 1 } },
      spinning: { code: 'exports.main = () => { for (;;) {} }', config: { timeout: 1 } },
      throwing: { code: "exports.main = async () => { throw new TypeError('no such bill') }" },
      crashing: { code: 'exports.main = async () => process.exit(3)' },
      broken: { code: "throw new Error('cannot load')" },
      silent: { code: 'exports.main = async () => undefined' },
      big: { code: 'exports.main = async (event) => "x".repeat(event.size)' },
      printing: { code: "exports.main = async (event) => { console.log(`said ${event.word}\\nand more`); console.error('warned') }" },
      surroundings,
      forgetful: { code: `exports.main = async () => 'not yet'` },
      nightly: { ...who, config: { triggers: [{ name: 'night', type: 'timer', config: '0 0 2 * * * *' }] } },
      door: who,
      tick: who,
      spying: {
        code: `
        const net = require('node:net'); const connect = net.Socket.prototype.connect; const targets = new Set();
        net.Socket.prototype.connect = function (...parts) {
          const [to] = Array.isArray(parts[0]) ? parts[0] : parts;
          targets.add(to.host ?? to.path ?? 'localhost');
          return connect.apply(this, parts) };
        exports.main = async () => {
          const all = [() => db.collection('notes').get(), () => cloud.callFunction({ name: 'silent' }),
            () => cloud.openapi.security.msgSecCheck({}), () => cloud.getTempFileURL({ fileList: ['x'] }),
            () => cloud.uploadFile({ cloudPath: 'spy/a.txt', fileContent: Buffer.from('a') }), () => cloud.cloudPay.queryOrder({})];
          for (const each of all) await attempt(each());
          return [...targets] }`,
      },
    },
    rules: { functions: { '*': { invoke: 'auth != null' }, tick: { invoke: false } } },
  })
})
afterAll(() => stopTestCloud(cloud))

describe('identity', () => {
  it('comes from the platform, whatever the phone writes', async () => {
    const { event, context } = await cloud.call('who', { openid: 'o-forged', userInfo: { openId: 'o-forged' }, OPENID: 'o-forged' })
    expect(context).toMatchObject({
      OPENID: wang,
      SOURCE: 'wx_client',
      APPID: 'wx1111aaaa2222bbbb',
      ENV: 'local-env',
      CLIENTIP: '127.0.0.1',
    })
    expect(context).not.toHaveProperty('API_TOKEN')
    expect(event.userInfo).toEqual({ appId: 'wx1111aaaa2222bbbb', openId: wang })
  })

  it('of twenty people calling at once stays apart', async () => {
    const openids = Array.from({ length: 20 }, (_, index) => `o-person-${index}`)
    const answered = await Promise.all(openids.map((openid) => cloud.call('slow', {}, openid)))
    expect(answered).toEqual(openids)
  })

  it('is kept in a nested call, whose chain says so, and cannot be forged there', async () => {
    const { result } = await cloud.call('outer', {}, zhao)
    expect(result).toMatchObject({ OPENID: zhao, SOURCE: 'wx_client,scf', openidInEvent: zhao, asked: 1 })
  })

  it('of an earlier caller is gone when a timer fires in the same process', async () => {
    await cloud.call('nightly', {}, wang)
    const { body } = await cloud.post('/control/timer', { name: 'nightly', time: '2026-03-01T18:00:00Z' })
    expect(body.result.context).toEqual({ APPID: 'wx1111aaaa2222bbbb', ENV: 'local-env', SOURCE: 'wx_trigger' })
    expect(body.result.event).toEqual({ Type: 'Timer', TriggerName: 'night', Time: '2026-03-01T18:00:00Z', Message: '' })
  })

  it('that is no openid is refused at the door', async () => {
    for (const openid of ['', '12345', 'a b', null, { $ne: '' }]) {
      const { status, body } = await cloud.post('/client/call', { openid, name: 'who' })
      expect([status, body.message]).toEqual([400, 'openid: must be an openid (letters, digits, _ and -, not digits alone)'])
    }
  })
})

describe('a function that does not answer', () => {
  it('and throws: -404011 with its exception', async () => {
    const { status, body } = await cloud.post('/client/call', { openid: wang, name: 'throwing' })
    expect(status).toBe(200)
    expect(body.errCode).toBe(-404011)
    expect(body.errMsg).toMatch(/^cloud\.callFunction:fail Error: errCode: -404011 cloud function execution error \| errMsg: /)
    expect(body.errMsg).toContain('TypeError: no such bill')
  })

  it.each(['endless', 'spinning'])('in its time (%s): killed, -504003, and the next call has a new process', async (name) => {
    const began = Date.now()
    const { body } = await cloud.post('/client/call', { openid: wang, name })
    expect(body.errMsg).toBe(
      'cloud.callFunction:fail Error: errCode: -504003 functions time limit exceeded | errMsg: ' +
        'Invoking task timed out after 1 seconds',
    )
    expect(Date.now() - began).toBeLessThan(4000)
  })

  it('because its process ended: -504002, and others go on', async () => {
    const { body } = await cloud.post('/client/call', { openid: wang, name: 'crashing' })
    expect(body.errCode).toBe(-504002)
    expect(body.errMsg).toContain('exit code 3')
    expect((await cloud.call('who')).context.OPENID).toBe(wang)
  })

  it('because its code cannot be loaded: told at once', async () => {
    const { body } = await cloud.post('/client/call', { openid: wang, name: 'broken' })
    expect([body.errCode, body.errMsg.includes('cannot load')]).toEqual([-404011, true])
  })

  it('because there is none of that name: -501000', async () => {
    for (const name of ['nowhere', '../who', 'who/../who', '__proto__']) {
      expect((await cloud.post('/client/call', { openid: wang, name })).body.errCode).toBe(-501000)
    }
  })

  it('fails its caller, when nested, as the SDK knows it', async () => {
    expect(await cloud.call('outer', { name: 'throwing' })).toMatchObject({ errCode: -1, code: 'FUNCTIONS_EXECUTE_FAIL' })
    expect(await cloud.call('outer', { name: 'nowhere' })).toMatchObject({ errCode: -1, code: 'FUNCTION_NOT_FOUND' })
    expect(await cloud.call('outer', { name: 'endless' })).toMatchObject({ errCode: -1, code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED' })
  })
})

describe('what passes between phone and function', () => {
  it('of nothing is null', async () => expect(await cloud.call('silent')).toBeNull())

  it('over 1 MB is refused, both ways', async () => {
    const { body: result } = await cloud.post('/client/call', { openid: wang, name: 'big', data: { size: 1024 * 1024 } })
    expect(result.errCode).toBe(-604001)
    const { body: data } = await cloud.post('/client/call', {
      openid: wang,
      name: 'silent',
      data: { text: 'x'.repeat(1024 * 1024 + 2048) },
    })
    expect(data.errMsg).toContain('[EXCEED_MAX_PAYLOAD_SIZE] data exceed max size')
    expect((await cloud.call('big', { size: 900_000 })).length).toBe(900_000)
  })

  it('must be an object', async () => {
    expect((await cloud.post('/client/call', { openid: wang, name: 'silent', data: [1] })).body.errCode).toBe(-501007)
    expect((await cloud.post('/client/call', { openid: wang })).status).toBe(400)
  })

  it('is refused for a function closed to phones, and open to its timer and to other functions', async () => {
    const { body } = await cloud.post('/client/call', { openid: wang, name: 'tick' })
    expect(body.errMsg).toBe(
      'cloud.callFunction:fail Error: errCode: -501023 permission denied | errMsg: ' +
        'tick may not be called from a phone; at cloud.callFunction api;',
    )
    expect((await cloud.call('outer', { name: 'tick' })).result.context.SOURCE).toBe('wx_client,scf')
  })
})

describe('a function process', () => {
  it("has the console's variables, UTC, its context, and nothing of this machine", async () => {
    process.env.LINLI_SECRET_OF_THIS_MACHINE = 'seen'
    const { env, context, offset } = await cloud.call('surroundings')
    delete process.env.LINLI_SECRET_OF_THIS_MACHINE
    expect(env).toMatchObject({ LINLI_TEST: 'set in the console', TZ: 'UTC', TENCENTCLOUD_RUNENV: 'SCF', TCB_SOURCE: 'wx_client' })
    expect(
      Object.keys(env)
        .filter((key) => !/^(WX_|TCB_|TENCENTCLOUD_|SCF_|NODE_CHANNEL)/.test(key))
        .sort(),
    ).toEqual(['LINLI_TEST', 'PATH', 'TZ'])
    expect(offset).toBe(0)
    expect(context).toMatchObject({
      function_name: 'surroundings',
      memory_limit_in_mb: 256,
      time_limit_in_ms: 3000,
      namespace: 'local-env',
    })
    expect(JSON.parse(context.environment)).toEqual({ LINLI_TEST: 'set in the console' })
  })

  it('prints with the request it works for', async () => {
    const [{ headers }] = await Promise.all([
      sendRaw(`${cloud.url}/client/call`, {
        method: 'POST',
        body: JSON.stringify({ openid: wang, name: 'printing', data: { word: '一' } }),
      }),
    ])
    const stamp = `[printing ${headers['x-request-id']}]`
    const lines = await waitFor(() => {
      const found = cloud.lines.filter((line) => line.startsWith(stamp))
      return found.length >= 3 ? found : undefined
    })
    expect(lines.sort()).toEqual([`${stamp} and more`, `${stamp} said 一`, `${stamp} warned`])
  })

  it('is replaced when its bundle changes', async () => {
    cloud.deploy('door', { code: "exports.main = async () => 'first'" })
    await waitFor(async () => ((await cloud.call('door')) === 'first' ? true : undefined))
    cloud.deploy('door', { code: "exports.main = async () => 'second upload'" })
    expect(await waitFor(async () => ((await cloud.call('door')) === 'second upload' ? true : undefined))).toBe(true)
  })

  it('asks nothing of the platform once it has answered', async () => {
    cloud.deploy('forgetful', {
      code: `let later; const wait = () => new Promise((r) => setTimeout(r, 100));
        exports.main = async (event) => {
          if (event.look) return later;
          later = attempt(wait().then(() => cloud.callFunction({ name: 'silent' })));
          return 'answered' }`,
    })
    await waitFor(async () => ((await cloud.call('forgetful')) === 'answered' ? true : undefined))
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect((await cloud.call('forgetful', { look: true })).message).toContain('has answered already')
  })

  it('reaches no other machine through the SDK', async () => {
    expect(await cloud.call('spying')).toEqual(['127.0.0.1'])
  })
})

it("a function's config.json the platform would not take stops the cloud from starting", async () => {
  const refused = startTestCloud({
    functions: { wrong: { ...who, config: { triggers: [{ name: 'a', type: 'timer', config: '0 0 2 * *' }] } } },
  })
  await expect(refused).rejects.toThrow('config.json of the function wrong')
})

it('function rules need a rule for all, of a known form', async () => {
  await expect(startTestCloud({ rules: { functions: { tick: { invoke: false } } } })).rejects.toThrow('must have a rule for "*"')
  await expect(startTestCloud({ rules: { functions: { '*': { invoke: 'yes' } } } })).rejects.toThrow('does not know')
  expect(fs.existsSync(cloud.folder)).toBe(true)
})
