import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aRepair, aSession } from '../support/phone-answers'

const page = 'features/repairs/pages/repair-list/repair-list'
const listing = (answer: (input: { cursor?: string }) => unknown) => ({ functions: { repairs: { list: answer } } })

describe('the list of repairs', () => {
  beforeEach(() => rememberSession(aSession()))

  it('shows the first line of each order, its state in words, and when', async () => {
    const list = await loadPage(page, listing(() => ({ repairs: [aRepair()], nextCursor: null })))
    expect(list.text()).toContain('厨房水槽下面漏水')
    expect(list.text()).not.toContain('关了总阀')
    expect(list.text()).toContain('已派单')
    expect(list.text()).toContain('2张照片')
  })

  it('says what to do when there is nothing yet', async () => {
    const list = await loadPage(page, listing(() => ({ repairs: [], nextCursor: null })))
    expect(list.text()).toContain('还没有报过修')
    await list.call('onCreate')
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/repairs/pages/repair-create/repair-create' })
  })

  it('never looks empty when the network is down', async () => {
    const list = await loadPage(page, listing(() => { throw networkFailure() }))
    expect(list.text()).toContain('暂时没能加载出来')
    expect(list.text()).not.toContain('还没有报过修')
  })

  it('shows the copy of last time at once when it is opened without a network', async () => {
    const first = await loadPage(page, listing(() => ({ repairs: [aRepair()], nextCursor: null })))
    first.close()
    const second = await loadPage(page, listing(() => { throw networkFailure() }))
    expect(second.text()).toContain('厨房水槽下面漏水')
    expect(second.text()).toContain('下面是上次的内容')
  })

  it('loads the next page once however often the bottom is reached', async () => {
    const asked: (string | undefined)[] = []
    const list = await loadPage(page, listing(({ cursor }) => {
      asked.push(cursor)
      return cursor ? { repairs: [aRepair({ repairId: 'r-2', description: '楼道灯不亮' })], nextCursor: null } : { repairs: [aRepair()], nextCursor: 'next' }
    }))
    await Promise.all([list.call('onReachBottom'), list.call('onReachBottom')])
    await list.call('onReachBottom')
    expect(asked).toEqual([undefined, 'next'])
    expect(list.text()).toContain('楼道灯不亮')
  })

  it('opens an order', async () => {
    const list = await loadPage(page, listing(() => ({ repairs: [aRepair()], nextCursor: null })))
    await list.call('onRepair', { detail: { repairId: 'r-1' } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/repairs/pages/repair-detail/repair-detail?repairId=r-1' })
  })
})
