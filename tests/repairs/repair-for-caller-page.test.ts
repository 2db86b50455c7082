import { choosePhotosFromChat } from '../../miniprogram/support/photos'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, phone, refusal, settle } from '../support/load-page'
import { aSession, managerPost } from '../support/phone-answers'

const root = 'features/repairs/pages'
const board = () => ({
  counts: { waiting: 1, working: 4, overdue: 2, on_hold: 0, quoted: 1, revisits: 3 }, buildings: ['1', '3'], categories: ['plumbing', 'electrical'],
  limits: { photoCount: 9, descriptionLength: 500, spotLength: 40 }, uploadPrefix: 'repairs/m-he',
  technicians: [{ memberId: 'm-chen', name: '陈志强', workingCount: 2, isOnDuty: true }],
})

describe('a call that is taken down', () => {
  const slot = { day: '2099-05-04', from: '08:30', to: '11:30' }
  const visits = () => ({ slots: [{ ...slot, isFree: true }, { ...slot, from: '13:30', to: '17:30', isFree: false }], areBooked: true })
  const form = (createFor: (order: { requestId: string }) => unknown = () => ({ repairId: 'r-9', orderNo: '260503-AAAAA' })) =>
    loadPage(`${root}/repair-for-caller/repair-for-caller`, { functions: {
      'repair-desk': { board }, repairs: { createFor, visits },
      houses: { search: ({ text }: { text: string }) => ({ houses: text === '3-2-501' ? [{ houseId: 'h-501', label: '3号楼2单元501', building: '3' }] : [] }) },
    } })
  beforeEach(() => rememberSession(aSession({ post: managerPost })))

  it('asks for what is missing, beside each field', async () => {
    const page = await form()
    await page.call('onSubmit')
    for (const words of ['请填写来的人怎么称呼', '请找到房号', '请选一下是哪一类', '请写下哪里坏了']) expect(page.text()).toContain(words)
    expect(phone.asked('repairs.createFor')).toEqual([])
  })

  it('becomes one order of the house that was found, with who called', async () => {
    const page = await form()
    await page.call('onName', { detail: { value: '王奶奶' } })
    await page.call('search', '3-2-501')
    await page.call('onWrite', { detail: { house: { houseId: 'h-501', label: '3号楼2单元501', building: '3' }, category: 'plumbing' } })
    await page.call('onDescription', { detail: { value: '厨房漏水' } })
    await Promise.all([page.call('onSubmit'), page.call('onSubmit')])
    expect(phone.asked('repairs.createFor').map(({ options }) => options)).toMatchObject([
      { houseId: 'h-501', source: 'call', caller: { name: '王奶奶', phone: null }, category: 'plumbing', description: '厨房漏水', place: null },
    ])
    expect(phone.asked('wx.redirectTo')[0]?.options).toMatchObject({ url: `/${root}/repair-detail/repair-detail?repairId=r-9` })
  })

  const filled = async (createFor?: Parameters<typeof form>[0]) => {
    const page = await form(createFor)
    await page.call('onName', { detail: { value: '王奶奶' } })
    await page.call('onDescription', { detail: { value: '厨房漏水' } })
    await page.call('onWrite', { detail: { house: { houseId: 'h-501', label: '3号楼2单元501', building: '3' }, category: 'plumbing' } })
    return page
  }
  const chosen = [{ path: 'wxfile://a.jpg', size: 1, fileId: '', state: 'chosen', percent: 0 }]

  it('takes the photos that the caller sent in a chat, and uploads them before the order is written', async () => {
    const page = await filled()
    phone.stub('chooseMessageFile', () => Promise.resolve({ tempFiles: [{ path: 'wxfile://a.jpg', size: 1 }] }))
    await page.call('onWrite', { detail: { photos: await choosePhotosFromChat(9) } })
    expect(phone.asked('wx.chooseMessageFile')[0]?.options).toEqual({ count: 9, type: 'image' })
    await page.call('onSubmit')
    expect(phone.asked('wx.cloud.uploadFile')[0]?.options).toMatchObject({ cloudPath: expect.stringMatching(/^repairs\/m-he\//), filePath: 'wxfile://a.jpg' })
    expect(phone.asked('repairs.createFor')[0]?.options).toMatchObject({ photos: ['cloud://test/photo.jpg'] })
  })

  it('writes no order while a photo has not arrived, and says so', async () => {
    const page = await filled()
    await page.call('onWrite', { detail: { photos: chosen } })
    const { cloud } = phone.wx as { cloud: { uploadFile: unknown } }
    const upload = cloud.uploadFile
    cloud.uploadFile = ({ fail }: { fail: (error: Error) => void }) => fail(new Error('uploadFile:fail'))
    await page.call('onSubmit')
    cloud.uploadFile = upload
    expect(page.text()).toContain('1张照片没传上去，写的都还在，请再点一次提交')
    expect(phone.asked('repairs.createFor')).toEqual([])
    await page.call('onSubmit')
    expect(phone.asked('repairs.createFor')).toHaveLength(1)
  })

  it('asks for the hours of a visit only when somebody opens them, for the house that was found, and sends the chosen', async () => {
    const page = await filled()
    expect(phone.asked('repairs.visits')).toEqual([])
    await page.call('onVisits')
    await settle()
    expect(phone.asked('repairs.visits').map(({ options }) => options)).toEqual([{ category: 'plumbing', building: '3' }])
    expect(page.text()).toContain('13:30–17:30已满')
    await page.call('onWrite', { detail: { slot } })
    expect(page.text()).toContain('08:30–11:30已选')
    await page.call('onSubmit')
    expect(phone.asked('repairs.createFor')[0]?.options).toMatchObject({ slot })
  })

  it('says that the hours were just taken, and shows what is left', async () => {
    const page = await filled(() => { throw refusal('INVALID_INPUT', '这个时间刚刚约满，请另选一个', { fields: { slot: '这个时间刚刚约满，请另选一个' } }) })
    await page.call('onVisits')
    await settle()
    await page.call('onWrite', { detail: { slot } })
    await page.call('onSubmit')
    expect(page.data).toMatchObject({ draft: { slot: null }, errors: { slot: '这个时间刚刚约满，请另选一个' } })
    expect(phone.asked('repairs.visits')).toHaveLength(2)
  })

  it.each([{ urgency: 'urgent' }, { isPublicArea: true, spot: '大门' }])('sends no hours with what waits for nobody at home: %j', async (what) => {
    const page = await filled()
    await page.call('onWrite', { detail: { slot } })
    await page.call('onWrite', { detail: what })
    expect(page.text()).not.toContain('什么时候方便上门')
    await page.call('onSubmit')
    expect(phone.asked('repairs.createFor')[0]?.options).toMatchObject({ slot: null })
  })
})
