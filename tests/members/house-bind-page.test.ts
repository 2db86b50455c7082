import { loadPage, networkFailure, phone, refusal } from '../support/load-page'
import { aHouse, anOwnApplication, aSession } from '../support/phone-answers'

const page = 'features/members/pages/house-bind/house-bind'
const stranger = aSession({ member: null, houses: [] })
const nothing = { maskedPhone: '139****0002', newHouses: [], newPosts: [], contested: [] }
const open = (members: Record<string, (input: never) => unknown>, session = stranger) => loadPage(page, { functions: { members: { session: () => session, ...members } } })
const number = { detail: { code: 'code-1', errMsg: 'getPhoneNumber:ok' } }

describe('binding a house by phone', () => {
  it('shows the homes that the number has, and leads home', async () => {
    const bind = await open({ verifyPhone: () => ({ ...nothing, newHouses: [aHouse] }) })
    await bind.call('onPhone', number)
    expect(bind.text()).toContain('绑定好了翠湖花园3号楼2单元501业主去首页看看')
    expect(phone.asked('members.verifyPhone')[0]?.options).toMatchObject({ code: 'code-1' })
  })

  it('shows staff the post that their number brings', async () => {
    const post = { role: 'technician', communityId: 'c-1', communityName: '翠湖花园', buildings: ['3'] }
    const bind = await open({ verifyPhone: () => ({ ...nothing, newPosts: [post] }) })
    await bind.call('onPhone', number)
    expect(bind.text()).toContain('绑定好了翠湖花园维修师傅（3栋）')
  })

  it('offers to apply when nobody on file has this number', async () => {
    const bind = await open({ verifyPhone: () => nothing })
    await bind.call('onPhone', number)
    expect(bind.text()).toContain('没有查到139****0002的登记')
    await bind.call('onApply')
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/members/pages/house-apply/house-apply' })
  })

  it('forgets that nobody was found once an application waits', async () => {
    let applications: ReturnType<typeof anOwnApplication>[] = []
    const bind = await open({ session: () => ({ ...stranger, applications }), verifyPhone: () => nothing })
    await bind.call('onPhone', number)
    applications = [anOwnApplication()]
    await bind.call('onShow')
    expect(bind.text()).not.toContain('没有查到')
    expect(bind.text()).toContain('待审核')
  })

  it('says that the company decides where somebody else holds the house', async () => {
    const bind = await open({ verifyPhone: () => ({ ...nothing, contested: [{ applicationId: 'a-1', communityName: '翠湖花园' }, { applicationId: 'a-2', communityName: '翠湖花园' }] }) })
    await bind.call('onPhone', number)
    expect(bind.text()).toContain('已交给物业核对这个号码已有人在翠湖花园认证过，物业核对后会通知您')
    expect(bind.text()).not.toContain('填房号申请')
  })

  it.each([
    [{ errMsg: 'getPhoneNumber:fail user deny', errno: 103 }, '没有取到手机号'],
    [{ errMsg: 'getPhoneNumber:fail quota', errno: 1400001 }, '微信现在取不到手机号'],
    [{ errMsg: 'getPhoneNumber:fail privacy', errno: 104 }, '没有同意隐私保护指引'],
  ])('says what to do instead when WeChat gives no number: %j', async (detail, words) => {
    const bind = await open({})
    await bind.call('onPhone', { detail })
    expect(bind.text()).toContain(words)
    expect(phone.asked('members.verifyPhone')).toEqual([])
  })

  it('shows the refusal of the cloud in its words', async () => {
    const bind = await open({ verifyPhone: () => { throw refusal('CONFLICT', '今天试得太多了，请明天再试', { reason: 'RATE_LIMITED' }) } })
    await bind.call('onPhone', number)
    expect(bind.text()).toContain('今天试得太多了，请明天再试')
  })
})

describe('somebody who applied', () => {
  it('sees what happens next and can withdraw', async () => {
    const bind = await open({ withdrawApplication: () => ({ applicationId: 'a-1', status: 'withdrawn' }) }, aSession({ houses: [], applications: [anOwnApplication()] }))
    expect(bind.text()).toContain('翠湖花园3号楼2单元501待审核以租户身份申请物业一般一个工作日内核对')
    await bind.call('onWithdraw', { detail: { applicationId: 'a-1' } })
    expect(phone.asked('members.withdrawApplication')[0]?.options).toMatchObject({ applicationId: 'a-1' })
  })

  it('sees why not, and can apply again', async () => {
    const bind = await open({}, aSession({ houses: [], applications: [anOwnApplication({ status: 'rejected', reason: '房号填错了' })] }))
    expect(bind.text()).toContain('没有通过以租户身份申请原因：房号填错了重新申请')
  })
})

it('binding shows a failure with a retry when the network is down', async () => {
  const bind = await loadPage(page, { functions: { members: { session: () => { throw networkFailure() } } } })
  expect(bind.text()).toContain('暂时没能加载出来')
})
