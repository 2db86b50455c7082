import * as simulate from 'miniprogram-simulate'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aSession, managerPost } from '../support/phone-answers'

const page = 'features/members/pages/house-lookup/house-lookup'
const house = { houseId: 'h-501', label: '3号楼2单元501', building: '3', entrance: '2', roomNo: '501' }
const houses = { find: () => ({ houses: [house] }), browseBuildings: () => ({ buildings: [{ building: '3', label: '3号楼', entrances: ['2'] }] }), browseHouses: () => ({ houses: [house], nextCursor: null }) }

describe('a guard looking for a house', () => {
  it('sees a failure with a retry when the network is down', async () => {
    const lookup = await loadPage(page, { functions: { houses, members: { session: () => { throw networkFailure() } } } })
    expect(lookup.text()).toContain('重新加载')
  })

  it('finds it in their own community by what people say at the gate, and opens what they may know of it', async () => {
    rememberSession(aSession({ post: { ...managerPost, role: 'guard' } }))
    const lookup = await loadPage(page, { functions: { houses } })
    expect(lookup.text()).toContain('翠湖花园的房号')
    await lookup.call('onText', { detail: { value: '3栋501' } })
    await simulate.sleep(330)
    expect(phone.asked('houses.find')[0]?.options).toEqual({ communityId: 'c-1', text: '3栋501' })
    await lookup.call('onHouse', { currentTarget: { dataset: { index: 0 } } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/houses/pages/house-profile/house-profile?houseId=h-501' })
  })

  it('finds it by building and room', async () => {
    rememberSession(aSession({ post: { ...managerPost, role: 'guard' } }))
    const lookup = await loadPage(page, { functions: { houses } })
    await lookup.call('onBrowse')
    await lookup.call('onPick', { detail: { key: '3' } })
    await simulate.sleep(30)
    await lookup.call('onPick', { detail: { key: 'h-501' } })
    expect(phone.asked('wx.navigateTo')).toHaveLength(1)
  })

  it('cannot, holding no post any more, and hears why', async () => {
    rememberSession(aSession({ post: null }))
    const lookup = await loadPage(page, { functions: { houses } })
    expect(lookup.text()).toContain('查房屋是物业人员的工作')
  })
})
