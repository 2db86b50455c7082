import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { anOpenedRepair, aRepair, aSession, managerPost } from '../support/phone-answers'

const root = 'features/repairs/pages'
const board = () => ({
  counts: { waiting: 1, working: 4, overdue: 2, on_hold: 0, quoted: 1, revisits: 3 }, buildings: ['1', '3'], categories: ['plumbing', 'electrical'],
  technicians: [{ memberId: 'm-chen', name: '陈志强', workingCount: 2, isOnDuty: true }],
})
const onPc = () => phone.stub('getWindowInfo', () => ({ windowWidth: 1280, windowHeight: 800 }))
type Asked = { list: string; category?: string; cursor?: string }
const open = (list: (asked: Asked) => unknown, query: Record<string, string> = {}) =>
  loadPage(`${root}/repair-desk/repair-desk`, { query, functions: {
    'repair-desk': { board, list, search: () => ({ repairs: [aRepair({ description: '找到的' })], nextCursor: null }) },
    repairs: { get: () => anOpenedRepair({ contact: { name: '王建国', maskedPhone: null }, nextSteps: ['assign'] }) },
  } })
const page = (repairs: unknown[], nextCursor: string | null = null) => ({ repairs, nextCursor })

describe('the board', () => {
  beforeEach(() => rememberSession(aSession({ post: managerPost })))

  it('opens on the list somebody came for, with counts that equal the lists behind them', async () => {
    const opened = await open(() => page([aRepair()]), { list: 'overdue' })
    expect(opened.text()).toContain('待派单1处理中4已超时2已挂起0待确认报价1已结束')
    expect(phone.asked('repair-desk.list')[0]?.options).toEqual({ list: 'overdue' })
  })

  it('is narrowed by category, building, technician and urgency, and widened again', async () => {
    const opened = await open(() => page([aRepair()]))
    const wheels = opened.data.wheels as { field: string }[]
    const turn = (field: string, value: number) =>
      opened.call('onWheel', { detail: { value }, currentTarget: { dataset: { index: wheels.findIndex((wheel) => wheel.field === field) } } })
    await turn('category', 1)
    await turn('building', 2)
    await turn('technicianId', 1)
    await turn('urgency', 1)
    expect(phone.asked('repair-desk.list').at(-1)?.options).toEqual({ list: 'waiting', category: 'plumbing', building: '3', technicianId: 'm-chen', urgency: 'urgent' })
    expect(opened.text()).toContain('紧急水管漏水3号楼陈志强')
    await turn('building', 0)
    expect((phone.asked('repair-desk.list').at(-1)?.options as { building?: string }).building).toBeUndefined()
  })

  it('says that the filters leave nothing, not that there is nothing to do, and shows all again', async () => {
    const opened = await open(() => page([]))
    expect(opened.text()).toContain('所有报修都派出去了')
    await opened.call('onWheel', { detail: { value: 1 }, currentTarget: { dataset: { index: 0 } } })
    expect(opened.text()).toContain('没有符合条件的单')
    expect(opened.text()).not.toContain('所有报修都派出去了')
    await opened.call('onWiden')
    expect(phone.asked('repair-desk.list').at(-1)?.options).toEqual({ list: 'waiting' })
    expect(opened.text()).toContain('所有报修都派出去了')
  })

  it('finds an order by its number', async () => {
    const opened = await open(() => page([]))
    await opened.call('onSearch', { detail: { value: ' 260503-3F7K2 ' } })
    expect(phone.asked('repair-desk.search')[0]?.options).toEqual({ text: '260503-3F7K2' })
    expect(opened.text()).toContain('找到的')
  })

  it('leads to the order on a phone, and shows it beside the list on a PC', async () => {
    const narrow = await open(() => page([aRepair()]))
    await narrow.call('onRepair', { detail: { repairId: 'r-1' } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: `/${root}/repair-detail/repair-detail?repairId=r-1` })
    narrow.close()
    onPc()
    const wide = await open(() => page([aRepair()]))
    await wide.call('onResize')
    expect(wide.text()).toContain('选一张报修单')
    await wide.call('onRepair', { detail: { repairId: 'r-1' } })
    expect(phone.asked('wx.navigateTo')).toEqual([])
    expect(wide.text()).toContain('王建国没有登记电话')
  })

  it('never looks finished when the network is down', async () => {
    const opened = await open(() => { throw networkFailure() })
    expect(opened.text()).toContain('暂时没能加载出来')
    expect(opened.text()).not.toContain('所有报修都派出去了')
  })
})
