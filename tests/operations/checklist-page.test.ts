import type { Checked } from '../../cloudfunctions/operations/contract'
import { loadPage, networkFailure, phone } from '../support/load-page'

const page = 'features/operations/pages/checklist/checklist'
const anItem = (item: Checked['item'], more: Partial<Checked> = {}): Checked => ({
  item, kind: 'test', state: 'open', title: '企业微信群机器人', purpose: '派单发到值班群', advice: '在企业微信群里添加机器人', configured: null, provedAt: null, provedByName: null, note: '', dueOn: null, ...more,
})
const open = (items: Checked[], more: object = {}) => loadPage(page, { functions: { operations: { checklist: () => ({ items }), ...more } } })
const tap = (item: string) => ({ currentTarget: { dataset: { item } } })

describe('上线清单', () => {
  it('says how many things are left, and what to do about each', async () => {
    const list = await open([anItem('robot'), anItem('storage', { state: 'proved', title: '照片存储', provedAt: '2026-11-01T02:00:00.000Z', provedByName: '何静', dueOn: '2026-12-02' })])
    expect(list.text()).toContain('还有1项要办')
    expect(list.text()).toContain('在企业微信群里添加机器人')
    expect(list.text()).toContain('何静测试通过，12月02日前复查')
  })

  it('says that all is ready when it is', async () => {
    expect((await open([anItem('robot', { state: 'proved', provedAt: '2026-11-01T02:00:00.000Z' })])).text()).toContain('都准备好了')
  })

  it('tries a thing once however often it is tapped, and says what came of it', async () => {
    const list = await open([anItem('robot')], { prove: () => ({ isProved: false, message: '请核对机器人地址' }) })
    await Promise.all([list.call('onItem', tap('robot')), list.call('onItem', tap('robot'))])
    expect(phone.asked('operations.prove')).toMatchObject([{ options: { item: 'robot' } }])
    expect(phone.asked('wx.showToast')).toMatchObject([{ options: { title: '请核对机器人地址' } }])
  })

  it('asks before it writes down that somebody looked', async () => {
    const list = await open([anItem('filing', { kind: 'confirm', title: '小程序备案' })], { confirm: () => ({ provedAt: '2026-11-24T08:00:00.000Z' }) })
    phone.stub('showModal', () => Promise.resolve({ confirm: false }))
    await list.call('onItem', tap('filing'))
    expect(phone.asked('operations.confirm')).toEqual([])
    phone.stub('showModal', () => Promise.resolve({ confirm: true }))
    await list.call('onItem', tap('filing'))
    expect(phone.asked('operations.confirm')).toMatchObject([{ options: { item: 'filing' } }])
  })

  it('never looks ready when it could not ask', async () => {
    const list = await loadPage(page, { functions: { operations: { checklist: () => { throw networkFailure() } } } })
    expect(list.text()).toContain('暂时没能加载出来')
    expect(list.text()).not.toContain('都准备好了')
  })
})
