import type { World } from './database-fixture'
import { idsOf, openWorld, refusal } from './database-fixture'

const START = Date.UTC(2025, 0, 1)

describe('a unique index', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({ members: [{ name: 'phone', unique: true, keys: { phoneHash: 1 } }, { name: 'plate', unique: true, keys: { communityId: 1, plate: 1 } }] })
  })
  afterEach(() => world.end())

  it('refuses a second document with its value, in the words of MongoDB', async () => {
    await world.add('members', { _id: 'wang', phoneHash: 'p1', communityId: 'c1', plate: 'A1' })
    const { code, message } = await refusal(world.add('members', { _id: 'li', phoneHash: 'p2', communityId: 'c1', plate: 'A1' }))
    expect(code).toBe('DATABASE_REQUEST_FAILED')
    expect(message).toContain('E11000 duplicate key error collection: members index: plate dup key: { communityId: "c1", plate: "A1" }')
    expect(await world.get('members', 'li')).toBeUndefined()
  })

  it('counts a missing field as null, and two nulls collide', async () => {
    await world.add('members', { _id: 'wang', plate: 'A1' })
    expect((await refusal(world.add('members', { _id: 'li', phoneHash: null, plate: 'A2' }))).message).toContain('index: phone dup key: { phoneHash: null }')
  })

  it('holds for update and for set', async () => {
    await world.add('members', { _id: 'wang', phoneHash: 'p1', plate: 'A1' })
    await world.add('members', { _id: 'li', phoneHash: 'p2', plate: 'A2' })
    expect((await refusal(world.update('members', 'li', { $set: { phoneHash: 'p1' } }))).message).toContain('E11000')
    expect((await refusal(world.set('members', 'li', { phoneHash: 'p1', plate: 'A2' }))).message).toContain('E11000')
    expect(await world.update('members', 'li', { $set: { phoneHash: 'p2', note: 'same' } })).toBe(1)
  })

  it('frees a value with the document that held it', async () => {
    await world.add('members', { _id: 'wang', phoneHash: 'p1', plate: 'A1' })
    await world.update('members', 'wang', { $set: { phoneHash: 'p9' } })
    await world.add('members', { _id: 'li', phoneHash: 'p1', plate: 'A2' })
    await world.remove('members', 'wang')
    expect(await world.add('members', { _id: 'zhao', phoneHash: 'p9', plate: 'A1' })).toBe('zhao')
  })

  it('refuses a batch that collides within itself', async () => {
    const twins = [{ _id: 'a', phoneHash: 'p1', plate: 'A1' }, { _id: 'b', phoneHash: 'p1', plate: 'A2' }]
    expect((await refusal(world.addAll('members', twins))).message).toContain('index: phone dup key: { phoneHash: "p1" }')
    expect(await world.count('members')).toBe(0)
  })

  it('lets one of two calls at once through', async () => {
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((id) => world.add('members', { _id: id, phoneHash: 'p1', plate: id })))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
  })

  it('of an array holds for each element', async () => {
    const cars = await openWorld({ cars: [{ name: 'plates', unique: true, keys: { plates: 1 } }] })
    await cars.add('cars', { _id: 'a', plates: ['A1', 'A2', 'A1'] })
    expect((await refusal(cars.add('cars', { _id: 'b', plates: ['A3', 'A2'] }))).message).toContain('E11000')
    await cars.end()
  })

  it('that stored documents break is refused on opening, and on seeding changes nothing', async () => {
    await world.add('members', { _id: 'wang', phoneHash: 'p1', plate: 'A1' })
    const twins = [{ _id: 'a', phoneHash: 'p1', plate: 'A1' }, { _id: 'b', phoneHash: 'p1', plate: 'A2' }]
    await expect(world.database().replaceAll({ members: twins })).rejects.toThrow('E11000')
    expect(idsOf(world.database().documents('members'))).toEqual(['wang'])
    await world.reopen()
    expect(idsOf(world.database().documents('members'))).toEqual(['wang'])
  })
})

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
      houses: [{ houseId: `h${n % 500}`, role: 'owner' }, { houseId: `h${(n + 1) % 500}`, role: 'tenant' }],
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
    ['the oldest page, by the same index backwards', { communityId: 'c0', status: 'submitted' }, { order: OLDEST, limit: 20 }, 'queue', ['r00000', 'r00076'], 20, 20],
    ['two states merged into one order', { communityId: 'c0', status: { $in: ['submitted', 'closed'] } }, { order: NEWEST, limit: 20 }, 'queue', ['r09998', 'r09960'], 20, 20],
    ['two states merged backwards', { communityId: 'c0', status: { $in: ['submitted', 'closed'] } }, { order: OLDEST, limit: 3 }, 'queue', ['r00000', 'r00004'], 3, 3],
    ['the page after a cursor', { $and: [{ communityId: 'c0' }, { status: 'submitted' }, cursor] }, { order: NEWEST, limit: 20 }, 'queue', ['r05000', 'r04924'], 20, 21],
    ['a range in time', { communityId: 'c1', submittedAt: { $gte: at(800), $lt: at(880) } }, { order: { submittedAt: 1 }, limit: 100 }, 'time', ['r00801', 'r00879'], 40, 40],
    ['a range open above', { communityId: 'c1', submittedAt: { $gt: at(9984) } }, { order: { submittedAt: 1 } }, 'time', ['r09993', 'r09999'], 4, 4],
    ['a sort that repeats a fixed field', { communityId: 'c1', submittedAt: { $lt: at(16) } }, { order: { communityId: -1, submittedAt: -1 }, limit: 5 }, 'time', ['r00015', 'r00007'], 5, 5],
    ['an element of an array', { 'houses.houseId': 'h7' }, { limit: 100 }, 'house', ['r00007', 'r09506'], 40, 40],
    ['two conditions on one element', { houses: { $elemMatch: { houseId: 'h7', role: 'owner' } } }, { limit: 100 }, 'house', ['r00007', 'r09507'], 20, 20],
    ['several ids', { _id: { $in: ['r00003', 'r00001', 'none'] } }, {}, '_id_', ['r00003', 'r00001'], 2, 2],
    ['an id with a guard', { _id: 'r00003', status: 'closed' }, {}, '_id_', ['', ''], 0, 1],
    ['ids after one', { _id: { $gt: 'r09989' } }, { order: { _id: 1 } }, '_id_', ['r09990', 'r09999'], 10, 10],
    ['ids in order', {}, { order: { _id: -1 }, limit: 3 }, '_id_', ['r09999', 'r09997'], 3, 3],
    ['a unique value', { no: 77 }, {}, 'number', ['r00077', 'r00077'], 1, 1],
    ['everything, a page of it', {}, { limit: 5 }, 'everything', ['r00000', 'r00004'], 5, 5],
    ['in nothing', { communityId: { $in: [] } , status: 'closed' }, { order: NEWEST }, 'queue', ['', ''], 0, 0],
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
    const page = async (): Promise<unknown[]> => idsOf(await world.find('repairs', { communityId: 'c0', status: 'submitted' }, { order: NEWEST, limit: 2 }))
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

describe('an index', () => {
  it('cannot hold two arrays at once', async () => {
    const world = await openWorld({ rows: [{ name: 'both', unique: false, keys: { a: 1, b: 1 } }] })
    expect((await refusal(world.add('rows', { _id: 'x', a: [1], b: [2] }))).message).toContain('cannot index parallel arrays [b] [a]')
    expect(await world.count('rows')).toBe(0)
    await world.end()
  })

  it('that is badly written stops the database from opening', async () => {
    await expect(openWorld({ rows: [{ name: 'bad', unique: false, keys: { a: 0 as 1 } }] })).rejects.toThrow('rows.indexes.json: index bad: a direction is 1 or -1')
  })
})

describe('an index and a walk over everything', () => {
  const PATHS = ['a', 'b', 'tags', 'deep.x', 'items.k']
  let seed = 20250601
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return Math.floor((seed / 2147483648) * below)
  }
  const pick = <T>(list: T[]): T => list[random(list.length)]!
  const SCALARS = [null, 0, 1, 2, -1, 'x', 'y', 'yy', true, false, new Date(START), new Date(START + 1)]
  const scalar = (): unknown => pick(SCALARS)
  const row = (n: number): Record<string, unknown> => ({
    _id: `r${String(n).padStart(3, '0')}`,
    ...(random(6) && { a: scalar() }),
    ...(random(6) && { b: random(5) ? scalar() : [scalar(), scalar()] }),
    ...(random(3) && { tags: Array.from({ length: random(3) }, scalar) }),
    ...(random(3) && { deep: random(4) ? { x: scalar() } : scalar() }),
    ...(random(3) && { items: Array.from({ length: random(3) }, () => (random(5) ? { k: scalar() } : {})) }),
  })
  const condition = (): unknown => {
    const bound = pick<unknown>([1, 0, 'x', 'y', new Date(START)])
    return pick<() => unknown>([scalar, scalar, () => ({ $in: [scalar(), scalar(), scalar()] }), () => ({ $gt: bound }), () => ({ $lte: bound }), () => ({ $gte: 0, $lt: 2 }), () => ({ $ne: scalar() }), () => ({ $exists: random(2) === 1 })])()
  }
  const query = (): Record<string, unknown> => {
    const fields = Object.fromEntries(Array.from({ length: random(4) }, () => [pick(PATHS), condition()]))
    if (random(4) === 0) fields.$or = [{ [pick(PATHS)]: condition() }, { a: condition(), b: condition() }]
    if (random(4) === 0) fields.items = { $elemMatch: { k: condition() } }
    if (random(9) === 0) return { 'items.k': { $gt: 0 }, items: { $elemMatch: { k: { $lt: 2 } } } }
    if (random(9) === 0) return { items: { $elemMatch: { k: { $lt: 2 } } }, 'items.k': { $gt: 0 } }
    if (random(6) === 0) fields._id = { $gt: `r${100 + random(50)}` }
    return fields
  }

  it('give the same answers in the same order to random queries', async () => {
    const indexes = [
      { name: 'ab', unique: false, keys: { a: 1, b: -1 } }, { name: 'ba', unique: false, keys: { b: 1, a: 1, 'deep.x': -1 } }, { name: 't', unique: false, keys: { tags: 1, a: 1 } },
      { name: 'i', unique: false, keys: { 'items.k': -1, a: 1 } }, { name: 'd', unique: false, keys: { 'deep.x': 1, a: -1 } },
    ] as const
    const indexed = await openWorld({ rows: indexes.map((index) => ({ ...index, keys: { ...index.keys } as Record<string, 1 | -1> })) }, { strict: false })
    const plain = await openWorld({ rows: [] }, { strict: false })
    const rows = Array.from({ length: 200 }, (_, n) => row(n))
    for (const world of [indexed, plain]) await world.addAll('rows', rows)
    let byIndex = 0
    for (let round = 0; round < 600; round++) {
      if (round % 10 === 0) {
        const changed = row(random(200))
        for (const world of [indexed, plain]) await world.set('rows', changed._id as string, changed)
      }
      const asked = query()
      const order = random(2) ? { [pick(PATHS)]: pick([1, -1]), [pick(PATHS)]: pick([1, -1]), _id: 1 } : { _id: pick([1, -1]) }
      const options = { order, limit: 1000, projection: { _id: 1 } }
      const answers = [await indexed.find('rows', asked, options), await plain.find('rows', asked, options)].map(idsOf)
      expect({ asked, order, ids: answers[0] }).toEqual({ asked, order, ids: answers[1] })
      if (!['everything', '_id_'].includes(indexed.examinations[indexed.examinations.length - 1]!.by)) byIndex++
      expect(await indexed.count('rows', asked)).toBe(answers[1]!.length)
    }
    expect(byIndex).toBeGreaterThan(150)
    for (const world of [indexed, plain]) await world.end()
  })
})
