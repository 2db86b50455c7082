import { openVillage, type Village } from '../support/village'
import { refundingIn } from './refunding'

const transactionMs = 1_500
let village: Village
let refunding: ReturnType<typeof refundingIn>
beforeAll(async () => {
  village = await openVillage({ database: { transactionMs } })
  refunding = refundingIn(village)
})
afterAll(() => village.close())
afterEach(() => refunding.paying.noTrouble())

const dieBefore = (name: string, beforeCall: number) => village.post('/control/fault', { kind: 'kill', function: name, beforeCall })
/** What a dead process held in a transaction is free after a while. */
const holdsNothing = () => new Promise((resolve) => setTimeout(resolve, transactionMs + 100))
/** More calls than either takes: the last deaths do not come. */
const calls = Array.from({ length: 13 }, (_, at) => at + 1)

describe('a refund is posted whole or not at all', () => {
  it.each(calls)('when the callback’s door dies before its call %d, and WeChat tells again', async (call) => {
    const made = await refunding.sent()
    await dieBefore('refund-callback', call)
    const told = await refunding.decide(made.refundId, 'success')
    const between = await refunding.books(made)
    expect([['approved', 0, 3_000, 0, 0], ['refunded', 3_000, 0, 0, 3_000]]).toContainEqual(between)
    // Nothing is acknowledged that is not stored.
    if (told.deliveries[0]!.isAcknowledged) expect(between[0]).toBe('refunded')
    await refunding.paying.noTrouble()
    await holdsNothing()
    expect((await refunding.decide(made.refundId, 'success')).deliveries).toMatchObject([{ isAcknowledged: true }])
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })
})

describe('a refund is sent once, and asked for until it is back', () => {
  it.each(calls)('when tick dies before its call %d, twice', async (call) => {
    const made = await refunding.approvedByWeChat()
    await dieBefore('tick', call)
    await village.tick().catch(() => undefined)
    await refunding.paying.noTrouble()
    await refunding.paying.later(5)
    expect(await refunding.refundOf(made.refundId)).toMatchObject({ status: 'approved', acceptedAt: expect.anything() })
    await refunding.decide(made.refundId, 'callback-lost')
    await dieBefore('tick', call)
    await refunding.paying.later(20).catch(() => undefined)
    await refunding.paying.noTrouble()
    await holdsNothing()
    await refunding.paying.later(40)
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })
})
