import { loadPage, phone } from '../support/load-page'

const root = 'features/repairs/pages'
const board = () => ({
  counts: { waiting: 1, working: 4, overdue: 2, on_hold: 0, quoted: 1, revisits: 3 }, buildings: ['1', '3'], categories: ['plumbing', 'electrical'],
  technicians: [{ memberId: 'm-chen', name: '陈志强', workingCount: 2, isOnDuty: true }],
})

describe('the duty roster', () => {
  it('saves a night that ends on the next morning, Beijing time', async () => {
    const page = await loadPage(`${root}/duty-roster/duty-roster`, { functions: { 'repair-desk': { board, shifts: () => ({ shifts: [] }), saveShift: () => ({ shiftId: 's-1' }) } } })
    expect(page.text()).toContain('还没有排班')
    await page.call('onSave', { detail: { memberId: 'm-chen', day: '2026-05-04', hours: 'night', categories: [], buildings: ['3'] } })
    expect(phone.asked('repair-desk.saveShift')[0]?.options).toMatchObject({
      memberId: 'm-chen', startsAt: '2026-05-04T10:00:00.000Z', endsAt: '2026-05-05T00:00:00.000Z', categories: null, buildings: ['3'],
    })
  })

  it('says how many visits a shift has, before anybody takes it back', async () => {
    const shift = (shiftId: string, visitCount: number) => ({
      shiftId, memberId: 'm-chen', name: '陈志强', startsAt: '2099-05-04T00:00:00.000Z', endsAt: '2099-05-04T10:00:00.000Z', categories: null, buildings: null, visitCount,
    })
    const page = await loadPage(`${root}/duty-roster/duty-roster`, { functions: { 'repair-desk': { board, shifts: () => ({ shifts: [shift('s-1', 2), shift('s-2', 0)] }) } } })
    expect(page.text().match(/已约\d次上门/g)).toEqual(['已约2次上门'])
    expect(page.text()).toContain('2099年5月4日08:00–18:00')
  })
})
