import { loadPage, phone, refusal } from '../support/load-page'
import { aSession } from '../support/phone-answers'

const page = 'features/setup/pages/first-setup/first-setup'
const manager = { role: 'manager', communityId: 'c-1', communityName: '桂花苑', buildings: null } as const

const open = async (redeemSetupCode: (input: Record<string, string>) => unknown = () => ({ post: manager })) => {
  const opened = await loadPage(page, { functions: { members: { redeemSetupCode, session: () => aSession({ houses: [], post: manager }), agreePrivacy: () => ({ isDone: true }) } } })
  const write = (field: string, value: string) => opened.call('onInput', { currentTarget: { dataset: { field } }, detail: { value } })
  const fill = async () => {
    await write('code', ' 7K2M-9PQR-4T5V-XW3Y ')
    await write('name', '马经理')
    await write('communityName', '桂花苑')
  }
  return { opened, write, fill }
}
const asked = () => phone.asked('members.redeemSetupCode')

describe('the first set-up', () => {
  it('sends what was typed, once, and leads to the desk', async () => {
    const { opened, fill } = await open()
    await fill()
    await Promise.all([opened.call('onSubmit'), opened.call('onSubmit')])
    expect(asked()).toHaveLength(1)
    expect(asked()[0]).toMatchObject({ options: { code: '7K2M-9PQR-4T5V-XW3Y', name: '马经理', communityName: '桂花苑' } })
    expect(phone.asked('wx.switchTab')[0]?.options).toEqual({ url: '/pages/desk/desk' })
  })

  it('says what is missing before it asks anybody', async () => {
    const { opened, write } = await open()
    await write('name', '马经理')
    await opened.call('onSubmit')
    expect(asked()).toEqual([])
    expect(opened.text()).toContain('请输入设置码')
    expect(opened.text()).toContain('请填写小区名称')
    expect(opened.text()).not.toContain('请填写您的姓名')
  })

  it('shows a refusal in its own words, keeps what was typed and can be tried again as the same request', async () => {
    const { opened, fill } = await open(() => { throw refusal('CONFLICT', '设置码已过期（24 小时内有效），请重新部署得到新的设置码') })
    await fill()
    await opened.call('onSubmit')
    expect(opened.text()).toContain('设置码已过期')
    expect(opened.data.name).toBe('马经理')
    await opened.call('onSubmit')
    const requestIds = asked().map(({ options }) => (options as { requestId: string }).requestId)
    expect(requestIds).toHaveLength(2)
    expect(new Set(requestIds).size).toBe(1)
  })

  it('asks for privacy first, and sends nothing when it is refused', async () => {
    const { opened, fill } = await open()
    phone.stub('requirePrivacyAuthorize', ({ fail }: { fail: () => void }) => fail())
    await fill()
    await opened.call('onSubmit')
    expect(asked()).toEqual([])
    expect(opened.data.isSubmitting).toBe(false)
  })

  it('tells a resident who came here that they need no code', async () => {
    const { opened } = await open()
    expect(opened.text()).toContain('普通住户不需要它')
  })
})
