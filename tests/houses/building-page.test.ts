import { loadPage, phone, refusal } from '../support/load-page'
import { aHouseCard } from '../support/phone-answers'

const page = 'features/houses/pages/building/building'
const building = { building: '3', label: '3号楼', entrances: ['1', '2'], version: 7, houseCount: 2 }
const houses = [aHouseCard({ houseId: 'h-301', entrance: '1', roomNo: '301', areaSqm: null }), aHouseCard()]
const open = (actions: Record<string, (input: never) => unknown> = {}) =>
  loadPage(page, { query: { building: '3' }, functions: { houses: { listBuildings: () => ({ buildings: [building] }), list: () => ({ houses, nextCursor: null }), ...actions } } })

describe('a building', () => {
  it('shows its homes by entrance with their area', async () => {
    expect((await open()).text()).toContain('1单元301面积未登记2单元501118.66㎡')
  })

  it('takes a new house with its area in hundredths of a square metre', async () => {
    const page = await open({ create: () => ({ houseId: 'h-1', label: '3号楼1单元601', version: 1 }) })
    await page.call('onAdd')
    await page.call('onHouseField', { detail: { name: 'roomNo', value: '601' } })
    await page.call('onHouseField', { detail: { name: 'area', value: '88.88' } })
    await page.call('onSaveHouse')
    expect(phone.asked('houses.create')[0]?.options).toEqual({ building: '3', entrance: '1', roomNo: '601', areaSqm: 8888 })
  })

  it('says what is wrong with an area before it is sent', async () => {
    const page = await open()
    await page.call('onAdd')
    await page.call('onHouseField', { detail: { name: 'area', value: '八十八' } })
    await page.call('onSaveHouse')
    expect(page.text()).toContain('面积写数字，最多两位小数')
    expect(phone.asked('houses.create')).toEqual([])
  })

  it('shows that somebody else changed it meanwhile', async () => {
    const page = await open({ updateBuilding: () => { throw refusal('CONFLICT', '刚刚有人改过，请看一下再改') } })
    await page.call('onEdit')
    await page.call('onSave')
    expect(phone.asked('houses.updateBuilding')[0]?.options).toMatchObject({ building: '3', version: 7, label: '3号楼', entrances: ['1', '2'] })
    expect(page.text()).toContain('刚刚有人改过，请看一下再改')
  })
})
