import { loadPage, phone, refusal } from '../support/load-page'
import { aHouseCard, aPerson, anApplication } from '../support/phone-answers'

const page = 'features/houses/pages/house-profile/house-profile'
const { isMe: _isMe, ...li } = aPerson()
const profile = {
  houseId: 'h-501', label: '3号楼2单元501', communityName: '翠湖花园', residents: [li], onFile: [], applications: [anApplication()], repairs: { waiting: 1, working: 2, done: 5 },
  residentSteps: ['reveal', 'moveOut'],
}
const row = { rosterId: 'o-1', name: '王建国', relation: 'owner', maskedPhone: '138****0001', version: 2 }
const register = { house: aHouseCard(), roster: [row], residentCount: 1, limits: { rosterCount: 20 } }
const act = (index: number, key: string) => ({ currentTarget: { dataset: { index } }, detail: { key } })
type Actions = Record<string, (input: never) => unknown>
const open = ({ insights = {}, houses = {}, members = {} }: { insights?: Actions; houses?: Actions; members?: Actions } = {}) =>
  loadPage(page, { query: { houseId: 'h-501' }, functions: { insights: { residentProfile: () => profile, ...insights }, houses: { get: () => register, ...houses }, members } })

describe('the page of a house', () => {
  it('shows who lives there, whom the company has on file, who asks and what is to be repaired, with numbers masked', async () => {
    const house = await open()
    expect(house.text()).toContain('3号楼2单元501118.66㎡')
    expect(house.text()).toContain('1人在申请这套房屋')
    expect(house.text()).toContain('李明·租户139****0011能邀请访客、能报修·到2027年8月31日为止看号码退房')
    expect(house.text()).toContain('王建国·业主138****0001看号码修改删除')
    expect(house.text()).toContain('1待受理2处理中5已完成')
  })

  it('leaves out what this role may not see: a guard reads who lives there, and can do nothing to them', async () => {
    const { memberId, name, relation } = li
    const forGuard = { houseId: 'h-501', label: '3号楼2单元501', communityName: '翠湖花园', residents: [{ memberId, name, relation }], residentSteps: [] }
    const house = await open({ insights: { residentProfile: () => forGuard }, houses: { get: () => { throw refusal('FORBIDDEN', '您不能看房屋登记') } } })
    expect(house.text()).toContain('3号楼2单元501翠湖花园已绑定的住户李明·租户谁看过这页')
  })

  it('reveals a number only with a reason, and dials it', async () => {
    const house = await open({ members: { revealPhone: () => ({ phone: '13900000011' }) } })
    await house.call('onResident', act(0, 'reveal'))
    expect(house.text()).toContain('住户在「我的数据」里会看到是谁、什么时候、为什么看的')
    await house.call('onChoice', { detail: { name: 'reason', values: ['报修联系'] } })
    await house.call('onSave')
    expect(phone.asked('members.revealPhone')[0]?.options).toEqual({ houseId: 'h-501', memberId: 'm-li', reason: '报修联系' })
    expect(phone.asked('wx.makePhoneCall')[0]?.options).toMatchObject({ phoneNumber: '13900000011' })
  })

  it('transfers the house with a clear warning of what ends', async () => {
    const house = await open({ members: { transferHouse: () => ({ outcome: 'invited' }) } })
    await house.call('onTransfer')
    expect(house.text()).toContain('现在的业主、家人和租客都会马上看不到它；欠费和已收的钱留在房屋上')
    await house.call('onField', { detail: { name: 'name', value: '吴敏' } })
    await house.call('onField', { detail: { name: 'phone', value: '13700000003' } })
    await house.call('onChoice', { detail: { name: 'reason', values: ['不动产证已核对'] } })
    await house.call('onSave')
    expect(phone.asked('members.transferHouse')[0]?.options).toMatchObject({ houseId: 'h-501', name: '吴敏', phone: '13700000003', reason: '不动产证已核对' })
  })

  it('keeps a number on file as it is when none is typed', async () => {
    const house = await open({ houses: { updateRoster: () => ({ rosterId: 'o-1', version: 3 }) } })
    await house.call('onRosterRow', act(0, 'roster'))
    await house.call('onField', { detail: { name: 'name', value: '王建国先生' } })
    await house.call('onSave')
    expect(phone.asked('houses.updateRoster')[0]?.options).toEqual({ rosterId: 'o-1', version: 2, name: '王建国先生', relation: 'owner' })
  })

  it('deletes the house only after a question, and says why it cannot be', async () => {
    const house = await open({ houses: { remove: () => { throw refusal('CONFLICT', '还有人住在这里，不能删') } } })
    await house.call('onRemove')
    expect(phone.asked('wx.showToast').at(-1)?.options).toMatchObject({ title: '还有人住在这里，不能删' })
    expect(phone.asked('wx.navigateBack')).toEqual([])
  })
})
