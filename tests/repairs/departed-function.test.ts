import { newRequest, openVillage, type Village } from '../support/village'
import { ordersOf } from './working-village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

describe('somebody who deletes their account', () => {
  it('leaves the orders of the house, in which they cannot be told any more; neighbours and colleagues stay', async () => {
    const orders = ordersOf(village)
    const repairId = await orders.assigned()
    await orders.must('wang', 'sendMessage', { repairId, text: '明天来吗' })
    await village.tick()
    expect(await village.as('wang').call('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })).toMatchObject({ ok: true })
    await village.tick()
    const stored = JSON.stringify(await Promise.all(['repairs', 'repair_messages', 'repair_revisits', 'followers'].map((name) => village.documents(name))))
    expect(stored).not.toMatch(/王秀英|m-wang|138\*\*\*\*5010/)
    expect(stored).toContain('赵建国')
    expect(await orders.stored(repairId)).toMatchObject({ contact: { memberId: null, name: '已注销用户', phone: null }, assignee: { name: '陈师傅' }, status: 'assigned' })
    // Her tenant still reads it, and the technician still works on it.
    expect((await village.as('li').get('repairs', 'get', { repairId })).repair.timeline[0]).toMatchObject({ byName: '已注销用户' })
    await orders.must('chen', 'start', { repairId })
  })
})
