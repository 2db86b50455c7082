import { idsOf, openWorld } from './database-fixture'

const START = Date.UTC(2025, 0, 1)

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
    return pick<() => unknown>([
      scalar,
      scalar,
      () => ({ $in: [scalar(), scalar(), scalar()] }),
      () => ({ $gt: bound }),
      () => ({ $lte: bound }),
      () => ({ $gte: 0, $lt: 2 }),
      () => ({ $ne: scalar() }),
      () => ({ $exists: random(2) === 1 }),
    ])()
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
      { name: 'ab', unique: false, keys: { a: 1, b: -1 } },
      { name: 'ba', unique: false, keys: { b: 1, a: 1, 'deep.x': -1 } },
      { name: 't', unique: false, keys: { tags: 1, a: 1 } },
      { name: 'i', unique: false, keys: { 'items.k': -1, a: 1 } },
      { name: 'd', unique: false, keys: { 'deep.x': 1, a: -1 } },
    ] as const
    const indexed = await openWorld(
      { rows: indexes.map((index) => ({ ...index, keys: { ...index.keys } as Record<string, 1 | -1> })) },
      { strict: false },
    )
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
