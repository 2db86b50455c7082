import { employ } from '../members/newcomers'
import { letTenant } from '../billing/charged'
import { newRequest, openVillage, type Village } from '../support/village'
import { refundingIn } from './refunding'

let village: Village
let refunding: ReturnType<typeof refundingIn>
beforeAll(async () => {
  village = await openVillage()
  refunding = refundingIn(village)
})
afterAll(() => village.close())
afterEach(() => refunding.paying.noTrouble())

const wish = (paymentId: string, more: object = {}) => ({ paymentId, amountFen: 3_000, reason: '少换了一个阀', requestId: newRequest(), ...more })
const decision = (refundId: string) => ({ refundId, note: '核对过了', requestId: newRequest() })
const noCashiers = ['zhou', 'chen', 'sun', 'wang', 'li', 'zhao']

describe('refunds.request', () => {
  it.each(['qian', 'he'])('%s can ask for a part of what was paid: it is held, not given back, and managers hear of it', async (who) => {
    await village.again()
    const made = await refunding.paid()
    const refundId = await refunding.request(who, made.paymentId, 3_000)
    expect(await refunding.books({ ...made, refundId })).toEqual(['requested', 0, 0, 3_000, 0])
    expect(await refunding.refundOf(refundId)).toMatchObject({ route: 'wechat', isSurplus: false, source: { kind: 'repair', id: made.repairId }, decided: null, posted: null })
    await village.tick()
    expect(await refunding.paying.toldOf('有一笔退款要审批')).toEqual(['m-he'])
    expect((await village.group()).join('\n')).toMatch(/^【退款审批】3号楼2单元501 \S+ 的退款 30\.00元，请管理员在账单里审批$/m)
    expect((await village.documents('audits')).at(-1)).toMatchObject({ action: 'refunds.request', subjectId: refundId, communityId: 'c-lihua', after: { amountFen: 3_000, route: 'wechat' } })
  })

  it('the same request again, and at the same moment, is one refund', async () => {
    const { paymentId } = await refunding.paid()
    const once = wish(paymentId)
    const answers = await Promise.all([1, 2, 3].map(() => village.as('qian').get('refunds', 'request', once)))
    expect(new Set(answers.map(({ refundId }) => refundId)).size).toBe(1)
    expect(await refunding.paying.paymentOf(paymentId)).toMatchObject({ requestedFen: 3_000 })
  })

  it('a cashier cannot ask for more than is left, however many ask at once', async () => {
    const { paymentId } = await refunding.paid()
    expect(await refunding.tryAs('qian', 'request', wish(paymentId, { amountFen: 8_001 }))).toBe('REFUND_TOO_MUCH')
    const answers = await Promise.all(['qian', 'he', 'qian', 'he'].map((who) => refunding.tryAs(who, 'request', wish(paymentId))))
    expect(answers.sort()).toEqual(['OK', 'OK', 'REFUND_TOO_MUCH', 'REFUND_TOO_MUCH'])
    expect(await refunding.paying.paymentOf(paymentId)).toMatchObject({ requestedFen: 6_000 })
  })

  it('a cashier cannot ask for money that nobody paid, in a way that is not open, or without a reason', async () => {
    const { paymentId: unpaid } = await refunding.paying.started()
    expect(await refunding.tryAs('qian', 'request', wish(unpaid))).toBe('PAYMENT_NOT_PAID')
    const { paymentId } = await refunding.paid()
    expect(await refunding.tryAs('qian', 'request', wish(paymentId, { route: 'offline' }))).toBe('ROUTE_WECHAT_FIRST')
    const { paymentId: cash } = await refunding.paidInCash()
    expect(await refunding.tryAs('qian', 'request', wish(cash, { route: 'wechat' }))).toBe('ROUTE_WECHAT_OVER')
    for (const wrong of [{ amountFen: 0 }, { amountFen: 1.5 }, { amountFen: -1 }, { reason: ' ' }, { openid: 'o-x' }]) {
      expect(await refunding.tryAs('qian', 'request', wish(paymentId, wrong))).toBe('INVALID_INPUT')
    }
  })

  it('what was paid by WeChat more than a year ago goes back by hand', async () => {
    const { paymentId } = await refunding.paid()
    await village.alter('payments', paymentId, { paidAt: new Date(Date.now() - 366 * 86_400_000) })
    expect((await refunding.refundOf(await refunding.request('qian', paymentId, 1_000))).route).toBe('offline')
  })

  it('a cashier of another building cannot: the payment does not exist for them', async () => {
    const { paymentId } = await refunding.paid()
    await employ(village, 'cashier-of-1', { role: 'cashier', buildings: ['1'] })
    expect(await refunding.tryAs('cashier-of-1', 'request', wish(paymentId))).toBe('NOT_FOUND')
  })

  it.each(noCashiers)('%s cannot', async (who) => {
    const { paymentId } = await refunding.paid()
    expect(await refunding.tryAs(who, 'request', wish(paymentId))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await refunding.tryAs('stranger', 'request', wish('somebody-s-payment'))).toBe('FORBIDDEN')
  })
})

describe('refunds.approve', () => {
  it('another manager can: the money is held, and only held', async () => {
    const made = await refunding.approvedByWeChat()
    expect(await refunding.books(made)).toEqual(['approved', 0, 3_000, 0, 0])
    expect(await refunding.refundOf(made.refundId)).toMatchObject({ decided: { by: { memberId: 'm-he', name: '何管理员' }, note: '核对过了' } })
    expect((await village.documents('audits')).at(-1)).toMatchObject({ actorId: 'm-he', action: 'refunds.approve', before: { status: 'requested' }, after: { status: 'approved', amountFen: 3_000 } })
  })

  it('a manager cannot approve what they asked for; another manager can', async () => {
    const { paymentId } = await refunding.paid()
    const refundId = await refunding.request('he', paymentId, 3_000)
    expect(await refunding.approve(refundId)).toBe('OWN_REQUEST')
    await employ(village, 'second-manager', { role: 'manager' })
    expect(await refunding.act('second-manager', 'approve', refundId)).toBe('OK')
  })

  it('a manager cannot decide twice; the same request again changes nothing', async () => {
    const { paymentId } = await refunding.paid()
    const refundId = await refunding.request('qian', paymentId, 3_000)
    const requestId = newRequest()
    const answers = await Promise.all([1, 2, 3].map(() => refunding.act('he', 'approve', refundId, requestId)))
    expect(answers).toEqual(['OK', 'OK', 'OK'])
    expect([await refunding.act('he', 'approve', refundId), await refunding.act('he', 'reject', refundId)]).toEqual(['REFUND_DECIDED', 'REFUND_DECIDED'])
    expect(await refunding.paying.paymentOf(paymentId)).toMatchObject({ requestedFen: 0, reservedFen: 3_000 })
  })

  it('of two managers at once one decides', async () => {
    await employ(village, 'third-manager', { role: 'manager' })
    const made = await refunding.paid()
    const refundId = await refunding.request('qian', made.paymentId, 3_000)
    const answers = await Promise.all([refunding.act('he', 'approve', refundId), refunding.act('third-manager', 'reject', refundId)])
    expect(answers.sort()).toEqual(['OK', 'REFUND_DECIDED'])
    const [, , reserved, requested] = await refunding.books({ ...made, refundId })
    expect([[3_000, 0].includes(reserved as number), requested]).toEqual([true, 0])
  })

  it('a manager of another building cannot: it does not exist for them', async () => {
    const { paymentId } = await refunding.paid()
    const refundId = await refunding.request('qian', paymentId, 3_000)
    await employ(village, 'manager-of-1', { role: 'manager', buildings: ['1'] })
    expect([await refunding.act('manager-of-1', 'approve', refundId), await refunding.approve('no-such-refund')]).toEqual(['NOT_FOUND', 'NOT_FOUND'])
  })

  it.each(['qian', ...noCashiers])('%s cannot', async (who) => {
    expect(await refunding.tryAs(who, 'approve', decision('some-refund'))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await refunding.tryAs('stranger', 'approve', decision('some-refund'))).toBe('FORBIDDEN')
  })
})

describe('refunds.reject', () => {
  it('a manager can, with a reason: the money is free again, and who asked hears why', async () => {
    await village.again()
    const made = await refunding.paid()
    const refundId = await refunding.request('qian', made.paymentId, 3_000)
    expect(await refunding.act('he', 'reject', refundId)).toBe('OK')
    expect(await refunding.books({ ...made, refundId })).toEqual(['rejected', 0, 0, 0, 0])
    await village.tick()
    expect(await refunding.paying.toldOf('退款没有批准')).toEqual(['m-qian'])
    expect(await refunding.tryAs('qian', 'request', wish(made.paymentId, { amountFen: 8_000 }))).toBe('OK')
  })

  it('a manager can take back their own request', async () => {
    const { paymentId } = await refunding.paid()
    expect(await refunding.act('he', 'reject', await refunding.request('he', paymentId, 3_000))).toBe('OK')
  })

  it('a manager cannot without a reason', async () => {
    expect(await refunding.tryAs('he', 'reject', { ...decision('some-refund'), note: '' })).toBe('INVALID_INPUT')
  })

  it.each(['qian', ...noCashiers])('%s cannot', async (who) => {
    expect(await refunding.tryAs(who, 'reject', decision('some-refund'))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await refunding.tryAs('stranger', 'reject', decision('some-refund'))).toBe('FORBIDDEN')
  })
})

describe('refunds.payOut', () => {
  const approved = async () => {
    const made = await refunding.paidInCash()
    const refundId = await refunding.request('qian', made.paymentId, 8_000)
    await refunding.approve(refundId)
    return { ...made, refundId }
  }

  it('a cashier can say that the money was handed over: then it is back, and whoever may see bills hears of it', async () => {
    await village.again()
    const made = await approved()
    await village.tick()
    expect(await refunding.paying.toldOf('退款已批准，请付款')).toEqual(['m-he', 'm-qian'])
    expect(await refunding.books(made)).toEqual(['approved', 0, 8_000, 0, 0])
    const requestId = newRequest()
    expect(await Promise.all([1, 2].map(() => refunding.act('qian', 'payOut', made.refundId, requestId)))).toEqual(['OK', 'OK'])
    expect(await refunding.books(made)).toEqual(['refunded', 8_000, 0, 0, 8_000])
    await village.tick()
    expect(await refunding.paying.toldOf('退款到账')).toEqual(['m-wang'])
    expect(await refunding.paying.billOf(made.billId)).toMatchObject({ status: 'paid', settledBy: made.paymentId })
  })

  it('the manager who approved cannot: another hand gives the money', async () => {
    const { refundId } = await approved()
    expect(await refunding.act('he', 'payOut', refundId)).toBe('OWN_APPROVAL')
  })

  it('a cashier cannot pay out what is not approved, was paid out, or goes back by WeChat', async () => {
    const { paymentId } = await refunding.paidInCash()
    expect(await refunding.act('qian', 'payOut', await refunding.request('qian', paymentId, 1_000))).toBe('REFUND_NOT_PAYABLE')
    const { refundId } = await approved()
    await refunding.act('qian', 'payOut', refundId)
    expect(await refunding.act('qian', 'payOut', refundId)).toBe('REFUND_NOT_PAYABLE')
    expect(await refunding.act('qian', 'payOut', (await refunding.approvedByWeChat()).refundId)).toBe('REFUND_NOT_PAYABLE')
  })

  it.each(noCashiers)('%s cannot', async (who) => {
    expect(await refunding.tryAs(who, 'payOut', decision('some-refund'))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await refunding.tryAs('stranger', 'payOut', decision('some-refund'))).toBe('FORBIDDEN')
  })
})

describe('refunds.list', () => {
  it('a cashier can see what waits, with what they may do, and how much of it', async () => {
    await village.again()
    const { paymentId } = await refunding.paid()
    const first = await refunding.request('qian', paymentId, 1_000)
    const second = await refunding.request('qian', paymentId, 2_000)
    const { paymentId: cash } = await refunding.paidInCash()
    const third = await refunding.request('qian', cash, 8_000)
    await refunding.approve(third)
    const waiting = await village.as('he').get('refunds', 'list', {})
    expect(waiting.refunds.map(({ refundId, nextSteps }) => [refundId, nextSteps])).toEqual([[second, ['approve', 'reject']], [first, ['approve', 'reject']]])
    expect(waiting.waiting).toEqual({ requested: 2, payOut: 1 })
    const { refunds } = await village.as('qian').get('refunds', 'list', { status: 'approved' })
    expect(refunds).toMatchObject([{ refundId: third, amountFen: 8_000, route: 'offline', houseLabel: '3号楼2单元501', requested: { by: '钱会计', note: '少换了一个阀' }, decided: { by: '何管理员' }, nextSteps: ['payOut'] }])
    await employ(village, 'cashier-of-1', { role: 'cashier', buildings: ['1'] })
    expect(await village.as('cashier-of-1').get('refunds', 'list', {})).toEqual({ refunds: [], nextCursor: null, waiting: { requested: 0, payOut: 0 } })
  })

  it.each(noCashiers)('%s cannot', async (who) => {
    expect(await refunding.tryAs(who, 'list', {})).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await refunding.tryAs('stranger', 'list', {})).toBe('FORBIDDEN')
  })
})

describe('refunds.bill', () => {
  it('the household can see the bill, its payment and what came back, and where it came from', async () => {
    const made = await refunding.sent()
    await refunding.decide(made.refundId, 'success')
    const page = await village.as('wang').get('refunds', 'bill', { billId: made.billId })
    expect(page.bill).toMatchObject({ billId: made.billId, status: 'paid', amountFen: 8_000, refundedFen: 3_000, source: { repairId: made.repairId }, nextSteps: [] })
    expect(page.payments).toMatchObject([{ paymentId: made.paymentId, amountFen: 8_000, refundedFen: 3_000, payerName: '王秀英', nextSteps: [] }])
    expect(page.refunds).toMatchObject([{ refundId: made.refundId, amountFen: 3_000, status: 'refunded', requested: { by: '钱会计' }, decided: { by: '何管理员' }, posted: { by: null }, trouble: null, nextSteps: [] }])
    expect(page.uploadPrefix).toBeNull()
  })

  it('the household can pay an unpaid one, a cashier can take it down, a manager can waive it, a clerk can look', async () => {
    const { billId } = await refunding.paying.charges.charged()
    const steps = async (who: string) => (await village.as(who).get('refunds', 'bill', { billId })).bill.nextSteps
    expect(await Promise.all(['wang', 'qian', 'he', 'zhou'].map(steps))).toEqual([['pay'], ['record'], ['record', 'waive'], []])
    expect((await village.as('qian').get('refunds', 'bill', { billId })).uploadPrefix).toMatch(/^payments\//)
  })

  it('a cashier can ask for money back as long as some is left, by the ways that are open', async () => {
    const { billId, paymentId } = await refunding.paid()
    const payment = async () => (await village.as('qian').get('refunds', 'bill', { billId })).payments[0]
    expect(await payment()).toMatchObject({ refundableFen: 8_000, routes: ['wechat'], nextSteps: ['requestRefund'] })
    await refunding.request('qian', paymentId, 8_000)
    expect(await payment()).toMatchObject({ refundableFen: 0, routes: [], nextSteps: [] })
  })

  it('money that does not fit can be put right by a manager, and asked back by nobody', async () => {
    const { billId, paymentId } = await refunding.paying.started()
    await refunding.paying.decide(paymentId, 'wrong-amount')
    const seenBy = async (who: string) => (await village.as(who).get('refunds', 'bill', { billId })).payments[0]
    expect(await seenBy('he')).toMatchObject({ status: 'suspect', refundableFen: 0, nextSteps: ['dismiss'] })
    expect([(await seenBy('qian'))!.nextSteps, (await seenBy('wang'))!.nextSteps]).toEqual([[], []])
  })

  it('what a cashier noted, and their photos, are not for the household', async () => {
    const { billId } = await refunding.paying.charges.charged()
    const { uploadPrefix } = await village.as('qian').get('refunds', 'bill', { billId })
    const photo = await village.as('qian').upload(`${uploadPrefix}/202611/v.jpg`)
    expect(await refunding.paying.record('qian', billId, { method: 'transfer', note: '尾号 1234', photos: [photo] })).toBe('OK')
    const seenBy = async (who: string) => (await village.as(who).get('refunds', 'bill', { billId })).payments[0]!
    expect(await seenBy('qian')).toMatchObject({ note: '尾号 1234', photos: [{ fileId: photo, url: expect.stringContaining('/file/') }] })
    expect(await seenBy('wang')).toMatchObject({ note: '', photos: [] })
  })

  it('a tenant cannot see it unless the owner lets them: it does not exist for them', async () => {
    const { billId } = await refunding.paid()
    await letTenant(village, 'invite', 'report')
    expect(await refunding.tryAs('li', 'bill', { billId })).toBe('NOT_FOUND')
    await letTenant(village, 'bills', 'report')
    expect(await refunding.tryAs('li', 'bill', { billId })).toBe('OK')
    await letTenant(village, 'invite', 'report')
  })

  it('a neighbour cannot, nor staff of another building; a technician and a guard see no bills', async () => {
    const { billId } = await refunding.paid()
    await employ(village, 'clerk-of-1', { role: 'clerk', buildings: ['1'] })
    expect(await Promise.all(['zhao', 'clerk-of-1', 'chen', 'sun'].map((who) => refunding.tryAs(who, 'bill', { billId })))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN'])
    expect(await refunding.tryAs('wang', 'bill', { billId: 'no-such-bill' })).toBe('NOT_FOUND')
  })

  it('a stranger cannot', async () => {
    expect(await refunding.tryAs('stranger', 'bill', { billId: 'some-bill' })).toBe('FORBIDDEN')
  })
})
