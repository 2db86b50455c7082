import type { Caller } from '../../cloudfunctions/_shared/caller'
import type { StaffRole } from '../../cloudfunctions/_shared/roles'
import type { Bill } from '../../cloudfunctions/billing/bill'
import type { Payment } from '../../cloudfunctions/payments/payment'
import { approved, billAfter, failed, posted, refundableFen, refundSteps, rejected, requestedOf, requirePayable, resumed, routesFor, type Actor, type Pair, type Refund } from '../../cloudfunctions/refunds/refund'

const at = (text: string): Date => new Date(`${text}+08:00`)
const now = at('2026-11-24T10:00')
const qian: Actor = { memberId: 'm-qian', name: '钱会计' }
const he: Actor = { memberId: 'm-he', name: '何管理员' }
const act = (by: Actor | null, note = '') => ({ by, at: now, note })

const payment = (fields: Partial<Payment> = {}): Payment => ({
  _id: 'P1', schema: 1, version: 3, communityId: 'c-lihua', houseId: 'h-3-2-501', houseLabel: '3号楼2单元501', building: '3', billId: 'repair_r1_0',
  source: { kind: 'repair', id: 'r1', number: 'BX1' }, amountFen: 8_800, method: 'wechat', merchantId: '1600000001',
  payer: { memberId: 'm-wang', name: '王秀英', openid: 'o-wang' }, recordedBy: null, note: '', photos: [], status: 'paid', parameters: null,
  transactionId: '42', expiresAt: null, createdAt: now, paidAt: at('2026-11-01T10:00'), paidOn: '2026-11-01', surplusFen: 0, refundedFen: 0, requestedFen: 0,
  reservedFen: 0, suspicion: null, dismissal: null, listKey: '', people: ['m-wang'], ...fields,
})
const wish = (fields: object = {}) => ({ id: 'R1', amountFen: 3_000, requested: act(qian, '多收了'), hasFailed: false, ...fields })
const request = (fields: Partial<Payment> = {}, more: object = {}): Pair => requestedOf(payment(fields), wish(more))
const columns = ({ requestedFen, reservedFen, refundedFen }: Payment) => [requestedFen, reservedFen, refundedFen]

describe('money that is asked back', () => {
  it('is held from the moment it is asked for until it is back', () => {
    const first = request()
    expect([first.refund.status, columns(first.payment), refundableFen(first.payment)]).toEqual(['requested', [3_000, 0, 0], 5_800])
    const second = approved(first, act(he))
    expect([second.refund.status, columns(second.payment), refundableFen(second.payment)]).toEqual(['approved', [0, 3_000, 0], 5_800])
    const third = posted(second, act(null))
    expect([third.refund.status, columns(third.payment), refundableFen(third.payment)]).toEqual(['refunded', [0, 0, 3_000], 5_800])
    expect([third.refund.version, third.payment.version]).toEqual([3, 6])
  })

  it.each<[string, Partial<Payment>, number, string | null]>([
    ['all of it', {}, 8_800, null],
    ['a fen more than all of it', {}, 8_801, 'REFUND_TOO_MUCH'],
    ['what was given back already', { refundedFen: 6_000 }, 2_801, 'REFUND_TOO_MUCH'],
    ['the rest of what was given back', { refundedFen: 6_000 }, 2_800, null],
    ['what is approved and on its way', { reservedFen: 6_000 }, 2_801, 'REFUND_TOO_MUCH'],
    ['what somebody else has asked for', { requestedFen: 6_000 }, 2_801, 'REFUND_TOO_MUCH'],
    ['what is left of all three', { requestedFen: 1_000, reservedFen: 1_000, refundedFen: 1_000 }, 5_800, null],
    ['money that was never paid', { status: 'created' }, 1, 'PAYMENT_NOT_PAID'],
    ['money of a closed order', { status: 'closed' }, 1, 'PAYMENT_NOT_PAID'],
    ['money that must be looked into', { status: 'suspect' }, 1, 'PAYMENT_NOT_PAID'],
  ])('%s', (_, fields, amountFen, reason) => {
    const ask = () => request(fields, { amountFen })
    if (reason === null) expect(ask().refund.amountFen).toBe(amountFen)
    else expect(ask).toThrow(expect.objectContaining({ reason }))
  })

  it('is free again when it is refused, and when WeChat could not give it back', () => {
    expect(columns(rejected(request(), act(he, '金额不对')).payment)).toEqual([0, 0, 0])
    const gone = failed(approved(request(), act(he)), '银行卡已注销', now)
    expect([gone.refund.status, gone.refund.trouble, columns(gone.payment)]).toEqual(['failed', '银行卡已注销', [0, 0, 0]])
  })

  it('that WeChat gave back after all is held again, unless it was asked back otherwise', () => {
    const gone = failed(approved(request(), act(he)), '退款关闭', now)
    expect(columns(resumed(gone)!.payment)).toEqual([0, 3_000, 0])
    expect(columns(posted(resumed(gone)!, act(null)).payment)).toEqual([0, 0, 3_000])
    expect(resumed({ ...gone, payment: { ...gone.payment, requestedFen: 5_801 } })).toBeNull()
  })

  it('counts on the bill that its payment settled, and on no other', () => {
    const bill = { _id: 'repair_r1_0', version: 2, settledBy: 'P1', refundedFen: 1_000 } as Bill
    const { refund } = request()
    expect(billAfter(bill, refund)).toMatchObject({ refundedFen: 4_000, version: 3 })
    expect(billAfter({ ...bill, settledBy: 'P2' }, refund)).toMatchObject({ refundedFen: 1_000, version: 2 })
  })
})

describe('two people', () => {
  it('are needed: whoever asked cannot approve, not even a manager', () => {
    expect(() => approved(request({}, { requested: act(he) }), act(he))).toThrow(expect.objectContaining({ reason: 'OWN_REQUEST' }))
    expect(approved(request({}, { requested: act(null) }), act(he)).refund.status).toBe('approved')
  })

  it('are needed: whoever approved cannot say that it was paid out', () => {
    const { refund } = approved(request({ method: 'cash' }), act(he))
    expect(() => requirePayable(refund, 'm-he')).toThrow(expect.objectContaining({ reason: 'OWN_APPROVAL' }))
    expect(() => requirePayable(refund, 'm-qian')).not.toThrow()
  })

  it('decide once', () => {
    const done = approved(request(), act(he))
    for (const again of [approved, rejected]) expect(() => again(done, act({ ...he, memberId: 'm-other' }))).toThrow(expect.objectContaining({ reason: 'REFUND_DECIDED' }))
  })
})

describe('the way back', () => {
  it.each<[string, Partial<Payment>, boolean, string[]]>([
    ['by WeChat what came by WeChat', {}, false, ['wechat']],
    ['by hand too once WeChat could not', {}, true, ['wechat', 'offline']],
    ['by hand what was handed over', { method: 'cash' }, false, ['offline']],
    ['by WeChat on the year’s last day', { paidAt: at('2025-11-24T10:00') }, false, ['wechat']],
    ['by hand after a year', { paidAt: at('2025-11-24T09:59') }, true, ['offline']],
  ])('%s', (_, fields, hasFailed, routes) => {
    expect(routesFor(payment(fields), hasFailed, now)).toEqual(routes)
  })

  it('that is not open is refused in words', () => {
    expect(() => request({}, { route: 'offline' })).toThrow(expect.objectContaining({ reason: 'ROUTE_WECHAT_FIRST' }))
    expect(() => request({ method: 'transfer' }, { route: 'wechat' })).toThrow(expect.objectContaining({ reason: 'ROUTE_WECHAT_OVER' }))
    expect(request({}, { route: 'offline', hasFailed: true }).refund.route).toBe('offline')
  })
})

describe('the next steps of a refund', () => {
  const caller = (memberId: string, role: StaffRole | null, buildings: string[] | null = null, communityId = 'c-lihua') =>
    ({ openid: memberId, member: { _id: memberId }, houses: [], post: role && { role, communityId, communityName: '', buildings } }) as unknown as Caller
  const waiting = request().refund
  const approvedByHe = approved(request({ method: 'cash' }), act(he)).refund
  it.each<[string, Refund, Caller, string[]]>([
    ['a manager decides', waiting, caller('m-he', 'manager'), ['approve', 'reject']],
    ['a manager may only withdraw their own request', { ...waiting, requested: act(he) }, caller('m-he', 'manager'), ['reject']],
    ['a manager of that building decides', waiting, caller('m-x', 'manager', ['3']), ['approve', 'reject']],
    ['a manager of another building does not', waiting, caller('m-x', 'manager', ['1']), []],
    ['a manager of another community does not', waiting, caller('m-x', 'manager', null, 'c-other'), []],
    ['a cashier does not decide', waiting, caller('m-qian', 'cashier'), []],
    ['a clerk does nothing', waiting, caller('m-zhou', 'clerk'), []],
    ['the household does nothing', waiting, caller('m-wang', null), []],
    ['a cashier pays out', approvedByHe, caller('m-qian', 'cashier'), ['payOut']],
    ['who approved does not pay out', approvedByHe, caller('m-he', 'manager'), []],
    ['nobody pays out what WeChat gives back', { ...approvedByHe, route: 'wechat' }, caller('m-qian', 'cashier'), []],
    ['a refund that is done asks nothing', posted({ refund: approvedByHe, payment: payment() }, act(qian)).refund, caller('m-qian', 'cashier'), []],
  ])('%s', (_, refund, who, steps) => {
    expect(refundSteps(refund, who)).toEqual(steps)
  })
})
