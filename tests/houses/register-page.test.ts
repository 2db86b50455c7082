import { loadPage, networkFailure, phone } from '../support/load-page'
import { aHouseCard } from '../support/phone-answers'

const page = 'features/houses/pages/register/register'
const community = { communityId: 'c-1', name: '翠湖花园', address: '湖滨路 1 号', servicePhones: [{ label: '客服', phone: '12345' }], version: 1 }
const building = { building: '3', label: '3号楼', entrances: ['1', '2'], version: 1, houseCount: 4 }
const open = (houses: Record<string, (input: never) => unknown> = {}) =>
  loadPage(page, { functions: { houses: { getCommunity: () => ({ community, mayEdit: true }), listBuildings: () => ({ buildings: [building] }), ...houses }, exports: { houses: () => ({ url: 'https://x/a.xlsx', fileName: 'a.xlsx', rowCount: 4 }) } } })

describe('the register', () => {
  it('shows the community, its buildings and how many homes they hold', async () => {
    const register = await open()
    expect(register.text()).toContain('翠湖花园湖滨路1号·1个电话')
    expect(register.text()).toContain('楼栋1栋4户3号楼4户')
  })

  it('finds a house by what people type and opens it', async () => {
    const register = await open({ search: () => ({ houses: [aHouseCard()] }) })
    await register.call('onText', { detail: { value: '3-2-501' } })
    await register.call('onSearch')
    expect(phone.asked('houses.search')[0]?.options).toEqual({ text: '3-2-501' })
    await register.call('onHouse', { currentTarget: { dataset: { id: 'h-501' } } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/houses/pages/house-profile/house-profile?houseId=h-501' })
  })

  it('adds a building with the entrances somebody listed', async () => {
    const register = await open({ createBuilding: () => ({ building: '5' }) })
    await register.call('onAdd')
    await register.call('onField', { detail: { name: 'building', value: '5' } })
    await register.call('onField', { detail: { name: 'entrances', value: '1、2 3' } })
    await register.call('onSave')
    expect(phone.asked('houses.createBuilding')[0]?.options).toEqual({ building: '5', label: '5号楼', entrances: ['1', '2', '3'] })
  })

  it('opens the sheet that was exported', async () => {
    phone.stub('downloadFile', ({ success }: { success: (answer: object) => void }) => success({ statusCode: 200, tempFilePath: 'wxfile://a.xlsx' }))
    const register = await open()
    await register.call('onExport')
    expect(phone.asked('wx.openDocument')[0]?.options).toMatchObject({ filePath: 'wxfile://a.xlsx', fileType: 'xlsx' })
  })

  it('offers no import and no new building to whoever may not edit', async () => {
    const register = await open({ getCommunity: () => ({ community, mayEdit: false }) })
    expect(register.text()).not.toContain('Excel导入')
    expect(register.text()).not.toContain('添加楼栋')
  })

  it('never says that there are no buildings when the network is down', async () => {
    const register = await open({ listBuildings: () => { throw networkFailure() } })
    expect(register.text()).toContain('暂时没能加载出来')
    expect(register.text()).not.toContain('还没有楼栋')
  })
})
