import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone, refusal } from '../support/load-page'
import { aSession } from '../support/phone-answers'
import { aBill, aBillList } from './money-answers'

const page = 'features/billing/pages/bill-list/bill-list'
const open = (list: (input: never) => unknown) => loadPage(page, { functions: { billing: { list } } })

describe('the bills of a house', () => {
  beforeEach(() => rememberSession(aSession()))

  it('begin with what is owed, as one sum, and lead to paying', async () => {
    const list = await open(() => aBillList([aBill(), aBill({ billId: 'b-2', amountFen: 123456 })]))
    expect(list.text()).toContain('2笔待缴，一共¥1,314.56')
    expect(list.text()).toContain('待缴去支付')
    await list.call('onBill', { detail: { billId: 'b-2' } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/billing/pages/bill-detail/bill-detail?billId=b-2' })
  })

  it('show what is owed first, and everything on the other tab', async () => {
    const list = await open(() => aBillList([aBill(), aBill({ billId: 'b-2', title: '门锁 维修费', status: 'paid', settledAt: '2026-05-04T06:30:00.000Z', nextSteps: [] })]))
    expect(list.text()).not.toContain('门锁')
    await list.call('onStage', { detail: { stage: 'all' } })
    expect(list.text()).toContain('门锁维修费')
    expect(list.text()).toContain('已支付')
  })

  it('say that money is on its way, and do not ask for it again', async () => {
    const list = await open(() => aBillList([aBill({ isPosting: true, nextSteps: [] })]))
    expect(list.text()).toContain('入账中')
    expect(list.text()).not.toContain('去支付')
    expect(list.text()).toContain('没有要缴的费用')
  })

  it('find what is owed however far back it stands', async () => {
    const paid = aBill({ billId: 'b-9', status: 'paid', settledAt: '2026-05-04T06:30:00.000Z', nextSteps: [] })
    const list = await open(({ cursor }: { cursor?: string }) =>
      cursor ? aBillList([aBill({ title: '忘了的一张' })]) : { ...aBillList([paid]), owed: { amountFen: 8000, count: 1 }, nextCursor: 'next' })
    expect(list.text()).toContain('忘了的一张')
  })

  it('say in words where to pay when collection is closed', async () => {
    const list = await open(() => aBillList([aBill({ nextSteps: [] })], { cannotPay: '线上缴费暂停，请到物业服务中心缴费' }))
    expect(list.text()).toContain('请到物业服务中心缴费')
  })

  it('that do not come are never nothing owed', async () => {
    const list = await open(() => { throw networkFailure() })
    expect(list.text()).toContain('暂时没能加载出来')
    expect(list.text()).not.toContain('没有要缴')
    expect(list.text()).not.toContain('¥')
  })

  it('keep what was shown when a refresh fails, and say that it is old', async () => {
    let isDown = false
    const list = await open(() => {
      if (isDown) throw networkFailure()
      return aBillList([aBill()])
    })
    isDown = true
    await list.call('refresh')
    expect(list.text()).toContain('下面是上次的内容')
    expect(list.text()).toContain('¥80.00')
  })

  it('are not shown to whoever may not see them, in the words of the server', async () => {
    const list = await open(() => { throw refusal('NOT_FOUND', '没有找到这套房屋的账单') })
    expect(list.text()).toContain('没有找到这套房屋的账单')
    expect(list.text()).not.toContain('¥')
  })

  it('that are none say so, and what will stand here', async () => {
    const list = await open(() => aBillList([]))
    expect(list.text()).toContain('没有要缴的费用')
    await list.call('onStage', { detail: { stage: 'all' } })
    expect(list.text()).toContain('还没有账单')
  })

  it('of somebody without a house say how to come to one', async () => {
    rememberSession(aSession({ houses: [] }))
    const list = await open(() => { throw new Error('not asked') })
    expect(list.text()).toContain('还没有登记房屋')
    expect(phone.asked('billing.list')).toEqual([])
  })
})
