import { openVillage, type Village } from '../support/village'
import { refundingIn } from './refunding'

let village: Village
let refunding: ReturnType<typeof refundingIn>
beforeAll(async () => {
  village = await openVillage()
  refunding = refundingIn(village)
})
afterAll(() => village.close())
afterEach(() => refunding.paying.noTrouble())

const killAt = (name: string, moment: 'beforeCall' | 'afterCall', n: number) => village.post('/control/fault', { kind: 'kill', function: name, [moment]: n })
const isTold = ({ deliveries }: { deliveries: { isAcknowledged: boolean }[] }) => deliveries.map(({ isAcknowledged }) => isAcknowledged)
/** A death at each of the calls that posting takes, before it and after it. */
const deaths = Array.from({ length: 11 }, (_, at) => at + 1).flatMap((n) => [['beforeCall', n], ['afterCall', n]] as const)

describe('a refund is posted whole or not at all', () => {
  it.each(deaths)('when the callback’s door dies %s %s, and WeChat tells again', async (moment, n) => {
    const made = await refunding.sent()
    await killAt('refund-callback', moment, n)
    const first = await refunding.decide(made.refundId, 'success').catch(() => null)
    const between = await refunding.books(made)
    expect([['approved', 0, 3_000, 0, 0], ['refunded', 3_000, 0, 0, 3_000]]).toContainEqual(between)
    // Nothing is acknowledged that is not stored.
    if (first?.deliveries[0]?.isAcknowledged) expect(between[0]).toBe('refunded')
    await refunding.paying.noTrouble()
    // What the dead process held is free after a while; whoever comes then, WeChat or our own job, finds it whole.
    await refunding.paying.later(8)
    expect(isTold(await refunding.decide(made.refundId, 'success'))).toEqual([true])
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })
})

describe('a refund is sent once', () => {
  it.each(deaths)('when tick dies %s %s while it has WeChat take it on', async (moment, n) => {
    const made = await refunding.approvedByWeChat()
    await killAt('tick', moment, n)
    await village.tick().catch(() => undefined)
    await refunding.paying.noTrouble()
    await refunding.paying.later(5)
    await refunding.decide(made.refundId, 'callback-lost')
    await refunding.paying.later(20)
    expect(await refunding.books(made)).toEqual(['refunded', 3_000, 0, 0, 3_000])
  })
})
