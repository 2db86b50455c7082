import type { World } from './database-fixture'
import { ejson, openWorld, refusal } from './database-fixture'

const GONE = {
  code: 'DATABASE_TRANSACTION_FAIL',
  message:
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, ' +
    'transaction must be commit or abort in 30 seconds. Please check your request, but if the problem persists, contact us.',
}
const CONFLICT = {
  code: 'DATABASE_TRANSACTION_CONFLICT',
  message:
    '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ' +
    'Please check your request, but if the problem persists, contact us.',
}

const RULES = { bills: [{ name: 'no', unique: true, keys: { no: 1 as const } }], payments: [] }

describe('a transaction', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld(RULES)
    await world.addAll('bills', [
      { _id: 'b1', no: 1, paid: false },
      { _id: 'b2', no: 2, paid: false },
    ])
  })
  afterEach(() => world.end())

  it('commits all its writes at once, seen by nobody before', async () => {
    const t = await world.begin()
    await world.update('bills', 'b1', { $set: { paid: true } }, t)
    await world.add('payments', { _id: 'p1', billId: 'b1' }, t)
    await world.remove('bills', 'b2', t)
    expect(await world.get('bills', 'b1')).toMatchObject({ paid: false })
    expect(await world.get('payments', 'p1')).toBeUndefined()
    await world.commit(t)
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', no: 1, paid: true })
    expect(await world.get('payments', 'p1')).toEqual({ _id: 'p1', billId: 'b1' })
    expect(await world.get('bills', 'b2')).toBeUndefined()
  })

  it('leaves nothing when aborted', async () => {
    const t = await world.begin()
    await world.set('bills', 'b1', { no: 1, paid: true }, t)
    await world.add('payments', { _id: 'p1' }, t)
    await world.abort(t)
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', no: 1, paid: false })
    expect(await world.count('payments')).toBe(0)
  })

  it('sees its own writes and removals', async () => {
    const t = await world.begin()
    await world.update('bills', 'b1', { $set: { paid: true } }, t)
    expect(await world.update('bills', 'b1', { $set: { twice: true } }, t)).toBe(1)
    expect(await world.get('bills', 'b1', t)).toEqual({ _id: 'b1', no: 1, paid: true, twice: true })
    await world.remove('bills', 'b1', t)
    expect(await world.get('bills', 'b1', t)).toBeUndefined()
    await world.set('bills', 'b1', { no: 1 }, t)
    await world.commit(t)
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', no: 1 })
  })

  it('reads as of its first operation, not of its start', async () => {
    const t = await world.begin()
    await world.update('bills', 'b1', { $set: { note: 'before the first operation' } })
    expect(await world.get('bills', 'b1', t)).toMatchObject({ note: 'before the first operation' })
    await world.update('bills', 'b1', { $set: { note: 'after' } })
    await world.update('bills', 'b2', { $set: { note: 'after' } })
    await world.remove('bills', 'b2')
    await world.add('bills', { _id: 'b3', no: 3 })
    expect(await world.get('bills', 'b1', t)).toMatchObject({ note: 'before the first operation' })
    expect(await world.get('bills', 'b2', t)).toEqual({ _id: 'b2', no: 2, paid: false })
    expect(await world.get('bills', 'b3', t)).toBeUndefined()
    await world.commit(t)
  })

  const changes: [string, (w: World) => Promise<unknown>][] = [
    ['updated', (w) => w.update('bills', 'b1', { $set: { paid: true } })],
    ['removed', (w) => w.remove('bills', 'b1')],
    ['removed and added again', async (w) => [await w.remove('bills', 'b1'), await w.add('bills', { _id: 'b1', no: 1 })]],
  ]

  it.each(changes)('conflicts at once over a document that was %s since it first looked, and is over', async (_name, change) => {
    const t = await world.begin()
    await world.get('bills', 'b2', t)
    await change(world)
    expect(
      await refusal(world.update('bills', 'b1', { $set: { note: 'x' } }, t).then(() => world.set('bills', 'b1', { no: 1 }, t))),
    ).toEqual(CONFLICT)
    expect(await refusal(world.commit(t))).toEqual(GONE)
  })

  it('conflicts at once over a document another open transaction has written, which goes on', async () => {
    const [first, second] = [await world.begin(), await world.begin()]
    await world.update('bills', 'b1', { $set: { by: 'first' } }, first)
    expect(await refusal(world.update('bills', 'b1', { $set: { by: 'second' } }, second))).toEqual(CONFLICT)
    expect(await refusal(world.get('bills', 'b1', second))).toEqual(GONE)
    await world.commit(first)
    expect(await world.get('bills', 'b1')).toMatchObject({ by: 'first' })
  })

  it('conflicts over an id that someone added since', async () => {
    const t = await world.begin()
    await world.get('bills', 'b1', t)
    await world.add('payments', { _id: 'p1', by: 'other' })
    expect(await refusal(world.add('payments', { _id: 'p1' }, t))).toEqual(CONFLICT)
  })

  it('may write what another has only read: write skew is possible, as on the platform', async () => {
    const [first, second] = [await world.begin(), await world.begin()]
    for (const t of [first, second]) await Promise.all([world.get('bills', 'b1', t), world.get('bills', 'b2', t)])
    await world.update('bills', 'b1', { $set: { paid: true } }, first)
    await world.update('bills', 'b2', { $set: { paid: true } }, second)
    await world.commit(first)
    await world.commit(second)
    expect(await world.count('bills')).toBe(2)
  })

  it('is refused a value that must be unique, and is over', async () => {
    const t = await world.begin()
    expect((await refusal(world.add('bills', { _id: 'b3', no: 1 }, t))).message).toContain(
      'E11000 duplicate key error collection: bills index: no dup key: { no: 1 }',
    )
    expect(await refusal(world.commit(t))).toEqual(GONE)
    expect(await world.get('bills', 'b3')).toBeUndefined()
  })

  it('is refused an id that exists', async () => {
    const t = await world.begin()
    expect((await refusal(world.add('bills', { _id: 'b1', no: 9 }, t))).message).toContain('index: _id_ dup key: { _id: "b1" }')
  })

  it('is refused a unique value it has itself given out, until it takes it back', async () => {
    const [first, second] = [await world.begin(), await world.begin()]
    await world.add('bills', { _id: 'b3', no: 3 }, first)
    expect((await refusal(world.add('bills', { _id: 'b4', no: 3 }, first))).message).toContain('E11000')
    await world.update('bills', 'b1', { $set: { no: 8 } }, second)
    await world.update('bills', 'b2', { $set: { no: 1 } }, second)
    await world.commit(second)
    expect(await world.get('bills', 'b2')).toMatchObject({ no: 1 })
  })

  it('conflicts over a unique value another open transaction has taken', async () => {
    const [first, second] = [await world.begin(), await world.begin()]
    await world.add('bills', { _id: 'b3', no: 3 }, first)
    expect(await refusal(world.add('bills', { _id: 'b4', no: 3 }, second))).toEqual(CONFLICT)
    await world.commit(first)
  })

  it('is unknown once committed, aborted, or if it never was', async () => {
    const [committed, aborted] = [await world.begin(), await world.begin()]
    await world.commit(committed)
    await world.abort(aborted)
    for (const t of [committed, aborted, 'never']) {
      expect(await refusal(world.get('bills', 'b1', t))).toEqual(GONE)
      expect(await refusal(world.commit(t))).toEqual(GONE)
      expect(await refusal(world.abort(t))).toEqual(GONE)
    }
  })

  it('does not see a clock that jumps', async () => {
    let now = 0
    const jumping = await openWorld(RULES, { now: () => now })
    const t = await jumping.begin()
    await jumping.add('bills', { _id: 'b1', no: 1 }, t)
    now = 86_400_000
    await jumping.commit(t)
    expect(await jumping.count('bills')).toBe(1)
    await jumping.end()
  })

  it('ends by itself, and lets go of what it held', async () => {
    const brief = await openWorld(RULES, { transactionMs: 60 })
    await brief.add('bills', { _id: 'b1', no: 1 })
    const t = await brief.begin()
    await brief.update('bills', 'b1', { $set: { by: 'transaction' } }, t)
    expect(await brief.update('bills', 'b1', { $set: { by: 'other' } })).toBe(1)
    expect(await refusal(brief.commit(t))).toEqual(GONE)
    expect(await brief.get('bills', 'b1')).toMatchObject({ by: 'other' })
    await brief.end()
  })
})

describe('the strict database', () => {
  const shapes: [string, string, Record<string, unknown>][] = [
    ['where().get()', 'getDocument', { queryType: 'WHERE', query: ejson({ no: 1 }), limit: 1 }],
    [
      'where().update()',
      'modifyDocument',
      { queryType: 'WHERE', query: ejson({ no: 1 }), data: ejson({ $set: { a: 1 } }), multi: true, merge: true, upsert: false },
    ],
    ['where().remove()', 'removeDocument', { queryType: 'WHERE', query: ejson({ no: 1 }), multi: true }],
    ['updateAndReturn', 'modifyAndReturnDoc', { queryType: 'WHERE', query: ejson({ no: 1 }), data: ejson({ $set: { a: 1 } }) }],
    ['a batch add', 'insertDocument', { data: [ejson({ no: 5 }), ejson({ no: 6 })] }],
  ]

  it.each(shapes)('refuses %s in a transaction, and ends it', async (_name, action, body) => {
    const world = await openWorld(RULES)
    const transactionId = await world.begin()
    const { code, message } = await refusal(world.run(action, { collectionName: 'bills', ...body, transactionId }))
    expect(code).toBe('DATABASE_REQUEST_FAILED')
    expect(message).toContain('in a transaction')
    expect(await refusal(world.commit(transactionId))).toEqual(GONE)
    await world.end()
  })

  it('is told to be lenient: where().get() then sees what the transaction sees', async () => {
    const world = await openWorld(RULES, { strict: false })
    await world.addAll('bills', [
      { _id: 'b1', no: 1 },
      { _id: 'b2', no: 2 },
    ])
    const t = await world.begin()
    await world.remove('bills', 'b1', t)
    await world.add('bills', { _id: 'b9', no: 9 }, t)
    await world.remove('bills', 'b2')
    expect(await world.find('bills', { no: { $gt: 0 } }, { order: { no: -1 }, transactionId: t })).toEqual([
      { _id: 'b9', no: 9 },
      { _id: 'b2', no: 2 },
    ])
    await world.end()
  })
})
