import type { World } from './database-fixture'
import { idsOf, openWorld, refusal } from './database-fixture'

describe('a unique index', () => {
  let world: World
  beforeEach(async () => {
    world = await openWorld({
      members: [
        { name: 'phone', unique: true, keys: { phoneHash: 1 } },
        { name: 'plate', unique: true, keys: { communityId: 1, plate: 1 } },
      ],
    })
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
    expect((await refusal(world.add('members', { _id: 'li', phoneHash: null, plate: 'A2' }))).message).toContain(
      'index: phone dup key: { phoneHash: null }',
    )
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
    const twins = [
      { _id: 'a', phoneHash: 'p1', plate: 'A1' },
      { _id: 'b', phoneHash: 'p1', plate: 'A2' },
    ]
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
    const twins = [
      { _id: 'a', phoneHash: 'p1', plate: 'A1' },
      { _id: 'b', phoneHash: 'p1', plate: 'A2' },
    ]
    await expect(world.database().replaceAll({ members: twins })).rejects.toThrow('E11000')
    expect(idsOf(world.database().documents('members'))).toEqual(['wang'])
    await world.reopen()
    expect(idsOf(world.database().documents('members'))).toEqual(['wang'])
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
    await expect(openWorld({ rows: [{ name: 'bad', unique: false, keys: { a: 0 as 1 } }] })).rejects.toThrow(
      'rows.indexes.json: index bad: a direction is 1 or -1',
    )
  })
})
