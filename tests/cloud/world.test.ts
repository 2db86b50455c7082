import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findNextRun } from '../../simulator/cloud/timers/cron'
import { startTestCloud, stopTestCloud, waitFor, wang, zhao } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

const functions = {
  time: {
    code: `exports.main = async () => {
      const began = performance.now(); await new Promise((r) => setTimeout(r, 20));
      class Day extends Date { get name() { return 'day' } }
      return { now: Date.now(), fresh: new Date().toISOString(), text: Date(), given: new Date(0).toISOString(), utc: Date.UTC(2026, 0, 1),
        isDate: new Date() instanceof Date, sub: new Day().name, constructed: new Date().constructor === Date,
        took: performance.now() - began } }`,
  },
  steps: {
    code: `exports.main = async (event) => {
      const done = [];
      for (let step = 1; step <= 3; step++) { await db.collection('notes').add({ data: { _id: event.id + '-' + step } }); done.push(step) }
      return done }`,
  },
  idle: { code: 'exports.main = async () => process.pid' },
  read: { code: "exports.main = async () => attempt(db.collection('notes').get())" },
  pay: { code: "exports.main = async () => attempt(cloud.cloudPay.queryOrder({ subMchId: '16', nonceStr: 'n', outTradeNo: 'none' }))" },
  check: {
    code: "exports.main = async () => attempt(cloud.openapi.wxacode.getUnlimited({ scene: 'a' }))",
    config: { permissions: { openapi: ['wxacode.getUnlimited'] } },
  },
  everySecond: {
    code: `exports.main = async (event) => {
      await db.collection('notes').add({ data: { fired: event.Time } });
      return event.TriggerName }`,
    config: { triggers: [{ name: 'beat', type: 'timer', config: '* * * * * * *' }] },
  },
  caching: { code: 'let count = 0; exports.main = async () => ++count' },
}

let cloud: TestCloud
beforeAll(async () => (cloud = await startTestCloud({ functions })))
afterAll(() => stopTestCloud(cloud))
const notes = async () => (await cloud.get('/control/collection?name=notes')).body.documents.map((note: { _id: string }) => note._id)
const firings = async (here: TestCloud): Promise<string[]> =>
  (await here.get('/control/collection?name=notes')).body.documents.flatMap((note: { fired?: string }) => note.fired ?? [])

describe('the clock', () => {
  it('is shifted inside functions in every way they can ask, and goes on from there; durations stay real', async () => {
    const told = await cloud.post('/control/clock', { now: '2027-01-31T15:59:00Z' })
    expect(told.body.now).toMatch(/^2027-01-31T15:59:00/)
    const seen = await cloud.call('time')
    expect(seen.fresh).toMatch(/^2027-01-31T15:59:0/)
    expect(new Date(seen.now).toISOString()).toMatch(/^2027-01-31T15:59:0/)
    expect(seen).toMatchObject({
      given: '1970-01-01T00:00:00.000Z',
      utc: 1767225600000,
      isDate: true,
      sub: 'day',
      constructed: true,
      text: expect.stringContaining('Jan 31 2027'),
    })
    expect(seen.took).toBeLessThan(1000)
    await cloud.post('/control/clock', { now: null })
    expect(Math.abs((await cloud.call('time')).now - Date.now())).toBeLessThan(2000)
  })
})

describe("a timer's expression", () => {
  const from = Date.parse('2026-01-31T10:00:00Z')
  it.each([
    ['0 30 2 * * * *', '2026-01-31T18:30:00.000Z'],
    ['0 */5 * * * * *', '2026-01-31T10:05:00.000Z'],
    ['0 1/10 * * * * *', '2026-01-31T10:01:00.000Z'],
    ['0 0 2 1 * * *', '2026-01-31T18:00:00.000Z'],
    ['15 30 9 * * MON-FRI *', '2026-02-02T01:30:15.000Z'],
    ['0 0 2 5 * SUN *', '2026-01-31T18:00:00.000Z'],
    ['0 0 2 1 * WED *', '2026-01-31T18:00:00.000Z'],
    ['0 0 0 1 JAN * 2030', '2029-12-31T16:00:00.000Z'],
  ])('%s next fires at %s', (expression, next) => {
    expect(new Date(findNextRun(expression, from) ?? 0).toISOString()).toBe(next)
  })
  it('of a past year never fires; of other than 7 fields is refused', () => {
    expect(findNextRun('0 0 0 1 1 * 2020', from)).toBeUndefined()
    expect(() => findNextRun('0 0 2 * * *', from)).toThrow('7 fields')
    expect(() => findNextRun('0 99 2 * * * *', from)).toThrow()
  })
})

describe('a timer', () => {
  it('fires when told, as of the moment told', async () => {
    const { body } = await cloud.post('/control/timer', { name: 'everySecond', time: '2026-05-01T00:00:00+08:00' })
    expect(body).toEqual({ result: 'beat' })
    expect(await firings(cloud)).toEqual(['2026-04-30T16:00:00Z'])
  })

  it("fires by the cloud's clock, and a jump of the clock does not fire what it jumps over", async () => {
    const ticking = await startTestCloud({ functions: { everySecond: functions.everySecond }, options: { automatic: { timers: true } } })
    await ticking.post('/control/clock', { now: '2031-07-01T00:00:00Z' })
    const fired = await waitFor(async () => {
      const times: string[] = (await firings(ticking)).filter((time) => time.startsWith('2031'))
      return times.length >= 2 ? times : undefined
    })
    expect(fired.slice(0, 2)).toEqual(['2031-07-01T00:00:01Z', '2031-07-01T00:00:02Z'])
    await stopTestCloud(ticking)
  })
})

describe('a fault', () => {
  afterEach(() => cloud.post('/control/fault', { kind: 'none' }))

  it('kills a function before its call takes effect, once', async () => {
    await cloud.post('/control/fault', { kind: 'kill', function: 'steps', beforeCall: 2 })
    await expect(cloud.call('steps', { id: 'before' })).rejects.toThrow('SIGKILL')
    expect((await notes()).filter((id: string) => id.startsWith('before'))).toEqual(['before-1'])
    expect(await cloud.call('steps', { id: 'again' })).toEqual([1, 2, 3])
  })

  it('kills a function after its call took effect, before it can know', async () => {
    await cloud.post('/control/fault', { kind: 'kill', function: 'steps', afterCall: 2 })
    await expect(cloud.call('steps', { id: 'after' })).rejects.toThrow('SIGKILL')
    expect((await notes()).filter((id: string) => id.startsWith('after'))).toEqual(['after-1', 'after-2'])
    expect((await cloud.post('/control/fault', { kind: 'latency', perCallMs: 0 })).body.faults.kills).toEqual([])
  })

  it('makes an api fail as often as told', async () => {
    for (const fault of [
      { name: 'database.getDocument', errcode: 'EXCEED_REQUEST_LIMIT' },
      { name: 'queryOrder', errcode: 'SYSTEMERROR' },
      { name: 'wxacode.getUnlimited', errcode: 45009 },
    ]) {
      await cloud.post('/control/fault', { kind: 'api', ...fault })
    }
    expect(await cloud.call('read')).toMatchObject({ errCode: -501003 })
    expect((await cloud.call('read')).data.length).toBeGreaterThan(0)
    expect(await cloud.call('pay')).toMatchObject({ resultCode: 'FAIL', errCodeDes: 'SYSTEMERROR' })
    expect(await cloud.call('pay')).toMatchObject({ errCodeDes: '订单不存在' })
    expect(await cloud.call('check')).toMatchObject({ errCode: 45009 })
    expect(await cloud.call('check')).toMatchObject({ errCode: 0 })
  })

  it('adds time to every call and to every cold start', async () => {
    await cloud.post('/control/fault', { kind: 'latency', perCallMs: 60, coldMs: 300 })
    await cloud.call('read')
    const began = performance.now()
    await cloud.call('steps', { id: 'slow' })
    expect(performance.now() - began).toBeGreaterThan(180)
    cloud.deploy('read', functions.read)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const cold = performance.now()
    await cloud.call('read')
    expect(performance.now() - cold).toBeGreaterThan(350)
  })

  it('cuts one person off, and nobody else', async () => {
    await cloud.post('/control/fault', { kind: 'offline', openid: zhao })
    await expect(cloud.call('idle', {}, zhao)).rejects.toThrow('fetch failed')
    await expect(cloud.post('/client/phone-code', { openid: zhao })).rejects.toThrow('fetch failed')
    expect(await cloud.call('idle', {}, wang)).toEqual(expect.any(Number))
    await cloud.post('/control/fault', { kind: 'none' })
    expect(await cloud.call('idle', {}, zhao)).toEqual(expect.any(Number))
  })
})

it('what functions ask of the platform is listed, with the request it was for', async () => {
  const { next } = (await cloud.get('/control/calls')).body
  await cloud.call('steps', { id: 'listed' })
  const { calls } = (await cloud.get(`/control/calls?since=${next}`)).body
  expect(calls.map((call: Record<string, unknown>) => [call.function, call.action, call.on])).toEqual([
    ['steps', 'database.insertDocument', 'notes'],
    ['steps', 'database.insertDocument', 'notes'],
    ['steps', 'database.insertDocument', 'notes'],
  ])
  expect(new Set(calls.map((call: { requestId: string }) => call.requestId)).size).toBe(1)
  expect(calls.every((call: { ms: number }) => call.ms > 0 && call.ms < 1000)).toBe(true)
})

describe('a reset', () => {
  it('empties the world and loads the seed', async () => {
    await cloud.call('steps', { id: 'gone' })
    await cloud.call('caching')
    await cloud.post('/client/subscribe', { openid: wang, results: { t: 'accept' } })
    await cloud.post('/control/clock', { now: '2030-01-01T00:00:00Z' })
    await cloud.post('/control/fault', { kind: 'offline', openid: wang })
    const { body } = await cloud.post('/control/reset', { seed: 'village' })
    expect(body.people.map((person: { key: string }) => person.key)).toEqual(['wang', 'zhao'])
    expect(await notes()).toEqual(['first'])
    expect(await cloud.call('caching')).toBe(1)
    expect((await cloud.post('/client/subscribe', { openid: wang, results: { t: 'reject' } })).body.quotas).toEqual({ t: 0 })
    expect((await cloud.get('/control/clock')).body.shiftMs).toBe(0)
  })

  it('to nothing leaves nothing, and a restart keeps it so', async () => {
    const own = await startTestCloud({ functions: { idle: functions.idle } })
    const restarted = await own.restart()
    expect((await restarted.get('/control/people')).body.people.length).toBe(2)
    expect((await restarted.get('/control/templates')).body).toEqual({ titles: { 'tmpl-repair': '报修进度通知' } })
    await restarted.reset('empty')
    const again = await restarted.restart()
    expect((await again.get('/control/people')).body.people).toEqual([])
    expect((await again.get('/control/templates')).body).toEqual({ titles: {} })
    expect((await again.get('/control/collection?name=notes')).body.documents).toEqual([])
    await stopTestCloud(again)
  })

  it('cut short is done again at the next start', async () => {
    let plantings = 0
    const seeds = {
      village: () => {
        plantings++
        if (plantings === 1) throw new Error('the machine went off')
        return { documents: { notes: [{ _id: 'planted' }] }, files: [], people: [] }
      },
    }
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-cloud-'))
    await expect(startTestCloud({ folder, keepsFolder: true, options: { seeds } })).rejects.toThrow('the machine went off')
    const again = await startTestCloud({ folder, options: { seeds } })
    expect((await again.get('/control/collection?name=notes')).body.documents).toEqual([{ _id: 'planted' }])
    const third = await again.restart()
    expect(plantings).toBe(2)
    await stopTestCloud(third)
  })
})

it('a second cloud on a taken port ends before it has touched anything', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-cloud-'))
  const refused = startTestCloud({ folder, keepsFolder: true, options: { port: Number(new URL(cloud.url).port) } })
  await expect(refused).rejects.toThrow('EADDRINUSE')
  expect(fs.existsSync(path.join(folder, 'data'))).toBe(false)
  fs.rmSync(folder, { recursive: true })
})
