import { wang } from '../cloud/cloud-fixture'
import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({
    collections: { many: [{ name: 'rank', keys: { rank: 1 } }], large: [] },
    functions: { big: { code: "exports.main = async (event) => 'x'.repeat(event.size)" } },
  })
  await platform.run(`const rows = Array.from({ length: 1100 }, (_each, rank) => ({ _id: String(rank).padStart(4, '0'), rank }))
  for (let at = 0; at < rows.length; at += 550) await db.collection('many').add({ data: rows.slice(at, at + 550) })`)
})
afterAll(() => platform.close())

const length = (name: string, evidence: string, query: string, gives: number): Case => ({
  name, evidence, gives, code: `return (await db.collection('many')${query}.get()).data.length`,
})

describe('an answer of get', () => {
  const rule = 'wire §6 get() default 100, max 1000; SDK query.ts get [S]'
  hold(() => platform, [
    length('has 100 documents where nobody says more', rule, '', 100),
    length('has as many as asked for', rule, '.limit(250)', 250),
    length('has 1,000 at the most', rule, '.limit(1100)', 1000),
    length('has 100 for a limit of 0, which the SDK does not send', rule, '.limit(0)', 100),
    length('goes on behind a skip', rule, '.skip(1000).limit(1000)', 100),
    length('of a where has 100 too', rule, '.where({ rank: _.gte(0) })', 100),
    { name: 'a limit that is no whole number throws', evidence: 'SDK validate.ts isInteger [S]',
      code: "return db.collection('many').limit(1.5).get()", fails: { errCode: undefined, message: /./ } },
    { name: 'count knows no such limit', evidence: 'wire §2.1 calculateDocument [V]',
      code: "return (await db.collection('many').count()).total", gives: 1100 },
    { name: 'an aggregate takes a greater limit', evidence: 'platform §4.1 up to 10,000 [C]',
      code: "return (await db.collection('many').aggregate().limit(1100).end()).list.length", gives: 1100 },
    { name: 'where().update() knows no such limit', evidence: 'wire §2.1 multi [V]',
      code: "return (await db.collection('many').where({ rank: _.gte(0) }).update({ data: { seen: true } })).stats.updated", gives: 1100 },
  ])
})

describe('a document', () => {
  const budget = 'wire §6 document size [?]: a budget of 512 KB'
  const add = (value: string): string =>
    `const { _id } = await db.collection('large').add({ data: { value: ${value} } }); return typeof _id`
  hold(() => platform, [
    { name: 'of just under 512 KB is stored', evidence: budget, code: add("'x'.repeat(523000)"), gives: 'string' },
    { name: 'of Chinese is measured in bytes', evidence: budget, code: add("'费'.repeat(180000)"),
      fails: { errCode: -502001, errMsg: /512 KB/ } },
    { name: 'over 512 KB is refused', evidence: budget, code: add("'x'.repeat(525000)"), fails: { errCode: -502001, errMsg: /512 KB/ } },
    { name: 'that grows over 512 KB is refused, and stays as it was', evidence: budget, gives: [-502001, 1],
      code: `const large = db.collection('large')
      await large.doc('grows').set({ data: { list: ['x'.repeat(400000)] } })
      const failure = await large.doc('grows').update({ data: { list: _.push('x'.repeat(200000)) } }).catch((reason) => reason)
      return [failure.errCode, (await large.doc('grows').get()).data.list.length]` },
    { name: 'with an _id over 1,024 bytes is refused', evidence: 'platform §4.3 indexed value at most 1024 bytes [CB]',
      code: "return db.collection('large').add({ data: { _id: 'x'.repeat(1025) } })",
      fails: { errCode: -502001, errMsg: /_id/ } },
    { name: 'with an empty _id is refused', evidence: 'unknown of the platform: an empty _id',
      code: "return db.collection('large').add({ data: { _id: '' } })", fails: { errCode: -502001, errMsg: /_id/ } },
    { name: 'with a number for _id is refused', evidence: 'design §5: what the product does not use is refused',
      code: "return db.collection('large').add({ data: { _id: 7 } })",
      fails: { errCode: -502001, errMsg: /_id/ } },
  ])
})

describe('an environment', () => {
  hold(() => platform, [
    { name: 'has at most 100 collections', evidence: 'wire §6 collections [D]', gives: [true, 'DATABASE_COLLECTION_EXCEED_LIMIT'],
      code: `let made = 0
      for (;;) {
        try {
          await db.createCollection('c' + made)
          made++
        } catch (reason) {
          return [made > 90 && made < 100, reason.code]
        }
      }` },
  ])
})

describe('what goes to a phone and comes from one', () => {
  const call = async (name: string, data: object) => (await platform.cloud.post('/client/call', { openid: wang, name, data })).body

  it('is a result of at most 1 MB: -604001 — wire §6; error codes -604001 [S]', async () => {
    expect((await call('big', { size: 1024 * 1024 - 2 })).result).toHaveLength(1024 * 1024 - 2)
    expect(await call('big', { size: 1024 * 1024 })).toMatchObject({ errCode: -604001 })
  })

  it('is data of at most 1 MB — platform §3.2 [CB]', async () => {
    const { errMsg } = await call('big', { size: 1, text: 'x'.repeat(1024 * 1024 + 2048) })
    expect(errMsg).toContain('EXCEED_MAX_PAYLOAD_SIZE')
  })

  hold(() => platform, [
    { name: 'is no limit between functions: 6 MB there', evidence: 'wire §6 SCF payload [D]',
      code: "return (await cloud.callFunction({ name: 'big', data: { size: 2000000 } })).result.length", gives: 2000000 },
    { name: 'over 6 MB fails between functions too', evidence: 'wire §6 SCF payload [D]',
      code: "return cloud.callFunction({ name: 'big', data: { size: 6300000 } })",
      fails: { errCode: -1, errMsg: /exceeds limit/ } },
  ])
})

holdToThisMachine(() => platform)
