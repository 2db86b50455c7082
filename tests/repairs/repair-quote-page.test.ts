import { keepQuote } from '../../miniprogram/features/repairs/quoting'
import { readYuan } from '../../miniprogram/support/money'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aSession, technicianPost } from '../support/phone-answers'

const page = 'features/repairs/pages/repair-quote/repair-quote'
const items = [
  { itemId: 'tap', name: '单冷水龙头', unit: '个', kind: 'material', category: 'plumbing', priceFen: 6_800 },
  { itemId: 'visit', name: '上门检修', unit: '次', kind: 'labour', category: null, priceFen: 3_000 },
]
const open = (quote: (quotation: { requestId: string }) => unknown = () => ({ repairId: 'r-1', status: 'quoted' })) =>
  loadPage(page, { query: { repairId: 'r-1' }, functions: { repairs: { prices: () => ({ items }), quote }, messages: { recordConsent: () => ({ quotaCount: 1 }) } } })
const tapItem = (id: string) => ({ currentTarget: { dataset: { id } } })

describe('a quotation', () => {
  beforeEach(() => rememberSession(aSession({ post: technicianPost })))

  it('adds up what is chosen from the price list and what the technician names himself', async () => {
    const quote = await open()
    await quote.call('onMore', tapItem('tap'))
    await quote.call('onMore', tapItem('tap'))
    await quote.call('onFewer', tapItem('visit'))
    await quote.call('onOwnName', { detail: { value: '不锈钢软管' } })
    await quote.call('onOwnPrice', { detail: { value: '35.5' } })
    await quote.call('onOwnAdd')
    expect(quote.text()).toContain('合计¥171.50')
    await quote.call('onSend')
    expect(phone.asked('repairs.quote')[0]?.options).toMatchObject({
      repairId: 'r-1', note: '',
      lines: [{ itemId: 'tap', quantity: 2 }, { name: '不锈钢软管', unit: '项', kind: 'material', priceFen: 3_550, quantity: 1 }],
    })
    expect(phone.asked('wx.navigateBack')).toHaveLength(1)
  })

  it('begins from what the finished work costs, when that is beyond what was accepted', async () => {
    keepQuote('r-1', { quantities: { visit: 1 }, own: [{ name: '三角阀', unit: '个', kind: 'material', priceFen: 2_500, quantity: 3 }], note: '' })
    const quote = await open()
    expect(quote.text()).toContain('三角阀×3¥75.00')
    expect(quote.text()).toContain('合计¥105.00')
    await quote.call('onSend')
    expect(phone.asked('repairs.quote')[0]?.options).toMatchObject({
      lines: [{ itemId: 'visit', quantity: 1 }, { name: '三角阀', unit: '个', kind: 'material', priceFen: 2_500, quantity: 3 }],
    })
  })

  it('is not sent empty', async () => {
    const quote = await open()
    await quote.call('onSend')
    expect(quote.text()).toContain('先选一项，或自己写一项')
    expect(phone.asked('repairs.quote')).toEqual([])
  })

  it('finds an item by a word of its name, and keeps what is chosen in sight', async () => {
    const quote = await open()
    await quote.call('onMore', tapItem('visit'))
    await quote.call('onSearch', { detail: { value: '龙头' } })
    expect((quote.data.rows as { itemId: string }[]).map(({ itemId }) => itemId)).toEqual(['visit', 'tap'])
    await quote.call('onSearch', { detail: { value: '没有这样的' } })
    expect((quote.data.rows as { itemId: string }[]).map(({ itemId }) => itemId)).toEqual(['visit'])
  })

  it('is one quotation although its reply was lost', async () => {
    const requestIds: string[] = []
    const quote = await open(({ requestId }) => {
      requestIds.push(requestId)
      if (requestIds.length === 1) throw networkFailure()
      return { repairId: 'r-1', status: 'quoted' }
    })
    await quote.call('onMore', tapItem('tap'))
    await quote.call('onSend')
    expect(quote.text()).toContain('网络不太好，请检查网络后再试')
    await quote.call('onSend')
    expect(requestIds).toHaveLength(2)
    expect(requestIds[0]).toBe(requestIds[1])
  })

  it('is still there when the page is opened again', async () => {
    const first = await open()
    await first.call('onMore', tapItem('tap'))
    first.close()
    expect((await open()).text()).toContain('合计¥68.00')
  })

  it.each([['35', 3500], ['35.5', 3550], ['0.01', 1], ['1234567', null], ['3.555', null], ['-3', null], ['', null]])('reads %j yuan as %j fen', (text, fen) => {
    expect(readYuan(text)).toBe(fen)
  })
})
