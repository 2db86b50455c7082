import type { World } from './database-fixture'
import { idsOf, openWorld, refusal } from './database-fixture'

const START = Date.UTC(2025, 0, 1)

describe('a query of ten thousand documents', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({
      repairs: [
        { name: 'queue', unique: false, keys: { communityId: 1, status: 1, submittedAt: -1, _id: -1 } },
        { name: 'house', unique: false, keys: { 'houses.houseId': 1, 'houses.role': 1, submittedAt: 1 } },
        { name: 'time', unique: false, keys: { communityId: 1, submittedAt: 1 } },
        { name: 'number', unique: true, keys: { no: 1 } },
      ],
    })
    const states = ['submitted', 'assigned', 'closed', 'cancelled']
    const repairs = Array.from({ length: 10_000 }, (_, n) => ({
      _id: `r${String(n).padStart(5, '0')}`,
      no: n,
      communityId: `c${n % 2}`,
      status: states[n % 4],
      submittedAt: new Date(START + Math.floor(n / 8) * 60_000),
      houses: [
        { houseId: `h${n % 500}`, role: 'owner' },
        { houseId: `h${(n + 1) % 500}`, role: 'tenant' },
      ],
    }))
    await world.database().replaceAll({ repairs })
  })
  afterAll(() => world.end())

  const NEWEST = { submittedAt: -1, _id: -1 }
  const OLDEST = { submittedAt: 1, _id: 1 }
  const at = (n: number): Date => new Date(START + Math.floor(n / 8) * 60_000)
  const cursor = { $or: [{ submittedAt: { $lt: at(5000) } }, { $and: [{ submittedAt: at(5000) }, { _id: { $lt: 'r05004' } }] }] }

  // query, options, index, ids of the first and last, documents returned, documents looked at
  type Row = [string, Record<string, unknown>, Record<string, unknown>, string, [string, string], number, number]
  const rows: Row[] = [
    ['the newest page', { communityId: 'c0', status: 'submitted' }, { order: NEWEST, limit: 20 }, 'queue', ['r09996', 'r09920'], 20, 20],
    [
      'the oldest page, by the same index backwards',
      { communityId: 'c0', status: 'submitted' },
      { order: OLDEST, limit: 20 },
      'queue',
      ['r00000', 'r00076'],
      20,
      20,
    ],
    [
      'two states merged into one order',
      { communityId: 'c0', status: { $in: ['submitted', 'closed'] } },
      { order: NEWEST, limit: 20 },
      'queue',
      ['r09998', 'r09960'],
      20,
      20,
    ],
    [
      'two states merged backwards',
      { communityId: 'c0', status: { $in: ['submitted', 'closed'] } },
      { order: OLDEST, limit: 3 },
      'queue',
      ['r00000', 'r00004'],
      3,
      3,
    ],
    [
      'the page after a cursor',
      { $and: [{ communityId: 'c0' }, { status: 'submitted' }, cursor] },
      { order: NEWEST, limit: 20 },
      'queue',
      ['r05000', 'r04924'],
      20,
      21,
    ],
    [
      'a range in time',
      { communityId: 'c1', submittedAt: { $gte: at(800), $lt: at(880) } },
      { order: { submittedAt: 1 }, limit: 100 },
      'time',
      ['r00801', 'r00879'],
      40,
      40,
    ],
    [
      'a range open above',
      { communityId: 'c1', submittedAt: { $gt: at(9984) } },
      { order: { submittedAt: 1 } },
      'time',
      ['r09993', 'r09999'],
      4,
      4,
    ],
    [
      'a sort that repeats a fixed field',
      { communityId: 'c1', submittedAt: { $lt: at(16) } },
      { order: { communityId: -1, submittedAt: -1 }, limit: 5 },
      'time',
      ['r00015', 'r00007'],
      5,
      5,
    ],
    ['an element of an array', { 'houses.houseId': 'h7' }, { limit: 100 }, 'house', ['r00007', 'r09506'], 40, 40],
    [
      'two conditions on one element',
      { houses: { $elemMatch: { houseId: 'h7', role: 'owner' } } },
      { limit: 100 },
      'house',
      ['r00007', 'r09507'],
      20,
      20,
    ],
    ['several ids', { _id: { $in: ['r00003', 'r00001', 'none'] } }, {}, '_id_', ['r00003', 'r00001'], 2, 2],
    ['an id with a guard', { _id: 'r00003', status: 'closed' }, {}, '_id_', ['', ''], 0, 1],
    ['ids after one', { _id: { $gt: 'r09989' } }, { order: { _id: 1 } }, '_id_', ['r09990', 'r09999'], 10, 10],
    ['ids in order', {}, { order: { _id: -1 }, limit: 3 }, '_id_', ['r09999', 'r09997'], 3, 3],
    ['a unique value', { no: 77 }, {}, 'number', ['r00077', 'r00077'], 1, 1],
    ['everything, a page of it', {}, { limit: 5 }, 'everything', ['r00000', 'r00004'], 5, 5],
    ['in nothing', { communityId: { $in: [] }, status: 'closed' }, { order: NEWEST }, 'queue', ['', ''], 0, 0],
  ]

  it.each(rows)('%s looks at no more than it must', async (_name, query, options, by, ends, returned, examined) => {
    const ids = idsOf(await world.find('repairs', query, options))
    expect([ids[0] ?? '', ids[ids.length - 1] ?? '']).toEqual(ends)
    expect(world.examinations[world.examinations.length - 1]).toEqual({ collection: 'repairs', by, examined, returned })
  })

  it('counts by the index', async () => {
    expect(await world.count('repairs', { communityId: 'c0', status: 'closed' })).toBe(2500)
    expect(await world.count('repairs', { 'houses.houseId': 'h7' })).toBe(40)
  })

  it('follows updates, removals and additions', async () => {
    const page = async (): Promise<unknown[]> =>
      idsOf(await world.find('repairs', { communityId: 'c0', status: 'submitted' }, { order: NEWEST, limit: 2 }))
    expect(await page()).toEqual(['r09996', 'r09992'])
    await world.update('repairs', 'r09996', { $set: { status: 'assigned' } })
    expect(await page()).toEqual(['r09992', 'r09988'])
    await world.remove('repairs', 'r09992')
    expect(await page()).toEqual(['r09988', 'r09984'])
    await world.add('repairs', { _id: 'new', no: -1, communityId: 'c0', status: 'submitted', submittedAt: new Date(START + 1e9) })
    expect(await page()).toEqual(['new', 'r09988'])
    await world.remove('repairs', 'new')
  })

  it('by where-update and where-remove touches what it names', async () => {
    expect(await world.updateWhere('repairs', { no: { $gte: 9000, $lt: 9010 } }, { $set: { note: 'x' } })).toBe(10)
    expect(world.examinations[world.examinations.length - 1]!.examined).toBe(10)
    expect(await world.removeWhere('repairs', { no: { $gte: 9000, $lt: 9003 } })).toBe(3)
    expect(await world.count('repairs', { no: { $gte: 9000, $lt: 9010 } })).toBe(7)
  })

  const unserved: [string, Record<string, unknown>, Record<string, unknown>][] = [
    ['a field no index has', { note: 'x' }, {}],
    ['a field beside an index', { communityId: 'c0', status: 'closed', note: 'x' }, {}],
    ['a hole in the prefix', { communityId: 'c0', _id: { $lt: 'r1' }, status: { $ne: 'closed' } }, { order: { submittedAt: -1 } }],
    ['a sort no index has', { communityId: 'c0' }, { order: { no: 1, submittedAt: 1 } }],
    ['a sort in a mixed direction', { communityId: 'c0', status: 'closed' }, { order: { submittedAt: -1, _id: 1 } }],
    ['a sort after a range on another field', { communityId: 'c0', status: { $gt: 'a' } }, { order: { submittedAt: -1 } }],
    ['an expression', { communityId: 'c0', $expr: { $eq: ['$no', 1] } }, {}],
    ['a regular expression', { note: /x/ }, {}],
  ]

  it.each(unserved)('by %s is refused, and told what to declare', async (_name, query, options) => {
    const { code, message } = await refusal(world.find('repairs', query, options))
    expect(code).toBe('DATABASE_REQUEST_FAILED')
    expect(message).toContain('NO INDEX SERVES THIS QUERY on repairs')
    expect(message).toContain('database-rules/repairs.indexes.json')
  })

  it('is refused for count, where-update and where-remove as well, naming fields and sort', async () => {
    const query = { note: 'x', status: 'closed' }
    expect((await refusal(world.count('repairs', query))).message).toContain('fields note, status; sort none')
    expect((await refusal(world.updateWhere('repairs', query, { $set: { a: 1 } }))).message).toContain('NO INDEX')
    expect((await refusal(world.removeWhere('repairs', query))).message).toContain('NO INDEX')
    expect((await refusal(world.find('repairs', query, { order: { no: -1 } }))).message).toContain('sort no descending')
  })

  it('may leave to a test what an index field cannot bound', async () => {
    expect(await world.count('repairs', { communityId: 'c0', status: { $ne: 'closed' } })).toBeGreaterThan(2000)
  })
})
