import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone, refusal } from '../support/load-page'
import { aHouse, anOpenedRepair, aSession } from '../support/phone-answers'

const page = 'features/repairs/pages/repair-detail/repair-detail'
type Answers = Record<string, (input: never) => unknown>
const open = (repairs: Answers) =>
  loadPage(page, { query: { repairId: 'r-1' }, functions: { repairs, messages: { recordConsent: () => ({ quotaCount: 1 }) } } })
const tapStep = (step: string) => ({ detail: { step } })

describe('a repair order', () => {
  beforeEach(() => rememberSession(aSession()))

  it('says how it stands, how far it has come, and what happened', async () => {
    const order = await open({ get: () => anOpenedRepair() })
    expect(order.text()).toContain('已派给陈志强师傅，等待上门')
    expect(order.text()).toContain('已提交2已派单3维修中4已完成')
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

  const slot = { day: '2099-05-04', from: '13:30', to: '17:30' }

  it('says who comes when, and that hours nobody agreed on are a wish', async () => {
    const agreed = await open({ get: () => anOpenedRepair({ slot, visit: { technicianName: '陈志强' } }) })
    expect(agreed.text()).toContain('陈志强师傅上门已约定')
    const wished = await open({ get: () => anOpenedRepair({ slot }) })
    expect(wished.text()).toContain('期望时间，师傅会先与您确认待确认')
  })

  it('moves a visit to the hours that are chosen, and keeps the sheet open with the words of a refusal', async () => {
    let isRefused = true
    const other = { ...slot, from: '08:30', to: '11:30' }
    const order = await open({
      get: () => anOpenedRepair({ slot, visit: { technicianName: '陈志强' }, nextSteps: ['reschedule'] }),
      visits: () => ({ slots: [{ ...other, isFree: true }, { ...slot, isFree: true }], areBooked: true }),
      reschedule: () => {
        if (isRefused) throw refusal('INVALID_INPUT', '这个时间刚刚约满，请另选一个')
        return { repairId: 'r-1', status: 'assigned' }
      },
    })
    expect(order.text()).toContain('改约')
    await order.call('onStep', tapStep('reschedule'))
    expect(phone.asked('repairs.visits')[0]?.options).toEqual({ repairId: 'r-1' })
    await order.call('onSubmitStep')
    expect(order.data).toMatchObject({ openStep: 'reschedule', errors: { pick: '请选一个时间' } })
    await order.call('onWrite', { detail: { slot: other } })
    await order.call('onSubmitStep')
    expect(order.data).toMatchObject({ openStep: 'reschedule', refusal: '这个时间刚刚约满，请另选一个' })
    isRefused = false
    await order.call('onSubmitStep')
    expect(phone.asked('repairs.reschedule').at(-1)?.options).toMatchObject({ repairId: 'r-1', slot: other })
    expect(order.data).toMatchObject({ openStep: '' })
  })

  it('tells in the story from when to when a visit was moved', async () => {
    const entry = { at: '2026-05-03T07:00:00.000Z', step: 'reschedule' as const, status: 'assigned' as const, byName: '陈志强', byRole: 'technician' as const, assigneeName: null, note: '', photos: [] }
    const order = await open({ get: () => anOpenedRepair({ timeline: [{ ...entry, rescheduled: { from: slot, to: { ...slot, day: '2099-05-05' } } }] }) })
    expect(order.text()).toContain('5月4日13:30–17:30改到5月5日13:30–17:30')
  })

  const bill = { billId: 'b-1', amountFen: 8000, refundedFen: 0, status: 'unpaid' as const, isPosting: false, issuedAt: '2026-05-03T06:30:00.000Z' }

  it.each([
    ['owed, with the way to pay it', {}, '待缴¥80.00去支付'],
    ['on its way in', { isPosting: true }, '入账中¥80.00看账单'],
    ['paid', { status: 'paid' as const }, '已支付¥80.00看账单'],
    ['given back in part', { status: 'paid' as const, refundedFen: 3000 }, '已支付¥80.00，退了¥30.00看账单'],
    ['given back', { status: 'paid' as const, refundedFen: 8000 }, '已退款¥80.00看账单'],
    ['waived', { status: 'waived' as const }, '已减免¥80.00看账单'],
  ])('shows its bill: %s', async (_name, change, said) => {
    rememberSession(aSession())
    const order = await open({ get: () => ({ ...anOpenedRepair(), bills: [{ ...bill, ...change }] }) })
    expect(order.text()).toContain(said)
    expect(order.data).toMatchObject({ view: { bills: [{ page: 'features/billing/pages/bill-detail/bill-detail?billId=b-1' }] } })
  })

  it('keeps the bills of both times that it was finished', async () => {
    const order = await open({ get: () => ({ ...anOpenedRepair(), bills: [{ ...bill, status: 'paid' as const }, { ...bill, billId: 'b-2', amountFen: 2000 }] }) })
    expect(order.text()).toContain('已支付¥80.00')
    expect(order.text()).toContain('待缴¥20.00')
  })

  it('leads nobody to a bill whom the house does not let see what it owes', async () => {
    rememberSession(aSession({ houses: [{ ...aHouse, scopes: ['report'] }] }))
    const order = await open({ get: () => ({ ...anOpenedRepair(), bills: [bill] }) })
    expect(order.text()).toContain('待缴¥80.00')
    expect(order.text()).not.toContain('去支付')
    expect(order.data).toMatchObject({ view: { bills: [{ page: '' }] } })
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
      get: () => anOpenedRepair({ status: 'submitted', assigneeName: null, nextSteps: ['claim'] }),
      claim: ({ requestId }: { requestId: string }) => {
        requestIds.push(requestId)
        if (requestIds.length === 1) throw networkFailure()
        return { repairId: 'r-1', status: 'assigned' }
      },
    } as Answers)
    await order.call('onStep', tapStep('claim'))
    await order.call('onStep', tapStep('claim'))
    expect(requestIds).toHaveLength(2)
    expect(requestIds[0]).toBe(requestIds[1])
  })

  it('is cancelled with a reason, and only once the person says so', async () => {
    const order = await open({ get: () => anOpenedRepair({ nextSteps: ['cancel'] }), cancel: () => ({ repairId: 'r-1', status: 'cancelled' }) })
    await order.call('onStep', tapStep('cancel'))
    expect(order.text()).toContain('为什么取消')
    expect(phone.asked('repairs.cancel')).toEqual([])
    await order.call('onWrite', { detail: { note: '已经自己修好了' } })
    await order.call('onSubmitStep')
    expect(phone.asked('repairs.cancel')[0]?.options).toMatchObject({ repairId: 'r-1', note: '已经自己修好了' })
  })

  it('is assigned to the technician the person picks: who is on duty comes first, with how much each has', async () => {
    const order = await open({
      get: () => anOpenedRepair({ status: 'submitted', assigneeName: null, nextSteps: ['assign'] }),
      technicians: () => ({
        technicians: [
          { memberId: 'm-chen', name: '陈志强', workingCount: 3, isOnDuty: false },
          { memberId: 'm-lu', name: '陆勇', workingCount: 0, isOnDuty: true },
        ],
      }),
      assign: () => ({ repairId: 'r-1', status: 'assigned' }),
    })
    await order.call('onStep', tapStep('assign'))
    expect(order.text()).toContain('陆勇手上没有单在班陈志强手上3单不在班')
    await order.call('onTechnician', { detail: { technicianId: 'm-lu' } })
    expect(phone.asked('repairs.assign')[0]?.options).toMatchObject({ repairId: 'r-1', technicianId: 'm-lu' })
  })

  it('is given to whoever suits best when nobody is named', async () => {
    const order = await open({
      get: () => anOpenedRepair({ status: 'submitted', assigneeName: null, nextSteps: ['assign'] }),
      technicians: () => ({ technicians: [] }),
      assign: () => ({ repairId: 'r-1', status: 'assigned' }),
    })
    await order.call('onStep', tapStep('assign'))
    await order.call('onTechnician', { detail: { technicianId: '' } })
    expect(phone.asked('repairs.assign')[0]?.options).not.toHaveProperty('technicianId')
  })

  it('is passed on to a colleague; when they cannot be looked up, asking again keeps what was written', async () => {
    let answers = 0
    const order = await open({
      get: () => anOpenedRepair({ status: 'assigned', nextSteps: ['transfer'] }),
      technicians: () => {
        if (++answers === 1) throw new Error('no network')
        return { technicians: answers === 2 ? [{ memberId: 'm-lu', name: '陆勇', workingCount: 1, isOnDuty: true }] : [] }
      },
    })
    await order.call('onStep', tapStep('transfer'))
    expect(order.text()).toContain('暂时没能加载出来')
    await order.call('onWrite', { detail: { note: '手上有急单' } })
    await order.call('onRetryTechnicians')
    expect(order.text()).toContain('陆勇在班·手上1单')
    expect(order.data.draft).toMatchObject({ note: '手上有急单' })
    await order.call('onRetryTechnicians')
    expect(order.text()).toContain('没有别的师傅可以转')
  })

  it('cannot be completed without saying what was done', async () => {
    const order = await open({ get: () => anOpenedRepair({ nextSteps: ['complete'] }, 'repairs/m-chen'), complete: () => ({ repairId: 'r-1', status: 'completed' }) })
    await order.call('onStep', tapStep('complete'))
    await order.call('onSubmitStep')
    expect(order.text()).toContain('请写一句，或点一个常用的')
    expect(phone.asked('repairs.complete')).toEqual([])
    await order.call('onWrite', { detail: { note: '换了软管' } })
    await order.call('onSubmitStep')
    expect(phone.asked('repairs.complete')[0]?.options).toMatchObject({ note: '换了软管', photos: [] })
  })

  it('keeps what the technician began to write about the finished work', async () => {
    const first = await open({ get: () => anOpenedRepair({ nextSteps: ['complete'] }, 'repairs/m-chen') })
    await first.call('onStep', tapStep('complete'))
    await first.call('onWrite', { detail: { note: '换了软管' } })
    first.close()
    const second = await open({ get: () => anOpenedRepair({ nextSteps: ['complete'] }, 'repairs/m-chen') })
    await second.call('onStep', tapStep('complete'))
    expect(second.data.draft).toMatchObject({ note: '换了软管' })
  })

  it('asks whoever gives three stars or fewer why, and nobody else', async () => {
    const order = await open({ get: () => anOpenedRepair({ status: 'completed', nextSteps: ['rate'] }), rate: () => ({ repairId: 'r-1', status: 'closed' }) })
    await order.call('onStep', tapStep('rate'))
    await order.call('onSubmitStep')
    expect(order.text()).toContain('请点亮星星')
    await order.call('onWrite', { detail: { stars: 3 } })
    await order.call('onSubmitStep')
    expect(order.text()).toContain('请选一个原因，或写一句哪里不满意')
    expect(phone.asked('repairs.rate')).toEqual([])
    await order.call('onWrite', { detail: { stars: 4 } })
    await order.call('onSubmitStep')
    expect(phone.asked('repairs.rate')[0]?.options).toMatchObject({ stars: 4, tags: [], note: '' })
  })

  it('shows a quotation with its total, and accepts it only after the person confirms the sum', async () => {
    const quotation = {
      lines: [{ name: '角阀', unit: '个', kind: 'material' as const, priceFen: 3500, quantity: 2, amountFen: 7000 }],
      totalFen: 123_400, note: '旧的锈死了', at: '2026-05-03T07:00:00.000Z', state: 'proposed' as const, toleratedFen: 135_740,
    }
    const order = await open({ get: () => anOpenedRepair({ status: 'quoted', quotation, nextSteps: ['accept', 'decline'] }), accept: () => ({ repairId: 'r-1', status: 'in_progress' }) })
    expect(order.text()).toContain('维修报价等您确认角阀2个¥70.00合计¥1,234.00旧的锈死了')
    phone.stub('showModal', () => Promise.resolve({ confirm: false, cancel: true }))
    await order.call('onStep', tapStep('accept'))
    expect(phone.asked('repairs.accept')).toEqual([])
    phone.stub('showModal', () => Promise.resolve({ confirm: true, cancel: false }))
    await order.call('onStep', tapStep('accept'))
    expect(phone.asked('wx.showModal').at(-1)?.options).toMatchObject({ title: '接受报价 ¥1,234.00？' })
    expect(phone.asked('repairs.accept')).toHaveLength(1)
  })

  it('says of an order whose technician left that another is being found, and that an unanswered quotation binds nobody', async () => {
    const quotation = {
      lines: [{ name: '角阀', unit: '个', kind: 'material' as const, priceFen: 3500, quantity: 2, amountFen: 7000 }],
      totalFen: 7_000, note: '', at: '2026-05-03T07:00:00.000Z', state: 'proposed' as const, toleratedFen: 7_700,
    }
    const left = {
      at: '2026-05-03T02:30:00.000Z', step: 'return' as const, status: 'submitted' as const, byName: '系统', byRole: 'system' as const, assigneeName: null,
      note: '师傅已离职/调岗，等待重新派单', photos: [], rescheduled: null,
    }
    const order = await open({ get: () => anOpenedRepair({ status: 'submitted', assigneeName: null, quotation, timeline: [left], nextSteps: [] }) })
    expect(order.text()).toContain('重新安排师傅')
    expect(order.text()).toContain('师傅已离职/调岗，等待重新派单')
    expect(order.text()).toContain('维修报价等师傅重新报价')
    expect(order.text()).not.toContain('等您确认')
  })

  it('says when it may be urged again', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'], now: new Date('2026-05-03T11:30:00+08:00') })
    const urged = { at: '2026-05-03T02:30:00.000Z', step: 'urge' as const, status: 'assigned' as const, byName: '王建国', byRole: 'resident' as const, assigneeName: null, note: '', photos: [], rescheduled: null }
    const order = await open({ get: () => anOpenedRepair({ timeline: [urged] }) })
    jest.useRealTimers()
    expect(order.text()).toContain('已经催过了，明天10:30后可以再催')
  })

  it('tells the household that the technician is downstairs', async () => {
    const order = await open({ get: () => anOpenedRepair({ arrivedAt: '2026-05-03T07:00:00.000Z' }) })
    expect(order.text()).toContain('陈志强师傅到楼下了')
  })

  it('puts the one thing to do within the thumb’s reach, one beside it, and the rest below', async () => {
    const order = await open({ get: () => anOpenedRepair({ nextSteps: ['start', 'arrive', 'transfer', 'return', 'hold'] }) })
    const view = order.data.view as { mainSteps: { step: string; rank: string }[]; quietSteps: { step: string }[] }
    expect(view.mainSteps.map(({ step, rank }) => [step, rank])).toEqual([['arrive', 'primary'], ['start', 'other']])
    expect(view.quietSteps.map(({ step }) => step)).toEqual(['hold', 'transfer', 'return'])
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
