import { openVillage, type Village } from '../support/village'

let village: Village
beforeEach(async () => { village = await openVillage() })
afterEach(() => village.close())

const reveal = () => village.as('chen').call('repairs', 'revealContact', { repairId: 'r-village-door' })

describe('a key that did not seal this environment’s data', () => {
  it('shows no number and stops before anything is written: the fingerprint is compared first', async () => {
    await village.alter('key_records', 'data-1', { fingerprint: 'of another key' })
    expect(await reveal()).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(await village.documents('audits')).toEqual([])
    expect(village.lines.at(-1)).toMatchObject({ code: 'INTERNAL', error: expect.stringContaining('restore it from the recovery key') })
  })

  it('stops only what needs the numbers', async () => {
    await village.alter('key_records', 'data-1', { fingerprint: 'of another key' })
    expect(await village.as('wang').call('repairs', 'list', { houseId: 'h-3-2-501' })).toMatchObject({ ok: true })
  })
})

it('a number that was altered is not shown as another one', async () => {
  await village.alter('members', 'm-zhao', { 'phone.data': Buffer.from('13900000000').toString('base64') })
  expect(await reveal()).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
})
