import fs from 'node:fs'
import path from 'node:path'
import { idsOf, openWorld } from './database-fixture'
import { runKillRounds } from './kill-rounds'

const BY_STATUS = { bills: [{ name: 'status', unique: false, keys: { status: 1 as const, amountFen: -1 as const } }] }

describe('a database that is closed and opened again', () => {
  it('has every document as it was, types and all, and its indexes', async () => {
    const world = await openWorld(BY_STATUS)
    const bill = {
      _id: 'b1',
      status: 'paid',
      amountFen: 1,
      at: new Date('2025-01-31T16:00:00Z'),
      part: 0.1,
      none: null,
      is: false,
      list: [1, [2]],
      中文: '键',
      empty: {},
    }
    await world.add('bills', bill)
    await world.addAll('bills', [
      { _id: 'b2', status: 'paid', amountFen: 3 },
      { _id: 'b3', status: 'unpaid' },
    ])
    await world.update('bills', 'b2', { $inc: { amountFen: 1 } })
    await world.remove('bills', 'b3')
    await world.reopen()
    expect(await world.get('bills', 'b1')).toEqual(bill)
    expect(idsOf(await world.find('bills', { status: 'paid' }, { order: { amountFen: -1 } }))).toEqual(['b2', 'b1'])
    expect(await world.count('bills')).toBe(2)
    await world.end()
  })

  it('has what was seeded, and nothing from before', async () => {
    const world = await openWorld(BY_STATUS)
    await world.add('bills', { _id: 'old', status: 'paid' })
    const t = await world.begin()
    await world.add('bills', { _id: 'never' }, t)
    await world.database().replaceAll({ bills: [{ _id: 'new', status: 'paid', amountFen: 2 }] })
    await expect(world.commit(t)).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_FAIL' })
    for (const look of [() => Promise.resolve(), world.reopen]) {
      await look()
      expect(world.database().documents('bills')).toEqual([{ _id: 'new', status: 'paid', amountFen: 2 }])
      expect(idsOf(await world.find('bills', { status: 'paid' }))).toEqual(['new'])
    }
    await world.end()
  })

  it('does not take part in what its seeder does to the documents afterwards', async () => {
    const world = await openWorld(BY_STATUS)
    const bills = [{ _id: 'b1', lines: [{ fen: 1 }] }]
    await world.database().replaceAll({ bills })
    bills[0]!.lines[0]!.fen = 999
    expect(await world.get('bills', 'b1')).toEqual({ _id: 'b1', lines: [{ fen: 1 }] })
    await world.end()
  })

  it('orders by an index that was declared meanwhile', async () => {
    const world = await openWorld(BY_STATUS)
    await world.addAll('bills', [
      { _id: 'b1', period: '2025-02' },
      { _id: 'b2', period: '2025-01' },
    ])
    fs.writeFileSync(
      path.join(world.rulesFolder, 'bills.indexes.json'),
      JSON.stringify([{ name: 'period', unique: false, keys: { period: 1 } }]),
    )
    await world.reopen()
    expect(idsOf(await world.find('bills', {}, { order: { period: 1 } }))).toEqual(['b2', 'b1'])
    await world.end()
  })

  it('has lost nothing it acknowledged while hundreds of writes were under way', async () => {
    const world = await openWorld(BY_STATUS)
    await Promise.all(Array.from({ length: 300 }, (_, n) => world.add('bills', { _id: `b${n}`, status: 'unpaid' })))
    await world.reopen()
    expect(await world.count('bills')).toBe(300)
    await world.end()
  })
})

describe('a process killed while it commits', () => {
  it('leaves every acknowledged transaction, and none by halves', async () => {
    const { rounds, acknowledged, wrong } = await runKillRounds(8)
    expect(wrong).toEqual([])
    expect(rounds).toBe(8)
    expect(acknowledged).toBeGreaterThanOrEqual(8)
  })
})
