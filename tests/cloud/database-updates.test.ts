import type { World } from './database-fixture'
import { ejson, openWorld, refusal } from './database-fixture'

let world: World
beforeEach(async () => {
  world = await openWorld({ bills: [] })
})
afterEach(() => world.end())

describe('an update', () => {
  const before = {
    _id: 'd',
    n: 5,
    text: 'a',
    list: [3, 1, 2],
    nested: { x: 1, y: 2 },
    people: [
      { name: 'wang', age: 40 },
      { name: 'li', age: 30 },
    ],
  }
  const rows: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['$set of a path keeps its neighbours', { $set: { 'nested.x': 9 } }, { nested: { x: 9, y: 2 } }],
    ['$set makes missing parents', { $set: { 'new.deep.path': 1 } }, { new: { deep: { path: 1 } } }],
    [
      '$set reaches into an array by position',
      { $set: { 'people.1.age': 31 } },
      {
        people: [
          { name: 'wang', age: 40 },
          { name: 'li', age: 31 },
        ],
      },
    ],
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
    [
      '$push sorts elements by a field',
      { $push: { people: { $each: [{ name: 'he', age: 35 }], $sort: { age: -1 } } } },
      {
        people: [
          { name: 'wang', age: 40 },
          { name: 'he', age: 35 },
          { name: 'li', age: 30 },
        ],
      },
    ],
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
    await world.addAll('bills', [
      { _id: 'a', paid: false },
      { _id: 'b', paid: false },
      { _id: 'c', paid: true },
    ])
    const three = { _id: { $in: ['a', 'b', 'c'] } }
    expect(await world.updateWhere('bills', three, { $set: { paid: true } })).toBe(2)
    expect(await world.updateWhere('bills', three, { $set: { seen: true } }, false)).toBe(1)
    expect(world.database().documents('bills')).toEqual([
      { _id: 'a', paid: true, seen: true },
      { _id: 'b', paid: true },
      { _id: 'c', paid: true },
    ])
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
    expect(await world.run('modifyAndReturnDoc', { ...body, data: ejson({ $inc: { n: 1 } }) })).toEqual({
      data: { updated: 1, doc: '{"_id":"a","n":{"$numberInt":"2"}}' },
    })
    expect(await world.run('modifyAndReturnDoc', { ...body, data: ejson({ $set: { n: 2 } }) })).toEqual({
      data: { updated: 1, doc: '{"_id":"a","n":{"$numberInt":"2"}}' },
    })
    expect(await world.run('modifyAndReturnDoc', { ...body, query: ejson({ _id: 'z' }), data: ejson({ $set: { n: 2 } }) })).toEqual({
      data: { updated: 0, doc: null },
    })
  })

  it('that may create does so from the equalities of its condition', async () => {
    const body = {
      collectionName: 'bills',
      queryType: 'WHERE',
      query: ejson({ _id: 'a', houseId: 'h1' }),
      data: ejson({ $inc: { n: 1 } }),
      multi: false,
      merge: true,
      upsert: true,
    }
    expect(await world.run('modifyDocument', body)).toEqual({ data: { updated: 0, upsert_id: 'a' } })
    expect(await world.get('bills', 'a')).toEqual({ _id: 'a', houseId: 'h1', n: 1 })
  })
})
