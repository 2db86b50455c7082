import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aSession, managerPost } from '../support/phone-answers'
import { aBill, aDeskPage, aPayment, aPaymentPage, aRefund, aRefundPage } from './money-answers'

const page = 'features/billing/pages/payment-desk/payment-desk'
type Answer = (input: never) => unknown
type Answers = { desk?: Answer; payments?: Answer; refunds?: Answer }
const open = (answers: Answers = {}, query: Record<string, string> = {}) =>
  loadPage(page, {
    query,
    functions: {
      billing: { desk: answers.desk ?? (() => aDeskPage([aBill({ nextSteps: ['record'] })])) },
      payments: { list: answers.payments ?? (() => aPaymentPage([])) },
      refunds: { list: answers.refunds ?? (() => aRefundPage([])) },
    },
  })

describe('the cashier’s desk', () => {
  beforeEach(() => rememberSession(aSession({ houses: [], post: { ...managerPost, role: 'cashier' } })))

  it('opens on what is owed, says by which home, and counts as many as the lists behind the tabs', async () => {
    const desk = await open({ refunds: () => aRefundPage([], { requested: 2, payOut: 1 }) })
    expect(desk.text()).toContain('待缴1收款退款3已结清')
    expect(desk.text()).toContain('3号楼2单元501')
    expect(desk.text()).toContain('¥80.00')
    expect(desk.text()).not.toContain('核对')
  })

  it('leads to the bill', async () => {
    const desk = await open()
    await desk.call('onCard', { detail: { billId: 'b-1' } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/billing/pages/bill-detail/bill-detail?billId=b-1' })
  })

  it('adds up a day by how the money came', async () => {
    const sums = [
      { method: 'wechat' as const, count: 2, amountFen: 16000, refundedFen: 3000 },
      { method: 'cash' as const, count: 1, amountFen: 5000, refundedFen: 0 },
    ]
    const desk = await open({ payments: () => aPaymentPage([aPayment({ recordedByName: '钱会计', method: 'cash' })], { sums }) }, { list: 'payments' })
    expect(desk.text()).toContain('收款3笔¥210.00')
    expect(desk.text()).toContain('微信支付2笔已退¥30.00¥160.00')
    expect(desk.text()).toContain('现金1笔¥50.00')
    expect(desk.text()).toContain('钱会计登记')
  })

  it('asks for the day that is picked', async () => {
    const desk = await open({}, { list: 'payments' })
    await desk.call('onDay', { detail: { value: '2026-05-02' } })
    expect(phone.asked('payments.list').at(-1)?.options).toEqual({ status: 'paid', day: '2026-05-02' })
    expect(desk.text()).toContain('这一天没有收款')
  })

  it('shows refunds that wait, apart from those that WeChat is giving back', async () => {
    const approved = [aRefund({ status: 'approved', route: 'offline', houseLabel: '1号楼1单元101', nextSteps: ['payOut'] }), aRefund({ refundId: 'f-2', status: 'approved' })]
    const desk = await open({
      refunds: ({ status }: { status: string }) => aRefundPage(status === 'approved' ? approved : [aRefund({ nextSteps: ['approve', 'reject'] })], { requested: 1, payOut: 1 }),
    }, { list: 'refunds' })
    expect(desk.text()).toContain('待审批1待退给住户1微信退款中')
    expect(desk.text()).toContain('去审批')
    await desk.call('onPart', { detail: { key: 'payOut' } })
    expect(desk.text()).toContain('1号楼1单元101')
    expect(desk.text()).not.toContain('3号楼2单元501')
    await desk.call('onPart', { detail: { key: 'underway' } })
    expect(desk.text()).toContain('3号楼2单元501')
  })

  it('brings up money that does not fit', async () => {
    const desk = await open({ payments: () => aPaymentPage([aPayment({ status: 'suspect' })], { suspectCount: 1 }) })
    expect(desk.text()).toContain('1笔付款和账单对不上，要核对')
    await desk.call('onSuspects')
    expect(phone.asked('payments.list').at(-1)?.options).toEqual({ status: 'suspect' })
    expect(desk.text()).toContain('去核对')
  })

  it('shows what is settled, paid or waived', async () => {
    const desk = await open({ desk: ({ status }: { status: string }) => aDeskPage([aBill({ status: status as 'paid', nextSteps: [] })]) }, { list: 'settled' })
    expect(desk.text()).toContain('已支付')
    await desk.call('onPart', { detail: { key: 'waived' } })
    expect(phone.asked('billing.desk').at(-1)?.options).toEqual({ status: 'waived' })
  })

  it('never shows no money because it could not ask', async () => {
    const desk = await open({ payments: () => { throw networkFailure() } }, { list: 'payments' })
    expect(desk.text()).toContain('暂时没能加载出来')
    expect(desk.text()).not.toContain('¥')
    expect(desk.text()).not.toContain('没有收款')
  })

  it('goes on with the list when it is scrolled to its end', async () => {
    const desk = await open({ desk: ({ cursor }: { cursor?: string }) => ({ ...aDeskPage([aBill({ billId: cursor ?? 'b-1', houseLabel: cursor ? '后面的一张' : '前面的一张' })]), nextCursor: cursor ? null : 'next' }) })
    await desk.call('onReachBottom')
    expect(desk.text()).toContain('后面的一张')
  })
})
