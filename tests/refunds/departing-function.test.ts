import { newRequest, openVillage, type Village } from '../support/village'
import { documentOf, employ } from '../members/newcomers'
import { refundingIn } from './refunding'

let village: Village
let refunding: ReturnType<typeof refundingIn>
beforeAll(async () => {
  village = await openVillage()
  refunding = refundingIn(village)
})
beforeEach(() => village.again())
afterAll(() => village.close())
afterEach(() => refunding.paying.noTrouble())

const leave = (who: string) => village.as(who).get('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })
/** The books of a community's money, as they are stored. */
const books = async (): Promise<string> => JSON.stringify(await Promise.all(['bills', 'payments', 'refunds'].map((name) => village.documents(name))))

describe('somebody who deletes their account', () => {
  it('is in no book of money any more, and the money is', async () => {
    const made = await refunding.sent()
    await refunding.decide(made.refundId, 'success')
    await leave('wang')
    await village.tick()
    const stored = await books()
    for (const trace of ['m-wang', '王秀英', village.as('wang').openid]) expect(stored).not.toContain(trace)
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
    expect(await refunding.paying.paymentOf(made.paymentId)).toMatchObject({ payer: { memberId: null, name: '已注销用户', openid: null }, amountFen: 8_000 })
  })

  it('while an order of theirs may still be paid is erased when it is paid, and the money is posted', async () => {
    const { billId, paymentId } = await refunding.paying.started()
    expect(await leave('wang')).toEqual({ isFinished: false })
    await refunding.paying.decide(paymentId, 'success')
    expect(await refunding.paying.billOf(billId)).toMatchObject({ status: 'paid', settledBy: paymentId })
    await refunding.paying.later(3)
    expect(await books()).not.toContain('m-wang')
  })

  it('while an order of theirs may still be paid is erased when it has ended', async () => {
    const { paymentId } = await refunding.paying.started()
    await leave('wang')
    await refunding.paying.later(40)
    await refunding.paying.later(45)
    expect([(await refunding.paying.paymentOf(paymentId)).status, (await books()).includes('m-wang')]).toEqual(['closed', false])
  })

  it('of the staff is 物业 in what they asked for, decided, took down, waived and paid out', async () => {
    await employ(village, 'min', { role: 'manager' })
    const [cash, waived] = [await refunding.paying.charges.charged(), await refunding.paying.charges.charged()]
    const { paymentId } = await village.as('min').get('payments', 'record', { billId: cash.billId, method: 'cash', payerName: '王秀英', requestId: newRequest() })
    await refunding.paying.waive('min', waived.billId)
    const [asked, decided] = [await refunding.request('min', paymentId, 1_000), await refunding.request('qian', paymentId, 1_000)]
    await refunding.approve(asked)
    await refunding.act('min', 'payOut', asked)
    await refunding.act('min', 'reject', decided)
    await village.alter('members', 'm-min', { posts: [], post: null, postKeys: [] })
    const { json } = await village.as('min').get('account', 'exportMyData', {})
    expect((JSON.parse(json) as { refunds: { refunds: object[] } }).refunds.refunds).toHaveLength(2)
    const name = String((await documentOf(village, 'members', 'm-min'))!.name)
    await leave('min')
    await village.tick()
    const stored = await books()
    for (const trace of ['m-min', name]) expect(stored).not.toContain(trace)
    expect((await village.as('he').get('refunds', 'bill', { billId: cash.billId })).refunds.map(({ requested, posted }) => [requested.by, posted?.by ?? null])).toEqual([['钱会计', null], ['物业', '物业']])
  })
})

it('a resident takes along what they paid', async () => {
  const { paymentId } = await refunding.paid()
  const { json } = await village.as('wang').get('account', 'exportMyData', {})
  const { payments } = JSON.parse(json) as { payments: { payments: object[] } }
  expect(payments.payments).toEqual(expect.arrayContaining([expect.objectContaining({ amountFen: 8_000, method: 'wechat', status: 'paid' })]))
  expect(json).not.toContain(paymentId)
})
