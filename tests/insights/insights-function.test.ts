import { employ, openOtherCommunity, otherHouse } from '../members/newcomers'
import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

const wangs = 'h-3-2-501'
const look = (who: string, houseId = wangs) => village.as(who).call('insights', 'residentProfile', { houseId })
const partsOf = async (who: string) => {
  const answer = await look(who)
  return answer.ok ? Object.keys(answer.data).sort() : answer.error.code
}
const isNotThere = { ok: false, error: { code: 'NOT_FOUND' } }
const orderOfWangs = async () => (await village.documents('repairs')).find(({ houseId, isOpen }) => houseId === wangs && isOpen)!

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
    const counts = answer.ok ? Object.values(answer.data.repairs!) : []
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
    for (const who of ['he', 'sun', 'qian', 'chen']) expect(await look(who, otherHouse)).toMatchObject(isNotThere)
    await employ(village, 'guard1', { role: 'guard', buildings: ['1'] })
    expect(await look('guard1')).toMatchObject(isNotThere)
  })

  it.each(['he', 'zhou'])('%s, who keeps the desk, can see every part and what can be done', async (who) => {
    expect(await partsOf(who)).toEqual(['applications', 'communityName', 'houseId', 'label', 'onFile', 'repairs', 'residentSteps', 'residents'])
    expect(await look(who)).toMatchObject({ ok: true, data: { residentSteps: ['reveal', 'moveOut'] } })
  })

  it('finance can see who lives there with masked numbers, and nothing of repairs, applications or the file', async () => {
    expect(await partsOf('qian')).toEqual(['communityName', 'houseId', 'label', 'residentSteps', 'residents'])
    const answer = await look('qian')
    expect(answer.ok && answer.data).toMatchObject({ residentSteps: [], residents: [{ name: '王**', relation: 'owner', maskedPhone: '138****5010' }, { name: '李*' }] })
    expect(answer.ok && Object.keys(answer.data.residents![1]!).sort()).toEqual(['maskedPhone', 'memberId', 'name', 'relation'])
  })

  it('a guard can see which house it is and who lives there, without a number or until when', async () => {
    expect(await partsOf('sun')).toEqual(['communityName', 'houseId', 'label', 'residentSteps', 'residents'])
    const answer = await look('sun')
    expect(answer.ok && answer.data.residents).toEqual([{ memberId: 'm-wang', name: '王**', relation: 'owner' }, { memberId: 'm-li', name: '李*', relation: 'tenant' }])
  })

  it('a technician can see a house he has work in, what was repaired there and nobody of it; once he is done it does not exist', async () => {
    const order = await orderOfWangs()
    await village.alter('repairs', String(order._id), { assignee: { memberId: 'm-chen', name: '陈建军' }, status: 'assigned', stage: 'working' })
    expect(await partsOf('chen')).toEqual(['communityName', 'houseId', 'label', 'repairs', 'residentSteps'])
    expect(JSON.stringify(await look('chen'))).not.toMatch(/王|李|\*\*\*\*/)
    for (const { _id } of (await village.documents('repairs')).filter(({ houseId }) => houseId === wangs)) {
      await village.alter('repairs', String(_id), { isOpen: false, stage: 'done', status: 'closed' })
    }
    expect(await look('chen')).toMatchObject(isNotThere)
  })

  it('a technician cannot see a house where a colleague works, or one beyond his buildings though he has work there', async () => {
    const order = await orderOfWangs()
    await village.alter('repairs', String(order._id), { assignee: { memberId: 'm-other', name: '刘师傅' }, status: 'assigned', stage: 'working' })
    for (const { _id } of (await village.documents('repairs')).filter((one) => one.houseId === wangs && one._id !== order._id)) {
      await village.alter('repairs', String(_id), { isOpen: false, stage: 'done', status: 'closed' })
    }
    expect(await look('chen')).toMatchObject(isNotThere)
    await employ(village, 'other', { role: 'technician', buildings: ['1'] })
    expect(await look('other')).toMatchObject(isNotThere)
  })

  it.each(['qian', 'sun'])('%s looks, and everybody who was shown can see by whom; of a technician the house keeps it', async (who) => {
    await look(who)
    const rows = (await village.documents('audits')).map(({ actorId, subjectId }) => [actorId, subjectId])
    expect(rows.sort()).toEqual([[`m-${who}`, 'h-3-2-501'], [`m-${who}`, 'm-li'], [`m-${who}`, 'm-wang']])
    const order = await orderOfWangs()
    await village.alter('repairs', String(order._id), { assignee: { memberId: 'm-chen', name: '陈建军' }, status: 'assigned', stage: 'working' })
    await look('chen')
    expect((await village.documents('audits')).filter(({ actorId }) => actorId === 'm-chen')).toMatchObject([{ subjectId: wangs, action: 'insights.residentProfile' }])
  })

  it('an inspector, and who only lives there, cannot', async () => {
    await employ(village, 'gu', { role: 'inspector' })
    for (const who of ['gu', 'wang', 'li']) expect(await look(who)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
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
