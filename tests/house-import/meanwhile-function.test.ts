import { putOnFile, settleIn } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'
import { checkRows } from './imports'
import type { Row } from './sheets'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.post('/control/reset', { seed: 'village' }))
afterEach(() => village.post('/control/fault', { kind: 'none' }))
afterAll(() => village.close())

const wangs = 'h-3-2-501'
const mum: Row = ['3号楼', '2单元', '501', null, '王母', '13800137777', '家属']
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const holdsOf = async (houseId: string) => (await village.documents('houses')).find(({ _id }) => _id === houseId)?.holds ?? 0
const onFileFor = async (id: string) => (await village.documents('roster')).filter(({ houseId }) => houseId === id)

/** Both at once, the second a little later in every round; each call to the platform takes its time. */
const inRounds = async (rows: (round: number) => Row[], meanwhile: (round: number) => Promise<unknown>, judge: (round: number, answer: unknown) => Promise<void>) => {
  await village.post('/control/fault', { kind: 'latency', perCallMs: 4 })
  for (let round = 0; round < 12; round += 1) {
    const { importId } = await checkRows(village, 'he', rows(round))
    const later = pause(round * 6).then(() => meanwhile(round))
    const [{ import: done }, answer] = await Promise.all([village.as('he').get('house-import', 'start', { importId, skipsErrors: true }), later])
    expect(done.status).toBe('done')
    await judge(round, answer)
  }
}

describe('an import while the desk works on the same houses', () => {
  it('counts up the house of everybody it brings, as whatever changes its people does, and of nobody it leaves alone', async () => {
    const before = await holdsOf(wangs)
    const run = async () => village.as('he').get('house-import', 'start', { importId: (await checkRows(village, 'he', [mum])).importId, skipsErrors: true })
    await run()
    expect(await holdsOf(wangs)).toBe(Number(before) + 1)
    await run()
    expect(await holdsOf(wangs)).toBe(Number(before) + 1)
  })

  it('leaves nobody on file for a house that a clerk takes off the register at the very moment', async () => {
    const created = new Map<number, { houseId: string; version: number }>()
    for (let round = 0; round < 12; round += 1) created.set(round, await village.as('he').get('houses', 'create', { building: '3', entrance: '2', roomNo: `${round + 10}01`, areaSqm: null }))
    await inRounds(
      (round) => [['3号楼', '2单元', `${round + 10}01`, null, '新住户', `138001360${String(round).padStart(2, '0')}`, '业主']],
      (round) => village.as('he').call('houses', 'remove', { houseId: created.get(round)!.houseId, version: created.get(round)!.version }),
      async () => {
        const ids = (await village.documents('houses')).map(({ _id }) => _id)
        expect((await village.documents('roster')).filter(({ houseId }) => !ids.includes(houseId as string))).toEqual([])
      },
    )
    // Whichever came first: what the sheet says is there in the end.
    expect((await village.documents('houses')).filter(({ roomNo }) => /^[12]\d01$/.test(String(roomNo)) && String(roomNo) !== '1101')).toHaveLength(11)
  }, 60_000)

  it('and a transfer of one of them end as one after the other would: nobody of before is left in, and the new owner is on file', async () => {
    await inRounds(
      (round) => [[...mum.slice(0, 5), `138001370${String(round).padStart(2, '0')}`, '家属']],
      (round) => village.as('zhou').call('members', 'transferHouse', { requestId: newRequest(), houseId: wangs, name: '新业主', phone: `138001390${String(round).padStart(2, '0')}`, reason: '不动产证已核对' }),
      async (round, answer) => {
        const { ok, error } = answer as { ok: boolean; error?: { reason?: string } }
        if (!ok) return expect(error).toMatchObject({ reason: 'CHANGED_MEANWHILE' })
        const there = (await village.documents('members')).filter(({ houses }) => (houses as { houseId: string }[]).some(({ houseId }) => houseId === wangs))
        expect(there).toEqual([])
        const owners = (await onFileFor(wangs)).filter(({ relation }) => relation === 'owner')
        return expect(owners).toMatchObject([{ maskedPhone: `138****90${String(round).padStart(2, '0')}` }])
      },
    )
  }, 60_000)

  it('and an approval leave whoever was let in with a row that is theirs, or none', async () => {
    await village.post('/control/fault', { kind: 'latency', perCallMs: 4 })
    for (let round = 0; round < 8; round += 1) {
      await village.post('/control/reset', { seed: 'village' })
      await putOnFile(village, 'lu', wangs, 'family')
      await settleIn(village, 'lu', 'h-1-1-101', 'owner')
      const { applicationId } = await village.as('lu').get('members', 'apply', { requestId: newRequest(), houseId: wangs, relation: 'family', name: '新住户', note: '' })
      const { importId } = await checkRows(village, 'he', [['3号楼', '2单元', '501', null, '新住户', '13800136666', '家属']])
      const [, approved] = await Promise.all([
        village.as('he').get('house-import', 'start', { importId, skipsErrors: true }),
        pause(round * 8).then(() => village.as('zhou').call('members', 'approve', { requestId: newRequest(), applicationId })),
      ])
      if (!approved.ok) expect(approved.error.reason).toBe('CHANGED_MEANWHILE')
      const lu = (await village.documents('members')).find(({ _id }) => _id === 'm-lu')!
      const [home] = (lu.houses as { houseId: string; rosterId: string | null }[]).filter(({ houseId }) => houseId === wangs)
      const rows = (await onFileFor(wangs)).map(({ _id }) => _id)
      expect([null, ...rows]).toContain(home?.rosterId ?? null)
    }
  }, 60_000)
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
