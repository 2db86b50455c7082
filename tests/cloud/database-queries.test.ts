import type { World } from './database-fixture'
import { idsOf, openWorld, refusal } from './database-fixture'

const DAY1 = new Date('2025-03-01T00:00:00Z')
const DAY2 = new Date('2025-03-02T00:00:00Z')

const people = [
  {
    _id: 'wang',
    age: 45,
    tags: ['owner', 'elder'],
    home: { building: 3, room: '501' },
    since: DAY1,
    houses: [
      { houseId: 'h1', role: 'owner' },
      { houseId: 'h2', role: 'family' },
    ],
  },
  {
    _id: 'li',
    age: 30,
    tags: ['tenant'],
    home: { building: 3, room: '501' },
    since: DAY2,
    houses: [{ houseId: 'h1', role: 'tenant' }],
    leftAt: null,
  },
  { _id: 'zhao', age: 60, tags: [], home: { building: 1, room: '101' }, houses: [{ houseId: 'h2', role: 'owner' }], phone: '13800000000' },
  { _id: 'chen', age: '45', tags: 'technician', scores: [1, 2, 7] },
]

describe('a query', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({ people: [] }, { strict: false })
    await world.addAll('people', people)
  })
  afterAll(() => world.end())

  const rows: [string, Record<string, unknown> | undefined, string[]][] = [
    ['nothing asked', undefined, ['wang', 'li', 'zhao', 'chen']],
    ['equality, and a number is not its text', { age: 45 }, ['wang']],
    ['a dotted path', { 'home.building': 3 }, ['wang', 'li']],
    ['a whole object', { home: { building: 3, room: '501' } }, ['wang', 'li']],
    ['an element of an array', { tags: 'owner' }, ['wang']],
    ['a scalar as if an array of one', { tags: 'technician' }, ['chen']],
    ['a whole array', { tags: ['owner', 'elder'] }, ['wang']],
    ['an array in another order', { tags: ['elder', 'owner'] }, []],
    ['a field of array elements', { 'houses.houseId': 'h2' }, ['wang', 'zhao']],
    ['a position in an array', { 'houses.0.houseId': 'h1' }, ['wang', 'li']],
    ['null, which is also missing', { leftAt: null }, ['wang', 'li', 'zhao', 'chen']],
    ['not null', { since: { $ne: null } }, ['wang', 'li']],
    ['a date', { since: DAY2 }, ['li']],
    ['a range', { age: { $gt: 30, $lte: 60 } }, ['wang', 'zhao']],
    ['a range stays within its type', { age: { $gt: '1' } }, ['chen']],
    ['a range of dates', { since: { $gte: DAY2 } }, ['li']],
    ['in', { age: { $in: [30, 60, 99] } }, ['li', 'zhao']],
    ['in with null', { phone: { $in: ['13800000000', null] } }, ['wang', 'li', 'zhao', 'chen']],
    ['in with a regular expression', { _id: { $in: [/^w/, 'li'] } }, ['wang', 'li']],
    ['in over elements', { tags: { $in: ['elder', 'tenant'] } }, ['wang', 'li']],
    ['not in', { age: { $nin: [45, 30] } }, ['zhao', 'chen']],
    ['exists', { phone: { $exists: true } }, ['zhao']],
    ['exists holds for null', { leftAt: { $exists: true } }, ['li']],
    ['does not exist', { houses: { $exists: false } }, ['chen']],
    ['or', { $or: [{ age: 30 }, { tags: 'owner' }] }, ['wang', 'li']],
    ['and of two ranges on one field', { $and: [{ age: { $gt: 30 } }, { age: { $lt: 50 } }] }, ['wang']],
    ['nor', { $nor: [{ age: 30 }, { tags: 'owner' }] }, ['zhao', 'chen']],
    ['not', { age: { $not: { $gt: 40 } } }, ['li', 'chen']],
    ['a regular expression', { 'home.room': /^5/ }, ['wang', 'li']],
    ['a regular expression that ignores case', { _id: /^LI$/i }, ['li']],
    ['all', { tags: { $all: ['elder', 'owner'] } }, ['wang']],
    ['size', { tags: { $size: 0 } }, ['zhao']],
    ['elemMatch ties conditions to one element', { houses: { $elemMatch: { houseId: 'h2', role: 'owner' } } }, ['zhao']],
    ['without elemMatch two elements may meet them', { 'houses.houseId': 'h2', 'houses.role': 'owner' }, ['wang', 'zhao']],
    ['elemMatch of scalars', { scores: { $elemMatch: { $gt: 2, $lt: 9 } } }, ['chen']],
    ['elemMatch by field passes over scalars', { scores: { $elemMatch: { value: { $gt: 0 } } } }, []],
    ['an expression over two fields', { $expr: { $eq: ['$home.room', '501'] } }, ['wang', 'li']],
  ]

  it.each(rows)('by %s', async (_name, query, expected) => {
    expect(idsOf(await world.find('people', query)).sort()).toEqual([...expected].sort())
    expect(await world.count('people', query)).toBe(expected.length)
  })

  it('sorts by several fields, and pages', async () => {
    const order = { 'home.building': -1, age: 1 }
    expect(idsOf(await world.find('people', {}, { order }))).toEqual(['li', 'wang', 'zhao', 'chen'])
    expect(idsOf(await world.find('people', {}, { order, offset: 1, limit: 2 }))).toEqual(['wang', 'zhao'])
  })

  it('sorts types in their order: missing, numbers, texts, objects, booleans, dates', async () => {
    const mixed = await openWorld({ rows: [] }, { strict: false })
    const values = [DAY1, true, 'b', { a: 1 }, 3, null, 'a', -1, false, 20]
    await mixed.addAll('rows', [...values.map((value, at) => ({ _id: `r${at}`, value })), { _id: 'missing' }])
    const sorted = await mixed.find('rows', {}, { order: { value: 1, _id: 1 } })
    expect(sorted.map(({ value }) => value)).toEqual([undefined, null, -1, 3, 20, 'a', 'b', { a: 1 }, false, true, DAY1])
    expect((await mixed.find('rows', {}, { order: { value: -1 }, limit: 3 })).map(({ value }) => value)).toEqual([DAY1, true, false])
    await mixed.end()
  })

  const projections: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['keeps the fields named, and the id', { age: 1 }, { _id: 'wang', age: 45 }],
    [
      'keeps paths',
      { 'home.room': 1, 'houses.role': 1 },
      { _id: 'wang', home: { room: '501' }, houses: [{ role: 'owner' }, { role: 'family' }] },
    ],
    ['leaves the id out when told', { _id: 0, age: 1 }, { age: 45 }],
    ['leaves fields out', { tags: 0, home: 0, houses: 0, since: 0 }, { _id: 'wang', age: 45 }],
    ['leaves paths out', { 'home.room': 0, tags: 0, houses: 0, since: 0 }, { _id: 'wang', age: 45, home: { building: 3 } }],
    [
      'slices an array',
      { _id: 0, houses: { $slice: 1 }, tags: 1 },
      { tags: ['owner', 'elder'], houses: [{ houseId: 'h1', role: 'owner' }] },
    ],
    [
      'keeps the element that matches',
      { houses: { $elemMatch: { role: 'family' } } },
      { _id: 'wang', houses: [{ houseId: 'h2', role: 'family' }] },
    ],
  ]

  it.each(projections)('projected %s', async (_name, projection, expected) => {
    expect(await world.find('people', { _id: 'wang' }, { projection })).toEqual([expected])
  })

  const unknown: [string, Record<string, unknown>][] = [
    ['$where', { $where: 'true' }],
    ['$jsonSchema', { $jsonSchema: {} }],
    ['$text', { $text: { $search: 'x' } }],
    ['$nearSphere', { at: { $nearSphere: { $geometry: { type: 'Point', coordinates: [0, 0] } } } }],
    ['$geoWithin', { at: { $geoWithin: { $centerSphere: [[0, 0], 1] } } }],
    ['$function', { $expr: { $function: { body: 'x', args: [], lang: 'js' } } }],
  ]

  it.each(unknown)('with %s is refused by name', async (operator, query) => {
    const { code, message } = await refusal(world.find('people', query))
    expect(code).toBe('DATABASE_INVALID_OPERRATOR')
    expect(message).toContain(operator)
  })

  it('with a regular expression that does not parse is refused, not broken', async () => {
    expect((await refusal(world.find('people', { _id: { $regex: '(' } }))).code).toBe('DATABASE_REQUEST_FAILED')
  })
})
