import { village as plantVillage } from '../../simulator/seed/village'
import { testEnvironment } from '../support/people'
import { openVillage, type Village } from '../support/village'

let village: Village
afterEach(() => village.close())

const reveal = () => village.as('chen').call('repairs', 'revealContact', { repairId: 'r-village-door' })
const refused = (reason: string) => ({ ok: false, error: { code: 'UNAVAILABLE', reason, message: expect.stringContaining('请管理员') } })

describe('a key that is not this environment’s', () => {
  beforeEach(async () => { village = await openVillage() })

  it.each(['data-1', 'hash-1'])('(%s) shows no number and stops before anything is written: the fingerprint is compared first', async (keyId) => {
    await village.alter('key_records', keyId, { fingerprint: 'of another key' })
    expect(await reveal()).toMatchObject(refused('KEY_MISMATCH'))
    expect(await village.documents('audits')).toEqual([])
    expect(village.lines).toContainEqual({ event: 'key_mismatch', key: keyId })
  })

  it('stops only what needs the numbers', async () => {
    await village.alter('key_records', 'data-1', { fingerprint: 'of another key' })
    expect(await village.as('wang').call('repairs', 'list', { houseId: 'h-3-2-501' })).toMatchObject({ ok: true })
  })

  it('stops nothing when it is a retired key that is gone: only what it sealed is lost', async () => {
    await village.store('key_records', { _id: 'data-9', schema: 1, fingerprint: 'of a key long gone' })
    expect(await reveal()).toMatchObject({ ok: true })
  })

  it('a number that was altered is not shown as another one', async () => {
    await village.alter('members', 'm-zhao', { 'phone.data': Buffer.from('13900000000').toString('base64') })
    expect(await reveal()).toMatchObject(refused('VALUE_DAMAGED'))
  })

  it('a number that a missing key sealed is refused, and no other', async () => {
    await village.alter('members', 'm-zhao', { 'phone.key': 'data-7' })
    expect(await reveal()).toMatchObject(refused('KEY_MISSING'))
  })
})

it('a key that nobody has recorded seals nothing', async () => {
  village = await openVillage({
    environment: { ...testEnvironment, LINLI_DATA_KEY: `data-2:${Buffer.alloc(32, 2).toString('base64')},data-1:${testEnvironment.LINLI_DATA_KEY}` },
    seeds: { village: (now) => plantVillage(now, testEnvironment) },
  })
  expect(await reveal()).toMatchObject(refused('KEY_UNRECORDED'))
})

it.each(['LINLI_DATA_KEY', 'LINLI_HASH_KEY'])('an environment without %s works, without the numbers', async (variable) => {
  village = await openVillage({
    environment: { ...testEnvironment, [variable]: '' },
    seeds: { village: (now) => plantVillage(now, testEnvironment) },
  })
  expect(await reveal()).toMatchObject(refused('KEY_MISSING'))
  expect(village.lines).toContainEqual({ event: 'key_missing', error: `${variable} must be 32 bytes in base64` })
  expect(await village.as('wang').call('repairs', 'list', { houseId: 'h-3-2-501' })).toMatchObject({ ok: true })
})
