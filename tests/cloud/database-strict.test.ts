import { ejson, openWorld, refusal } from './database-fixture'

describe('the strict database', () => {
  it('knows only declared collections, as the platform does', async () => {
    const world = await openWorld({ bills: [] })
    const missing = {
      code: 'DATABASE_COLLECTION_NOT_EXIST',
      message:
        '[ResourceNotFound] Db or Table not exist: bils. Please check your request, but if the problem cannot be solved, contact us.',
    }
    expect(await refusal(world.get('bils', 'b1'))).toEqual(missing)
    expect(await refusal(world.add('bils', { _id: 'b1' }))).toEqual(missing)
    expect(await refusal(world.count('bils'))).toEqual(missing)
    expect(await refusal(world.aggregate('bils', [{ $limit: 1 }]))).toEqual(missing)
    await expect(world.database().replaceAll({ bils: [] })).rejects.toMatchObject(missing)
    expect(world.database().collectionNames()).toEqual(['bills'])
    await world.end()
  })

  it('adds a collection once, and remembers it', async () => {
    const world = await openWorld({ bills: [] })
    expect(await world.run('addCollection', { collectionName: 'extra' })).toEqual({})
    expect((await refusal(world.run('addCollection', { collectionName: 'extra' }))).code).toBe('DATABASE_COLLECTION_ALREADY_EXIST')
    await world.add('extra', { _id: 'x' })
    await world.reopen()
    expect(await world.get('extra', 'x')).toEqual({ _id: 'x' })
    expect(world.database().collectionNames()).toEqual(['bills', 'extra'])
    await world.end()
  })

  it('has room for a hundred collections', async () => {
    const world = await openWorld(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`c${n}`, []])))
    await world.run('addCollection', { collectionName: 'the_hundredth' })
    expect((await refusal(world.run('addCollection', { collectionName: 'one_more' }))).code).toBe('DATABASE_COLLECTION_EXCEED_LIMIT')
    await world.end()
  })

  const documents: [string, Record<string, unknown>, string][] = [
    ['a field that begins with $', { _id: 'a', $set: 1 }, 'invalid field name $set'],
    ['a field that is a path', { _id: 'a', 'b.c': 1 }, "invalid field name 'b.c'"],
    ['an id that is no text', { _id: 7 }, '_id must be a text'],
    ['over 512 KB', { _id: 'a', text: 'x'.repeat(512 * 1024) }, 'over the budget of 512 KB'],
  ]

  it.each(documents)('refuses a document with %s', async (_name, document, message) => {
    const world = await openWorld({ bills: [] })
    const { code, message: told } = await refusal(world.add('bills', document))
    expect(code).toBe('DATABASE_REQUEST_FAILED')
    expect(told).toContain(message)
    expect(await world.count('bills')).toBe(0)
    await world.end()
  })

  it('keeps a document of just under 512 KB', async () => {
    const world = await openWorld({ bills: [] })
    await world.add('bills', { _id: 'a', text: 'x'.repeat(511 * 1024) })
    expect((await refusal(world.update('bills', 'a', { $set: { more: 'y'.repeat(2048) } }))).message).toContain('512 KB')
    expect(await world.count('bills')).toBe(1)
    await world.end()
  })

  it('answers 100 documents unless asked for more, and refuses more than 1,000', async () => {
    const world = await openWorld({ bills: [] })
    await world.addAll(
      'bills',
      Array.from({ length: 1001 }, (_, n) => ({ n })),
    )
    const reply = await world.run('getDocument', { collectionName: 'bills', queryType: 'WHERE' })
    expect((reply.data as { list: string[] }).list).toHaveLength(100)
    expect(await world.find('bills', {}, { limit: 1000 })).toHaveLength(1000)
    expect((await refusal(world.find('bills', {}, { limit: 1001 }))).message).toContain('limit 1001 is over 1000')
    await world.end()
  })

  it('refuses a reply over 16 MB', async () => {
    const world = await openWorld({ bills: [] })
    const text = '物'.repeat(160 * 1024)
    for (let n = 0; n < 36; n++) await world.add('bills', { _id: `b${n}`, text })
    expect((await refusal(world.find('bills', {}, { limit: 36 }))).message).toContain('over 16 MB')
    expect(await world.find('bills', {}, { limit: 30 })).toHaveLength(30)
    await world.end()
  })

  const types: [string, string][] = [
    ['$binary', '{"$binary":{"base64":"AA==","subType":"00"}}'],
    ['$numberDecimal', '{"$numberDecimal":"1.5"}'],
    ['$timestamp', '{"$timestamp":{"t":1,"i":1}}'],
  ]

  it.each(types)('refuses a value of type %s by name', async (name, value) => {
    const world = await openWorld({ bills: [] })
    expect((await refusal(world.run('insertDocument', { collectionName: 'bills', data: [`{"_id":"a","v":${value}}`] }))).message).toContain(
      name,
    )
    await world.end()
  })

  const requests: [string, string, Record<string, unknown>][] = [
    ['an action it does not know', 'dropCollection', { collectionName: 'bills' }],
    ['a request without a collection', 'getDocument', { queryType: 'WHERE' }],
    ['Extended JSON that is none', 'getDocument', { collectionName: 'bills', queryType: 'WHERE', query: '{' }],
    ['a field named __proto__', 'insertDocument', { collectionName: 'bills', data: ['{"__proto__":{"admin":true}}'] }],
    ['an order that is no direction', 'getDocument', { collectionName: 'bills', queryType: 'WHERE', order: ejson({ a: 2 }) }],
    ['a negative offset', 'getDocument', { collectionName: 'bills', queryType: 'WHERE', offset: -1 }],
  ]

  it.each(requests)('refuses %s', async (_name, action, body) => {
    const world = await openWorld({ bills: [] })
    expect((await refusal(world.run(action, body))).code).toBe('INVALID_PARAM')
    await world.end()
  })
})
