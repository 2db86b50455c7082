import { newRequest, openVillage, type Village } from '../support/village'
import { payingIn } from './paying'

let village: Village
let paying: ReturnType<typeof payingIn>
beforeAll(async () => {
  village = await openVillage()
  paying = payingIn(village)
})
afterAll(() => village.close())
afterEach(() => paying.noTrouble())

const day = (at = new Date()) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
const voucherOf = async (who: string): Promise<string> => {
  const { uploadPrefix } = await village.as(who).get('payments', 'list', {})
  return village.as(who).upload(`${uploadPrefix}/202611/${newRequest()}.jpg`)
}
const suspect = async () => {
  const started = await paying.started()
  await paying.decide(started.paymentId, 'wrong-amount')
  return started
}
const auditsOf = async (action: string, subjectId: string) => (await village.documents('audits')).filter((row) => row.action === action && row.subjectId === subjectId)

describe('payments.record', () => {
  it('a cashier can take cash: the bill is paid once though the phone asks again, the household is told, and it stands who took it', async () => {
    await village.again()
    const { billId } = await paying.charges.charged()
    const requestId = newRequest()
    const input = { billId, method: 'cash', payerName: '王秀英', note: '收现金', photos: [], requestId }
    const answers = await Promise.all([1, 2, 3].map(() => village.as('qian').callRaw('payments', { action: 'record', input })))
    expect(new Set(answers.map((answer) => (answer.ok ? answer.data.paymentId : 'refused'))).size).toBe(1)
    const [payment, ...more] = await paying.paymentsOf(billId)
    expect([payment, more]).toMatchObject([{
      status: 'paid', method: 'cash', amountFen: 8_000, payer: { name: '王秀英', memberId: null, openid: null }, recordedBy: { memberId: 'm-qian', name: '钱会计' }, note: '收现金', paidOn: day(),
    }, []])
    expect(await paying.billOf(billId)).toMatchObject({ status: 'paid', settledBy: payment!._id })
    expect(await auditsOf('payments.record', billId)).toMatchObject([{ actorId: 'm-qian', after: { method: '现金', amount: '80.00元' } }])
    await village.tick()
    expect((await village.as('wang').get('messages', 'list', {})).messages[0]!.body).toBe('维修费 80.00元已入账（现金）')
  })

  it('a manager can take down a transfer, with its voucher', async () => {
    const { billId } = await paying.charges.charged()
    expect(await paying.record('he', billId, { method: 'transfer' })).toBe('INVALID_INPUT')
    const voucher = await voucherOf('he')
    expect(await paying.record('he', billId, { method: 'transfer', photos: [voucher] })).toBe('OK')
    const { payments } = await village.as('qian').get('payments', 'list', { day: day() })
    expect(payments[0]).toMatchObject({ billId, method: 'transfer', recordedByName: '何管理员', photos: [{ fileId: voucher, url: expect.stringMatching(/^http/) }] })
  })

  it('a cashier cannot show a voucher that somebody else uploaded', async () => {
    const { billId } = await paying.charges.charged()
    expect(await paying.record('qian', billId, { photos: [await voucherOf('he')] })).toBe('INVALID_INPUT')
  })

  it('a cashier cannot take the same bill twice, nor one that is waived', async () => {
    const { billId } = await paying.charges.charged()
    await paying.record('qian', billId)
    expect([await paying.record('qian', billId), (await paying.paymentsOf(billId)).length]).toEqual(['BILL_ALREADY_PAID', 1])
    const other = await paying.charges.charged()
    await paying.waive('he', other.billId)
    expect(await paying.record('qian', other.billId)).toBe('BILL_WAIVED')
  })

  it('two cashiers cannot take one bill in the same moment', async () => {
    const { billId } = await paying.charges.charged()
    const codes = await Promise.all(['qian', 'he'].map((who) => paying.record(who, billId)))
    expect([codes.sort(), (await paying.paymentsOf(billId)).length]).toEqual([['BILL_ALREADY_PAID', 'OK'], 1])
  })

  it('a cashier can take cash of somebody who had begun to pay by WeChat: that order is closed first', async () => {
    const { billId, paymentId } = await paying.started()
    expect(await paying.record('qian', billId)).toBe('OK')
    expect([(await paying.askWeChat(paymentId)).state, (await paying.paymentOf(paymentId)).status]).toEqual(['CLOSED', 'closed'])
  })

  it('a cashier cannot take cash of somebody who has paid by WeChat, though nobody was told', async () => {
    const { billId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'callback-lost')
    expect([await paying.record('qian', billId), (await paying.billOf(billId)).settledBy]).toEqual(['BILL_ALREADY_PAID', paymentId])
  })

  it('a cashier and WeChat in the same moment settle the bill once, and nothing is lost', async () => {
    const { billId, paymentId } = await paying.started()
    await Promise.all([paying.decide(paymentId, 'success').catch(() => undefined), paying.record('qian', billId)])
    const payments = await paying.paymentsOf(billId)
    const bill = await paying.billOf(billId)
    expect(bill.status).toBe('paid')
    expect(payments.filter(({ status, surplusFen }) => status === 'paid' && surplusFen === 0).map(({ _id }) => _id)).toEqual([bill.settledBy])
  })

  it('a cashier of another building cannot: the bill does not exist for them', async () => {
    const { billId } = await paying.charges.charged()
    const post = { role: 'cashier', communityId: 'c-lihua', communityName: '梨花苑', buildings: ['2'] }
    await village.alter('members', 'm-qian', { post, posts: [post] })
    expect(await paying.record('qian', billId)).toBe('NOT_FOUND')
    await village.again()
  })

  it.each(['wang', 'chen', 'zhou', 'sun'])('%s cannot', async (who) => {
    expect(await paying.record(who, 'repair_r_0')).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await paying.record('stranger', 'repair_r_0')).toBe('FORBIDDEN')
  })
})

describe('payments.waive', () => {
  it('a manager can, with a reason; the household is told once though the phone asks again', async () => {
    await village.again()
    const { billId } = await paying.charges.charged()
    const requestId = newRequest()
    expect(await Promise.all([1, 2, 3].map(() => paying.waive('he', billId, requestId)))).toEqual(['OK', 'OK', 'OK'])
    expect(await paying.billOf(billId)).toMatchObject({ status: 'waived', settledBy: null, waiver: { reason: '返修，不再收费', by: { memberId: 'm-he', name: '何管理员' } } })
    expect(await auditsOf('payments.waive', billId)).toMatchObject([{ actorId: 'm-he', after: { amount: '80.00元' } }])
    await village.tick()
    expect(await paying.toldOf('账单已减免')).toEqual(['m-wang'])
    expect((await village.as('wang').get('messages', 'list', {})).messages[0]!.body).toBe('维修费 80.00元已减免，不用再缴：返修，不再收费')
  })

  it('a manager cannot without a reason, nor what is paid', async () => {
    const { billId } = await paying.charges.charged()
    expect(await paying.tryAs('he', 'waive', { billId, reason: ' ', requestId: newRequest() })).toBe('INVALID_INPUT')
    await paying.record('qian', billId)
    expect(await paying.waive('he', billId)).toBe('BILL_ALREADY_PAID')
  })

  it('a manager cannot waive what is being paid: the order is closed first, or has won', async () => {
    const first = await paying.started()
    expect(await paying.waive('he', first.billId)).toBe('OK')
    expect((await paying.askWeChat(first.paymentId)).state).toBe('CLOSED')
    const second = await paying.started()
    await paying.decide(second.paymentId, 'callback-lost')
    expect([await paying.waive('he', second.billId), (await paying.billOf(second.billId)).status]).toEqual(['BILL_ALREADY_PAID', 'paid'])
  })

  it.each(['wang', 'chen', 'zhou', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await paying.waive(who, 'repair_r_0')).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await paying.waive('stranger', 'repair_r_0')).toBe('FORBIDDEN')
  })
})

describe('payments.dismiss', () => {
  const dismiss = (who: string, paymentId: string, requestId = newRequest()) => paying.tryAs(who, 'dismiss', { paymentId, note: '已在商户平台退回', requestId })

  it('a manager can, once the money was put right: the bill can be paid again, and WeChat’s late word changes nothing', async () => {
    const { billId, paymentId } = await suspect()
    const requestId = newRequest()
    expect([await dismiss('he', paymentId, requestId), await dismiss('he', paymentId, requestId)]).toEqual(['OK', 'OK'])
    expect(await paying.paymentOf(paymentId)).toMatchObject({ status: 'closed', dismissal: { note: '已在商户平台退回', by: { memberId: 'm-he' } } })
    expect(await auditsOf('payments.dismiss', paymentId)).toHaveLength(1)
    expect((await paying.decide(paymentId, 'success')).deliveries).toMatchObject([{ isAcknowledged: true }])
    expect(await paying.confirm('wang', paymentId)).toBe('unpaid')
    expect(await paying.tryAs('wang', 'start', { billId, requestId: newRequest() })).toBe('OK')
  })

  it('a manager cannot dismiss what fits, nor what is of nobody', async () => {
    const { paymentId } = await paying.started()
    expect([await dismiss('he', paymentId), await dismiss('he', 'p-nothing')]).toEqual(['PAYMENT_NOT_SUSPECT', 'NOT_FOUND'])
  })

  it.each(['wang', 'chen', 'zhou', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await dismiss(who, 'p-nothing')).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await dismiss('stranger', 'p-nothing')).toBe('FORBIDDEN')
  })
})

describe('payments.list', () => {
  it.each(['qian', 'he'])('%s can see a day’s takings by method, and every payment behind them', async (who) => {
    await village.again()
    const before = (await village.as(who).get('payments', 'list', { day: day() })).sums
    const [cash, wechat] = [await paying.charges.charged(), await paying.started()]
    await paying.record('qian', cash.billId)
    await paying.decide(wechat.paymentId, 'success')
    const { payments, sums, suspectCount } = await village.as(who).get('payments', 'list', { day: day() })
    expect(payments.slice(0, 2).map(({ method, amountFen, payerName }) => [method, amountFen, payerName]).sort()).toEqual([['cash', 8_000, '王秀英'], ['wechat', 8_000, '王秀英']])
    const taken = (rows: typeof sums, method: string) => rows.find((row) => row.method === method)?.amountFen ?? 0
    expect([taken(sums, 'cash') - taken(before, 'cash'), taken(sums, 'wechat') - taken(before, 'wechat'), taken(sums, 'transfer'), suspectCount]).toEqual([8_000, 8_000, 0, 0])
    expect((await village.as(who).get('payments', 'list', { day: '2020-01-01' }))).toMatchObject({ payments: [], sums: [] })
  })

  it('a cashier can see what is suspect, and how much of it there is', async () => {
    await village.again()
    const { paymentId } = await suspect()
    const { payments, suspectCount } = await village.as('qian').get('payments', 'list', { status: 'suspect' })
    expect([payments.map((payment) => payment.paymentId), suspectCount]).toEqual([[paymentId], 1])
  })

  it('a cashier of another building cannot see them', async () => {
    const post = { role: 'cashier', communityId: 'c-lihua', communityName: '梨花苑', buildings: ['2'] }
    await village.alter('members', 'm-qian', { post, posts: [post] })
    expect(await village.as('qian').get('payments', 'list', { status: 'suspect', day: day() })).toMatchObject({ payments: [], sums: [], suspectCount: 0 })
  })

  it.each(['wang', 'chen', 'zhou', 'sun'])('%s cannot', async (who) => {
    expect(await paying.tryAs(who, 'list', {})).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await paying.tryAs('stranger', 'list', {})).toBe('FORBIDDEN')
  })
})

it('no call took more round trips than declared, and nothing broke', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
