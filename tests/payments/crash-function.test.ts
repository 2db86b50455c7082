import type { Payment } from '../../cloudfunctions/payments/payment'
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

type Moment = 'beforeCall' | 'afterCall'
type Documents = Parameters<Village['database']['replaceAll']>[0]

const documentsOf = (): Documents => Object.fromEntries(village.database.collectionNames().map((name) => [name, village.database.documents(name)]))
/** What a dead function's transaction holds is free again: the platform ends it half a minute later. */
const endTransactions = () => village.database.replaceAll(documentsOf())

/** Does something that dies at one of its calls. True when there was such a call. */
const dying = async (name: string, moment: Moment, call: number, act: () => Promise<unknown>): Promise<boolean> => {
  await village.post('/control/fault', { kind: 'kill', function: name, [moment]: call })
  await act().catch(() => undefined)
  const { faults } = (await village.post('/control/fault', { kind: 'latency' })) as { faults: { kills: unknown[] } }
  await village.post('/control/fault', { kind: 'none' })
  await endTransactions()
  return faults.kills.length === 0
}

/** Money is where it is, whatever died: a bill is paid by exactly one payment, and by nothing else. */
const faultsOf = async (billId: string): Promise<string[]> => {
  const [bill, payments] = [await paying.billOf(billId), await paying.paymentsOf(billId)]
  const settling = payments.filter(({ status, surplusFen }) => status === 'paid' && surplusFen === 0)
  const watched = (await village.documents('jobs')).filter(({ kind }) => kind === 'payment_watch').map(({ payload }) => (payload as { paymentId: string }).paymentId)
  const unwatched = (payment: Payment) => payment.status === 'created' && !watched.includes(payment._id)
  return [
    ...(bill.status === 'paid' && (settling.length !== 1 || settling[0]!._id !== bill.settledBy) ? [`paid by ${bill.settledBy}, while ${settling.map(({ _id }) => _id).join()} settle`] : []),
    ...(bill.status === 'unpaid' && settling.length > 0 ? [`unpaid, though ${settling[0]!._id} settles it`] : []),
    ...payments.filter(unwatched).map(({ _id }) => `nobody watches over ${_id}`),
  ]
}

type Scenario = {
  name: string
  function: string
  /** Everything that somebody's tap, or WeChat, does; again when no answer came. */
  act(it: { billId: string; paymentId: string; requestId: string }): Promise<unknown>
  /** What WeChat already has before it. */
  isPaidAtWeChat: boolean
  isStarted: boolean
  /** What is at rest in the end, when whoever did it tries again. */
  ends: string
}

const scenarios: Scenario[] = [
  {
    name: 'start', function: 'payments', isStarted: false, isPaidAtWeChat: false, ends: 'unpaid',
    act: ({ billId, requestId }) => village.as('wang').get('payments', 'start', { billId, requestId }),
  },
  {
    name: 'confirm', function: 'payments', isStarted: true, isPaidAtWeChat: true, ends: 'paid',
    act: ({ paymentId }) => village.as('wang').get('payments', 'confirm', { paymentId }),
  },
  {
    name: 'the callback', function: 'payment-callback', isStarted: true, isPaidAtWeChat: true, ends: 'paid',
    act: async ({ paymentId }) => {
      const { deliveries } = await paying.decide(paymentId, 'success')
      if (!deliveries.every(({ isAcknowledged }) => isAcknowledged)) throw new Error('not acknowledged')
    },
  },
  {
    name: 'record', function: 'payments', isStarted: true, isPaidAtWeChat: false, ends: 'paid',
    act: ({ billId, requestId }) => village.as('qian').get('payments', 'record', { billId, method: 'cash', payerName: '王秀英', requestId }),
  },
  {
    name: 'the watch', function: 'tick', isStarted: true, isPaidAtWeChat: true, ends: 'paid',
    act: () => paying.later(3),
  },
]

const mostCalls = 60

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
  const begin = async () => {
    const { billId } = await paying.charges.charged()
    const paymentId = scenario.isStarted ? (await paying.start('wang', billId)).paymentId : ''
    if (scenario.isPaidAtWeChat) await paying.decide(paymentId, 'callback-lost')
    await village.tick()
    return { billId, paymentId, requestId: newRequest() }
  }

  it.each<Moment>(['beforeCall', 'afterCall'])('that dies %s, whichever call it is, is done once when it is tried again, and told once', async (moment) => {
    await village.again()
    const it = await begin()
    // Orders at WeChat go on from where they are: what is tried there twice must come to the same.
    const world = documentsOf()
    const wrong: string[] = []
    let call = 1
    for (; call < mostCalls; call += 1) {
      await village.database.replaceAll(world)
      const attempt = { ...it, requestId: newRequest() }
      if (!(await dying(scenario.function, moment, call, () => scenario.act(attempt)))) break
      wrong.push(...(await faultsOf(it.billId)).map((fault) => `${moment} ${call}, at once: ${fault}`))
      // By then the lease of a job that died has run out.
      await paying.later(scenario.function === 'tick' ? 6 : 0)
      await scenario.act(attempt)
      const bill = await paying.billOf(it.billId)
      wrong.push(...(await faultsOf(it.billId)).map((fault) => `${moment} ${call}: ${fault}`))
      if (bill.status !== scenario.ends) wrong.push(`${moment} ${call}: the bill is ${bill.status}`)
      const notices = (await village.documents('jobs')).filter(({ _id }) => String(_id).startsWith('notices_paid_')).length + (await paying.toldOf('缴费成功')).length
      if (notices !== (scenario.ends === 'paid' ? 1 : 0)) wrong.push(`${moment} ${call}: ${notices} notices`)
      await paying.noTrouble()
    }
    expect(wrong).toEqual([])
    expect(call).toBeGreaterThan(5)
    expect(call).toBeLessThan(mostCalls)
  }, 300_000)
})
