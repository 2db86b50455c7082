import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

const bills = [
  { _id: 'b1', house: 'h1', month: '2026-01', fen: 100, state: 'paid', lines: [{ kind: 'care', fen: 60 }, { kind: 'water', fen: 40 }],
    o: { x: 1, y: 2 } },
  { _id: 'b2', house: 'h1', month: '2026-02', fen: 250, state: 'unpaid', lines: [{ kind: 'care', fen: 250 }] },
  { _id: 'b3', house: 'h2', month: '2026-01', fen: 300, state: 'paid', lines: [], note: 'late' },
  { _id: 'b4', house: 'h3', month: '2026-02', fen: null, state: 'unpaid', lines: 0 },
  { _id: 'b5', month: '2026-02', state: 'void' },
]
const houses = [{ _id: 'h1', label: '3-2-501', tags: ['old', 'lift'] }, { _id: 'h2', label: '1-1-101', tags: ['lift'] }]

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({
    collections: {
      bills: [
        { name: 'month', keys: { month: 1, fen: 1 } }, { name: 'house', keys: { house: 1, month: 1 } },
        { name: 'house_state', keys: { house: 1, state: 1 } }, { name: 'state', keys: { state: 1, month: 1 } },
      ],
      houses: [{ name: 'tags', keys: { tags: 1 } }],
      many: [],
    },
  })
  await platform.run("await db.collection('bills').add({ data: given.bills }); await db.collection('houses').add({ data: given.houses })",
    { bills, houses })
})
afterAll(() => platform.close())

/** The rows of an aggregate of the bills. */
const gives = (name: string, evidence: string, stages: string, rows: unknown[]): Case => ({
  name, evidence, gives: rows, code: `return (await db.collection('bills').aggregate()${stages}.limit(20).end()).list`,
})
const fails = (name: string, evidence: string, stages: string, errMsg: RegExp): Case => ({
  name, evidence, fails: { errCode: -1, errMsg }, code: `return db.collection('bills').aggregate()${stages}.limit(20).end()`,
})
const ids = (text: string): { _id: string }[] => text.split(' ').map((_id) => ({ _id }))

describe('match, sort, skip, limit, count', () => {
  hold(() => platform, [
    gives('match finds as where does', 'Aggregate.match [D]', ".match({ month: '2026-01', fen: _.gt(200) }).project({ _id: 1 })",
      ids('b3')),
    gives('match takes or', 'wire §2.1 query shapes [V]',
      ".match(_.or([{ month: '2026-01' }, { month: '2026-02', fen: 250 }])).sort({ month: 1 }).project({ _id: 1 })", ids('b1 b3 b2')),
    gives('match takes an expression beside an equality', 'wire §2.1 $expr supported [V]',
      ".match({ month: '2026-01', ..._.expr($.gt(['$fen', 200])) }).project({ _id: 1 })", ids('b3')),
    gives('match finds in what was computed', 'Aggregate.match [D]',
      ".group({ _id: '$house', fen: $.sum('$fen') }).match({ fen: _.gt(300) })", [{ _id: 'h1', fen: 350 }]),
    gives('sort is ascending', 'Aggregate.sort [D]', ".match({ month: '2026-01' }).sort({ fen: 1 }).project({ _id: 1 })", ids('b1 b3')),
    gives('sort is descending', 'Aggregate.sort [D]', ".match({ month: '2026-01' }).sort({ fen: -1 }).project({ _id: 1 })", ids('b3 b1')),
    gives('sort of what was computed puts null before numbers', 'MongoDB comparison order',
      ".group({ _id: '$house', most: $.max('$fen') }).sort({ most: 1, _id: 1 }).project({ _id: 1 })",
      [{ _id: null }, { _id: 'h3' }, { _id: 'h1' }, { _id: 'h2' }]),
    gives('skip and limit cut a page', 'Aggregate.skip [D]', ".sort({ _id: 1 }).skip(1).limit(2).project({ _id: 1 })", ids('b2 b3')),
    gives('count names the number of rows', 'Aggregate.count [D]', ".match({ state: 'paid' }).count('paid')", [{ paid: 2 }]),
    gives('count of no row is no row', 'MongoDB $count', ".match({ state: 'nowhere' }).count('paid')", []),
    fails('limit 0 is refused', 'MongoDB $limit', ".group({ _id: null }).limit(0)", /\$limit/),
    fails('match that no index serves is refused', 'design §3 budget: every query has an index', ".match({ note: 'late' })",
      /NO INDEX SERVES THIS QUERY on bills/),
  ])
})

describe('group', () => {
  const by = (name: string, field: string, row: unknown, match = "{ house: 'h1' }"): Case =>
    gives(name, 'AggregateCommand accumulators [D]', `.match(${match}).sort({ month: 1 }).group({ _id: null, value: ${field} })`,
      [{ _id: null, value: row }])
  const none = "{ state: 'void' }"
  hold(() => platform, [
    gives('makes a row for each value', 'Aggregate.group [D]',
      ".match({ month: '2026-01' }).group({ _id: '$house', fen: $.sum('$fen') }).sort({ _id: 1 })",
      [{ _id: 'h1', fen: 100 }, { _id: 'h2', fen: 300 }]),
    gives('by null makes one row', 'Aggregate.group [D]', ".group({ _id: null, n: $.sum(1) })", [{ _id: null, n: 5 }]),
    gives('by two values makes a row for each pair', 'Aggregate.group [D]',
      ".match({ house: 'h1' }).group({ _id: { house: '$house', state: '$state' }, n: $.sum(1) }).sort({ '_id.state': 1 })",
      [{ _id: { house: 'h1', state: 'paid' }, n: 1 }, { _id: { house: 'h1', state: 'unpaid' }, n: 1 }]),
    gives('takes what is missing for null', 'MongoDB $group', ".match({ state: 'void' }).group({ _id: '$house', n: $.sum(1) })",
      [{ _id: null, n: 1 }]),
    gives('leaves what is missing out of an object', 'MongoDB $group',
      ".match({ state: 'void' }).group({ _id: { house: '$house', month: '$month' } })", [{ _id: { month: '2026-02' } }]),
    gives('leaves out a part of what has no parts', 'MongoDB field path',
      ".match({ house: 'h3' }).group({ _id: { kind: '$lines.kind', fen: '$fen.whole', house: '$house' } })", [{ _id: { house: 'h3' } }]),
    gives('by a part of every element takes the list of them', 'MongoDB field path',
      ".match({ house: 'h1', month: '2026-01' }).group({ _id: '$lines.kind' })", [{ _id: ['care', 'water'] }]),
    gives('by an expression', 'Aggregate.group [D]',
      ".match({ state: 'paid' }).group({ _id: $.gt(['$fen', 200]), n: $.sum(1) }).sort({ _id: 1 })",
      [{ _id: false, n: 1 }, { _id: true, n: 1 }]),
    gives('of no row is no row', 'MongoDB $group', ".match({ state: 'nowhere' }).group({ _id: null, n: $.sum(1) })", []),
    by('sum adds', "$.sum('$fen')", 350),
    by('sum of an expression', "$.sum($.multiply(['$fen', 2]))", 700),
    by('sum passes over what is no number', "$.sum('$fen')", 250, "{ month: '2026-02' }"),
    by('sum of nothing is 0', "$.sum('$fen')", 0, none),
    by('avg is the mean', "$.avg('$fen')", 175),
    by('avg of nothing is null', "$.avg('$fen')", null, none),
    by('min passes over null', "$.min('$fen')", 250, "{ month: '2026-02' }"),
    by('max is the greatest', "$.max('$fen')", 250),
    by('max of nothing is null', "$.max('$fen')", null, none),
    by('first is the first in order', "$.first('$_id')", 'b1'),
    by('last is the last in order', "$.last('$_id')", 'b2'),
    by('first of a missing field is null', "$.first('$house')", null, none),
    by('push collects in order', "$.push('$_id')", ['b1', 'b2']),
    by('push passes over what is missing', "$.push('$house')", ['h3', 'h1'], "{ month: '2026-02', fen: _.in([null, 250]) }"),
    by('push of objects', "$.push({ id: '$_id', note: '$note' })", [{ id: 'b1' }, { id: 'b2' }]),
    by('addToSet collects each value once', "$.addToSet('$house')", ['h1']),
    by('mergeObjects merges', "$.mergeObjects('$o')", { x: 1, y: 2 }),
    by('sum of a cond counts some', "$.sum($.cond([$.eq(['$state', 'paid']), 1, 0]))", 1),
    fails('of a field that is no accumulator is refused', 'MongoDB $group', ".group({ _id: null, fen: '$fen' })",
      /must be an accumulator object/),
  ])
})

describe('project, addFields, replaceRoot', () => {
  const one = ".match({ _id: 'b1' })"
  hold(() => platform, [
    gives('project keeps fields and _id', 'Aggregate.project [D]', `${one}.project({ fen: 1 })`, [{ _id: 'b1', fen: 100 }]),
    gives('project leaves _id out', 'Aggregate.project [D]', `${one}.project({ _id: 0, fen: true })`, [{ fen: 100 }]),
    gives('project leaves a field out', 'Aggregate.project [D]', `.match({ _id: 'b5' }).project({ month: 0 })`,
      [{ _id: 'b5', state: 'void' }]),
    gives('project leaves a nested field out', 'MongoDB $project',
      `${one}.project({ 'o.x': 0, lines: 0, house: 0, month: 0, state: 0, fen: 0 })`, [{ _id: 'b1', o: { y: 2 } }]),
    gives('project does not write into what is stored', 'MongoDB: an aggregate reads', `${one}.project({ o: 1 })`,
      [{ _id: 'b1', o: { x: 1, y: 2 } }]),
    gives('project computes', 'Aggregate.project [D]', `${one}.project({ _id: 0, yuan: $.divide(['$fen', 100]) })`, [{ yuan: 1 }]),
    gives('project gives a field another name', 'Aggregate.project [D]', `${one}.project({ _id: 0, amount: '$fen', kind: '$o.x' })`,
      [{ amount: 100, kind: 1 }]),
    gives('project makes an object', 'MongoDB $project', `${one}.project({ _id: 0, a: { b: '$fen', c: { d: '$state' } } })`,
      [{ a: { b: 100, c: { d: 'paid' } } }]),
    gives('project keeps a nested field', 'MongoDB $project', `${one}.project({ 'lines.kind': 1 })`,
      [{ _id: 'b1', lines: [{ kind: 'care' }, { kind: 'water' }] }]),
    gives('project computes a nested field beside one kept', 'MongoDB $project', `${one}.project({ _id: 0, 'o.x': 1, 'o.z': '$fen' })`,
      [{ o: { x: 1, z: 100 } }]),
    gives('project of a missing field has none', 'MongoDB $project', `${one}.project({ _id: 0, note: 1, other: '$note' })`, [{}]),
    fails('project of wanted and unwanted fields is refused', 'MongoDB $project', `${one}.project({ fen: 1, state: 0 })`,
      /exclusion and inclusion/),
    gives('addFields keeps everything and computes', 'Aggregate.addFields [D]', ".match({ _id: 'b5' }).addFields({ n: $.add([1, 2]) })",
      [{ _id: 'b5', month: '2026-02', state: 'void', n: 3 }]),
    gives('addFields replaces a field', 'Aggregate.addFields [D]', ".match({ _id: 'b5' }).addFields({ state: 'gone' })",
      [{ _id: 'b5', month: '2026-02', state: 'gone' }]),
    gives('addFields adds to an object', 'Aggregate.addFields, nested [D]', `${one}.addFields({ o: { z: 3 } }).project({ o: 1 })`,
      [{ _id: 'b1', o: { x: 1, y: 2, z: 3 } }]),
    gives('addFields adds to every object of an array', 'MongoDB $addFields',
      `${one}.addFields({ lines: { seen: true } }).project({ lines: 1 })`,
      [{ _id: 'b1', lines: [{ kind: 'care', fen: 60, seen: true }, { kind: 'water', fen: 40, seen: true }] }]),
    gives('addFields sets null', 'MongoDB $addFields', ".match({ _id: 'b5' }).addFields({ state: null }).project({ state: 1 })",
      [{ _id: 'b5', state: null }]),
    gives('replaceRoot makes an object the row', 'Aggregate.replaceRoot [D]', `${one}.replaceRoot({ newRoot: '$o' })`, [{ x: 1, y: 2 }]),
    gives('replaceRoot merges', 'Aggregate.replaceRoot [D]', `${one}.replaceRoot({ newRoot: $.mergeObjects(['$o', { x: '$fen' }]) })`,
      [{ x: 100, y: 2 }]),
    fails('replaceRoot with no object is refused', 'MongoDB $replaceRoot', `${one}.replaceRoot({ newRoot: '$fen' })`,
      /must evaluate to an object/),
  ])
})

describe('unwind, sortByCount, bucket', () => {
  const lines = (name: string, evidence: string, match: string, unwind: string, rows: unknown[]): Case =>
    gives(name, evidence, `.match(${match}).unwind(${unwind}).project({ lines: 1, at: 1 })`, rows)
  hold(() => platform, [
    lines('unwind makes a row of each element', 'Aggregate.unwind [D]', "{ _id: 'b1' }", "'$lines'",
      [{ _id: 'b1', lines: { kind: 'care', fen: 60 } }, { _id: 'b1', lines: { kind: 'water', fen: 40 } }]),
    lines('unwind drops what has none', 'Aggregate.unwind [D]', "{ _id: _.in(['b3', 'b5']) }", "'$lines'", []),
    lines('unwind, told so, keeps what has none', 'Aggregate.unwind [D]', "{ _id: _.in(['b3', 'b5']) }",
      "{ path: '$lines', preserveNullAndEmptyArrays: true }", ids('b3 b5')),
    lines('unwind numbers the elements', 'Aggregate.unwind [D]', "{ _id: 'b2' }", "{ path: '$lines', includeArrayIndex: 'at' }",
      [{ _id: 'b2', lines: { kind: 'care', fen: 250 }, at: 0 }]),
    lines('unwind takes a plain value for one element', 'MongoDB $unwind', "{ _id: 'b4' }", "'$lines'", [{ _id: 'b4', lines: 0 }]),
    gives('unwind and group sum the elements', 'Aggregate.unwind [D]',
      ".match({ house: 'h1' }).unwind('$lines').group({ _id: '$lines.kind', fen: $.sum('$lines.fen') }).sort({ _id: 1 })",
      [{ _id: 'care', fen: 310 }, { _id: 'water', fen: 40 }]),
    gives('sortByCount puts the most frequent first', 'Aggregate.sortByCount [D]', ".match({ month: '2026-02' }).sortByCount('$state')",
      [{ _id: 'unpaid', count: 2 }, { _id: 'void', count: 1 }]),
    gives('bucket counts by stretches, without empty ones', 'Aggregate.bucket; MongoDB $bucket [D]',
      ".match({ state: 'paid' }).bucket({ groupBy: '$fen', boundaries: [0, 200, 300, 400] })",
      [{ _id: 0, count: 1 }, { _id: 300, count: 1 }]),
    gives('bucket puts the others in its default, with its own output', 'Aggregate.bucket [D]',
      ".bucket({ groupBy: '$fen', boundaries: [0, 200], default: 'other', output: { ids: $.push('$_id') } })", [{ _id: 0, ids: ['b1'] },
        { _id: 'other', ids: ['b2', 'b3', 'b4', 'b5'] }]),
    fails('bucket of a value outside, without a default, is refused', 'MongoDB $bucket',
      ".bucket({ groupBy: '$fen', boundaries: [0, 200] })", /no default/),
  ])
})

describe('lookup', () => {
  const oneHouse = "db.collection('houses').aggregate().match({ _id: 'h1' })"
  const label = ".project({ labels: '$house_docs.label' })"
  hold(() => platform, [
    gives('joins by a field', 'Aggregate.lookup [D]',
      `.match({ _id: 'b1' }).lookup({ from: 'houses', localField: 'house', foreignField: '_id', as: 'house_docs' })${label}`,
      [{ _id: 'b1', labels: ['3-2-501'] }]),
    gives('joins nothing to what is not there', 'Aggregate.lookup [D]',
      `.match({ _id: 'b4' }).lookup({ from: 'houses', localField: 'house', foreignField: '_id', as: 'house_docs' })${label}`,
      [{ _id: 'b4', labels: [] }]),
    { name: 'joins many to one', evidence: 'Aggregate.lookup [D]', gives: [{ _id: 'h1', fens: [100, 250] }],
      code: `const joined = db.collection('houses').aggregate().match({ _id: 'h1' })
      .lookup({ from: 'bills', localField: '_id', foreignField: 'house', as: 'bills' }).project({ fens: '$bills.fen' })
      return (await joined.limit(5).end()).list` },
    { name: 'joins by each element of an array', evidence: 'MongoDB $lookup', gives: [['h1', 'h2']],
      code: `const houses = db.collection('houses').aggregate().match({ _id: 'h1' })
      const { list } = await houses.lookup({ from: 'houses', localField: 'tags', foreignField: 'tags', as: 'alike' }).limit(5).end()
      return list.map(({ alike }) => alike.map(({ _id }) => _id).sort())` },
    { name: 'joins by a pipeline', evidence: 'Aggregate.lookup, let and pipeline [D]', gives: [{ _id: 'h1', unpaid: [{ fen: 250 }] }],
      code: `const isOwed = $.and([$.eq(['$house', '$$id']), $.eq(['$state', 'unpaid'])])
      const pipeline = $.pipeline().match(_.expr(isOwed)).project({ _id: 0, fen: 1 }).done()
      const joined = ${oneHouse}.lookup({ from: 'bills', let: { id: '$_id' }, pipeline, as: 'unpaid' })
      return (await joined.project({ unpaid: 1 }).limit(5).end()).list` },
    { name: 'joins by a pipeline that sorts, limits and counts', evidence: 'Aggregate.lookup, let and pipeline [D]',
      gives: [{ _id: 'h1', last: [{ _id: 'b2' }] }],
      code: `const pipeline = $.pipeline().match(_.expr($.eq(['$house', '$$id']))).sort({ month: -1 }).limit(1).project({ _id: 1 }).done()
      const joined = ${oneHouse}.lookup({ from: 'bills', let: { id: '$_id' }, pipeline, as: 'last' })
      return (await joined.project({ last: 1 }).limit(5).end()).list` },
    fails('by a pipeline without an equality is refused', 'design §3 budget: every query has an index',
      ".lookup({ from: 'houses', pipeline: [], as: 'all' })", /reads the whole collection for every row/),
    fails('by a field without an index is refused', 'design §3 budget: every query has an index',
      ".match({ _id: 'b1' }).lookup({ from: 'houses', localField: 'note', foreignField: 'label', as: 'x' })",
      /NO INDEX SERVES THIS QUERY on houses/),
  ])
})

describe('an aggregate is refused', () => {
  const unused = 'design §5: what the product does not use is refused'
  hold(() => platform, [
    fails('with sample', unused, '.sample({ size: 1 })', /\$sample/),
    fails('with geoNear', unused, ".geoNear({ distanceField: 'd', spherical: true, near: db.Geo.Point(113, 23) })", /\$geoNear/),
    fails('with bucketAuto', unused, ".bucketAuto({ groupBy: '$fen', buckets: 2 })", /\$bucketAuto/),
    fails('with stdDevPop', unused, ".group({ _id: null, d: $.stdDevPop('$fen') })", /\$stdDevPop/),
    fails('with a dotted path in addFields', unused, ".addFields({ 'o.z': 1 })", /o\.z/),
    { name: 'in a collection that is not there', evidence: 'wire §3 aggregate().end() errCode -1 [V]',
      code: "return db.collection('nowhere').aggregate().limit(1).end()",
      fails: { errCode: -1, errMsg: /^collection\.aggregate:fail .*nowhere/, code: 'DATABASE_COLLECTION_NOT_EXIST' } },
    { name: 'of more than 20 rows without a limit', evidence: 'unknown of the platform: its default limit',
      fails: { errCode: -1, errMsg: /add \.limit\(\)/ },
      code: `await db.collection('many').add({ data: Array.from({ length: 21 }, () => ({ n: 1 })) })
      return db.collection('many').aggregate().project({ n: 1 }).end()` },
  ])
})

holdToThisMachine(() => platform)
