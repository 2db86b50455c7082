import { loadPage, phone, refusal } from '../support/load-page'
import { anApplication, aPerson } from '../support/phone-answers'

const detail = 'features/members/pages/application-detail/application-detail'
const decided = (status: string) => () => ({ applicationId: 'a-1', status })
const decision = (change: object = {}) => ({ residents: [], onFile: 'same_phone', ...change })
const open = (opened: object, members: Record<string, (input: never) => unknown> = {}) =>
  loadPage(detail, { query: { applicationId: 'a-1' }, functions: { members: { getApplication: () => opened, ...members } } })

describe('a clerk deciding', () => {
  it('sees how the applicant compares with what is on file, and approves with terms', async () => {
    const page = await open({ application: anApplication(), decision: decision() }, { approve: decided('approved') })
    expect(page.text()).toContain('手机号和登记的一致')
    expect(page.text()).toContain('139****0002（微信已核实）')
    await page.call('onScopes', { detail: { values: ['report'] } })
    await page.call('onEnd', { detail: { value: '2027-08-31' } })
    await page.call('onApprove')
    expect(phone.asked('members.approve')[0]?.options).toMatchObject({ applicationId: 'a-1', scopes: ['report'], endsOn: '2027-08-31' })
  })

  it('says whose time ends when a new owner comes into a house with owners', async () => {
    const opened = { application: anApplication({ relation: 'owner' }), decision: decision({ onFile: 'other_people', residents: [aPerson({ memberId: 'm-wang', name: '王建国', relation: 'owner' })] }) }
    const page = await open(opened, { approve: decided('approved') })
    expect(page.text()).toContain('登记的是别人，请先核对房产证或租约')
    await page.call('onLeaving', { detail: { values: ['m-wang'] } })
    await page.call('onApprove')
    expect(phone.asked('wx.showModal')[0]?.options).toMatchObject({ content: '王建国 · 业主 会马上看不到这套房屋；欠费仍留在房屋上。' })
    expect(phone.asked('members.approve')[0]?.options).toMatchObject({ endsResidencyOf: ['m-wang'] })
  })

  it('rejects with one of the usual reasons, which the applicant will read', async () => {
    const page = await open({ application: anApplication(), decision: decision() }, { reject: decided('rejected') })
    await page.call('onRejecting')
    await page.call('onReason', { detail: { values: ['请带租约到物业办理'] } })
    await page.call('onReject')
    expect(phone.asked('members.reject')[0]?.options).toMatchObject({ applicationId: 'a-1', reason: '请带租约到物业办理' })
  })

  it('hears that another clerk was first, and sees the new state', async () => {
    let status: 'pending' | 'approved' = 'pending'
    const page = await loadPage(detail, { query: { applicationId: 'a-1' }, functions: { members: {
      getApplication: () => ({ application: anApplication({ status, decidedByName: status === 'approved' ? '周婷' : null }), decision: decision() }),
      approve: () => { status = 'approved'; throw refusal('CONFLICT', '周婷刚刚已经处理了') },
    } } })
    await page.call('onApprove')
    expect(page.text()).toContain('已通过')
    expect(page.text()).toContain('周婷通过')
  })
})

it('the applicant sees no buttons to decide', async () => {
  const page = await open({ application: anApplication(), decision: null })
  expect(page.shows('.actions')).toBe(false)
})
