import { loadPage, phone, refusal } from '../support/load-page'

const tooOld = () => { throw refusal('UPGRADE_REQUIRED', '小程序有新版本，请关闭后重新打开完成更新') }
const openTooOld = () => loadPage('pages/home/home', { functions: { home: { open: tooOld } } })

describe('a phone that is too old', () => {
  it('is asked to update, in the cloud’s words, and never shows an empty home', async () => {
    const home = await openTooOld()
    expect(phone.asked('wx.showModal').map(({ options }) => options)).toEqual([expect.objectContaining({
      title: '请更新邻里', content: '小程序有新版本，请关闭后重新打开完成更新', confirmText: '现在更新',
    })])
    expect(home.text()).toContain('暂时没能加载出来')
  })

  it('is told to open the mini-program again while the new version is still on its way', async () => {
    await openTooOld()
    expect(phone.asked('wx.showToast').at(-1)?.options).toMatchObject({ title: '新版本正在下载，请关闭小程序后重新打开' })
  })

  it('is asked once, however many calls are refused before the answer', async () => {
    let agree = (_answer: object): void => undefined
    phone.stub('showModal', () => new Promise((resolve) => (agree = resolve)))
    const home = await openTooOld()
    await home.call('onShow')
    expect(phone.asked('wx.showModal')).toHaveLength(1)
    agree({ confirm: false })
  })
})
