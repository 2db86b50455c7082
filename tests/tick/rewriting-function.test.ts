import { memberSchema } from '../../cloudfunctions/_shared/member'
import { rewriteJobOf } from '../../cloudfunctions/_shared/upkeep-job'
import { openVillage, type Village } from '../support/village'

let village: Village
beforeEach(async () => { village = await openVillage({ database: { transactionMs: 1_000 } }) })
afterEach(() => village.close())

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

/** Somebody as release 0.1.0 stored them. */
const oldMember = (i: number, more: object = {}) => ({
  _id: `m-old-${String(i).padStart(3, '0')}`, schema: 1, openid: `o-old-${i}`, name: `老住户${i}`, phone: null, phoneHash: null, maskedPhone: null, quotas: {},
  houses: [{ houseId: 'h-1-1-101', communityId: 'c-lihua', communityName: '梨花苑', houseLabel: '1号楼1单元101', relation: 'owner', endsOn: null }],
  post: i % 2 ? null : { role: 'technician', communityId: 'c-lihua', communityName: '梨花苑' }, ...more,
})
const begin = async (count: number) => {
  for (let i = 1; i <= count; i += 1) await village.store('members', oldMember(i))
  await village.store('jobs', rewriteJobOf('0.2.0', new Date()))
}
const stored = async (id: string) => (await village.documents('members')).find(({ _id }) => _id === id)
const schemas = async () => [...new Set((await village.documents('members')).map(({ schema }) => schema))]

describe('rewriting', () => {
  it('brings what an older release stored into today’s shape, and ends', async () => {
    await begin(3)
    await village.tick()
    expect(await stored('m-old-002')).toMatchObject({
      schema: memberSchema, name: '老住户2', houses: [{ building: '1', scopes: ['bills', 'pay', 'invite', 'report'] }],
      posts: [{ role: 'technician', buildings: null }], postKeys: ['c-lihua/technician'],
    })
    expect(await schemas()).toEqual([memberSchema])
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'rewrite')).toEqual([])
    expect(village.lines).toContainEqual(expect.objectContaining({ event: 'rewritten', changed: 3, failed: 0 }))
  })

  it('makes people found by what an older release did not store', async () => {
    await begin(2)
    const names = async () => (await village.as('he').get('repairs', 'technicians', {})).technicians.map(({ name }) => name)
    expect(await names()).not.toContain('老住户2')
    await village.tick()
    expect(await names()).toContain('老住户2')
  })

  it('ends the same wherever its worker dies', async () => {
    await begin(12)
    for (let n = 3; n <= 40; n += 4) {
      await village.post('/control/fault', { kind: 'kill', function: 'tick', ...(n % 8 === 3 ? { beforeCall: n } : { afterCall: n }) })
      await village.tick(minutesFromNow(n * 2)).catch(() => undefined)
      await village.post('/control/fault', { kind: 'none' })
    }
    // The transactions of those who died end by themselves.
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    await village.tick(minutesFromNow(200))
    expect(await schemas()).toEqual([memberSchema])
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'rewrite')).toEqual([])
  }, 60_000)

  it('never overwrites what somebody writes meanwhile', async () => {
    await begin(30)
    const consents = Array.from({ length: 30 }, (_, i) =>
      village.as(`old-${i + 1}`).call('messages', 'recordConsent', { results: { 'TMPL-repair-progress': 'accept' } }))
    await Promise.all([village.tick(), ...consents])
    const old = (await village.documents('members')).filter(({ _id }) => String(_id).startsWith('m-old'))
    expect(old.map(({ quotas }) => quotas)).toEqual(old.map(() => ({ 'TMPL-repair-progress': 1 })))
    expect(await schemas()).toEqual([memberSchema])
  }, 60_000)

  it('leaves what cannot be upgraded as it is, says so, and goes on', async () => {
    await begin(2)
    await village.store('members', oldMember(0, { houses: null }))
    await village.tick()
    expect(await stored('m-old-000')).toMatchObject({ schema: 1, houses: null })
    expect(await stored('m-old-002')).toMatchObject({ schema: memberSchema })
    expect(village.lines).toContainEqual(expect.objectContaining({ event: 'not_rewritten', collection: 'members', id: 'm-old-000' }))
  })

  it('is done again without doing anything', async () => {
    await begin(2)
    await village.tick()
    const before = await village.documents('members')
    await village.store('jobs', rewriteJobOf('0.2.0', new Date()))
    await village.tick()
    expect(await village.documents('members')).toEqual(before)
  })
})
