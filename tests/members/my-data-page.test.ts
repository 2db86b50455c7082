import { loadPage, phone } from '../support/load-page'
import { aHouse, aSession } from '../support/phone-answers'

const page = 'features/members/pages/my-data/my-data'
const mine = {
  name: '王建国', maskedPhone: '138****0001', houses: [aHouse], posts: [], privacy: { version: '2026-11', agreedAt: '2026-05-03T06:30:00.000Z' },
  retention: [{ what: '报修记录', until: '完成后 3 年' }],
  looks: [{ at: '2026-05-03T06:30:00.000Z', action: 'members.revealPhone', byName: '周婷', reason: '报修联系' }], nextCursor: null,
}
const open = (account: Record<string, (input: never) => unknown> = {}, members: Record<string, (input: never) => unknown> = {}) =>
  loadPage(page, { functions: { account: { myData: () => mine, ...account }, members: { session: () => aSession(), ...members } } })

describe('my data', () => {
  it('says what is kept, for how long, and who looked and why', async () => {
    const data = await open()
    expect(data.text()).toContain('报修记录完成后3年')
    expect(data.text()).toContain('周婷看了完整手机号原因：报修联系')
    expect(data.text()).toContain('2026年5月3日14:30同意了2026-11版')
  })

  it('is exported as a file to send on', async () => {
    const written: unknown[] = []
    phone.stub('getFileSystemManager', () => ({ writeFile: (options: { success: () => void }) => { written.push(options); options.success() } }))
    const data = await open({ exportMyData: () => ({ fileName: '我的数据.json', json: '{"name":"王建国"}' }) })
    await data.call('onExport')
    expect(written).toMatchObject([{ filePath: 'wxfile://usr/我的数据.json', data: '{"name":"王建国"}' }])
    await data.call('onExport')
    expect(phone.asked('wx.shareFileMessage')[0]?.options).toMatchObject({ fileName: '我的数据.json' })
  })

  it('withdraws the agreement after a question', async () => {
    const data = await open({}, { withdrawPrivacy: () => ({ isDone: true }) })
    await data.call('onWithdraw')
    expect(phone.asked('members.withdrawPrivacy')).toHaveLength(1)
  })
})

describe('deleting the account', () => {
  it('warns first, asks twice, and leaves nothing on the phone', async () => {
    const data = await open({ previewDeletion: () => ({ warnings: ['3号楼2单元501 还有报修没有完成'], blockers: [] }), deleteAccount: () => ({ isFinished: true }) })
    await data.call('onDelete')
    expect(data.text()).toContain('3号楼2单元501还有报修没有完成')
    await data.call('onConfirmDelete')
    expect(phone.asked('wx.showModal')[0]?.options).toMatchObject({ title: '真的要注销吗？' })
    expect(phone.asked('account.deleteAccount')[0]?.options).toMatchObject({ hasRead: true })
    expect((phone.wx.getStorageSync as (key: string) => unknown)('copy.0.1.0.session@1')).toBe('')
    expect(phone.asked('wx.reLaunch')).toHaveLength(1)
  })

  it('does nothing after a no to the second question', async () => {
    phone.stub('showModal', () => Promise.resolve({ confirm: false }))
    const data = await open({ previewDeletion: () => ({ warnings: [], blockers: [] }) })
    await data.call('onDelete')
    await data.call('onConfirmDelete')
    expect(phone.asked('account.deleteAccount')).toEqual([])
  })

  it('cannot be begun while something is in the way', async () => {
    const data = await open({ previewDeletion: () => ({ warnings: [], blockers: ['您是唯一的管理员，请先交给别人'] }) })
    await data.call('onDelete')
    expect(data.text()).toContain('现在还不能注销')
    expect(data.text()).toContain('您是唯一的管理员，请先交给别人')
    await data.call('onConfirmDelete')
    expect(phone.asked('account.deleteAccount')).toEqual([])
  })
})
