import { restoreQuote } from '../../miniprogram/features/repairs/quoting'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { anOpenedRepair, aSession, technicianPost } from '../support/phone-answers'

const accepted = {
  lines: [
    { name: '上门检修', unit: '次', kind: 'labour' as const, priceFen: 3_000, quantity: 1, amountFen: 3_000 },
    { name: '三角阀', unit: '个', kind: 'material' as const, priceFen: 2_500, quantity: 2, amountFen: 5_000 },
  ],
  totalFen: 8_000, toleratedFen: 8_800, note: '', at: '2026-05-03T07:00:00.000Z', state: 'accepted' as const,
}
const prices = [
  { itemId: 'tape', name: '生料带', unit: '卷', kind: 'material', category: 'plumbing', priceFen: 300 },
  { itemId: 'tap', name: '单冷水龙头', unit: '个', kind: 'material', category: 'plumbing', priceFen: 6_800 },
]
const offline = { prices: () => { throw networkFailure() } }

const finishing = async (quotation: typeof accepted | null = accepted, more: Record<string, () => unknown> = {}) => {
  const order = await loadPage('features/repairs/pages/repair-detail/repair-detail', {
    query: { repairId: 'r-1' },
    functions: {
      repairs: {
        get: () => anOpenedRepair({ status: 'in_progress', quotation, nextSteps: ['complete', 'quote'] }, 'repairs/m-chen'),
        complete: () => ({ repairId: 'r-1', status: 'completed' }), prices: () => ({ items: prices }), ...more,
      },
      messages: { recordConsent: () => ({ quotaCount: 1 }) },
    },
  })
  await order.call('onStep', { detail: { step: 'complete' } })
  await order.call('onWrite', { detail: { note: '换了三角阀' } })
  return order
}
const sent = () => phone.asked('repairs.complete')[0]?.options
const cost = (lines: object[], of = accepted.at) => ({ detail: { cost: { of, lines } } })
const valves = (quantity: number) => ({ name: '三角阀', unit: '个', kind: 'material', priceFen: 2_500, quantity })

describe('finishing the work', () => {
  beforeEach(() => rememberSession(aSession({ post: technicianPost })))

  it('begins from what the household accepted, and sends no bill when nothing changed', async () => {
    const order = await finishing()
    expect(order.text()).toContain('上门检修¥30.00/次1三角阀¥25.00/个2住户同意¥80.00合计¥80.00')
    await order.call('onSubmitStep')
    expect(sent()).toEqual({ repairId: 'r-1', requestId: expect.any(String), note: '换了三角阀', photos: [] })
  })

  it('sends what it really cost: fewer of one thing, and another of the price list', async () => {
    const order = await finishing()
    await order.call('onWrite', cost([{ name: '上门检修', unit: '次', kind: 'labour', priceFen: 3_000, quantity: 0 }, valves(1), { ...prices[0], quantity: 2 }]))
    expect(order.text()).toContain('合计¥31.00')
    await order.call('onSubmitStep')
    expect(sent()).toMatchObject({ lines: [valves(1), { itemId: 'tape', quantity: 2 }] })
  })

  it('leads to a new quotation, with what it costs now, when that is more than a tenth above', async () => {
    const order = await finishing()
    await order.call('onWrite', cost([valves(3), { ...prices[0], quantity: 4 }]))
    expect(order.text()).not.toContain('重新报价')
    await order.call('onWrite', cost([valves(3), { ...prices[0], quantity: 5 }]))
    expect(order.text()).toContain('比住户同意的高出一成以上，要重新报价，等住户同意后再完工')
    expect(order.text()).not.toContain('提交完工')
    await order.call('onRequote')
    expect(phone.asked('repairs.complete')).toEqual([])
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/repairs/pages/repair-quote/repair-quote?repairId=r-1' })
    expect(restoreQuote('r-1')).toEqual({ quantities: { tape: 5 }, own: [valves(3)], note: '' })
  })

  it('begins anew from the next quotation the household accepts, and keeps the words', async () => {
    const first = await finishing()
    await first.call('onWrite', cost([valves(4)]))
    first.close()
    const order = await finishing({ ...accepted, totalFen: 9_000, toleratedFen: 9_900, at: '2026-05-03T09:00:00.000Z', lines: [{ ...accepted.lines[0]!, priceFen: 9_000, amountFen: 9_000 }] })
    expect(order.text()).toContain('住户同意¥90.00合计¥90.00')
    expect(order.data.draft).toMatchObject({ note: '换了三角阀', cost: null })
  })

  it('says that nothing is charged where nothing was agreed, and how to charge', async () => {
    const order = await finishing(null)
    expect(order.text()).toContain('没有住户同意过的报价，这次不收费')
    expect(order.text()).toContain('要收费，先报价')
    await order.call('onSubmitStep')
    expect(sent()).not.toHaveProperty('lines')
  })

  it('works in a cellar: without the price list what was accepted can still be counted', async () => {
    const order = await finishing(accepted, offline)
    await order.call('onWrite', cost([valves(1)]))
    expect(order.text()).toContain('合计¥25.00')
  })
})
