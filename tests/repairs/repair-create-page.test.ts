import { loadPage, networkFailure, phone, refusal, settle } from '../support/load-page'
import { aForm, aSession } from '../support/phone-answers'
import { rememberSession } from '../../miniprogram/support/session'

const page = 'features/repairs/pages/repair-create/repair-create'
type Order = { requestId: string; description: string; category: string; urgency: string; photos: string[]; houseId: string }

const withFunctions = (create: (order: Order) => unknown, form = aForm()) => ({
  functions: { repairs: { prepare: () => form, create }, messages: { recordConsent: () => ({ quotaCount: 3 }) } },
})

const open = async (create: (order: Order) => unknown = () => ({ repairId: 'r-9' }), form = aForm()) => loadPage(page, withFunctions(create, form))
const fill = async (form: Awaited<ReturnType<typeof open>>) => {
  await form.call('onWrite', { detail: { category: 'plumbing' } })
  await form.call('onDescription', { detail: { value: '厨房水槽下面漏水' } })
}
const aPhoto = (path: string) => ({ path, size: 1000, fileId: '', state: 'chosen', percent: 0 })

/** WeChat uploads one file at a time per call; `fails` are paths that do not arrive. */
const stubUploads = (fails: string[] = []) => {
  const uploaded: { cloudPath: string; filePath: string }[] = []
  const cloud = phone.wx.cloud as Record<string, unknown>
  cloud.uploadFile = (options: { cloudPath: string; filePath: string; success: (r: unknown) => void; fail: (e: unknown) => void }) => {
    uploaded.push({ cloudPath: options.cloudPath, filePath: options.filePath })
    if (fails.includes(options.filePath)) options.fail(networkFailure())
    else options.success({ fileID: `cloud://env/${options.cloudPath}` })
    return { onProgressUpdate: () => undefined }
  }
  return uploaded
}

describe('reporting a repair', () => {
  beforeEach(() => rememberSession(aSession()))

  it('asks for what is missing beside the field, and sends nothing', async () => {
    const form = await open()
    await form.call('onSubmit')
    expect(form.text()).toContain('请选一下是哪一类')
    expect(form.text()).toContain('请写下哪里坏了，或按住说话')
    expect(phone.asked('repairs.create')).toEqual([])
  })

  it('becomes one order and opens it', async () => {
    const form = await open()
    await fill(form)
    await form.call('onSubmit')
    expect(phone.asked('repairs.create')[0]?.options).toMatchObject({
      houseId: 'h-501', category: 'plumbing', urgency: 'normal', description: '厨房水槽下面漏水', photos: [],
    })
    expect(phone.asked('wx.redirectTo')[0]?.options).toEqual({
      url: '/features/repairs/pages/repair-detail/repair-detail?repairId=r-9&isNew=1',
    })
  })

  it('makes one call however often the button is tapped', async () => {
    const form = await open()
    await fill(form)
    await Promise.all([form.call('onSubmit'), form.call('onSubmit'), form.call('onSubmit')])
    await form.call('onSubmit')
    expect(phone.asked('repairs.create')).toHaveLength(1)
  })

  it('offers subscription messages before anything else happens', async () => {
    const form = await open()
    await fill(form)
    const before = phone.asked().length
    await form.call('onSubmit')
    expect(phone.asked()[before]?.name).toBe('wx.requestSubscribeMessage')
  })

  it('is sent although the person refuses subscription messages', async () => {
    phone.stub('requestSubscribeMessage', () => Promise.reject(new Error('20004')))
    const form = await open()
    await fill(form)
    await form.call('onSubmit')
    expect(phone.asked('repairs.create')).toHaveLength(1)
  })

  it('keeps everything after a failed submit, and tries again under the same request id', async () => {
    const requestIds: string[] = []
    const form = await open(({ requestId }) => {
      requestIds.push(requestId)
      if (requestIds.length === 1) throw networkFailure()
      return { repairId: 'r-9' }
    })
    await fill(form)
    await form.call('onSubmit')
    expect(form.text()).toContain('网络不太好，请检查网络后再试')
    expect(form.data.isSubmitting).toBe(false)
    await form.call('onSubmit')
    expect(requestIds).toHaveLength(2)
    expect(requestIds[0]).toBe(requestIds[1])
    expect(requestIds[0]).toMatch(/^[A-Za-z0-9_-]{16,64}$/)
  })

  it('shows a refusal in the words of the server, beside the field it is about', async () => {
    const form = await open(() => {
      throw refusal('INVALID_INPUT', '有一处需要改一下', { fields: { description: '最多 500 个字' } })
    })
    await fill(form)
    await form.call('onSubmit')
    expect(form.text()).toContain('有一处需要改一下')
    expect(form.text()).toContain('最多500个字')
  })

  it('restores what was written before the page was left, and says so', async () => {
    const first = await open()
    await fill(first)
    first.close()
    const second = await open()
    expect(second.text()).toContain('已恢复上次没写完的内容')
    expect(second.data).toMatchObject({ description: '厨房水槽下面漏水', category: 'plumbing' })
    await second.call('onClear')
    expect(second.data).toMatchObject({ description: '', category: '' })
    expect(second.text()).not.toContain('已恢复上次没写完的内容')
  })

  it('begins empty after an order was sent', async () => {
    const first = await open()
    await fill(first)
    await first.call('onSubmit')
    first.close()
    const second = await open()
    expect(second.text()).not.toContain('已恢复上次没写完的内容')
    expect(second.data).toMatchObject({ description: '', category: '' })
  })

  it('uploads photos under the prefix of the server with names nobody can guess, in their order', async () => {
    const form = await open()
    await fill(form)
    await form.call('onWrite', { detail: { photos: ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'].map(aPhoto) } })
    const uploaded = stubUploads()
    await form.call('onSubmit')
    await settle()
    expect(uploaded.map(({ filePath }) => filePath)).toEqual(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'])
    for (const { cloudPath } of uploaded) expect(cloudPath).toMatch(/^repairs\/m-wang\/\d{6}\/[A-Za-z0-9]{24}\.jpg$/)
    const order = phone.asked('repairs.create')[0]?.options as Order
    expect(order.photos).toEqual(uploaded.map(({ cloudPath }) => `cloud://env/${cloudPath}`))
  })

  it('sends no order while a photo is missing, and uploads only that one again', async () => {
    const form = await open()
    await fill(form)
    await form.call('onWrite', { detail: { photos: ['a.jpg', 'b.jpg'].map(aPhoto) } })
    stubUploads(['b.jpg'])
    await form.call('onSubmit')
    await settle()
    expect(form.text()).toContain('1张照片没传上去')
    expect(phone.asked('repairs.create')).toEqual([])
    const again = stubUploads()
    await form.call('onSubmit')
    await settle()
    expect(again.map(({ filePath }) => filePath)).toEqual(['b.jpg'])
    expect(phone.asked('repairs.create')).toHaveLength(1)
  })

  it('suggests the kind that the words sound like, in one tap, and never by itself', async () => {
    const form = await open()
    await form.call('onWrite', { detail: { category: 'other' } })
    await form.call('onDescription', { detail: { value: '厨房漏水，水管爆管了' } })
    expect(form.text()).toContain('看起来是「水管漏水」、「紧急」改过来')
    expect(form.data).toMatchObject({ category: 'other', urgency: 'normal' })
    await form.call('onSuggestion')
    expect(form.data).toMatchObject({ category: 'plumbing', urgency: 'urgent', suggestion: null })
  })

  it('reports a public area with its building and place', async () => {
    const form = await open()
    await fill(form)
    await form.call('onWrite', { detail: { isPublicArea: true, category: 'public_area', building: '3', spot: '' } })
    await form.call('onSubmit')
    expect(form.text()).toContain('请选一个位置，或写下具体在哪里')
    await form.call('onWrite', { detail: { spot: '电梯' } })
    await form.call('onSubmit')
    expect(phone.asked('repairs.create')[0]?.options).toMatchObject({ category: 'public_area', place: { building: '3', spot: '电梯' }, slot: null })
  })

  const day = '2099-05-04'
  const hours = (from: string, to: string, isFree = true) => ({ day, from, to, isFree })
  const openWithVisits = async (visits: () => unknown, create: (order: Order) => unknown = () => ({ repairId: 'r-9' })) =>
    loadPage(page, { functions: { repairs: { prepare: () => aForm(), create, visits }, messages: { recordConsent: () => ({ quotaCount: 3 }) } } })

  it('asks for the hours of a visit only when somebody opens them, says which are full, and sends the chosen', async () => {
    const form = await openWithVisits(() => ({ slots: [hours('08:30', '11:30'), hours('13:30', '17:30', false)], areBooked: true }))
    await fill(form)
    expect(phone.asked('repairs.visits')).toEqual([])
    expect(form.text()).toContain('尽快，都可以')
    await form.call('onVisits')
    await settle()
    expect(phone.asked('repairs.visits')[0]?.options).toEqual({ houseId: 'h-501', category: 'plumbing' })
    expect(form.text()).toContain('13:30–17:30已满')
    expect(form.text()).toContain('选好就约定了，之后还可以改')
    await form.call('onWrite', { detail: { slot: { day, from: '08:30', to: '11:30' } } })
    expect(form.text()).toContain('08:30–11:30已选')
    await form.call('onSubmit')
    expect(phone.asked('repairs.create')[0]?.options).toMatchObject({ slot: { day, from: '08:30', to: '11:30' } })
  })

  it('says that hours are a wish where nobody is known to come, and asks anew for another kind of work', async () => {
    const form = await openWithVisits(() => ({ slots: [hours('08:30', '11:30')], areBooked: false }))
    await fill(form)
    await form.call('onVisits')
    await settle()
    expect(form.text()).toContain('期望时间，师傅会先与您确认')
    await form.call('onWrite', { detail: { category: 'electrical' } })
    expect(phone.asked('repairs.visits').at(-1)?.options).toEqual({ houseId: 'h-501', category: 'electrical' })
  })

  it('says that the hours were just taken, and shows what is left', async () => {
    const form = await openWithVisits(
      () => ({ slots: [hours('08:30', '11:30')], areBooked: true }),
      () => { throw refusal('INVALID_INPUT', '这个时间刚刚约满，请另选一个', { fields: { slot: '这个时间刚刚约满，请另选一个' } }) },
    )
    await fill(form)
    await form.call('onVisits')
    await settle()
    await form.call('onWrite', { detail: { slot: { day, from: '08:30', to: '11:30' } } })
    await form.call('onSubmit')
    expect(form.data).toMatchObject({ slot: null, errors: { slot: '这个时间刚刚约满，请另选一个' } })
    expect(phone.asked('repairs.visits')).toHaveLength(2)
  })

  it('sends what was spoken instead of words, with its length', async () => {
    const form = await open()
    await form.call('onWrite', { detail: { category: 'plumbing', voices: [{ ...aPhoto('voice.mp3'), extension: 'mp3', seconds: 8 }] } })
    const [uploaded] = [stubUploads()]
    await form.call('onSubmit')
    await settle()
    expect(uploaded[0]?.cloudPath).toMatch(/\.mp3$/)
    expect(phone.asked('repairs.create')[0]?.options).toMatchObject({ description: '', voice: { fileId: `cloud://env/${uploaded[0]?.cloudPath}`, seconds: 8 } })
  })

  it('asks for a whole contact, or none', async () => {
    const form = await open()
    await fill(form)
    await form.call('onWrite', { detail: { contactName: '王奶奶' } })
    await form.call('onSubmit')
    expect(form.text()).toContain('联系人要有称呼和电话')
    await form.call('onWrite', { detail: { contactPhone: '13800000002' } })
    await form.call('onSubmit')
    expect(phone.asked('repairs.create')[0]?.options).toMatchObject({ contact: { name: '王奶奶', phone: '13800000002' } })
  })

  describe('what is known already', () => {
    const incident = {
      incidentId: 'i-1', kind: 'elevator', title: '3号楼电梯故障', buildings: ['3'], startsAt: '2026-05-03T06:00:00.000Z', expectedEndAt: null, endedAt: null,
      note: '', updatedAt: '2026-05-03T06:00:00.000Z', followerCount: 12, isFollowing: false,
    }

    it('is offered while somebody types, and one tap is enough to be told of it', async () => {
      const form = await loadPage(page, { functions: {
        repairs: { prepare: () => aForm(), similar: () => ({ incidents: [incident], reports: [] }) },
        incidents: { follow: () => ({ isFollowing: true, followerCount: 13 }) },
      } })
      await form.call('onDescription', { detail: { value: '电梯坏了' } })
      await new Promise((resolve) => setTimeout(resolve, 600))
      await settle()
      expect(form.text()).toContain('3号楼电梯故障已有12人上报我也遇到')
      await form.call('onFollow', { detail: { key: 'i-1', kind: 'incident' } })
      expect(phone.asked('incidents.follow')[0]?.options).toEqual({ houseId: 'h-501', incidentId: 'i-1', isFollowing: true })
      expect(form.text()).toContain('已记下')
    })
  })

  it('shows the number that is always answered once it is urgent', async () => {
    const form = await open()
    expect(form.text()).not.toContain('020-88889999')
    await form.call('onWrite', { detail: { urgency: 'urgent' } })
    expect(form.text()).toContain('020-88889999')
  })

  it('says how to begin when no house is registered, and shows no button', async () => {
    const form = await open(undefined, aForm({ houses: [] }))
    expect(form.text()).toContain('还没有登记房屋')
    expect(form.text()).not.toContain('提交报修')
  })

  it('shows a failure with a retry when the form cannot be had', async () => {
    const form = await loadPage(page, { functions: { repairs: { prepare: () => { throw networkFailure() } } } })
    expect(form.text()).toContain('暂时没能加载出来')
    expect(form.text()).not.toContain('还没有登记房屋')
  })
})
