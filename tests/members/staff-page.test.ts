import { loadPage, phone, refusal } from '../support/load-page'

const page = 'features/members/pages/staff-list/staff-list'
const he = { memberId: 'm-he', name: '何静', maskedPhone: '135****5031', role: 'manager', buildings: null, isMe: true }
const chen = { memberId: 'm-chen', name: '陈志强', maskedPhone: '136****6021', role: 'technician', buildings: ['3'], isMe: false }
const invited = { invitationId: 'i-1', name: '赵敏', maskedPhone: '137****0000', role: 'clerk', buildings: null, expiresAt: '2026-06-03T06:30:00.000Z' }
const isDone = () => ({ isDone: true })
const open = (members: Record<string, (input: never) => unknown> = {}) =>
  loadPage(page, { functions: { members: { listStaff: () => ({ people: [he, chen], invitations: [invited], buildings: ['1', '3'] }), ...members } } })

describe('staff', () => {
  it('are listed by role with what they look after, and those who were invited', async () => {
    const staff = await open()
    expect(staff.text()).toContain('管理员1人何静（我）全小区·135****5031维修师傅1人陈志强3栋·136****6021')
    expect(staff.text()).toContain('赵敏·客服137****0000·全小区·还没有打开邻里')
  })

  it('are invited by phone with role and buildings', async () => {
    const staff = await open({ inviteStaff: () => ({ outcome: 'invited' }) })
    await staff.call('onInvite')
    await staff.call('onField', { detail: { name: 'name', value: '孙强' } })
    await staff.call('onField', { detail: { name: 'phone', value: '13300000009' } })
    await staff.call('onRole', { detail: { values: ['guard'] } })
    await staff.call('onBuildings', { detail: { values: ['1'] } })
    await staff.call('onSave')
    expect(phone.asked('members.inviteStaff')[0]?.options).toMatchObject({ name: '孙强', phone: '13300000009', role: 'guard', buildings: ['1'] })
  })

  it('look after the whole community when no building is chosen', async () => {
    const staff = await open({ changeStaff: isDone })
    await staff.call('onColleague', { currentTarget: { dataset: { id: 'm-chen' } } })
    await staff.call('onBuildings', { detail: { values: [] } })
    await staff.call('onSave')
    expect(phone.asked('members.changeStaff')[0]?.options).toMatchObject({ memberId: 'm-chen', role: 'technician', buildings: null })
  })

  it('are removed after a question, and the refusal stands in the form', async () => {
    const staff = await open({ removeStaff: () => { throw refusal('CONFLICT', '至少要留一位管理员') } })
    await staff.call('onColleague', { currentTarget: { dataset: { id: 'm-chen' } } })
    await staff.call('onRemove')
    expect(phone.asked('wx.showModal')[0]?.options).toMatchObject({ title: '移除陈志强？' })
    expect(staff.text()).toContain('至少要留一位管理员')
  })
})
