import { createVault, type Sealed } from '../../cloudfunctions/_shared/crypto'
import { fingerprintsOf, keyRecordsOf, keysOf } from '../../cloudfunctions/_shared/keys'
import { sealedPlaces, sealedValues } from '../../cloudfunctions/_shared/sealed-places'
import { rotationJobOf } from '../../cloudfunctions/_shared/upkeep-job'
import { seeds } from '../../simulator/seed/seeds'
import { village as plantVillage } from '../../simulator/seed/village'
import { testEnvironment, testKey } from '../support/people'
import { openVillage, type Village } from '../support/village'

const ring = { ...testEnvironment, LINLI_DATA_KEY: `data-2:${Buffer.alloc(32, 2).toString('base64')},data-1:${testKey}` }
const [before, after] = [createVault(keysOf(testEnvironment)), createVault(keysOf(ring))]

/** An environment whose functions have just been given a new key: everything in it is sealed with the old one. */
const openRotating = async (): Promise<Village> => {
  const village = await openVillage({
    environment: ring,
    seeds: {
      village: (now) => {
        const world = plantVillage(now, testEnvironment)
        return { ...world, documents: { ...world.documents, key_records: keyRecordsOf(fingerprintsOf(keysOf(ring))) } }
      },
    },
  })
  await village.store('jobs', rotationJobOf('data-2', new Date()))
  return village
}

let village: Village
beforeEach(async () => { village = await openRotating() })
afterEach(() => village.close())

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const sealedIn = async (collection: string): Promise<Sealed[]> => (await village.documents(collection)).flatMap((document) => sealedValues(document).map(({ sealed }) => sealed))
const allSealed = async () => (await Promise.all(sealedPlaces.map(({ collection }) => sealedIn(collection)))).flat()
const keyRecord = async (id: string) => (await village.documents('key_records')).find(({ _id }) => _id === id)

describe('a change of the data key', () => {
  it('seals everything anew, every number the same, and says that the old key is not needed any more', async () => {
    const numbers = (await allSealed()).map((sealed) => before.open(sealed)).sort()
    expect(numbers.length).toBeGreaterThanOrEqual(8)
    await village.tick()
    const sealed = await allSealed()
    expect(sealed.map(({ key }) => key)).toEqual(sealed.map(() => 'data-2'))
    expect(sealed.map((each) => after.open(each)).sort()).toEqual(numbers)
    expect(await keyRecord('data-1')).toHaveProperty('retiredAt')
    expect(await keyRecord('data-2')).not.toHaveProperty('retiredAt')
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'rotation')).toEqual([])
  })

  it('finds values inside lists too', async () => {
    await village.store('roster', { _id: 'x-list', schema: 1, contacts: [{ phone: before.seal('13811112222') }, { phone: before.seal('13833334444') }] })
    await village.tick()
    const sealed = (await sealedIn('roster')).slice(-2)
    expect(sealed.map((each) => [each.key, after.open(each)])).toEqual([['data-2', '13811112222'], ['data-2', '13833334444']])
  })

  it('hides no number meanwhile: what either key sealed can be read', async () => {
    const reveal = () => village.as('chen').get('repairs', 'revealContact', { repairId: 'r-village-door' })
    expect(await reveal()).toMatchObject({ phone: '13700132012' })
    await village.tick()
    expect(await reveal()).toMatchObject({ phone: '13700132012' })
  })

  it('ends the same wherever its worker dies', async () => {
    for (let n = 3; n <= 40; n += 3) {
      await village.post('/control/fault', { kind: 'kill', function: 'tick', ...(n % 2 ? { beforeCall: n } : { afterCall: n }) })
      await village.tick(minutesFromNow(n * 2)).catch(() => undefined)
      await village.post('/control/fault', { kind: 'none' })
    }
    await village.tick(minutesFromNow(200))
    expect((await allSealed()).map(({ key }) => key)).not.toContain('data-1')
    expect(await keyRecord('data-1')).toHaveProperty('retiredAt')
  }, 60_000)

  it('is done by one of two workers', async () => {
    await Promise.all([village.tick(), village.tick()])
    const rotated = village.lines.filter(({ event }) => event === 'rotated')
    expect(rotated).toHaveLength(1)
    expect((await allSealed()).map(({ key }) => key)).not.toContain('data-1')
  })

  it('keeps a value that no key opens, names where it is, and keeps the old key', async () => {
    await village.alter('members', 'm-zhao', { 'phone.data': Buffer.from('damaged').toString('base64') })
    const damaged = (await village.documents('members')).find(({ _id }) => _id === 'm-zhao')
    await village.tick()
    expect((await village.documents('members')).find(({ _id }) => _id === 'm-zhao')).toEqual(damaged)
    expect(await keyRecord('data-2')).toMatchObject({ unopened: ['members/m-zhao'] })
    expect(await keyRecord('data-1')).not.toHaveProperty('retiredAt')
    expect((await allSealed()).filter(({ key }) => key === 'data-1')).toHaveLength(1)
  })

  it('does not begin with a key that is not this environment’s', async () => {
    await village.alter('key_records', 'data-2', { fingerprint: 'of another key' })
    const sealed = await allSealed()
    await village.tick()
    expect(await allSealed()).toEqual(sealed)
    expect(village.lines).toContainEqual(expect.objectContaining({ event: 'job_failed', kind: 'rotation' }))
  })
})

describe('a sealed value', () => {
  it.each(['village', 'town'])('of the %s stands in a place that a change of keys knows', async (name) => {
    const { documents } = await seeds[name]!(new Date('2026-11-24T04:00:00Z'), testEnvironment)
    const places = new Set(Object.entries(documents).flatMap(([collection, all]) =>
      all.flatMap((document) => sealedValues(document).map(({ path }) => `${collection} ${path.replace(/\.\d+(?=\.|$)/g, '[]')}`))))
    expect([...places].filter((place) => !sealedPlaces.some(({ collection, path }) => place === `${collection} ${path}`))).toEqual([])
    expect(places.has('members phone')).toBe(true)
  })
})
