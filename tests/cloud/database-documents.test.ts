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
    await world.add('bills', {
      _id: 'b1',
      whole: 1,
      large: 4294967296,
      part: 1.5,
      at: new Date(NOW),
      none: null,
      is: true,
      list: ['a'],
      nested: { n: -1 },
    })
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
    await world.run('insertDocument', {
      collectionName: 'bills',
      data: [wire({ _id: 'b1', at: { $tcb_server_date: { offset: { $numberInt: '0' } } }, deep: { at: later } })],
    })
    expect(await world.get('bills', 'b1')).toEqual({
      _id: 'b1',
      at: new Date('2025-06-01T00:00:00Z'),
      deep: { at: new Date('2025-06-01T00:01:00Z') },
    })
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
