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

  it('is not cut back to its first part every minute while somebody reads on', async () => {
    const clock = jest.spyOn(globalThis, 'setInterval')
    rememberSession(aSession({ post: managerPost }))
    const opened = await desk(({ cursor }) => ({ ...aQueue([aRepair({ repairId: cursor ?? 'first' })]), nextCursor: cursor ? null : 'second' }))
    const passMinute = clock.mock.calls.at(-1)![0]
    clock.mockRestore()
    await opened.call('onReachBottom')
    passMinute()
    expect(opened.data.repairs).toMatchObject([{ repairId: 'first' }, { repairId: 'second' }])
    expect(phone.asked('repairs.queue')).toHaveLength(2)
    await opened.call('onPullDownRefresh')
    expect(opened.data.repairs).toMatchObject([{ repairId: 'first' }])
    passMinute()
    expect(phone.asked('repairs.queue')).toHaveLength(4)
  })
})
