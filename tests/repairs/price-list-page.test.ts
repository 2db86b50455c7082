import { loadPage, networkFailure } from '../support/load-page'

const items = [
  { itemId: 'tap', name: '单冷水龙头', unit: '个', kind: 'material', category: 'plumbing', priceFen: 6_800 },
  { itemId: 'visit', name: '上门检修', unit: '次', kind: 'labour', category: null, priceFen: 3_000 },
]

describe('the public price list', () => {
  it('can be read by everybody, and says that nothing is done before it is accepted', async () => {
    const list = await loadPage('features/repairs/pages/price-list/price-list', { functions: { repairs: { prices: () => ({ items }) } } })
    expect(list.text()).toContain('单冷水龙头¥68.00/个')
    expect(list.text()).toContain('您接受后才动工')
  })

  it('never looks empty when the network is down', async () => {
    const list = await loadPage('features/repairs/pages/price-list/price-list', { functions: { repairs: { prices: () => { throw networkFailure() } } } })
    expect(list.text()).toContain('暂时没能加载出来')
    expect(list.text()).not.toContain('还没有公布价目表')
  })
})
