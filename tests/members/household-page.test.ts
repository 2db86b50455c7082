import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, phone, refusal } from '../support/load-page'
import { aHouse, anApplication, aPerson, aSession } from '../support/phone-answers'

const page = 'features/members/pages/household/household'
const me = aPerson({ memberId: 'm-wang', name: '王建国', relation: 'owner', scopes: ['bills', 'pay', 'invite', 'report'], endsOn: null, isMe: true })
const household = (change: object = {}) => ({ people: [me, aPerson()], invitations: [], applications: [], limits: { peoplePerHouse: 30, nameLength: 20 }, ...change })
const isDone = () => ({ isDone: true })

const open = (members: Record<string, (input: never) => unknown> = {}, session = aSession()) => {
  rememberSession(session)
  return loadPage(page, { query: { houseId: 'h-501' }, functions: { members: { session: () => session, household: () => household(), ...members } } })
}
const write = (form: Awaited<ReturnType<typeof open>>, fields: Record<string, string>) =>
  Promise.all(Object.entries(fields).map(([name, value]) => form.call('onField', { detail: { name, value } })))

describe('an owner', () => {
  it('sees who belongs to the house, what each may do and until when', async () => {
    const page = await open()
    expect(page.text()).toContain('王建国·业主（我）139****0011能办全部事情')
    expect(page.text()).toContain('李明·租户139****0011能邀请访客、能报修·到2027年8月31日为止')
  })

  it('adds a tenant with an end date, who sees no bills unless the owner ticks it', async () => {
    const page = await open({ addPerson: () => ({ outcome: 'invited' }) })
    await page.call('onAdd')
    await write(page, { name: '刘洋', phone: '13900000002', endsOn: '2027-05-31' })
    await page.call('onRelation', { detail: { values: ['tenant'] } })
    await page.call('onSave')
    expect(phone.asked('members.addPerson')[0]?.options).toMatchObject({
      houseId: 'h-501', name: '刘洋', phone: '13900000002', relation: 'tenant', scopes: ['invite', 'report'], endsOn: '2027-05-31',
    })
    expect(phone.asked('wx.showToast')[0]?.options).toMatchObject({ title: '请刘洋用这个手机号打开邻里，就能加入' })
  })

  it('changes what a tenant may do', async () => {
    const page = await open({ changePerson: isDone })
    await page.call('onPerson', { currentTarget: { dataset: { index: 1 } } })
    await page.call('onScopes', { detail: { values: ['invite', 'report', 'bills'] } })
    await page.call('onSave')
    expect(phone.asked('members.changePerson')[0]?.options).toMatchObject({ memberId: 'm-li', scopes: ['invite', 'report', 'bills'], endsOn: '2027-08-31' })
  })

  it('removes somebody after a question', async () => {
    const page = await open({ removePerson: isDone })
    await page.call('onPerson', { currentTarget: { dataset: { index: 1 } } })
    await page.call('onRemove')
    expect(phone.asked('wx.showModal')[0]?.options).toMatchObject({ title: '让李明不再属于这套房屋？' })
    expect(phone.asked('members.removePerson')[0]?.options).toMatchObject({ houseId: 'h-501', memberId: 'm-li' })
  })

  it('shows a wrong number at its field', async () => {
    const page = await open({ addPerson: () => { throw refusal('INVALID_INPUT', '请检查标出的内容', { fields: { phone: '请填写 11 位手机号' } }) } })
    await page.call('onAdd')
    await page.call('onSave')
    expect(page.text()).toContain('请填写11位手机号')
  })

  it('is asked about somebody who wants to join', async () => {
    const page = await open({ household: () => household({ applications: [anApplication()] }) })
    expect(page.text()).toContain('刘洋·租户想加入')
    await page.call('onApplication', { currentTarget: { dataset: { id: 'a-1' } } })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/members/pages/application-detail/application-detail?applicationId=a-1' })
  })

  it('hears why they cannot leave while others live on their account', async () => {
    const page = await open({ leaveHouse: () => { throw refusal('CONFLICT', '请先移除租客，再解绑') } })
    await page.call('onLeave')
    expect(page.text()).toContain('请先移除租客，再解绑')
  })
})

describe('a tenant', () => {
  const tenant = aSession({ houses: [{ ...aHouse, relation: 'tenant', scopes: ['report'], endsOn: '2027-08-31' }] })

  it('sees what they may do, asks for nobody else, and can leave', async () => {
    const page = await open({ leaveHouse: isDone }, tenant)
    expect(page.text()).toContain('您是这套房屋的租户，能报修，到2027年8月31日为止')
    expect(phone.asked('members.household')).toEqual([])
    await page.call('onLeave')
    expect(phone.asked('members.leaveHouse')[0]?.options).toMatchObject({ houseId: 'h-501' })
    expect(phone.asked('wx.switchTab')).toHaveLength(1)
  })

  it('does not leave when they think again', async () => {
    phone.stub('showModal', () => Promise.resolve({ confirm: false }))
    const page = await open({}, tenant)
    await page.call('onLeave')
    expect(phone.asked('members.leaveHouse')).toEqual([])
  })
})
