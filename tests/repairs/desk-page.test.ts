import { rememberSession, session } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone, refusal } from '../support/load-page'
import { aQueue, aRepair, aSession, managerPost, technicianPost } from '../support/phone-answers'

const page = 'pages/desk/desk'
const desk = (queue: (input: { stage: string; cursor?: string }) => unknown) => loadPage(page, { functions: { repairs: { queue } } })

describe('the desk', () => {
  it('opens on what waits, with counts, in the words of a manager', async () => {
    rememberSession(aSession({ post: managerPost }))
    const opened = await desk(() => aQueue([aRepair({ status: 'submitted', assigneeName: null, urgency: 'urgent' })], { waiting: 1, working: 4 }))
    expect(opened.text()).toContain('待派单1处理中4已完成')
    expect(opened.text()).toContain('3号楼2单元501')
    expect(opened.text()).toContain('紧急')
    expect(opened.text()).toContain('去派单')
  })

  it('tells a technician on the card when he is expected, and what is only a wish', async () => {
    rememberSession(aSession({ post: technicianPost }))
    const slot = { day: '2099-05-04', from: '13:30', to: '17:30' }
    const opened = await desk(() => aQueue([aRepair({ slot, visit: { technicianName: '陈志强' } }), aRepair({ repairId: 'r-2', slot })]))
    expect(opened.text()).toContain('约好2099年5月4日13:30–17:30')
    expect(opened.text()).toContain('希望2099年5月4日13:30–17:30')
  })

  it('tells a manager how many residents wait to be let in, and leads to them', async () => {
    rememberSession(aSession({ post: managerPost, posts: [managerPost] }))
    const board = { counts: { waiting: 0, working: 0, overdue: 2, quoted: 0, on_hold: 0, revisits: 0 } }
    const opened = await loadPage(page, { functions: {
      repairs: { queue: () => aQueue([]) }, 'repair-desk': { board: () => board },
      members: { listApplications: () => ({ applications: [], nextCursor: null, pendingCount: 3 }) },
    } })
    expect(opened.text()).toContain('3住户审核')
    await opened.call('onEntry', { currentTarget: { dataset: { page: 'features/members/pages/application-list/application-list' } } })
    expect(phone.asked('wx.navigateTo').at(-1)?.options).toMatchObject({ url: '/features/members/pages/application-list/application-list' })
  })

  it('brings refunds that wait before those who take money, each with its list', async () => {
    rememberSession(aSession({ post: { ...managerPost, role: 'cashier' } }))
    const opened = await loadPage(page, { functions: { refunds: { list: () => ({ refunds: [], nextCursor: null, waiting: { requested: 2, payOut: 1 } }) } } })
    expect(opened.text()).toContain('2退款审批1待退给住户')
    expect(opened.text()).toContain('收费台')
    expect(opened.data.todos).toMatchObject([
      { page: 'features/billing/pages/payment-desk/payment-desk?list=refunds' }, { page: 'features/billing/pages/payment-desk/payment-desk?list=refunds&part=payOut' },
    ])
  })

  it('says nothing of refunds to a technician', async () => {
    rememberSession(aSession({ post: technicianPost }))
    const opened = await desk(() => aQueue([]))
    expect(opened.text()).not.toContain('收费台')
    expect(phone.asked('refunds.list')).toEqual([])
  })

  it.each([[0, false], [2, true]])('shows content to review where there is any: %d', async (contentReviews, isShown) => {
    rememberSession(aSession({ post: managerPost, posts: [managerPost] }))
    const board = { counts: { waiting: 0, working: 0, overdue: 0, quoted: 0, on_hold: 0, revisits: 0, contentReviews } }
    const opened = await loadPage(page, { functions: { repairs: { queue: () => aQueue([]) }, 'repair-desk': { board: () => board } } })
    expect(opened.text().includes('2内容复核')).toBe(isShown)
  })

  it('says of what is late, or taken by nobody, since when and who has been told, in words', async () => {
    rememberSession(aSession({ post: managerPost }))
    const today = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString()
    const late = aRepair({ dueAt: today(125), isOverdue: true, escalation: { at: today(0), reason: 'late', to: ['manager', 'clerk'] } })
    const nobodys = aRepair({ repairId: 'r-2', status: 'submitted', assigneeName: null, escalation: { at: today(0), reason: 'unassigned', to: ['manager', 'clerk'] } })
    const opened = await desk(() => aQueue([late, nobodys]))
    expect(opened.text()).toContain('刚刚已上报管理员、客服')
    expect(opened.text()).toContain('超时2小时')
    expect(opened.text()).toContain('没有人接单，刚刚已上报管理员、客服')
  })

  it('speaks to a technician of claiming', async () => {
    rememberSession(aSession({ post: technicianPost }))
    const opened = await desk(() => aQueue([aRepair({ status: 'submitted', assigneeName: null })]))
    expect(opened.text()).toContain('待接单')
    expect(opened.text()).toContain('去接单')
  })

  it('asks for another list when its tab is tapped', async () => {
    rememberSession(aSession({ post: technicianPost }))
    const opened = await desk(({ stage }) => aQueue(stage === 'done' ? [aRepair({ status: 'completed' })] : []))
    await opened.call('onStage', { currentTarget: { dataset: { stage: 'done' } } })
    expect(phone.asked('repairs.queue').map(({ options }) => options)).toEqual([{ stage: 'waiting' }, { stage: 'done' }])
    expect(opened.text()).toContain('厨房水槽下面漏水')
  })

  it('closes kindly, and the tab goes, when the server says that this person is no longer staff', async () => {
    rememberSession(aSession({ post: technicianPost }))
    const opened = await desk(() => { throw refusal('FORBIDDEN', '您现在不在物业的值班名单里，请联系管理员') })
    expect(opened.text()).toContain('管理已经关闭')
    expect(opened.text()).toContain('您现在不在物业的值班名单里')
    expect(session.get()?.post).toBeNull()
  })

  it.each(['guard', 'cashier'] as const)('“I am a %s, I opened 管理 and it said it was closed for me”: the desk stands, and leads to the houses', async (role) => {
    rememberSession(aSession({ post: { ...managerPost, role } }))
    const opened = await desk(() => { throw refusal('FORBIDDEN', '您没有这项工作的权限，如需开通请联系管理员') })
    expect(opened.text()).toContain('查房屋')
    expect(session.get()?.post).toMatchObject({ role })
    await opened.call('onEntry', { currentTarget: { dataset: { page: 'features/members/pages/house-lookup/house-lookup' } } })
    expect(phone.asked('wx.navigateTo').at(-1)?.options).toMatchObject({ url: '/features/members/pages/house-lookup/house-lookup' })
  })

  it('says to an inspector that nothing is to be done here yet', async () => {
    rememberSession(aSession({ post: { ...managerPost, role: 'inspector' } }))
    expect((await desk(() => aQueue([]))).text()).toContain('现在没有要在这里做的事')
    expect(phone.asked('repairs.queue')).toEqual([])
  })

  it('never looks finished when the network is down', async () => {
    rememberSession(aSession({ post: managerPost }))
    const opened = await desk(() => { throw networkFailure() })
    expect(opened.text()).toContain('暂时没能加载出来')
    expect(opened.text()).not.toContain('所有报修都派出去了')
  })

  it('says that everything is assigned when nothing waits', async () => {
    rememberSession(aSession({ post: managerPost }))
    const opened = await desk(() => aQueue([]))
    expect(opened.text()).toContain('所有报修都派出去了')
  })

  it('is as long after it was refreshed as it was before: the list stays under the thumb', async () => {
    rememberSession(aSession({ post: technicianPost }))
    const opened = await desk(({ cursor }) => ({ ...aQueue([aRepair({ repairId: cursor ?? 'first' })]), nextCursor: cursor ? null : 'second' }))
    await opened.call('onReachBottom')
    expect(opened.data.repairs).toMatchObject([{ repairId: 'first' }, { repairId: 'second' }])
    await opened.call('onShow')
    expect(opened.data.repairs).toMatchObject([{ repairId: 'first' }, { repairId: 'second' }])
    expect(phone.asked('repairs.queue').map(({ options }) => options)).toEqual([
      { stage: 'waiting' }, { stage: 'waiting', cursor: 'second' }, { stage: 'waiting' }, { stage: 'waiting', cursor: 'second' },
    ])
  })

  it('shows a manager what is late, with a way to each list and to each page of the desk', async () => {
    rememberSession(aSession({ post: managerPost }))
    const counts = { waiting: 1, working: 4, overdue: 2, on_hold: 0, quoted: 1, revisits: 3 }
    const opened = await loadPage(page, { functions: {
      repairs: { queue: () => aQueue([aRepair()]) },
      'repair-desk': { board: () => ({ counts, buildings: [], categories: [], technicians: [] }) },
    } })
    expect(opened.text()).toContain('2已超时1待确认报价0已挂起3待回访')
    expect(opened.text()).toContain('工单台代客报修突发事件回访值班表价目表')
    await opened.call('onEntry', { currentTarget: { dataset: { page: 'features/repairs/pages/repair-desk/repair-desk?list=overdue' } } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/repairs/pages/repair-desk/repair-desk?list=overdue' })
  })

  it('is still a desk when the counts beside the list cannot be had', async () => {
    rememberSession(aSession({ post: managerPost }))
    const opened = await loadPage(page, { functions: { repairs: { queue: () => aQueue([aRepair()]) }, 'repair-desk': { board: () => { throw networkFailure() } } } })
    expect(opened.text()).toContain('厨房水槽下面漏水')
    expect(opened.text()).not.toContain('已超时')
  })

  it('says of each order how much time is left, or how late it is, in words', async () => {
    rememberSession(aSession({ post: technicianPost }))
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 5_000).toISOString()
    const opened = await desk(() => aQueue([
      aRepair({ repairId: 'r-late', dueAt: inMinutes(-125), isOverdue: true }), aRepair({ repairId: 'r-soon', dueAt: inMinutes(40) }),
    ]))
    expect(opened.text()).toContain('超时2小时')
    expect(opened.text()).toContain('还剩40分钟')
  })
})
