import { loadPage, networkFailure, phone } from '../support/load-page'
import { aHome, anOwnApplication, aHouse, anotherHouse, aRepair, aSession, technicianPost } from '../support/phone-answers'

const page = 'pages/home/home'
const opening = (answer: (input: { houseId?: string }) => unknown) => ({ functions: { home: { open: answer } } })

describe('home', () => {
  it('says first how the open repair stands, in one cloud call', async () => {
    const home = await loadPage(page, opening(() => aHome({ openRepairs: [aRepair()], openRepairCount: 1 })))
    expect(home.text()).toContain('已派给陈志强师傅，等待上门')
    expect(home.text()).toContain('厨房水槽下面漏水')
    expect(phone.asked().filter(({ name }) => !name.startsWith('wx.')).map(({ name }) => name)).toEqual(['home.open'])
  })

  it('counts several open repairs and says how many are not shown', async () => {
    const repairs = ['r-1', 'r-2', 'r-3'].map((repairId) => aRepair({ repairId }))
    const home = await loadPage(page, opening(() => aHome({ openRepairs: repairs, openRepairCount: 5 })))
    expect(home.text()).toContain('5件报修正在处理')
    expect(home.text()).toContain('还有2件')
  })

  it('offers a stranger to bind their house, the public phone numbers, and nothing that needs a house', async () => {
    const home = await loadPage(page, opening(() => aHome({ session: aSession({ member: null, houses: [] }), house: null })))
    expect(home.text()).toContain('先绑定您的房屋')
    expect(home.text()).toContain('物业电话不绑定房屋也能查')
    expect(home.text()).not.toContain('我要报修')
    await home.call('onBind')
    expect(phone.asked('wx.navigateTo').at(-1)?.options).toMatchObject({ url: '/features/members/pages/house-bind/house-bind' })
  })

  it('tells an applicant how their application stands, never again how to begin', async () => {
    const home = await loadPage(page, opening(() => aHome({ session: aSession({ houses: [], applications: [anOwnApplication()] }), house: null })))
    expect(home.text()).toContain('3号楼2单元501的申请正在审核')
    expect(home.text()).not.toContain('先绑定您的房屋')
  })

  it('tells a refused applicant why', async () => {
    const refused = anOwnApplication({ status: 'rejected', reason: '房号填错了' })
    const home = await loadPage(page, opening(() => aHome({ session: aSession({ houses: [], applications: [refused] }), house: null })))
    expect(home.text()).toContain('3号楼2单元501的申请没有通过房号填错了·去重新申请')
  })

  it('leads staff to the desk with what waits there', async () => {
    const session = aSession({ houses: [], post: technicianPost })
    const home = await loadPage(page, opening(() => aHome({ session, house: null, desk: { waiting: 3, working: 5 } })))
    expect(home.text()).toContain('3件报修等着处理')
    expect(home.text()).toContain('处理中5件')
    await home.call('onDesk')
    expect(phone.asked('wx.switchTab')[0]?.options).toEqual({ url: '/pages/desk/desk' })
  })

  it('says what is owed, and leads to the one bill or to all of them', async () => {
    const one = await loadPage(page, opening(() => aHome({ owed: { amountFen: 8000, count: 1, billId: 'b-1' } })))
    expect(one.text()).toContain('有1笔费用待缴')
    expect(one.text()).toContain('¥80.00待缴·去支付')
    await one.call('onPage', { currentTarget: { dataset: { page: (one.data.home as { owed: { page: string } }).owed.page } } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/billing/pages/bill-detail/bill-detail?billId=b-1' })
    const several = await loadPage(page, opening(() => aHome({ owed: { amountFen: 123456, count: 2, billId: null } })))
    expect(several.text()).toContain('¥1,234.562笔待缴·去缴费')
    expect(several.data).toMatchObject({ home: { owed: { page: 'features/billing/pages/bill-list/bill-list' } } })
  })

  it.each([['nothing is owed', { amountFen: 0, count: 0, billId: null }], ['it may not be seen', null]])('shows no amount where %s', async (_name, owed) => {
    const home = await loadPage(page, opening(() => aHome({ owed })))
    expect(home.text()).not.toContain('¥')
    expect(home.text()).toContain('家里没有待处理的事')
  })

  it('offers the bills to whoever may see them, and to nobody else', async () => {
    expect((await loadPage(page, opening(() => aHome()))).text()).toContain('账单')
    const tenant = { ...aHouse, scopes: ['report' as const] }
    expect((await loadPage(page, opening(() => aHome({ house: tenant, session: aSession({ houses: [tenant] }) })))).text()).not.toContain('账单')
  })

  it('shows a failure with a retry, never an empty home, when the network is down', async () => {
    let isDown = true
    const home = await loadPage(page, opening(() => {
      if (isDown) throw networkFailure()
      return aHome()
    }))
    expect(home.text()).toContain('暂时没能加载出来')
    expect(home.text()).toContain('网络不太好，请检查网络后再试')
    expect(home.text()).not.toContain('没有待处理的事')
    expect(home.text()).not.toContain('¥')
    isDown = false
    await home.call('onRetry')
    expect(home.text()).toContain('家里没有待处理的事')
  })

  it('keeps what was shown when a refresh fails, and says that it is old', async () => {
    let isDown = false
    const home = await loadPage(page, opening(() => {
      if (isDown) throw networkFailure()
      return aHome({ openRepairs: [aRepair()], openRepairCount: 1 })
    }))
    isDown = true
    await home.call('onShow')
    expect(home.text()).toContain('已派给陈志强师傅，等待上门')
    expect(home.text()).toContain('下面是上次的内容')
  })

  it('asks for the other house when the person switches to it', async () => {
    const session = aSession({ houses: [aHouse, anotherHouse] })
    const asked: (string | undefined)[] = []
    const home = await loadPage(page, opening(({ houseId }) => {
      asked.push(houseId)
      return aHome({ session, house: houseId === 'h-101' ? anotherHouse : aHouse })
    }))
    await home.call('onHouse', { detail: { houseId: 'h-101' } })
    expect(asked[asked.length - 1]).toBe('h-101')
    expect(home.text()).toContain('翠湖花园1号楼1单元101')
  })

  it('shows nothing of the first house while the other one is being asked for', async () => {
    const session = aSession({ houses: [aHouse, anotherHouse] })
    let answers = (): unknown => aHome({ session, openRepairs: [aRepair()], openRepairCount: 1 })
    const home = await loadPage(page, opening(() => answers()))
    answers = () => new Promise(() => undefined)
    await home.call('onHouse', { detail: { houseId: 'h-101' } })
    expect(home.text()).not.toContain('厨房水槽下面漏水')
    expect(home.data.state).toBe('loading')
  })

  it('dials the property office', async () => {
    const home = await loadPage(page, opening(() => aHome()))
    await home.call('onEntry', { currentTarget: { dataset: { key: 'call' } } })
    expect(phone.asked('wx.makePhoneCall')[0]?.options).toMatchObject({ phoneNumber: '020-88880000' })
  })

  it('reads a status of a newer server calmly', async () => {
    const home = await loadPage(page, opening(() => aHome({ openRepairs: [aRepair({ status: 'teleported' as never })], openRepairCount: 1 })))
    expect(home.text()).toContain('物业正在处理')
  })

  it('says above everything else what is going on at this house', async () => {
    const incident = {
      incidentId: 'i-1', kind: 'elevator' as const, title: '3号楼电梯故障', buildings: ['3'], startsAt: '2026-05-03T06:00:00.000Z',
      expectedEndAt: '2026-05-03T10:00:00.000Z', endedAt: null, note: '', updatedAt: '2026-05-03T06:00:00.000Z',
    }
    const home = await loadPage(page, opening(() => aHome({ incidents: [incident] })))
    expect(home.text()).toContain('3号楼电梯故障预计')
    await home.call('onIncidents')
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/incidents/pages/incident-list/incident-list' })
  })
})
