import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone, refusal, settle } from '../support/load-page'
import { aSession } from '../support/phone-answers'
import { anOpenedBill, aPayment, aRefund } from './money-answers'

const page = 'features/billing/pages/bill-detail/bill-detail'
type Answers = Record<string, (input: never) => unknown>
const parameters = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=wx1', signType: 'MD5', paySign: 's' }
const started = () => ({ paymentId: 'p-1', amountFen: 8000, parameters })
const open = (bill: Answers['bill'], payments: Answers = {}, refunds: Answers = {}) =>
  loadPage(page, { query: { billId: 'b-1' }, functions: { refunds: { bill, ...refunds }, payments, messages: { recordConsent: () => ({ quotaCount: 1 }) } } })
const paid = () => anOpenedBill({ status: 'paid', settledAt: '2026-05-03T06:41:00.000Z', nextSteps: [] }, { payments: [aPayment()] })
const tap = (step: string, id: string) => ({ currentTarget: { dataset: { step, id } }, detail: {} })

beforeEach(() => rememberSession(aSession()))

describe('a bill', () => {
  it('says what it is for, line by line, and leads to the order', async () => {
    const bill = await open(() => anOpenedBill())
    expect(bill.text()).toContain('厨房水槽下面漏水维修费待缴¥80.00')
    expect(bill.text()).toContain('不锈钢软管1根¥30.00上门维修1次¥50.00合计¥80.00')
    expect(bill.text()).toContain('查看工单修了什么')
  })

  it('that does not come says so, and no amount', async () => {
    const bill = await open(() => { throw networkFailure() })
    expect(bill.text()).toContain('暂时没能加载出来')
    expect(bill.text()).not.toContain('¥')
  })

  it('of another household does not exist', async () => {
    const bill = await open(() => { throw refusal('NOT_FOUND', '没有找到这张账单') })
    expect(bill.text()).toContain('没有找到这张账单')
    expect(bill.shows('.action-bar')).toBe(false)
  })

  it.each([
    ['somebody who may only look is told who can pay', null, '由业主，或业主允许缴费的家人、租户支付'],
    ['collection that is closed is told with the place to pay', '线上缴费暂停，请到物业服务中心缴费', '请到物业服务中心缴费'],
  ])('%s', async (_name, cannotPay, said) => {
    const bill = await open(() => anOpenedBill({ nextSteps: [] }, { cannotPay }))
    expect(bill.text()).toContain(said)
    expect(bill.text()).not.toContain('微信支付¥')
  })

  it('shows who paid, and what was given back by whom', async () => {
    const posted = { by: null, at: '2026-05-03T08:00:00.000Z', note: '' }
    const decided = { by: '何静', at: '2026-05-03T07:30:00.000Z', note: '' }
    const bill = await open(() => anOpenedBill(
      { status: 'paid', refundedFen: 3000, settledAt: '2026-05-03T06:41:00.000Z', nextSteps: [] },
      { payments: [aPayment({ refundedFen: 3000 })], refunds: [aRefund({ status: 'refunded', decided, posted })] },
    ))
    expect(bill.text()).toContain('部分退款')
    expect(bill.text()).toContain('微信支付¥80.00已入账付款人王秀英')
    expect(bill.text()).toContain('微信原路退回¥30.00已退款多收了材料费钱会计申请')
    expect(bill.text()).toContain('何静同意')
    expect(bill.text()).toContain('微信退回')
  })

  it('that was waived says by whom and why', async () => {
    const bill = await open(() => anOpenedBill({ status: 'waived', waiver: { reason: '返修，不收费', at: '2026-05-03T07:00:00.000Z', byName: '何经理' }, nextSteps: [] }))
    expect(bill.text()).toContain('已减免')
    expect(bill.text()).toContain('何经理减免')
    expect(bill.text()).toContain('返修，不收费')
  })
})

describe('paying', () => {
  it('asks about messages at the tap, opens WeChat’s sheet, and believes only the cloud', async () => {
    let isPaid = false
    const bill = await open(() => (isPaid ? paid() : anOpenedBill()), {
      start: started,
      confirm: () => {
        isPaid = true
        return { state: 'paid' }
      },
    })
    expect(phone.asked('wx.requestSubscribeMessage')).toEqual([])
    await bill.call('onPay')
    expect(phone.asked().map(({ name }) => name).filter((name) => /requestSubscribe|start|requestPayment|confirm/.test(name)))
      .toEqual(['wx.requestSubscribeMessage', 'payments.start', 'wx.requestPayment', 'payments.confirm'])
    expect(phone.asked('wx.requestSubscribeMessage')[0]?.options).toMatchObject({ tmplIds: ['template-payment'] })
    expect(phone.asked('wx.requestPayment')[0]?.options).toMatchObject(parameters)
    expect(phone.asked('payments.confirm')[0]?.options).toEqual({ paymentId: 'p-1' })
    expect(bill.text()).toContain('付好了，已经入账')
    expect(bill.text()).toContain('已支付')
  })

  it('never says that all is well beside a bill that still asks for money', async () => {
    const shown: string[] = []
    let look = (): string => ''
    const bill = await open(() => {
      shown.push(look())
      return shown.length === 1 ? anOpenedBill() : paid()
    }, { start: started, confirm: () => ({ state: 'paid' }) })
    look = () => bill.text()
    await bill.call('onPay')
    expect(shown).toHaveLength(2)
    expect(shown[1]).toContain('待缴')
    expect(shown[1]).not.toContain('付好了')
    expect(bill.text()).toContain('付好了，已经入账')
    expect(bill.text()).not.toContain('待缴')
  })

  it('pays once however often the button is tapped', async () => {
    const bill = await open(() => anOpenedBill(), { start: started, confirm: () => ({ state: 'paid' }) })
    await Promise.all([bill.call('onPay'), bill.call('onPay')])
    expect(phone.asked('payments.start')).toHaveLength(1)
  })

  it('that was called off is calm, and can begin again at once', async () => {
    const bill = await open(() => anOpenedBill(), { start: started })
    phone.stub('requestPayment', () => Promise.reject(Object.assign(new Error('x'), { errMsg: 'requestPayment:fail cancel' })))
    await bill.call('onPay')
    expect(bill.text()).toContain('已取消，没有付款；随时可以再付')
    expect(bill.text()).toContain('微信支付¥80.00')
    expect(phone.asked('payments.confirm')).toEqual([])
    await bill.call('onPay')
    expect(phone.asked('payments.start')).toHaveLength(2)
  })

  it('that could not begin says why in the words of the server', async () => {
    const bill = await open(() => anOpenedBill(), { start: () => { throw refusal('UNAVAILABLE', '微信支付暂时没有回应，请稍后再试') } })
    await bill.call('onPay')
    expect(bill.text()).toContain('微信支付暂时没有回应，请稍后再试')
    expect(phone.asked('wx.requestPayment')).toEqual([])
  })

  it('begins anew when the reply was lost, and says neither paid nor unpaid', async () => {
    let isDown = true
    const bill = await open(() => anOpenedBill(), {
      start: () => {
        if (isDown) throw networkFailure()
        return started()
      },
      confirm: () => ({ state: 'paid' }),
    })
    await bill.call('onPay')
    expect(bill.text()).toContain('网络不太好，请检查网络后再试')
    expect(bill.text()).not.toMatch(/付好了|没有付款/)
    isDown = false
    await bill.call('onPay')
    expect(bill.text()).toContain('付好了，已经入账')
  })

  it('of what somebody else has paid shows that it is paid', async () => {
    let isPaid = false
    const bill = await open(() => (isPaid ? paid() : anOpenedBill()), {
      start: () => {
        isPaid = true
        throw refusal('CONFLICT', '这张账单已经缴过了，请刷新查看', { reason: 'BILL_ALREADY_PAID' })
      },
    })
    await bill.call('onPay')
    expect(bill.text()).toContain('已支付')
    expect(bill.text()).not.toContain('微信支付¥80.00待')
    expect(bill.data).toMatchObject({ view: { canPay: false } })
  })

  it('whose end nobody could ask is neither paid nor to be paid again, and is asked again', async () => {
    let isDown = true
    const bill = await open(() => anOpenedBill(), {
      start: started,
      confirm: () => {
        if (isDown) throw networkFailure()
        return { state: 'paid' }
      },
    })
    await bill.call('onPay')
    expect(bill.text()).toContain('还没能确认付款结果')
    expect(bill.text()).not.toContain('付好了')
    expect(bill.text()).not.toContain('没有付款')
    expect(bill.shows('.action-bar')).toBe(false)
    isDown = false
    await bill.call('onRetry')
    await settle()
    expect(bill.text()).toContain('付好了，已经入账')
  })

  it('that WeChat’s sheet calls paid is not called unpaid while WeChat’s books lag behind', async () => {
    const bill = await open(() => anOpenedBill(), { start: started, confirm: () => ({ state: 'unpaid' }) })
    await bill.call('onPay')
    expect(bill.text()).toContain('还没能确认付款结果')
    expect(bill.shows('.action-bar')).toBe(false)
  })

  it('that failed in the sheet is asked about, and can be tried again', async () => {
    const bill = await open(() => anOpenedBill(), { start: started, confirm: () => ({ state: 'unpaid' }) })
    phone.stub('requestPayment', () => Promise.reject(Object.assign(new Error('x'), { errMsg: 'requestPayment:fail system error' })))
    await bill.call('onPay')
    expect(phone.asked('payments.confirm')).toHaveLength(1)
    expect(bill.text()).toContain('这次没有付款，可以再付')
    expect(bill.text()).toContain('微信支付¥80.00')
  })

  it('that was cut off is asked about when the bill is opened again', async () => {
    const first = await open(() => anOpenedBill(), { start: started, confirm: () => { throw networkFailure() } })
    await first.call('onPay')
    first.close()
    const again = await open(paid, { confirm: () => ({ state: 'paid' }) })
    expect(phone.asked('payments.confirm')[0]?.options).toEqual({ paymentId: 'p-1' })
    expect(again.text()).toContain('付好了，已经入账')
  })

  it('asks every three seconds while money is on its way, and stops once it has arrived', async () => {
    let state = 'posting'
    const bill = await open(() => (state === 'posting' ? anOpenedBill({ isPosting: true, nextSteps: [] }) : paid()), { start: started, confirm: () => ({ state }) })
    expect(bill.text()).toContain('入账中')
    expect(bill.text()).toContain('请不要重复付款')
    expect(bill.shows('.action-bar')).toBe(false)
    const asked = () => phone.asked('refunds.bill').length
    const before = asked()
    await new Promise((resolve) => setTimeout(resolve, 3_300))
    expect(asked()).toBe(before + 1)
    state = 'paid'
    await bill.call('refresh')
    const after = asked()
    await new Promise((resolve) => setTimeout(resolve, 3_300))
    expect(asked()).toBe(after)
  })

  it('is not watched by a page that nobody looks at', async () => {
    const bill = await open(() => anOpenedBill({ isPosting: true, nextSteps: [] }))
    await bill.call('onHide')
    const before = phone.asked('refunds.bill').length
    await new Promise((resolve) => setTimeout(resolve, 3_300))
    expect(phone.asked('refunds.bill')).toHaveLength(before)
  })
})

describe('money that staff take down', () => {
  const atDesk = () => anOpenedBill({ nextSteps: ['record', 'waive'] }, { uploadPrefix: 'payments/c-1' })

  it('is recorded with who paid, after the form was filled in', async () => {
    const bill = await open(atDesk, { record: () => ({ paymentId: 'p-2' }) })
    expect(bill.text()).toContain('登记收款¥80.00')
    await bill.call('onMoney', tap('record', 'b-1'))
    await bill.call('onSubmitMoney')
    expect(bill.text()).toContain('请填写交款人')
    await bill.call('onWrite', { detail: { payerName: '王女士' } })
    await bill.call('onSubmitMoney')
    expect(phone.asked('payments.record')[0]?.options).toMatchObject({ billId: 'b-1', method: 'cash', payerName: '王女士', note: '', photos: [] })
    expect(bill.text()).toContain('收款已登记')
  })

  it('of a transfer needs its voucher', async () => {
    const bill = await open(atDesk, { record: () => ({ paymentId: 'p-2' }) })
    await bill.call('onMoney', tap('record', 'b-1'))
    await bill.call('onWrite', { detail: { payerName: '王女士', method: 'transfer' } })
    await bill.call('onSubmitMoney')
    expect(bill.text()).toContain('转账要拍下凭证')
    expect(phone.asked('payments.record')).toEqual([])
  })

  it('is waived only with a reason', async () => {
    const bill = await open(atDesk, { waive: () => ({ billId: 'b-1' }) })
    await bill.call('onMoney', tap('waive', 'b-1'))
    await bill.call('onSubmitMoney')
    expect(bill.text()).toContain('请写一句，或点一个常用的')
    await bill.call('onWrite', { detail: { note: '返修，不收费' } })
    await bill.call('onSubmitMoney')
    expect(phone.asked('payments.waive')[0]?.options).toMatchObject({ billId: 'b-1', reason: '返修，不收费' })
  })

  it('keeps the form, what is written and the words of a refusal', async () => {
    const bill = await open(atDesk, { record: () => { throw refusal('CONFLICT', '这张账单有一笔钱正在入账，请不要重复缴费，稍后再看') } })
    await bill.call('onMoney', tap('record', 'b-1'))
    await bill.call('onWrite', { detail: { payerName: '王女士' } })
    await bill.call('onSubmitMoney')
    expect(bill.text()).toContain('这张账单有一笔钱正在入账')
    expect(bill.data).toMatchObject({ draft: { payerName: '王女士' } })
  })

  it('is asked back for no more than was paid', async () => {
    const bill = await open(
      () => anOpenedBill({ status: 'paid', nextSteps: [] }, { payments: [aPayment({ nextSteps: ['requestRefund'], refundableFen: 5000, routes: ['wechat', 'offline'] })] }),
      {}, { request: () => ({ refundId: 'f-1' }) },
    )
    await bill.call('onMoney', tap('requestRefund', 'p-1'))
    expect(bill.text()).toContain('最多¥50.00')
    await bill.call('onWrite', { detail: { amount: '80', note: '多收了' } })
    await bill.call('onSubmitMoney')
    expect(bill.text()).toContain('最多能退¥50.00')
    await bill.call('onWrite', { detail: { amount: '30.5' } })
    await bill.call('onSubmitMoney')
    expect(phone.asked('refunds.request')[0]?.options).toMatchObject({ paymentId: 'p-1', amountFen: 3050, reason: '多收了' })
    expect(bill.text()).toContain('等另一位管理员审批')
  })

  it.each([
    ['approve', '同意退款', { note: '' }],
    ['reject', '驳回', { note: '金额不对' }],
    ['payOut', '登记已退', { note: '现金退给本人' }],
  ])('goes back by %s', async (step, word, input) => {
    const bill = await open(
      () => anOpenedBill({ status: 'paid', nextSteps: [] }, { payments: [aPayment()], refunds: [aRefund({ nextSteps: [step as 'approve'] })] }),
      {}, { [step]: () => ({ refundId: 'f-1' }) },
    )
    expect(bill.text()).toContain(word)
    await bill.call('onMoney', tap(step, 'f-1'))
    expect(bill.text()).toContain('¥30.00')
    await bill.call('onWrite', { detail: input })
    await bill.call('onSubmitMoney')
    expect(phone.asked(`refunds.${step}`)[0]?.options).toMatchObject({ refundId: 'f-1', ...input })
  })

  it('that does not fit is put right with what was found', async () => {
    const suspect = aPayment({ status: 'suspect', nextSteps: ['dismiss'] })
    const bill = await open(() => anOpenedBill({ isPosting: true, nextSteps: [] }, { payments: [suspect] }), { dismiss: () => ({ paymentId: 'p-1' }) })
    expect(bill.text()).toContain('金额或付款人对不上，物业正在核对')
    await bill.call('onMoney', tap('dismiss', 'p-1'))
    await bill.call('onWrite', { detail: { note: '已在商户平台退回' } })
    await bill.call('onSubmitMoney')
    expect(phone.asked('payments.dismiss')[0]?.options).toMatchObject({ paymentId: 'p-1', note: '已在商户平台退回' })
  })

  it('has no button for a step that this release does not know', async () => {
    const bill = await open(() => anOpenedBill({ nextSteps: ['teleport' as never] }))
    expect(bill.shows('.action-bar')).toBe(false)
  })
})
