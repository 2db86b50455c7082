import { loadPage, phone } from '../support/load-page'

const page = 'features/houses/pages/committee-register/committee-register'
const chair = { committeeMemberId: 'k-1', name: '梁文博', role: 'chair', startsOn: '2025-06-01', endsOn: '2030-05-31', note: '周六上午在居委会', version: 3 }
const former = { ...chair, committeeMemberId: 'k-0', name: '刘国强', startsOn: '2020-06-01', endsOn: '2025-05-31', note: '' }
const open = (houses: Record<string, (input: never) => unknown> = {}) =>
  loadPage(page, { functions: { houses: { listCommittee: () => ({ members: [chair, former], today: '2026-05-03' }), ...houses } } })

describe('the register of the owners’ committee', () => {
  it('shows terms, and says which are over', async () => {
    const committee = await open()
    expect(committee.text()).toContain('梁文博·主任任期2025年6月1日至2030年5月31日周六上午在居委会')
    expect(committee.text()).toContain('刘国强·主任已经到期')
  })

  it('adds somebody with their term', async () => {
    const committee = await open({ createCommitteeMember: () => ({ committeeMemberId: 'k-2' }) })
    await committee.call('onAdd')
    for (const [name, value] of Object.entries({ name: '许佳宁', startsOn: '2026-06-01', endsOn: '2031-05-31' })) await committee.call('onField', { detail: { name, value } })
    await committee.call('onSave')
    expect(phone.asked('houses.createCommitteeMember')[0]?.options).toMatchObject({ name: '许佳宁', role: 'member', startsOn: '2026-06-01', endsOn: '2031-05-31', note: '' })
  })

  it('changes a term under the version that was read', async () => {
    const committee = await open({ updateCommitteeMember: () => ({ version: 4 }) })
    await committee.call('onMember', { currentTarget: { dataset: { index: 0 } } })
    await committee.call('onField', { detail: { name: 'endsOn', value: '2028-05-31' } })
    await committee.call('onSave')
    expect(phone.asked('houses.updateCommitteeMember')[0]?.options).toMatchObject({ committeeMemberId: 'k-1', version: 3, endsOn: '2028-05-31' })
  })
})
