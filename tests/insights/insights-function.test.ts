import { employ, openOtherCommunity, otherHouse } from '../members/newcomers'
import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.post('/control/reset', { seed: 'village' }))
afterAll(() => village.close())

const look = (who: string, houseId = 'h-3-2-501') => village.as(who).call('insights', 'residentProfile', { houseId })

describe('insights.residentProfile', () => {
  it('a clerk can see a house on one page: people and file masked, and how many orders there are', async () => {
    const answer = await look('zhou')
    const repairs = (await village.documents('repairs')).filter(({ houseId }) => houseId === 'h-3-2-501')
    expect(answer).toMatchObject({
      ok: true,
      data: {
        label: '3号楼2单元501', communityName: '梨花苑', applications: [],
        residents: [{ memberId: 'm-wang', name: '王**', maskedPhone: '138****5010', relation: 'owner' }, { memberId: 'm-li', name: '李*', relation: 'tenant', endsOn: '2027-08-31' }],
      },
    })
    expect(answer.ok && answer.data.onFile).toEqual(expect.arrayContaining([
      { name: '王**', maskedPhone: '138****5010', relation: 'owner', isVerified: true }, { name: '李*', maskedPhone: '139****5011', relation: 'tenant', isVerified: true },
    ]))
    const counts = answer.ok ? Object.values(answer.data.repairs) : []
    expect(repairs.length).toBeGreaterThan(0)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(repairs.length)
    expect(JSON.stringify(answer)).not.toMatch(/王秀英|李明|1[3-9]\d{9}/)
  })

  it('looking is written down, and everybody who lives there sees it', async () => {
    await look('zhou')
    for (const who of ['wang', 'li']) {
      expect((await village.as(who).get('account', 'myData', {})).looks).toMatchObject([{ action: 'insights.residentProfile', byName: '周婷' }])
    }
  })

  it('staff cannot look where their post does not reach', async () => {
    await openOtherCommunity(village)
    await employ(village, 'clerk1', { role: 'clerk', buildings: ['1'] })
    expect(await look('clerk1')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect(await look('he', otherHouse)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it.each(['wang', 'li', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await look(who)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await village.documents('audits')).toEqual([])
  })

  it('a stranger cannot', async () => {
    expect(await look('stranger')).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await village.documents('audits')).toEqual([])
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
