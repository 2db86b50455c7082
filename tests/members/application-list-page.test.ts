import { loadPage, networkFailure, phone } from '../support/load-page'
import { anApplication } from '../support/phone-answers'

const list = 'features/members/pages/application-list/application-list'

describe('the list of applications', () => {
  it('shows those that wait with their number, and opens one', async () => {
    const page = await loadPage(list, { functions: { members: { listApplications: () => ({ applications: [anApplication()], nextCursor: null, pendingCount: 1 }) } } })
    expect(page.text()).toContain('待审核1')
    expect(page.text()).toContain('3号楼2单元501待审核刘洋·租户')
    await page.call('onApplication', { currentTarget: { dataset: { id: 'a-1' } } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/members/pages/application-detail/application-detail?applicationId=a-1' })
  })

  it('says so when nobody waits', async () => {
    const page = await loadPage(list, { functions: { members: { listApplications: () => ({ applications: [], nextCursor: null, pendingCount: 0 }) } } })
    expect(page.text()).toContain('没有等着审核的住户')
  })

  it('never says that nobody waits when the network is down', async () => {
    const page = await loadPage(list, { functions: { members: { listApplications: () => { throw networkFailure() } } } })
    expect(page.text()).toContain('暂时没能加载出来')
    expect(page.text()).not.toContain('没有等着审核的住户')
  })
})
