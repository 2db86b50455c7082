import type { World } from './database-fixture'
import { openWorld, refusal } from './database-fixture'

const RULES = { bills: [{ name: 'no', unique: true, keys: { no: 1 as const } }], payments: [] }

describe('a write beside a transaction', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld(RULES)
    await world.add('bills', { _id: 'b1', no: 1, n: 0 })
  })
  afterEach(() => world.end())

  it('waits for it, and then applies to what it left', async () => {
    const t = await world.begin()
    await world.update('bills', 'b1', { $set: { n: 10 } }, t)
    const waiting = world.update('bills', 'b1', { $inc: { n: 1 } })
    await world.commit(t)
    expect(await waiting).toBe(1)
    expect(await world.get('bills', 'b1')).toMatchObject({ n: 11 })
  })

  it('judges its condition after waiting', async () => {
    const t = await world.begin()
    await world.update('bills', 'b1', { $set: { n: 10 } }, t)
    const waiting = world.updateWhere('bills', { _id: 'b1', n: 0 }, { $set: { late: true } })
    await world.commit(t)
    expect(await waiting).toBe(0)
  })

  it('waits for a unique value a transaction has taken, and gets it if that one gives up', async () => {
    const t = await world.begin()
    await world.add('bills', { _id: 'b2', no: 2 }, t)
    const waiting = world.add('bills', { _id: 'b3', no: 2 })
    await world.abort(t)
    expect(await waiting).toBe('b3')
  })

  it('to another document does not wait', async () => {
    const t = await world.begin()
    await world.update('bills', 'b1', { $set: { n: 10 } }, t)
    expect(await world.add('bills', { _id: 'b2', no: 2 })).toBe('b2')
    await world.abort(t)
  })

  it('gives up after five seconds, by name', async () => {
    const t = await world.begin()
    await world.update('bills', 'b1', { $set: { n: 10 } }, t)
    const started = performance.now()
    const { code, message } = await refusal(world.update('bills', 'b1', { $inc: { n: 1 } }))
    expect(code).toBe('DATABASE_REQUEST_FAILED')
    expect(message).toContain('LockTimeout')
    expect(performance.now() - started).toBeGreaterThan(4_900)
    await world.abort(t)
  })
})

describe('fifty transactions at once on one document', () => {
  it('lose no increment: each counts, or is refused for conflict', async () => {
    const world = await openWorld(RULES)
    await world.add('bills', { _id: 'b1', no: 1, n: 0 })
    const increment = async (): Promise<boolean> => {
      const t = await world.begin()
      try {
        const bill = await world.get('bills', 'b1', t)
        await world.update('bills', 'b1', { $set: { n: (bill!.n as number) + 1 } }, t)
        await world.commit(t)
        return true
      } catch (error) {
        expect((error as { code: string }).code).toBe('DATABASE_TRANSACTION_CONFLICT')
        return false
      }
    }
    const done = (await Promise.all(Array.from({ length: 50 }, increment))).filter(Boolean).length
    expect(done).toBeGreaterThan(0)
    expect(await world.get('bills', 'b1')).toMatchObject({ n: done })
    await world.end()
  })
})
