import { loadPage, phone, refusal } from '../support/load-page'

const root = 'features/repairs/pages'

describe('revisits', () => {
  const revisit = {
    revisitId: 'v-1', repairId: 'r-1', orderNo: '260503-3F7K2', placeLabel: '3号楼2单元501', summary: '厨房水槽下面漏水', technicianName: '陈志强',
    reason: 'low_rating', createdAt: '2026-05-03T06:30:00.000Z', result: null,
  }
  const list = (recordRevisit: () => unknown) =>
    loadPage(`${root}/revisit-list/revisit-list`, { functions: { 'repair-desk': { revisits: () => ({ revisits: [revisit], nextCursor: null }), recordRevisit } } })

  it('say why somebody is asked, and are recorded with what they said', async () => {
    const page = await list(() => ({ revisitId: 'v-1' }))
    expect(page.text()).toContain('三星及以下')
    await page.call('onRecord', { currentTarget: { dataset: { index: 0 } } })
    await page.call('onSubmit', { detail: { isSatisfied: false, note: '还在滴，要再来一次' } })
    expect(phone.asked('repair-desk.recordRevisit')[0]?.options).toEqual({ revisitId: 'v-1', isSatisfied: false, note: '还在滴，要再来一次' })
  })

  it('say in the words of the server that nobody revisits their own work', async () => {
    const page = await list(() => { throw refusal('FORBIDDEN', '自己修的单由别人回访') })
    await page.call('onRecord', { currentTarget: { dataset: { index: 0 } } })
    await page.call('onSubmit', { detail: { isSatisfied: true, note: '很好' } })
    expect(page.text()).toContain('自己修的单由别人回访')
  })
})
