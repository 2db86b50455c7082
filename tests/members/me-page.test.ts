import { setElder } from '../../miniprogram/support/elder'
import { currentLook } from '../../miniprogram/support/look'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aSession, technicianPost } from '../support/phone-answers'

const page = 'pages/me/me'
const open = (session: () => unknown) => loadPage(page, { functions: { members: { session } } })

describe('my page', () => {
  afterEach(() => setElder(false))

  it('shows who I am, my house and what I am to it, with the phone number masked', async () => {
    const me = await open(() => aSession())
    expect(me.text()).toContain('王建国')
    expect(me.text()).toContain('138****0001')
    expect(me.text()).toContain('翠湖花园3号楼2单元501业主')
  })

  it('shows staff their post', async () => {
    const me = await open(() => aSession({ post: technicianPost, houses: [] }))
    expect(me.text()).toContain('翠湖花园·维修师傅')
  })

  it('tells a person without a house how to be added', async () => {
    const me = await open(() => aSession({ member: null, houses: [] }))
    expect(me.text()).toContain('您还没有登记')
    expect(me.text()).toContain('不需要身份证')
  })

  it('makes everything larger at once, and still after the next start', async () => {
    const me = await open(() => aSession())
    await me.call('onElder', { detail: { value: true } })
    expect(currentLook().className).toBe('page elder')
    expect((phone.wx.getStorageSync as (key: string) => unknown)('elder@1')).toBe(true)
  })

  it('leads to the setting of WeChat when subscription messages are switched off there', async () => {
    phone.stub('getSetting', () => Promise.resolve({ subscriptionsSetting: { mainSwitch: false } }))
    const me = await open(() => aSession())
    expect(me.text()).toContain('微信里关掉了订阅消息')
    await me.call('onMessages')
    expect(phone.asked('wx.openSetting')).toHaveLength(1)
  })

  it('says what is kept and why', async () => {
    const me = await open(() => aSession())
    await me.call('onPrivacy')
    expect(me.text()).toContain('加密存放在物业自己的云环境里')
  })

  it('shows a failure with a retry when the network is down', async () => {
    const me = await open(() => { throw networkFailure() })
    expect(me.text()).toContain('暂时没能加载出来')
    expect(me.text()).not.toContain('您还没有登记')
  })
})
