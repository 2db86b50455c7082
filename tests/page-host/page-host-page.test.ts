import { inRoot } from '../../tools/root'
import { packMiniprogramNpm } from '../../tools/miniprogram-npm'
import { loadPage, networkFailure, phone, refusal } from '../support/load-page'

const miniprogramRoot = inRoot('tests/page-host/fixture')
const open = (list: () => unknown) => loadPage('pages/greeting/greeting', { query: { from: '三号楼' }, functions: { greetings: { list } }, miniprogramRoot })

beforeAll(async () => {
  await packMiniprogramNpm({ miniprogramRoot })
})

describe('a page under test', () => {
  it('is opened with its query and shows what the cloud answered, in its own components and in TDesign’s', async () => {
    const page = await open(() => ({ names: ['王芳', '李雷'] }))
    expect(page.text()).toBe('王芳李雷单元格三号楼再来一位')
    expect(phone.asked('greetings.list')).toEqual([{ name: 'greetings.list', options: {} }])
  })

  it('shows what a function refused', async () => {
    const page = await open(() => {
      throw refusal('FORBIDDEN', '只有业主可以查看')
    })
    expect(page.shows('.failure')).toBe(true)
    expect(page.text()).toContain('只有业主可以查看')
  })

  it('shows that the network failed', async () => {
    const page = await open(() => {
      throw networkFailure()
    })
    expect(page.text()).toContain('网络不太好')
  })

  it('hears what its components tell', async () => {
    const page = await open(() => ({ names: ['王芳'] }))
    await page.emit('.badge', 'choose', { name: '王芳' })
    expect(page.text()).toContain('王芳，你好')
  })

  it('asks WeChat to open another page when tapped', async () => {
    const page = await open(() => ({ names: [] }))
    await page.tap('.more')
    expect(phone.asked('wx.navigateTo')).toEqual([{ name: 'wx.navigateTo', options: { url: '/pages/greeting/greeting' } }])
  })

  it('keeps the fields of Page() that are not functions on itself, anew for each opening', async () => {
    await open(() => ({ names: [] }))
    await open(() => ({ names: [] }))
    expect(phone.pages.map((page) => (page as { opened: number }).opened)).toEqual([1, 1])
  })

  it('fails a call the test has no answer for, as if it never arrived', async () => {
    const page = await loadPage('pages/greeting/greeting', { miniprogramRoot })
    expect(page.text()).toContain('网络不太好')
  })
})
