import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

const samples = [
  { _id: 'a', n: 1, s: 'apple', tags: ['red', 'green'], address: { city: '上海', zip: 1 }, marks: [1, 2, 7], at: '2026-01-31T16:30:00Z',
    flag: true,
    items: [{ kind: 'pump', cost: 5 }, { kind: 'lamp', cost: 20 }] },
  { _id: 'b', n: 2, s: 'Banana', tags: ['green'], address: { city: '北京' }, marks: [], at: '2026-02-01T00:00:00Z', flag: false, items: [] },
  { _id: 'c', n: 3, s: '苹果🍎 50%', tags: [], address: null, marks: [10], items: [{ kind: 'pump', cost: 30 }] },
  { _id: 'd', n: null, s: 'cherry', tags: 'green', marks: 7 },
  { _id: 'e', s: 'date' },
  { _id: 'f', n: [2, 5], s: 'a.b' },
  { _id: 'g', n: '2', s: 'axb' },
  { _id: 'h', n: 2.5, s: 'lamp\npost' },
]
const fields = ['n', 's', 'tags', 'tags.0', 'address', 'address.city', 'marks', 'marks.value', 'at', 'flag', 'items', 'items.cost']
const indexes = [
  ...fields.map((field) => ({ name: field.replace('.', '_'), keys: { group: 1, [field]: 1 } as Record<string, 1> })),
  { name: 'number_then_text', keys: { group: 1, n: 1, s: 1 } as const },
  { name: 'kind_then_cost', keys: { group: 1, 'items.kind': 1, 'items.cost': 1 } as const },
]

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({ collections: { samples: indexes } })
  await platform.run(
    `const samples = given.map((sample) => ({ ...sample, group: 'g', ...(sample.at && { at: new Date(sample.at) }) }))
    await db.collection('samples').add({ data: samples })`,
    samples,
  )
})
afterAll(() => platform.close())

const wire = 'wire §2.1 query shapes [V]'
const finds = (name: string, evidence: string, where: string, ids: string): Case => ({
  name, evidence, gives: ids,
  code: `const { data } = await db.collection('samples').where(${where}).get(); return data.map((each) => each._id).sort().join('')`,
})

describe('a comparison', () => {
  hold(() => platform, [
    finds('with a literal finds the value, and an array that holds it', wire, "{ group: 'g', n: 2 }", 'bf'),
    finds('eq finds what the literal finds', `${wire}; Command.eq [D]`, "{ group: 'g', n: _.eq(2) }", 'bf'),
    finds('eq does not take text for a number', 'MongoDB: values compare within a type', "{ group: 'g', n: _.eq('2') }", 'g'),
    finds('eq null finds null and what has no such field', 'MongoDB: null or missing', "{ group: 'g', n: _.eq(null) }", 'de'),
    finds('neq finds everything else, the field missing too', 'Command.neq [D]', "{ group: 'g', n: _.neq(2) }", 'acdegh'),
    finds('neq null finds what has a value', 'MongoDB: null or missing', "{ group: 'g', n: _.neq(null) }", 'abcfgh'),
    finds('gt finds greater numbers, one element of an array being enough', 'Command.gt [D]', "{ group: 'g', n: _.gt(2) }", 'cfh'),
    finds('gte includes the bound', 'Command.gte [D]', "{ group: 'g', n: _.gte(2) }", 'bcfh'),
    finds('lt finds smaller numbers, never null or missing', 'Command.lt [D]', "{ group: 'g', n: _.lt(2) }", 'a'),
    finds('lte includes the bound', 'Command.lte [D]', "{ group: 'g', n: _.lte(2) }", 'abf'),
    finds('a chain gt().lt() means both', `${wire}; Command.and [D]`, "{ group: 'g', n: _.gt(1).lt(3) }", 'bfh'),
    finds('gt().and(lt()) means both', wire, "{ group: 'g', n: _.gt(1).and(_.lt(3)) }", 'bfh'),
    finds('both bounds of an array may be met by different elements', 'MongoDB: query an array for element conditions',
      "{ group: 'g', marks: _.gt(2).lt(7) }", 'a'),
    finds('in finds any of the values', 'Command.in [D]', "{ group: 'g', n: _.in([1, '2']) }", 'ag'),
    finds('in with null finds the missing too', 'MongoDB $in', "{ group: 'g', n: _.in([null, 3]) }", 'cde'),
    finds('in of nothing finds nothing', 'MongoDB $in', "{ group: 'g', n: _.in([]) }", ''),
    finds('nin finds none of the values, the field missing too', 'Command.nin [D]', "{ group: 'g', n: _.nin([1, 2]) }", 'cdegh'),
    finds('of text goes by code points, capitals first', 'MongoDB: binary comparison', "{ group: 'g', s: _.lt('a') }", 'b'),
    finds('of Chinese and emoji finds the exact text', 'wire §2.1 encoding [V]', "{ group: 'g', s: '苹果🍎 50%' }", 'c'),
    finds('of dates finds the moment', 'wire §2.1 Date [V]', "{ group: 'g', at: new Date('2026-01-31T16:30:00Z') }", 'a'),
    finds('of dates goes by time', 'wire §2.1 Date [V]', "{ group: 'g', at: _.gte(new Date('2026-02-01T00:00:00Z')) }", 'b'),
    finds('with serverDate is against the cloud clock', 'wire §2.1 $tcb_server_date [V]', "{ group: 'g', at: _.lt(db.serverDate()) }",
      'ab'),
    finds('with an offset of serverDate, in milliseconds', 'wire §2.1 $tcb_server_date [V]',
      "{ group: 'g', at: _.gt(db.serverDate({ offset: 60000 })) }", ''),
    finds('of booleans tells false from missing', 'MongoDB: values compare within a type', "{ group: 'g', flag: false }", 'b'),
  ])
})

describe('a logical command', () => {
  hold(() => platform, [
    finds('or of documents finds either', `${wire}; Command.or [D]`, "_.and([{ group: 'g' }, _.or([{ n: 1 }, { s: 'date' }])])", 'ae'),
    finds('or of a field finds either', `${wire}; Command.or [D]`, "{ group: 'g', n: _.or([_.eq(1), _.gt(2.6)]) }", 'acf'),
    finds('eq().or() finds either', wire, "{ group: 'g', n: _.eq(1).or(_.eq(3)) }", 'ac'),
    finds('and of documents finds both', `${wire}; Command.and [D]`, "_.and([{ group: 'g', n: _.in([2, 3]) }, { s: _.gt('b') }])", 'c'),
    finds('and of a field, given as arguments', `${wire}; Command.and [D]`, "{ group: 'g', n: _.and(_.gt(1), _.lt(3)) }", 'bfh'),
    finds('nor of documents finds neither', 'Command.nor [D]', "_.and([{ group: 'g' }, _.nor([{ n: 2 }, { s: 'date' }])])", 'acdgh'),
    finds('nor of a field finds neither, the field missing too', 'Command.nor [D]', "{ group: 'g', n: _.nor([_.lt(2), _.gt(2)]) }", 'bdeg'),
    finds('not turns a comparison around, the field missing too', `${wire} $not; Command.not [D]`, "{ group: 'g', n: _.not(_.gt(2)) }",
      'abdeg'),
    finds('not of an or is sent as {}, which nothing equals', 'SDK query serializer encodeLogicCommand [S]',
      "{ group: 'g', n: _.not(_.eq(1).or(_.eq(2))) }", ''),
    finds('not of a regular expression', 'SDK query serializer encodeLogicCommand [S]', "{ group: 'g', s: _.not(/a/) }", 'cd'),
  ])
})

describe('a query of fields and elements', () => {
  hold(() => platform, [
    finds('exists(true) finds null too', 'Command.exists [D]', "{ group: 'g', n: _.exists(true) }", 'abcdfgh'),
    finds('exists(false) finds the missing', 'Command.exists [D]', "{ group: 'g', n: _.exists(false) }", 'e'),
    finds('mod finds the remainder, of an element too', 'Command.mod [D]', "{ group: 'g', n: _.mod(2, 1) }", 'acf'),
    finds('mod drops the fraction of a number', 'MongoDB $mod', "{ group: 'g', n: _.mod(2, 0) }", 'bfh'),
    finds('size finds arrays of that length only', 'Command.size [D]', "{ group: 'g', marks: _.size(0) }", 'b'),
    finds('size 1 does not take a plain value for an array', 'MongoDB $size', "{ group: 'g', marks: _.size(1) }", 'c'),
    finds('all finds arrays that hold every value', 'Command.all [D]', "{ group: 'g', tags: _.all(['green', 'red']) }", 'a'),
    finds('all of one value finds a plain value too', 'MongoDB $all', "{ group: 'g', tags: _.all(['green']) }", 'abd'),
    finds('all of elemMatch wants each met by some element', 'Command.all, example 2 [D]',
      "{ group: 'g', items: _.all([_.elemMatch({ kind: 'pump' }), _.elemMatch({ kind: 'lamp' })]) }", 'a'),
    finds('elemMatch wants one element to meet everything', `${wire} $elemMatch; Command.elemMatch [D]`,
      "{ group: 'g', items: _.elemMatch({ kind: 'pump', cost: _.gt(10) }) }", 'c'),
    finds('nested fields of an array may be met by different elements', 'Command.elemMatch, note [D]',
      "{ group: 'g', items: { kind: 'pump', cost: _.gt(10) } }", 'ac'),
    finds('elemMatch of an operator tests plain elements', 'Command.elemMatch, example 2 [D]',
      "{ group: 'g', marks: _.elemMatch(_.gt(5)) }", 'ac'),
    finds('elemMatch of fields does not match plain elements', 'wire §5.1 pitfall 2 [T]',
      "{ group: 'g', marks: _.elemMatch({ value: _.gt(0) }) }", ''),
    finds('elemMatch does not match a value that is no array', 'MongoDB $elemMatch', "{ group: 'g', marks: _.elemMatch(_.eq(7)) }", 'a'),
    finds('a dotted path reaches into an object', wire, "{ group: 'g', 'address.city': '上海' }", 'a'),
    finds('a nested object is flattened into paths', `${wire} flattened`, "{ group: 'g', address: { city: '上海' } }", 'a'),
    finds('eq of an object wants the whole object', 'MongoDB: match an embedded document', "{ group: 'g', address: _.eq({ city: '上海' }) }",
      ''),
    finds('eq of the whole object finds it', 'MongoDB: match an embedded document', "{ group: 'g', address: _.eq({ city: '北京' }) }", 'b'),
    finds('a path through null is missing', 'MongoDB: null or missing', "{ group: 'g', 'address.city': null }", 'cdefgh'),
    finds('a path through an array finds any element', 'MongoDB: query an array of embedded documents',
      "{ group: 'g', 'items.cost': _.gt(25) }", 'c'),
    finds('a path with a position finds that element', 'MongoDB: array index position', "{ group: 'g', 'tags.0': 'green' }", 'b'),
    finds('an array finds the same array', 'MongoDB: match an array', "{ group: 'g', tags: ['red', 'green'] }", 'a'),
    finds('an array in another order finds nothing', 'MongoDB: match an array', "{ group: 'g', tags: ['green', 'red'] }", ''),
    finds('an empty array finds empty arrays', 'MongoDB: match an array', "{ group: 'g', tags: _.eq([]) }", 'c'),
  ])
})

describe('a regular expression', () => {
  hold(() => platform, [
    finds('native, anchored', 'wire §2.1 RegExp [V]', "{ group: 'g', s: /^a/ }", 'afg'),
    finds('native, with i', 'wire §2.1 RegExp [V]', "{ group: 'g', s: /^b/i }", 'b'),
    finds('db.RegExp', 'wire §2.1 RegExp [V]', "{ group: 'g', s: db.RegExp({ regexp: '^b', options: 'i' }) }", 'b'),
    finds('with an escaped dot', 'wire §2.1 RegExp [V]', "{ group: 'g', s: db.RegExp({ regexp: 'a\\\\.b' }) }", 'f'),
    finds('with s, over lines', 'db.RegExp options [D]', "{ group: 'g', s: db.RegExp({ regexp: 'lamp.post', options: 's' }) }", 'h'),
    finds('without s, not over lines', 'db.RegExp options [D]', "{ group: 'g', s: /lamp.post/ }", ''),
    finds('with m, at each line', 'db.RegExp options [D]', "{ group: 'g', s: /^post/m }", 'h'),
    finds('of Chinese', 'wire §2.1 RegExp [V]', "{ group: 'g', s: /果/ }", 'c'),
    finds('of an array finds any element', 'MongoDB $regex', "{ group: 'g', tags: /^re/ }", 'a'),
    finds('does not find numbers', 'MongoDB $regex', "{ group: 'g', n: /2/ }", 'g'),
  ])
})

const page = (name: string, evidence: string, query: string, gives: unknown): Case => ({
  name, evidence, gives, code: `return (await db.collection('samples')${query}.get()).data`,
})
const inOrder = (name: string, evidence: string, query: string, ids: string): Case => ({
  name, evidence, gives: ids, code: `return (await db.collection('samples')${query}.get()).data.map((each) => each._id).join('')`,
})

describe('an answer', () => {
  hold(() => platform, [
    inOrder('is in ascending order', 'Collection.orderBy [D]', ".where({ group: 'g', n: _.in([1, 2.5, 3]) }).orderBy('n', 'asc')", 'ahc'),
    inOrder('is in descending order', 'Collection.orderBy [D]', ".where({ group: 'g', n: _.in([1, 2.5, 3]) }).orderBy('n', 'desc')", 'cha'),
    inOrder('orders numbers before text', 'MongoDB comparison order', ".where({ group: 'g', n: _.in(['2', 1, 3]) }).orderBy('n', 'asc')",
      'acg'),
    inOrder('orders null and missing first', 'MongoDB comparison order', ".where({ group: 'g' }).orderBy('n', 'asc').limit(3)", 'dea'),
    inOrder('orders an array by its least element, ascending', 'MongoDB: sort by an array',
      ".where({ group: 'g', n: _.in([1, 5, 3]) }).orderBy('n', 'asc')", 'afc'),
    inOrder('orders an array by its greatest element, descending', 'MongoDB: sort by an array',
      ".where({ group: 'g', n: _.in([1, 5, 3]) }).orderBy('n', 'desc')", 'fca'),
    inOrder('is ordered by two fields', 'Collection.orderBy [D]',
      ".where({ group: 'g' }).orderBy('n', 'desc').orderBy('s', 'desc').limit(2)", 'gf'),
    inOrder('skips and limits', 'Collection.skip [D]', ".where({ group: 'g', n: _.in([1, 2.5, 3]) }).orderBy('n', 'asc').skip(1).limit(1)",
      'h'),
    inOrder('beyond the end is empty', 'Collection.skip [D]', ".where({ group: 'g' }).orderBy('n', 'asc').skip(8)", ''),
    inOrder('goes on behind a cursor of two fields', 'MongoDB: or of ranges',
      `.where(_.and([{ group: 'g' }, _.or([{ n: _.gt(1) }, { n: 1, s: _.gt('apple') }])]))
      .orderBy('n', 'asc').orderBy('s', 'asc').limit(2)`, 'bf'),
    page('holds the fields asked for, and _id', 'wire §2.1 projection [V]',
      ".where({ group: 'g', n: 1 }).field({ s: true, nowhere: true })", [{ _id: 'a', s: 'apple' }]),
    page('holds no _id where it is not wanted', 'wire §2.1 projection [V]', ".where({ group: 'g', n: 1 }).field({ s: true, _id: false })",
      [{ s: 'apple' }]),
    page('holds all fields but those not wanted', 'wire §2.1 projection [V]',
      ".where({ group: 'g', s: 'date' }).field({ s: false })", [{ _id: 'e', group: 'g' }]),
    page('holds a nested field asked for by its path', 'MongoDB projection', ".where({ group: 'g', n: 1 }).field({ 'address.city': true })",
      [{ _id: 'a', address: { city: '上海' } }]),
    page('holds a nested field of every element', 'MongoDB projection', ".where({ group: 'g', n: 1 }).field({ 'items.cost': true })",
      [{ _id: 'a', items: [{ cost: 5 }, { cost: 20 }] }]),
    page('holds the first elements of an array', 'Command.project.slice [D]',
      ".where({ group: 'g', n: 1 }).field({ _id: true, marks: _.project.slice(2) })",
      [expect.objectContaining({ _id: 'a', marks: [1, 2] })]),
    page('holds the first element that matches', 'Command.project.elemMatch [D]',
      ".where({ group: 'g', n: 1 }).field({ items: _.project.elemMatch({ kind: 'lamp' }) })",
      [{ _id: 'a', items: [{ kind: 'lamp', cost: 20 }] }]),
    { name: 'mixes wanted and unwanted fields in no way', evidence: 'MongoDB projection',
      code: "return db.collection('samples').field({ s: true, n: false }).get()",
      fails: { errCode: -502001, errMsg: /exclusion and inclusion/ } },
    { name: 'of count is the number of documents', evidence: 'wire §2.1 calculateDocument [V]',
      code: "return db.collection('samples').where({ group: 'g', n: _.gt(2) }).count()",
      gives: { total: 3, errMsg: 'collection.count:ok' } },
    { name: 'of count without a condition counts all', evidence: 'wire §2.1 calculateDocument [V]',
      code: "return (await db.collection('samples').count()).total", gives: 8 },
    { name: 'of count does not heed limit and skip', evidence: 'SDK query.ts count() sends neither [S]',
      code: "return (await db.collection('samples').where({ group: 'g' }).skip(2).limit(3).count()).total", gives: 8 },
  ])
})

const unused = 'design §5: what the product does not use is refused'
const refused = (name: string, evidence: string, where: string, words: RegExp): Case => ({
  name, evidence, code: `return db.collection('samples').where(${where}).get()`, fails: { errCode: -502002, errMsg: words },
})

describe('what the local cloud does not answer is refused by name:', () => {
  hold(() => platform, [
    refused('geoNear', unused, "{ place: _.geoNear({ geometry: db.Geo.Point(113, 23), minDistance: 1, maxDistance: 5 }) }",
      /\$nearSphere/),
    refused('geoWithin', unused,
      "{ place: _.geoWithin({ centerSphere: [db.Geo.Point(113, 23), 0.1] }) }",
      /\$geoWithin/),
    refused('geoIntersects', unused, "{ place: _.geoIntersects({ geometry: db.Geo.Point(113, 23) }) }", /\$geoIntersects/),
    refused('jsonSchema', unused, "_.jsonSchema({ required: ['n'] })", /\$jsonSchema/),
    refused('text search', unused, "{ $text: _.text({ search: 'lamp' }) }", /\$text/),
    refused('$where', unused, "{ $where: 'this.n > 1' }", /\$where/),
    refused('$function', unused, "_.expr({ $function: { body: 'return true', args: [], lang: 'js' } })", /\$function/),
    refused('a chain in elemMatch, which the SDK sends unencoded', 'SDK common.ts encodeInternalDataType [S]',
      "{ group: 'g', marks: _.elemMatch(_.gt(1).lt(5)) }", /unencoded/),
    refused('a command in all(elemMatch), which the SDK sends unencoded', 'SDK common.ts encodeInternalDataType [S]',
      "{ group: 'g', items: _.all([_.elemMatch({ cost: _.gt(1) })]) }", /unencoded/),
  ])
})

const unserved = (name: string, where: string, rest = ''): Case => ({
  name, evidence: 'design §3 budget: every query has an index', code: `return db.collection('samples').where(${where})${rest}.get()`,
  fails: { errCode: -502001, errMsg: /NO INDEX SERVES THIS QUERY on samples/ },
})

describe('a query no declared index serves is refused:', () => {
  hold(() => platform, [
    unserved('a field of no index', "{ colour: 'red' }"),
    unserved('a field behind one that is not asked for', '{ n: 1 }'),
    unserved('two ranges', "{ group: 'g', n: _.gt(1), s: _.gt('a') }"),
    unserved('an order the index has not', "{ group: 'g', n: _.gt(1) }", ".orderBy('s', 'asc')"),
    unserved('an or whose sides have no field in common', "_.or([{ n: 1 }, { s: 'date' }])"),
    unserved('expr, which no index can serve', "_.and([{ group: 'g' }, _.expr($.gt(['$n', 1]))])"),
  ])
})

holdToThisMachine(() => platform)
