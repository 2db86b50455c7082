import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone, refusal } from '../support/load-page'
import { anOpenedRepair, aSession } from '../support/phone-answers'

const page = 'features/repairs/pages/repair-detail/repair-detail'
type Answers = Record<string, (input: never) => unknown>
const open = (repairs: Answers) =>
  loadPage(page, { query: { repairId: 'r-1' }, functions: { repairs, messages: { recordConsent: () => ({ quotaCount: 1 }) } } })
const tapStep = (step: string) => ({ currentTarget: { dataset: { step } } })

describe('a repair order', () => {
  beforeEach(() => rememberSession(aSession()))

  it('says how it stands, how far it has come, and what happened', async () => {
    const order = await open({ get: () => anOpenedRepair() })
    expect(order.text()).toContain('已派给陈志强师傅，等待上门')
    expect(order.text()).toContain('已提交已派单维修中已完成')
    expect(order.text()).toContain('提交了报修住户王建国')
  })

  it('thanks quietly after it was just sent', async () => {
    const order = await loadPage(page, { query: { repairId: 'r-1', isNew: '1' }, functions: { repairs: { get: () => anOpenedRepair() } } })
    expect(order.text()).toContain('报修已提交，有进展会马上告诉您')
  })

  it('thanks once: what came later is not headed by old news', async () => {
    const order = await loadPage(page, { query: { repairId: 'r-1', isNew: '1' }, functions: { repairs: { get: () => anOpenedRepair() } } })
    await order.call('refresh')
    expect(order.text()).not.toContain('报修已提交')
  })

  it('draws one button for each step the server allows, and none for a step it does not know', async () => {
    const order = await open({ get: () => anOpenedRepair({ nextSteps: ['start', 'teleport' as never, 'cancel'] }) })
    expect(order.text()).toContain('开始维修')
    expect(order.text()).toContain('取消报修')
    expect(order.text()).not.toContain('我来接单')
  })

  it('draws no button when nothing may be done', async () => {
    const order = await open({ get: () => anOpenedRepair({ nextSteps: [] }) })
    expect(order.shows('.action-bar')).toBe(false)
    expect(order.text()).not.toContain('取消报修')
  })

  it('claims once however often the button is tapped, and shows what is true afterwards', async () => {
    let isClaimed = false
    const order = await open({
      get: () => (isClaimed ? anOpenedRepair({ nextSteps: ['start'] }) : anOpenedRepair({ status: 'submitted', assigneeName: null, nextSteps: ['claim'] })),
      claim: () => {
        isClaimed = true
        return { repairId: 'r-1', status: 'assigned' }
      },
    })
    await Promise.all([order.call('onStep', tapStep('claim')), order.call('onStep', tapStep('claim'))])
    expect(phone.asked('repairs.claim')).toHaveLength(1)
    expect(order.text()).toContain('开始维修')
  })

  it('says in the words of the server that somebody else was quicker, and shows the order as it is now', async () => {
    let isTaken = false
    const order = await open({
      get: () => (isTaken ? anOpenedRepair({ nextSteps: [] }) : anOpenedRepair({ status: 'submitted', assigneeName: null, nextSteps: ['claim'] })),
      claim: () => {
        isTaken = true
        throw refusal('CONFLICT', '这一单刚被陈志强接走了')
      },
    })
    await order.call('onStep', tapStep('claim'))
    expect(order.text()).toContain('这一单刚被陈志强接走了')
    expect(order.text()).toContain('已派给陈志强师傅，等待上门')
  })

  it('retries a step whose reply was lost under the same request id', async () => {
    const requestIds: string[] = []
    const order = await open({
      get: () => anOpenedRepair({ nextSteps: ['start'] }),
      start: ({ requestId }: { requestId: string }) => {
        requestIds.push(requestId)
        if (requestIds.length === 1) throw networkFailure()
        return { repairId: 'r-1', status: 'in_progress' }
      },
    } as Answers)
    await order.call('onStep', tapStep('start'))
    await order.call('onStep', tapStep('start'))
    expect(requestIds).toHaveLength(2)
    expect(requestIds[0]).toBe(requestIds[1])
  })

  it('is cancelled only after the person confirms', async () => {
    const order = await open({ get: () => anOpenedRepair({ nextSteps: ['cancel'] }), cancel: () => ({ repairId: 'r-1', status: 'cancelled' }) })
    phone.stub('showModal', () => Promise.resolve({ confirm: false, cancel: true }))
    await order.call('onStep', tapStep('cancel'))
    expect(phone.asked('repairs.cancel')).toEqual([])
    phone.stub('showModal', () => Promise.resolve({ confirm: true, cancel: false }))
    await order.call('onStep', tapStep('cancel'))
    expect(phone.asked('repairs.cancel')).toHaveLength(1)
  })

  it('is assigned to the technician the person picks, who sees how much each has', async () => {
    const order = await open({
      get: () => anOpenedRepair({ status: 'submitted', assigneeName: null, nextSteps: ['assign'] }),
      technicians: () => ({ technicians: [{ memberId: 'm-chen', name: '陈志强', workingCount: 3 }, { memberId: 'm-lu', name: '陆勇', workingCount: 0 }] }),
      assign: () => ({ repairId: 'r-1', status: 'assigned' }),
    })
    await order.call('onStep', tapStep('assign'))
    expect(order.text()).toContain('陈志强手上3单')
    expect(order.text()).toContain('陆勇手上没有单')
    await order.call('onTechnician', { detail: { technicianId: 'm-lu' } })
    expect(phone.asked('repairs.assign')[0]?.options).toMatchObject({ repairId: 'r-1', technicianId: 'm-lu' })
  })

  it('cannot be completed without saying what was done', async () => {
    const order = await open({ get: () => anOpenedRepair({ nextSteps: ['complete'] }, 'repairs/m-chen'), complete: () => ({ repairId: 'r-1', status: 'completed' }) })
    await order.call('onStep', tapStep('complete'))
    await order.call('onComplete')
    expect(order.text()).toContain('请写下做了什么')
    expect(phone.asked('repairs.complete')).toEqual([])
    await order.call('onWrite', { detail: { note: '换了软管' } })
    await order.call('onComplete')
    expect(phone.asked('repairs.complete')[0]?.options).toMatchObject({ note: '换了软管', photos: [] })
  })

  it('keeps what the technician began to write about the finished work', async () => {
    const first = await open({ get: () => anOpenedRepair({ nextSteps: ['complete'] }, 'repairs/m-chen') })
    await first.call('onWrite', { detail: { note: '换了软管' } })
    first.close()
    const second = await open({ get: () => anOpenedRepair({ nextSteps: ['complete'] }, 'repairs/m-chen') })
    expect(second.data.note).toBe('换了软管')
  })

  it('shows staff a masked number, and dials the full one on request', async () => {
    const order = await open({
      get: () => anOpenedRepair({ contact: { name: '王建国', maskedPhone: '138****0001' } }),
      revealContact: () => ({ name: '王建国', phone: '13800000001' }),
    })
    expect(order.text()).toContain('138****0001')
    expect(order.text()).not.toContain('13800000001')
    await order.call('onCall')
    expect(phone.asked('wx.makePhoneCall')[0]?.options).toMatchObject({ phoneNumber: '13800000001' })
  })

  it('says that it does not exist, and leads home, instead of showing nothing', async () => {
    const order = await open({ get: () => { throw refusal('NOT_FOUND', '没有找到这张报修单') } })
    expect(order.text()).toContain('没有找到这张报修单')
    expect(order.text()).toContain('回到首页')
    expect(order.text()).not.toContain('重新加载')
  })

  it('says of a photo that did not pass the check why it is not there', async () => {
    const order = await open({ get: () => anOpenedRepair({ photos: [{ fileId: 'cloud://env/a.jpg', url: null }] }) })
    expect(order.text()).toContain('未通过审核')
  })
})
