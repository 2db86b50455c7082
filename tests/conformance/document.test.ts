import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

const collections = { things: [{ name: 'kind_n', keys: { kind: 1, n: 1 } as const }] }
let platform: Platform
let otherwise: Platform
beforeAll(async () => {
  platform = await openPlatform({ collections })
  otherwise = await openPlatform({ collections, options: { database: { batchInsert: 'partial', sameValueUpdate: 'counted' } } })
})
afterAll(() => Promise.all([platform.close(), otherwise.close()]))

const things = "const things = db.collection('things')\n"
const gives = (name: string, evidence: string, code: string,
  value: unknown): Case => ({ name, evidence, code: things + code, gives: value })
const fails = (name: string, evidence: string, code: string, errCode: number, errMsg: string | RegExp): Case => ({
  name, evidence, code: things + code, fails: { errCode, errMsg },
})

describe('add', () => {
  hold(() => platform, [
    gives('of a document with an id answers that id', 'wire §2.1 insertDocument [V]', "return things.add({ data: { _id: 'one', n: 1 } })",
      { _id: 'one', errMsg: 'collection.add:ok' }),
    gives('of a document without an id makes one of text', 'wire §2.1 insertDocument [V]',
      "const { _id } = await things.add({ data: { n: 1 } }); return [typeof _id, (await things.doc(_id).get()).data.n]", ['string', 1]),
    gives('makes another id each time', 'wire §2.1 insertDocument [V]',
      `const ids = await Promise.all(Array.from({ length: 20 }, () => things.add({ data: {} })))
      return new Set(ids.map(({ _id }) => _id)).size`, 20),
    gives('adds no _openid: only phones do', 'wire §2.1 insertDocument [V]',
      "await things.add({ data: { _id: 'mine', n: 1 } }); return Object.keys((await things.doc('mine').get()).data).sort()", ['_id', 'n']),
    gives('of several answers their ids in order', 'wire §2.1 batch add [V]',
      "return things.add({ data: [{ _id: 'b1' }, { _id: 'b2' }, { _id: 'b0' }] })",
      { _ids: ['b1', 'b2', 'b0'], errMsg: 'collection.add:ok' }),
    gives('of several makes ids where there are none', 'wire §2.1 batch add [V]',
      "const { _ids } = await things.add({ data: [{ _id: 'c1' }, {}] }); return [_ids.length, _ids[0], _ids[1].length > 10]", [2, 'c1',
        true]),
    fails('of an id that is there is refused', 'wire §3 "duplicate key" [S]',
      `await things.add({ data: { _id: 'twice' } })
      return things.add({ data: { _id: 'twice' } })`, -502001, /E11000 duplicate key error .*index: _id_/),
    gives('of several, one of them there: nothing is added, or',
      'unknown of the platform: what a failing batch leaves, switch all-or-nothing',
      `await things.add({ data: { _id: 'd2' } })
      const failure = await things.add({ data: [{ _id: 'd1' }, { _id: 'd2' }, { _id: 'd3' }] }).catch((reason) => reason)
      const { data } = await things.where({ _id: _.in(['d1', 'd2', 'd3']) }).get()
      return [failure.errCode, data.map(({ _id }) => _id).sort()]`, [-502001, ['d2']]),
    fails('of a field that begins with $ is refused', 'wire §5.1 pitfall 6 [T]', "return things.add({ data: { $n: 1 } })", -502001, /\$n/),
    fails('of a field with a dot is refused', 'unknown of the platform: a stored dot', "return things.add({ data: { 'a.b': 1 } })", -502001,
      /a\.b/),
    fails('to a collection that is not there is refused', 'wire §3 "collection missing" [V]',
      "return db.collection('nowhere').add({ data: { n: 1 } })",
      -502005, /^collection\.add:fail -502005 database collection not exists\. .*nowhere/),
  ])
  hold(() => otherwise, [
    gives('of several, one of them there: those before it are added',
      'unknown of the platform: what a failing batch leaves, switch partial',
      `await things.add({ data: { _id: 'd2' } })
      const failure = await things.add({ data: [{ _id: 'd1' }, { _id: 'd2' }, { _id: 'd3' }] }).catch((reason) => reason)
      const { data } = await things.where({ _id: _.in(['d1', 'd2', 'd3']) }).get()
      return [failure.errCode, data.map(({ _id }) => _id).sort()]`, [-502001, ['d1', 'd2']]),
  ])
})

describe('get', () => {
  const missing = 'document.get:fail document with _id zz does not exist'
  hold(() => platform, [
    gives('of a document answers it', 'wire §2.1 getDocument [V]',
      "await things.doc('g1').set({ data: { n: 1 } }); return things.doc('g1').get()",
      { data: { _id: 'g1', n: 1 }, errMsg: 'document.get:ok' }),
    gives('of a document with some fields', 'wire §2.1 projection [V]',
      `await things.doc('g2').set({ data: { n: 1, o: { a: 1, b: 2 } } })
      return (await things.doc('g2').field({ 'o.b': true }).get()).data`,
      { _id: 'g2', o: { b: 2 } }),
    fails('of a document that is not there throws', 'wire §3 "doc().get() missing" [V]', "return things.doc('zz').get()", -1, missing),
    gives('of a document that is not there is null where asked so', 'wire §3 "doc().get() missing", throwOnNotFound [V]',
      "return cloud.database({ throwOnNotFound: false }).collection('things').doc('zz').get()", { data: null, errMsg: 'document.get:ok' }),
    gives('of where finds nothing without an error', 'wire §2.1 getDocument [V]', "return things.where({ kind: 'none' }).get()",
      { data: [], errMsg: 'collection.get:ok' }),
    { name: 'of where of nothing but undefined throws', evidence: 'SDK query.ts where [S]',
      code: `${things}return things.where({ kind: undefined })`,
      fails: { errCode: undefined, message: /查询参数对象值不能均为undefined/ } },
    gives('of where drops what is undefined', 'SDK flattenQueryObject [S]',
      `await things.add({ data: { _id: 'u', kind: 'u', n: 1 } })
      return (await things.where({ kind: 'u', n: undefined }).get()).data.length`, 1),
    fails('of a collection that is not there is refused', 'wire §3 "collection missing" [V]', "return db.collection('nowhere').get()",
      -502005, /^collection\.get:fail -502005/),
    fails('of a document in a collection that is not there is refused', 'wire §3 "collection missing" [V]',
      "return db.collection('nowhere').doc('a').get()",
      -502005, /^document\.get:fail -502005/),
  ])
})

describe('set', () => {
  hold(() => platform, [
    gives('makes a document', 'wire §2.1 modifyDocument upsert [V]', "return things.doc('s1').set({ data: { n: 1 } })",
      { _id: 's1', errMsg: 'document.set:ok', stats: { updated: 0, created: 1 } }),
    gives('replaces a document whole', 'wire §2.1 modifyDocument merge:false [V]',
      `await things.doc('s2').set({ data: { a: 1, o: { x: 1 } } })
      const { stats } = await things.doc('s2').set({ data: { o: { y: 2 } } })
      return [stats, (await things.doc('s2').get()).data]`,
      [{ updated: 1, created: 0 }, { _id: 's2', o: { y: 2 } }]),
    fails('of another _id is refused', 'SDK document.ts set [S]', "return things.doc('s3').set({ data: { _id: 's4', n: 1 } })", -501007,
      /不能更新_id的值/),
    fails('of nothing is refused', 'wx-server-sdk assertObjectNotEmpty [S]', "return things.doc('s3').set({ data: {} })", -1,
      /options\.data/),
  ])
})

describe('update', () => {
  const same = `await things.doc('same').set({ data: { n: 1 } })
  return (await things.doc('same').update({ data: { n: 1 } })).stats.updated`
  hold(() => platform, [
    gives('of a document counts it', 'wire §2.1 modifyDocument [V]',
      "await things.doc('u1').set({ data: { n: 1 } }); return things.doc('u1').update({ data: { n: 2 } })",
      { stats: { updated: 1 }, errMsg: 'document.update:ok' }),
    gives('of a document that is not there is no error', 'wire §3 "doc().update() missing" [V]',
      "return things.doc('zz').update({ data: { n: 2 } })",
      { stats: { updated: 0 }, errMsg: 'document.update:ok' }),
    gives('does not make a document', 'wire §2.1 upsert:false [V]',
      "await things.doc('zz').update({ data: { n: 2 } }); return (await things.where({ _id: 'zz' }).get()).data", []),
    gives('to the same value counts nothing, or', 'unknown of the platform: updated of a same-value update, switch not-counted', same, 0),
    gives('of where changes every match', 'wire §2.1 multi [V]',
      `await things.add({ data: [1, 2, 3].map((n) => ({ kind: 'many', n })) })
      return (await things.where({ kind: 'many', n: _.gte(2) }).update({ data: { big: true } })).stats`, { updated: 2 }),
    gives('of where, told so, changes one', 'wx-server-sdk query.update multi:false [S]',
      `await things.add({ data: [1, 2].map((n) => ({ kind: 'single', n })) })
      return (await things.where({ kind: 'single' }).update({ data: { big: true }, multi: false })).stats`, { updated: 1 }),
    gives('of where that finds nothing is no error', 'wire §2.1 modifyDocument [V]',
      "return things.where({ kind: 'none' }).update({ data: { n: 1 } })",
      { stats: { updated: 0 }, errMsg: 'collection.update:ok' }),
    gives('of one document by many at once loses nothing', 'MongoDB: one document is written atomically',
      `await things.doc('sum').set({ data: { n: 0 } })
      await Promise.all(Array.from({ length: 30 }, () => things.doc('sum').update({ data: { n: _.inc(1) } })))
      return (await things.doc('sum').get()).data.n`, 30),
    gives('guarded by a version is won by one', 'wire §4 hazard B: a conditional where().update [V]',
      `await things.doc('v').set({ data: { version: 1 } })
      const tries = Array.from({ length: 10 }, () => things.where({ _id: 'v', version: 1 }).update({ data: { version: _.inc(1) } }))
      const won = (await Promise.all(tries)).filter(({ stats }) => stats.updated === 1).length
      return [won, (await things.doc('v').get()).data.version]`, [1, 2]),
    fails('of where cannot change _id', 'SDK query.ts update [S]', "return things.where({ kind: 'x' }).update({ data: { _id: 'y' } })",
      -501007, /不能更新_id的值/),
    fails('in a collection that is not there is refused', 'wire §3 "collection missing" [V]',
      "return db.collection('nowhere').doc('a').update({ data: { n: 1 } })", -502005, /^document\.update:fail -502005/),
  ])
  hold(() => otherwise,
    [gives('to the same value counts the document', 'unknown of the platform: updated of a same-value update, switch counted', same, 1)])
})

describe('remove', () => {
  hold(() => platform, [
    gives('of a document counts it', 'wire §2.1 removeDocument [V]',
      "await things.doc('r1').set({ data: { n: 1 } }); return things.doc('r1').remove()",
      { stats: { removed: 1 }, errMsg: 'document.remove:ok' }),
    gives('of a document that is not there is no error', 'wire §2.1 removeDocument [V]', "return things.doc('zz').remove()",
      { stats: { removed: 0 }, errMsg: 'document.remove:ok' }),
    gives('lets the id be used again', 'wire §2.1 removeDocument [V]',
      `await things.doc('r2').set({ data: { n: 1 } })
      await things.doc('r2').remove()
      return (await things.add({ data: { _id: 'r2' } }))._id`,
      'r2'),
    gives('of where removes every match', 'wire §2.1 multi [V]',
      `await things.add({ data: [1, 2, 3].map((n) => ({ kind: 'gone', n })) })
      const { stats } = await things.where({ kind: 'gone', n: _.lt(3) }).remove()
      return [stats, (await things.where({ kind: 'gone' }).count()).total]`, [{ removed: 2 },
        1]),
    gives('of where, told so, removes one', 'wx-server-sdk query.remove multi:false [S]',
      `await things.add({ data: [1, 2].map((n) => ({ kind: 'go', n })) })
      return (await things.where({ kind: 'go' }).remove({ multi: false })).stats`, { removed: 1 }),
  ])
})

describe('a unique index', () => {
  let unique: Platform
  beforeAll(async () => {
    unique = await openPlatform({
      collections: { plates: [{ name: 'plate', unique: true, keys: { plate: 1 } }, { name: 'pair', unique: true, keys: { a: 1, b: 1 } }] },
    })
  })
  afterAll(() => unique.close())
  const plates = "const plates = db.collection('plates')\n"
  const taken = (name: string, evidence: string, code: string,
    errMsg: RegExp): Case => ({ name, evidence, code: plates + code, fails: { errCode: -502001, errMsg } })
  hold(() => unique, [
    taken('refuses a second document with the value', 'wire §3 "duplicate key" [S]',
      "await plates.add({ data: { plate: '沪A1', a: 1 } }); return plates.add({ data: { plate: '沪A1', a: 2 } })",
      /E11000 duplicate key error .*index: plate/),
    taken('refuses an update to a value that is taken', 'wire §3 "duplicate key" [S]',
      `await plates.add({ data: [{ _id: 'p1', plate: 'B1', a: 3 }, { _id: 'p2', plate: 'B2', a: 4 }] })
      return plates.doc('p2').update({ data: { plate: 'B1' } })`, /E11000/),
    taken('refuses a set to a value that is taken', 'wire §3 "duplicate key" [S]',
      "await plates.add({ data: { plate: 'C1', a: 5 } }); return plates.doc('p3').set({ data: { plate: 'C1', a: 6 } })", /E11000/),
    taken('takes a missing field for null: there is one such document', 'platform §4.3 missing field = null [D]',
      "await plates.add({ data: { plate: 'D1' } }); return plates.add({ data: { plate: 'D2' } })", /E11000 .*index: pair/),
    taken('of two fields refuses the same pair', 'platform §4.3 [D]',
      "await plates.add({ data: { plate: 'E1', a: 7, b: 1 } }); return plates.add({ data: { plate: 'E2', a: 7, b: 1 } })",
      /E11000 .*index: pair/),
    { name: 'of two fields allows a pair that differs in one', evidence: 'platform §4.3 [D]',
      code: `${plates}const { _ids } = await plates.add({ data: [{ plate: 'F1', a: 8, b: 1 }, { plate: 'F2', a: 8, b: 2 }] })
      return _ids.length`, gives: 2 },
    { name: 'lets a value be taken again once it is given up', evidence: 'MongoDB: unique index',
      code: plates + `await plates.doc('p5').set({ data: { plate: 'G1', a: 9 } })
      await plates.doc('p5').update({ data: { plate: 'G2' } })
      return (await plates.add({ data: { _id: 'p6', plate: 'G1', a: 10 } }))._id`, gives: 'p6' },
    { name: 'lets one of many at once have a value', evidence: 'MongoDB: unique index',
      code: `${plates}const takers = Array.from({ length: 10 }, (_each, a) => plates.add({ data: { plate: 'H1', a: 20 + a } }))
      const tries = await Promise.allSettled(takers)
      return tries.filter(({ status }) => status === 'fulfilled').length`, gives: 1 },
  ])
})

describe('createCollection', () => {
  hold(() => platform, [
    gives('makes a collection', 'wire §2.1 addCollection [V]',
      "await db.createCollection('fresh'); return (await db.collection('fresh').add({ data: { _id: 'f' } }))._id", 'f'),
    { name: 'of one that is there is refused', evidence: 'wire §2.1 addCollection [V]; wire §3 errCode -1 paths [V]',
      code: "return db.createCollection('things')",
      fails: { errCode: -1, errMsg: /^createCollection:fail .*things/ } },
  ])
})

holdToThisMachine(() => platform)
