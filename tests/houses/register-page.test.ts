import { loadPage, networkFailure, phone, refusal } from '../support/load-page'
import { aHouseCard } from '../support/phone-answers'

const page = 'features/houses/pages/register/register'
const community = { communityId: 'c-1', name: '翠湖花园', address: '湖滨路 1 号', servicePhones: [{ label: '客服', phone: '12345' }], version: 1 }
const building = { building: '3', label: '3号楼', entrances: ['1', '2'], version: 1, houseCount: 4 }
const sheet = { url: 'https://x/a.xlsx', fileName: 'a.xlsx', rowCount: 4 }
const downloads = () => phone.stub('downloadFile', ({ success }: { success: (answer: object) => void }) => success({ statusCode: 200, tempFilePath: 'wxfile://a.xlsx' }))
const chooses = (tapIndex: number) => phone.stub('showActionSheet', () => Promise.resolve({ tapIndex }))
const open = (houses: Record<string, (input: never) => unknown> = {}, sheets: Record<string, (input: never) => unknown> = {}) =>
  loadPage(page, { functions: { houses: { getCommunity: () => ({ community, mayEdit: true, mayExportPhones: true }), listBuildings: () => ({ buildings: [building] }), ...houses }, exports: { houses: () => sheet, residents: () => sheet, ...sheets } } })

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
    downloads()
    const register = await open()
    await register.call('onExport')
    expect(phone.asked('wx.openDocument')[0]?.options).toMatchObject({ filePath: 'wxfile://a.xlsx', fileType: 'xlsx' })
  })

  it('exports whole numbers only with a reason, and says who will read it', async () => {
    downloads()
    chooses(2)
    const register = await open({}, { residents: ({ reason }: { reason: string }) => {
      if (reason === '') throw refusal('INVALID_INPUT', '请检查填写的内容', { fields: { reason: '请写明为什么要完整手机号' } })
      return sheet
    } })
    await register.call('onExport')
    expect(register.text()).toContain('表里每一位住户，都会在「我的数据」看到是谁、什么时候、为什么导出了他们的号码')
    await register.call('onExportNumbers')
    expect(register.text()).toContain('请写明为什么要完整手机号')
    expect(phone.asked('wx.openDocument')).toEqual([])
    await register.call('onReason', { detail: { values: ['寄送业主大会通知'] } })
    await register.call('onExportNumbers')
    expect(phone.asked('exports.residents').at(-1)?.options).toEqual({ showsPhones: true, reason: '寄送业主大会通知' })
    expect(phone.asked('wx.openDocument')).toHaveLength(1)
    expect(register.text()).not.toContain('导出完整手机号')
  })

  it('offers whole numbers to nobody whom the server does not', async () => {
    chooses(-1)
    const register = await open({ getCommunity: () => ({ community, mayEdit: false, mayExportPhones: false }) })
    await register.call('onExport')
    expect(phone.asked('wx.showActionSheet')[0]?.options).toMatchObject({ itemList: ['导出房屋', '导出住户（号码打码）'] })
  })

  it('offers no import and no new building to whoever may not edit', async () => {
    const register = await open({ getCommunity: () => ({ community, mayEdit: false, mayExportPhones: false }) })
    expect(register.text()).not.toContain('Excel导入')
    expect(register.text()).not.toContain('添加楼栋')
  })

  it('never says that there are no buildings when the network is down', async () => {
    const register = await open({ listBuildings: () => { throw networkFailure() } })
    expect(register.text()).toContain('暂时没能加载出来')
    expect(register.text()).not.toContain('还没有楼栋')
  })
})
