import type { Caller } from '../../cloudfunctions/_shared/caller'
import type { Post, Residency } from '../../cloudfunctions/_shared/member'
import { billSteps, issued, opened, paidBy, posting, released, suspended, waivedBy, type Bill } from '../../cloudfunctions/billing/bill'
import { cannotPayBecause, merchantFor } from '../../cloudfunctions/billing/merchant'

const now = new Date('2026-03-12T02:00:00.000Z')
const later = new Date('2026-03-12T02:05:00.000Z')
const charged = {
  communityId: 'c-1', communityName: '梨花苑', houseId: 'h-1', houseLabel: '3号楼2单元501', building: '3', charge: 'repair', source: { kind: 'repair', id: 'r-1', number: '260312-3F7K2' },
  title: '维修费', lines: [{ name: '上门检修', unit: '次', quantity: 1, priceFen: 3_000, amountFen: 3_000 }], amountFen: 3_000,
} as const
const bill = (change: Partial<Bill> = {}): Bill => ({ ...issued({ ...charged, lines: [...charged.lines], occasion: 0 }, now), ...change })
const waiver = { reason: '师傅弄坏的', at: later, by: { memberId: 'm-he', name: '何管理员' } }
const refusalOf = (act: () => unknown): string | null => {
  try {
    act()
    return null
  } catch (error) {
    return (error as { reason: string }).reason
  }
}

describe('a bill', () => {
  it('is named by what it is for, so that nothing is charged twice', () => {
    expect([bill()._id, issued({ ...charged, lines: [...charged.lines], occasion: 1 }, now)._id]).toEqual(['repair_r-1_0', 'repair_r-1_1'])
  })

  it.each<[string, Bill, string | null]>([
    ['that waits', bill(), null],
    ['that is being paid by this very payment', bill({ openPaymentId: 'p-1' }), null],
    ['that somebody else is paying', bill({ openPaymentId: 'p-2' }), 'BILL_BEING_PAID'],
    ['whose money is on its way', bill({ openPaymentId: 'p-1', postingSince: now }), 'BILL_POSTING'],
    ['that is paid', bill({ status: 'paid' }), 'BILL_ALREADY_PAID'],
    ['that is waived', bill({ status: 'waived' }), 'BILL_WAIVED'],
  ])('%s is opened for a payment, or refused', (_, before, reason) => {
    expect(refusalOf(() => opened(before, 'p-1'))).toBe(reason)
  })

  it('is free again once its payment cannot be made; another payment’s end changes nothing', () => {
    const held = bill({ openPaymentId: 'p-1', postingSince: now })
    expect(released(held, 'p-1')).toMatchObject({ openPaymentId: null, postingSince: null, version: 2 })
    expect(released(held, 'p-2')).toBe(held)
  })

  it('is being posted only by its open payment, from when that was first said', () => {
    const held = bill({ openPaymentId: 'p-1' })
    expect(posting(held, 'p-1', now).postingSince).toEqual(now)
    expect(posting(held, 'p-2', now)).toBe(held)
    expect(posting(posting(held, 'p-1', now), 'p-1', later).postingSince).toEqual(now)
    expect(posting(bill({ status: 'paid' }), 'p-1', now).postingSince).toBeNull()
  })

  it('is held by money that must be looked into, unless it is settled', () => {
    expect(suspended(bill(), 'p-1', now)).toMatchObject({ openPaymentId: 'p-1', postingSince: now })
    const paid = bill({ status: 'paid' })
    expect(suspended(paid, 'p-1', now)).toBe(paid)
  })

  it('is paid by one payment, and then nothing is open', () => {
    expect(paidBy(bill({ openPaymentId: 'p-2', postingSince: now }), 'p-1', later))
      .toMatchObject({ status: 'paid', settledBy: 'p-1', openPaymentId: null, postingSince: null, settledAt: later, deskKey: '2026-03-12T02:05:00.000Z_repair_r-1_0', orderKey: '2026-03-12T02:00:00.000Z_repair_r-1_0' })
  })

  it('can be waived while nobody has paid it', () => {
    expect(waivedBy(bill(), waiver)).toMatchObject({ status: 'waived', waiver, settledAt: later, settledBy: null, people: ['m-he'] })
    expect(refusalOf(() => waivedBy(bill({ status: 'paid' }), waiver))).toBe('BILL_ALREADY_PAID')
    expect(refusalOf(() => waivedBy(bill({ postingSince: now, openPaymentId: 'p-1' }), waiver))).toBe('BILL_POSTING')
  })
})

const living = (scopes: Residency['scopes'], houseId = 'h-1'): Caller => ({ openid: 'o', member: null, houses: [{ houseId, scopes } as Residency], post: null })
const working = (role: Post['role'], place: Partial<Post> = {}): Caller => ({ openid: 'o', member: null, houses: [], post: { role, communityId: 'c-1', communityName: '', buildings: null, ...place } })

describe('what may be done about a bill', () => {
  it.each<[string, Caller, string[]]>([
    ['whoever may pay for the house', living(['bills', 'pay']), ['pay']],
    ['whoever may only see what it owes', living(['bills']), []],
    ['a neighbour', living(['bills', 'pay'], 'h-2'), []],
    ['a cashier', working('cashier'), ['record']],
    ['a manager', working('manager'), ['record', 'waive']],
    ['a cashier of another building', working('cashier', { buildings: ['1'] }), []],
    ['a manager of another community', working('manager', { communityId: 'c-2' }), []],
    ['a technician', working('technician'), []],
    ['a clerk', working('clerk'), []],
  ])('%s', (_, caller, steps) => {
    expect(billSteps(bill(), caller, true)).toEqual(steps)
  })

  it('is nothing by WeChat while the community takes no money so', () => {
    expect([billSteps(bill(), living(['bills', 'pay']), false), billSteps(bill(), working('cashier'), false)]).toEqual([[], ['record']])
  })

  it.each<[string, Partial<Bill>]>([['paid', { status: 'paid' }], ['waived', { status: 'waived' }], ['being posted', { postingSince: now }]])('is nothing once it is %s', (_, change) => {
    expect([billSteps(bill(change), living(['bills', 'pay']), true), billSteps(bill(change), working('manager'), true)]).toEqual([[], []])
  })
})

describe('the merchant of a charge', () => {
  const merchants = { repair: '1600000001' }
  it.each<[string, Parameters<typeof merchantFor>[0], string | null, string | null]>([
    ['is the community’s own', { payments: { isOpen: true, merchants } }, '1600000001', null],
    ['is nobody while the community has stopped taking money', { payments: { isOpen: false, merchants } }, null, '物业暂停了线上缴费，请到物业服务中心缴费'],
    ['is nobody where there is none for the charge', { payments: { isOpen: true, merchants: {} } }, null, '这里还没有开通微信缴费，请到物业服务中心缴费'],
    ['is nobody where nothing is set up', {}, null, '这里还没有开通微信缴费，请到物业服务中心缴费'],
  ])('%s', (_, configuration, merchant, words) => {
    expect([merchantFor(configuration, 'repair'), cannotPayBecause(configuration, 'repair')]).toEqual([merchant, words])
  })
})
