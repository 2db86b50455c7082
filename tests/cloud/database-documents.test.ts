import type { World } from './database-fixture'
import { NOW, ejson, openWorld, refusal } from './database-fixture'

let world: World
beforeEach(async () => {
  world = await openWorld({ bills: [] })
})
afterEach(() => world.end())

describe('a document', () => {
  it('is added under the id it brings', async () => {
    expect(await world.add('bills', { _id: 'b1', amountFen: 100 })).toBe('b1')
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', amountFen: 100 })
  })

  it('is given an id of 32 hexadecimal characters where it brings none', async () => {
    const id = await world.add('bills', { amountFen: 100 })
    expect(id).toMatch(/^[0-9a-f]{32}$/)
    expect(await world.get('bills', id)).toEqual({ _id: id, amountFen: 100 })
  })

  it('is answered in canonical Extended JSON', async () => {
    await world.add('bills', { _id: 'b1', whole: 1, large: 4294967296, part: 1.5, at: new Date(NOW), none: null, is: true, list: ['a'], nested: { n: -1 } })
    const reply = await world.run('getDocument', { collectionName: 'bills', queryType: 'DOC', query: ejson({ _id: 'b1' }) })
    expect((reply.data as { list: string[] }).list).toEqual([
      '{"_id":"b1","whole":{"$numberInt":"1"},"large":{"$numberLong":"4294967296"},"part":{"$numberDouble":"1.5"},' +
        '"at":{"$date":{"$numberLong":"1748736000000"}},"none":null,"is":true,"list":["a"],"nested":{"n":{"$numberInt":"-1"}}}',
    ])
  })

  it('keeps an ObjectId as its hexadecimal text', async () => {
    await world.run('insertDocument', { collectionName: 'bills', data: ['{"_id":"b1","ref":{"$oid":"5f9f1b9b9b9b9b9b9b9b9b9b"}}'] })
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', ref: '5f9f1b9b9b9b9b9b9b9b9b9b' })
  })

  it('is stamped with the platform time, offset as asked, on add, set and update', async () => {
    const later = { $tcb_server_date: { offset: { $numberInt: '60000' } } }
    const wire = (fields: unknown): string => JSON.stringify(fields)
    await world.run('insertDocument', { collectionName: 'bills', data: [wire({ _id: 'b1', at: { $tcb_server_date: { offset: { $numberInt: '0' } } }, deep: { at: later } })] })
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', at: new Date('2025-06-01T00:00:00Z'), deep: { at: new Date('2025-06-01T00:01:00Z') } })
    const change = { collectionName: 'bills', queryType: 'DOC', query: ejson({ _id: 'b1' }), multi: false }
    await world.run('modifyDocument', { ...change, data: wire({ $set: { at: later } }), merge: true, upsert: false })
    expect((await world.get('bills', 'b1'))!.at).toEqual(new Date('2025-06-01T00:01:00Z'))
    await world.run('modifyDocument', { ...change, data: wire({ at: later }), merge: false, upsert: true })
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', at: new Date('2025-06-01T00:01:00Z') })
  })

  it('that is missing is an empty list, not an error', async () => {
    expect(await world.get('bills', 'none')).toBeUndefined()
    expect(await world.update('bills', 'none', { $set: { a: 1 } })).toBe(0)
    expect(await world.remove('bills', 'none')).toBe(0)
  })

  it('is replaced whole by set, and made by set where there is none', async () => {
    expect(await world.set('bills', 'b1', { amountFen: 100, note: 'first' })).toEqual({ updated: 0, upsert_id: 'b1' })
    expect(await world.set('bills', 'b1', { amountFen: 200 })).toEqual({ updated: 1, upsert_id: undefined })
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', amountFen: 200 })
  })

  it('is gone once removed', async () => {
    await world.add('bills', { _id: 'b1' })
    expect(await world.remove('bills', 'b1')).toBe(1)
    expect(await world.get('bills', 'b1')).toBeUndefined()
    expect(await world.count('bills')).toBe(0)
  })

  it('cannot be added twice under one id', async () => {
    await world.add('bills', { _id: 'b1', amountFen: 100 })
    const { code, message } = await refusal(world.add('bills', { _id: 'b1', amountFen: 200 }))
    expect(code).toBe('DATABASE_REQUEST_FAILED')
    expect(message).toContain('E11000 duplicate key error collection: bills index: _id_ dup key: { _id: "b1" }')
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', amountFen: 100 })
  })

  it('cannot be added twice by two calls at once', async () => {
    const outcomes = await Promise.allSettled([world.add('bills', { _id: 'b1', by: 1 }), world.add('bills', { _id: 'b1', by: 2 })])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', by: 1 })
  })

  it('handed out for inspection is a copy', async () => {
    await world.add('bills', { _id: 'b1', lines: [{ amountFen: 1 }] })
    const [copy] = world.database().documents('bills')
    ;(copy!.lines as { amountFen: number }[])[0]!.amountFen = 999
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', lines: [{ amountFen: 1 }] })
  })
})

describe('a batch add', () => {
  const batch = [{ _id: 'b1' }, { _id: 'b2' }, { _id: 'b1', again: true }, { _id: 'b3' }]

  it('stores all documents and answers their ids in order', async () => {
    expect(await world.addAll('bills', [{ _id: 'b2' }, { _id: 'b1' }])).toEqual(['b2', 'b1'])
  })

  it('with a duplicate stores nothing', async () => {
    expect((await refusal(world.addAll('bills', batch))).message).toContain('E11000')
    expect(await world.count('bills')).toBe(0)
  })

  it('with a duplicate stores what came before it, where the platform is taken to do so', async () => {
    const partial = await openWorld({ bills: [] }, { batchInsert: 'partial' })
    expect((await refusal(partial.addAll('bills', batch))).message).toContain('E11000')
    expect(partial.database().documents('bills')).toEqual([{ _id: 'b1' }, { _id: 'b2' }])
    await partial.end()
  })
})

describe('an update', () => {
  const before = { _id: 'd', n: 5, text: 'a', list: [3, 1, 2], nested: { x: 1, y: 2 }, people: [{ name: 'wang', age: 40 }, { name: 'li', age: 30 }] }
  const rows: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['$set of a path keeps its neighbours', { $set: { 'nested.x': 9 } }, { nested: { x: 9, y: 2 } }],
    ['$set makes missing parents', { $set: { 'new.deep.path': 1 } }, { new: { deep: { path: 1 } } }],
    ['$set reaches into an array by position', { $set: { 'people.1.age': 31 } }, { people: [{ name: 'wang', age: 40 }, { name: 'li', age: 31 }] }],
    ['$set past the end of an array fills with null', { $set: { 'list.4': 9 } }, { list: [3, 1, 2, null, 9] }],
    ['$unset removes a path', { $unset: { 'nested.x': '' } }, { nested: { y: 2 } }],
    ['$inc adds, and starts from nothing', { $inc: { n: -2, m: 3 } }, { n: 3, m: 3 }],
    ['$mul multiplies, and starts from zero', { $mul: { n: 3, m: 3 } }, { n: 15, m: 0 }],
    ['$min lowers only', { $min: { n: 4, 'nested.x': 7 } }, { n: 4 }],
    ['$max raises only', { $max: { n: 4, 'nested.x': 7 } }, { nested: { x: 7, y: 2 } }],
    ['$rename moves a value', { $rename: { text: 'nested.z' } }, { text: undefined, nested: { x: 1, y: 2, z: 'a' } }],
    ['$push appends one', { $push: { list: 9 } }, { list: [3, 1, 2, 9] }],
    ['$push of each appends several', { $push: { list: { $each: [8, 9] } } }, { list: [3, 1, 2, 8, 9] }],
    ['$push at a position inserts', { $push: { list: { $each: [8, 9], $position: 0 } } }, { list: [8, 9, 3, 1, 2] }],
    ['$push with sort and slice keeps the least', { $push: { list: { $each: [0], $sort: 1, $slice: 3 } } }, { list: [0, 1, 2] }],
    ['$push with a negative slice keeps the last', { $push: { list: { $each: [9], $slice: -2 } } }, { list: [2, 9] }],
    ['$push sorts elements by a field', { $push: { people: { $each: [{ name: 'he', age: 35 }], $sort: { age: -1 } } } }, { people: [{ name: 'wang', age: 40 }, { name: 'he', age: 35 }, { name: 'li', age: 30 }] }],
    ['$push starts a list', { $push: { fresh: 1 } }, { fresh: [1] }],
    ['$addToSet adds what is not there', { $addToSet: { list: { $each: [1, 4] } } }, { list: [3, 1, 2, 4] }],
    ['$addToSet compares whole objects', { $addToSet: { people: { name: 'li', age: 30 } } }, {}],
    ['$pull removes a value', { $pull: { list: 1 } }, { list: [3, 2] }],
    ['$pull removes by operator', { $pull: { list: { $gte: 2 } } }, { list: [1] }],
    ['$pull removes objects by field', { $pull: { people: { name: 'li' } } }, { people: [{ name: 'wang', age: 40 }] }],
    ['$pullAll removes all of several values', { $pullAll: { list: [1, 3] } }, { list: [2] }],
    ['$pop removes the last', { $pop: { list: 1 } }, { list: [3, 1] }],
    ['$pop of -1 removes the first', { $pop: { list: -1 } }, { list: [1, 2] }],
    ['$bit and', { $bit: { n: { and: 4 } } }, { n: 4 }],
    ['$bit or', { $bit: { n: { or: 2 } } }, { n: 7 }],
    ['$bit xor', { $bit: { n: { xor: 1 } } }, { n: 4 }],
  ]

  it.each(rows)('%s', async (_name, change, expected) => {
    await world.add('bills', before)
    await world.update('bills', 'd', change)
    expect(JSON.parse(JSON.stringify(await world.get('bills', 'd')))).toEqual(JSON.parse(JSON.stringify({ ...before, ...expected })))
  })

  const refused: [string, Record<string, unknown>, RegExp][] = [
    ['$inc of a text', { $inc: { text: 1 } }, /non-numeric type/],
    ['$push to a number', { $push: { n: 1 } }, /must be an array/],
    ['$set below a scalar', { $set: { 'n.x': 1 } }, /Cannot create field 'x' in element {n: 5}/],
    ['two operators on one path', { $set: { n: 1 }, $inc: { n: 1 } }, /would create a conflict at 'n'/],
    ['a path and its parent', { $set: { nested: {}, 'nested.x': 1 } }, /would create a conflict at 'nested'/],
    ['the id', { $set: { _id: 'other' } }, /immutable field '_id'/],
    ['a positional path', { $set: { 'list.$': 1 } }, /no positional updates/],
    ['an unknown operator', { $setOnInsert: { n: 1 } }, /\$setOnInsert/],
  ]

  it.each(refused)('of %s is refused and changes nothing', async (_name, change, message) => {
    await world.add('bills', before)
    expect((await refusal(world.update('bills', 'd', change))).message).toMatch(message)
    expect(await world.get('bills', 'd')).toEqual(before)
  })

  it('by condition changes every match, or one, and counts those that changed', async () => {
    await world.addAll('bills', [{ _id: 'a', paid: false }, { _id: 'b', paid: false }, { _id: 'c', paid: true }])
    const three = { _id: { $in: ['a', 'b', 'c'] } }
    expect(await world.updateWhere('bills', three, { $set: { paid: true } })).toBe(2)
    expect(await world.updateWhere('bills', three, { $set: { seen: true } }, false)).toBe(1)
    expect(world.database().documents('bills')).toEqual([{ _id: 'a', paid: true, seen: true }, { _id: 'b', paid: true }, { _id: 'c', paid: true }])
  })

  it('to the same value is not counted, unless the platform is taken to count it', async () => {
    await world.add('bills', { _id: 'a', n: 1 })
    expect(await world.update('bills', 'a', { $set: { n: 1 } })).toBe(0)
    const counting = await openWorld({ bills: [] }, { sameValueUpdate: 'counted' })
    await counting.add('bills', { _id: 'a', n: 1 })
    expect(await counting.update('bills', 'a', { $set: { n: 1 } })).toBe(1)
    await counting.end()
  })

  it('guarded by a version succeeds once, however many try at once', async () => {
    await world.add('bills', { _id: 'a', version: 1 })
    const tries = Array.from({ length: 20 }, () => world.updateWhere('bills', { _id: 'a', version: 1 }, { $inc: { version: 1 } }))
    expect((await Promise.all(tries)).filter((updated) => updated === 1)).toHaveLength(1)
    expect(await world.get('bills', 'a')).toEqual({ _id: 'a', version: 2 })
  })

  it('loses none of fifty increments made at once', async () => {
    await world.add('bills', { _id: 'a', n: 0 })
    await Promise.all(Array.from({ length: 50 }, () => world.update('bills', 'a', { $inc: { n: 1 } })))
    expect(await world.get('bills', 'a')).toEqual({ _id: 'a', n: 50 })
  })

  it('that answers the document answers it as it has become', async () => {
    await world.add('bills', { _id: 'a', n: 1 })
    const body = { collectionName: 'bills', queryType: 'WHERE', query: ejson({ _id: 'a' }) }
    expect(await world.run('modifyAndReturnDoc', { ...body, data: ejson({ $inc: { n: 1 } }) })).toEqual({ data: { updated: 1, doc: '{"_id":"a","n":{"$numberInt":"2"}}' } })
    expect(await world.run('modifyAndReturnDoc', { ...body, data: ejson({ $set: { n: 2 } }) })).toEqual({ data: { updated: 1, doc: '{"_id":"a","n":{"$numberInt":"2"}}' } })
    expect(await world.run('modifyAndReturnDoc', { ...body, query: ejson({ _id: 'z' }), data: ejson({ $set: { n: 2 } }) })).toEqual({ data: { updated: 0, doc: null } })
  })

  it('that may create does so from the equalities of its condition', async () => {
    const body = { collectionName: 'bills', queryType: 'WHERE', query: ejson({ _id: 'a', houseId: 'h1' }), data: ejson({ $inc: { n: 1 } }), multi: false, merge: true, upsert: true }
    expect(await world.run('modifyDocument', body)).toEqual({ data: { updated: 0, upsert_id: 'a' } })
    expect(await world.get('bills', 'a')).toEqual({ _id: 'a', houseId: 'h1', n: 1 })
  })
})
