import fc from 'fast-check'
import { openVillage, type Village } from '../support/village'
import { jsonText } from './json-text'
import { nastyValue } from './nasty'
import { everythingStored, openidOf } from './probe'
import { everybody } from './calls'

const seed = 20261124
const ids = ['o-village-he', 'h-3-2-501', 'r-village-tap', 'tick', 'content-callback', 'repairs', '_shared', '../repairs', '*']

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const post = async (door: string, body: string | Buffer<ArrayBuffer>): Promise<{ status: number; text: string }> => {
  const response = await fetch(village.url + door, { method: 'POST', body })
  return { status: response.status, text: await response.text() }
}
const isSentence = (text: string): boolean => typeof (JSON.parse(text) as { message?: unknown }).message === 'string'
const isPlatformError = (text: string): boolean => {
  const { errCode, errMsg } = JSON.parse(text) as { errCode?: unknown; errMsg?: unknown }
  return Number.isInteger(errCode) && typeof errMsg === 'string' && errMsg.startsWith('cloud.callFunction:fail')
}

const nasty = nastyValue(ids)
const garbage = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
  fc.constantFrom('', '{', '[]', 'null', '7', '"text"', '{"openid":', '\ufeff{}', '{}', '{"openid":"o-village-wang"}', '[[[[').map((text) => Buffer.from(text)),
  fc.record({ openid: nasty, name: nasty, data: nasty }, { requiredKeys: [] }).map((body) => Buffer.from(jsonText(body))),
  fc.record({ openid: fc.constantFrom('o-village-wang', '__proto__', 'constructor'), name: nasty, data: nasty }).map((body) => Buffer.from(jsonText(body))),
)

describe('the doors a phone uses', () => {
  it.each(['/client/call', '/client/subscribe', '/client/phone-code', '/client/temp-url', '/client/upload', '/client/nothing'])(
    '%s answers whatever is sent to it with what is wrong with it, and the cloud goes on', async (door) => {
      const before = everythingStored(village)
      await fc.assert(fc.asyncProperty(garbage, async (body) => {
        const { status, text } = await post(door, body)
        expect([200, 400, 404]).toContain(status)
        if (status !== 200) expect(isSentence(text)).toBe(true)
        else if (door === '/client/call') expect(isPlatformError(text) || text.startsWith('{"result":{"ok":false')).toBe(true)
      }), { seed, numRuns: 150 })
      expect(everythingStored(village)).toBe(before)
      expect(await village.as('wang').call('members', 'session', {})).toMatchObject({ ok: true })
    })

  it.each([
    ['an array nested 3,000 deep', '['.repeat(3_000) + ']'.repeat(3_000)],
    ['an array nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['an object nested 100,000 deep', '{"a":'.repeat(100_000) + '0' + '}'.repeat(100_000)],
    ['more than a megabyte', JSON.stringify('水'.repeat(400_000))],
  ])('%s is refused like any other input', async (_, value) => {
    for (const data of [value, `{"action":"get","input":${value}}`, `{"action":"get","input":{"repairId":${value}}}`]) {
      const { status, text } = await post('/client/call', `{"openid":"o-village-wang","name":"repairs","data":${data}}`)
      expect([200, 400]).toContain(status)
      if (status === 200) expect(isPlatformError(text) || text.startsWith('{"result":{"ok":false,"error":{"code":"INVALID_INPUT"')).toBe(true)
    }
  })
})

describe('what only the platform may call', () => {
  it.each(['tick', 'content-callback'])('%s is closed to every phone, whatever it says of itself', async (name) => {
    const check = { trace_id: 'x', result: { suggest: 'risky' } }
    const claims = fc.constantFrom({ Type: 'Timer', TriggerName: 'everyMinute' }, { Event: 'wxa_media_check', ...check }, { SOURCE: 'wx_trigger' }, { userInfo: {} }, {})
    const before = everythingStored(village)
    await fc.assert(fc.asyncProperty(fc.constantFrom(...everybody), claims, nasty, async (who, claim, value) => {
      for (const data of [claim, { ...claim, value }]) {
        const { status, text } = await post('/client/call', jsonText({ openid: openidOf(who), name, data }))
        expect(status).toBe(200)
        expect(JSON.parse(text)).toMatchObject({ errCode: -501023 })
      }
    }), { seed, numRuns: 60 })
    expect(everythingStored(village)).toBe(before)
  })
})
