import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({ collections: { values: [] } })
})
afterAll(() => platform.close())

/** A value that is added and got again. */
const survives = (name: string, evidence: string, value: string, gives: unknown): Case => ({
  name, evidence, gives, code: `const { _id } = await db.collection('values').add({ data: { value: ${value} } })
  return (await db.collection('values').doc(_id).get()).data.value`,
})
const gives = (name: string, evidence: string, code: string, value: unknown): Case => ({
  name, evidence, gives: value, code: `const values = db.collection('values')\n${code}`,
})
const encoding = 'wire §2.1 encoding [V]'

describe('a stored value comes back as it was:', () => {
  hold(() => platform, [
    survives('a whole number', encoding, '7', 7),
    survives('a negative whole number', encoding, '-7', -7),
    survives('zero', encoding, '0', 0),
    survives('the greatest 32-bit number', encoding, '2147483647', 2147483647),
    survives('a number over 32 bits', encoding, '2147483648', 2147483648),
    survives('the greatest safe number', encoding, 'Number.MAX_SAFE_INTEGER', 9007199254740991),
    survives('a fraction', encoding, '0.1', 0.1),
    survives('a large fraction', encoding, '123456789.125', 123456789.125),
    survives('true', encoding, 'true', true),
    survives('false', encoding, 'false', false),
    survives('null', 'wire §2.1 null kept [V]', 'null', null),
    survives('empty text', encoding, "''", ''),
    survives('Chinese and emoji', encoding, "'幸福里 3-2-501 🏠👨‍👩‍👧'", '幸福里 3-2-501 🏠👨‍👩‍👧'),
    survives('quotes, backslashes and line ends', encoding, JSON.stringify('"a\\b\nc'), '"a\\b\nc'),
    survives('a NUL in text', encoding, "'a\\u0000b'", 'a\u0000b'),
    survives('text that looks like a date', encoding, "'2026-01-31T16:30:00.000Z'", '2026-01-31T16:30:00.000Z'),
    survives('a date to the millisecond', 'wire §2.1 Date [V]', 'new Date(1767225600123)', new Date(1767225600123)),
    survives('a date before 1970', 'wire §2.1 Date [V]', 'new Date(-1)', new Date(-1)),
    survives('a date in an array', 'wire §2.1 Date [V]', '[new Date(5)]', [new Date(5)]),
    survives('an empty array', encoding, '[]', []),
    survives('an empty object', encoding, '{}', {}),
    survives('arrays in arrays', encoding, '[[1, [2]], []]', [[1, [2]], []]),
    survives('null in an array', encoding, '[null, 1]', [null, 1]),
    survives('objects deep down', encoding, '{ a: { b: { c: [{ d: 1 }] } } }', { a: { b: { c: [{ d: 1 }] } } }),
    survives('a regular expression, as the SDK reads one', 'wire §2.1 RegExp; bson EJSON.parse [S]', '/^a.b$/i',
      { pattern: '^a.b$', options: 'i' }),
  ])
})

describe('a stored value becomes:', () => {
  hold(() => platform, [
    gives('nothing, where it is undefined', 'wire §2.1 undefined dropped [V]',
      `const { _id } = await values.add({ data: { a: undefined, o: { b: undefined, c: 1 } } })
      return Object.entries((await values.doc(_id).get()).data).filter(([name]) => name !== '_id')`, [['o', { c: 1 }]]),
    gives('the cloud clock, where it is serverDate in add', 'wire §2.1 $tcb_server_date [V]',
      `const { _id } = await values.add({ data: { at: db.serverDate() } })
      const { at } = (await values.doc(_id).get()).data
      return at instanceof Date && Math.abs(at - Date.now()) < 5000`, true),
    gives('an hour later, where serverDate has an offset in set', 'wire §2.1 $tcb_server_date [V]',
      `await values.doc('later').set({ data: { o: { at: db.serverDate({ offset: 3600000 }) } } })
      return Math.round(((await values.doc('later').get()).data.o.at - Date.now()) / 600000)`, 6),
    gives('a day earlier, where serverDate has an offset in update', 'wire §2.1 $tcb_server_date [V]',
      `await values.doc('earlier').set({ data: { n: 1 } })
      await values.doc('earlier').update({ data: { at: db.serverDate({ offset: -86400000 }) } })
      return Math.round(((await values.doc('earlier').get()).data.at - Date.now()) / 3600000)`, -24),
    gives('the cloud clock in an array, where serverDate is pushed', 'wire §2.1 $tcb_server_date [V]',
      `await values.doc('pushed').set({ data: { log: [] } })
      await values.doc('pushed').update({ data: { log: _.push({ at: db.serverDate(), word: 'done' }) } })
      const [{ at, word }] = (await values.doc('pushed').get()).data.log
      return [at instanceof Date, word]`, [true, 'done']),
    gives('a number the same in a query, whole or fraction', 'MongoDB: numbers of all types compare by value',
      "await values.doc('n').set({ data: { n: 3 } }); return (await values.where({ _id: 'n', n: 3.0 }).get()).data.length", 1),
    gives('a date that a query finds to the millisecond', 'wire §2.1 Date [V]',
      `await values.doc('when').set({ data: { at: new Date(1767225600123) } })
      const count = async (at) => (await values.where({ _id: 'when', at }).get()).data.length
      return [await count(new Date(1767225600123)), await count(new Date(1767225600124))]`, [1, 0]),
  ])

  it('hex text, where it is an ObjectId — wire §2.1 stored ObjectIds as plain hex strings [T]', async () => {
    const body = {
      action: 'database.insertDocument', collectionName: 'values', data: ['{"_id":{"$oid":"5f1a0000000000000000abcd"},"from":"an import"}'],
    }
    await platform.cloud.post('/admin', body)
    expect(await platform.run("return (await db.collection('values').doc('5f1a0000000000000000abcd').get()).data"))
      .toEqual({ _id: '5f1a0000000000000000abcd', from: 'an import' })
  })
})

describe('a value the SDK does not send:', () => {
  hold(() => platform, [
    survives('bytes, which it loses', 'SDK datatype.ts serialize [S]', "Buffer.from('abc')", { type: 'Buffer', data: [] }),
    { name: 'one that holds itself', evidence: 'SDK datatype.ts serialize [S]',
      code: "const o = {}; o.o = o; return db.collection('values').add({ data: o })", fails: { message: /circular structure/ } },
  ])
})

holdToThisMachine(() => platform)
