import { setElder } from '../../miniprogram/support/elder'
import { currentLook } from '../../miniprogram/support/look'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { anOwnApplication, aSession, managerPost, technicianPost } from '../support/phone-answers'

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

  it('leads a person without a house to binding it', async () => {
    const me = await open(() => aSession({ member: null, houses: [] }))
    expect(me.text()).toContain('您还没有登记')
    expect(me.text()).toContain('绑定房屋微信手机号一键绑定，不需要身份证')
  })

  it('says of an application where it stands', async () => {
    const me = await open(() => aSession({ houses: [], applications: [anOwnApplication()] }))
    expect(me.text()).toContain('3号楼2单元501的申请正在审核')
  })

  it.each([
    ['a manager', managerPost, ['住户审核', '小区与房屋', '员工', '运行与设置']],
    ['a clerk', { ...managerPost, role: 'clerk' as const }, ['住户审核', '小区与房屋']],
    ['a technician', technicianPost, []],
  ])('shows %s the tools of their post', async (_who, post, tools) => {
    const me = await open(() => aSession({ post, posts: [post], houses: [] }))
    expect(['住户审核', '小区与房屋', '员工', '运行与设置'].filter((tool) => me.text().includes(tool))).toEqual(tools)
  })

  it('asks to work in the other community, and shows what the server then says', async () => {
    const other = { ...managerPost, communityId: 'c-2', communityName: '桂花里' }
    const posts = [managerPost, other]
    let current = managerPost
    const me = await loadPage(page, { functions: { members: { session: () => aSession({ post: current, posts }), switchPost: () => ({ post: (current = other) }) } } })
    await me.call('onPost', { detail: { communityId: 'c-2' } })
    expect(phone.asked('members.switchPost').map(({ options }) => options)).toEqual([{ communityId: 'c-2' }])
    expect(me.text()).toContain('桂花里·管理员')
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

  it('shows a failure with a retry when the network is down', async () => {
    const me = await open(() => { throw networkFailure() })
    expect(me.text()).toContain('暂时没能加载出来')
    expect(me.text()).not.toContain('您还没有登记')
  })
})
