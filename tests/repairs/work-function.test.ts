import { newRequest, openVillage, type Village } from '../support/village'
import { ordersOf } from './working-village'

let village: Village
let orders: ReturnType<typeof ordersOf>
beforeAll(async () => {
  village = await openVillage()
  orders = ordersOf(village)
})
afterAll(() => village.close())

const dayFromNow = (days: number) => new Date(Date.now() + days * 24 * 3_600_000 + 8 * 3_600_000).toISOString().slice(0, 10)
/** A second technician, who works beside 陈师傅. */
const hire = async (key: string, buildings: string[] | null = null) => {
  const post = { role: 'technician', communityId: 'c-lihua', communityName: '梨花苑', buildings }
  await village.alter('members', `m-${key}`, { post, posts: [post], postKeys: ['c-lihua/technician'] })
}

describe('repairs.arrive', () => {
  it('the assignee can say that he is downstairs: it counts as arrival, and the household is told', async () => {
    const repairId = await orders.assigned()
    await orders.must('chen', 'arrive', { repairId })
    expect((await orders.stored(repairId)).arrivedAt).toBeTruthy()
    await village.tick()
    expect((await orders.told('wang'))[0]).toBe('陈师傅已经到了，请留意门铃和电话')
    expect(await orders.tryAs('chen', 'arrive', { repairId })).toBe('REPAIR_NOT_ARRIVABLE')
  })

  it.each(['wang', 'he', 'zhou', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'arrive', { repairId: 'r-village-lamp' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'arrive', { repairId: 'r-village-lamp' })).toBe('FORBIDDEN')
  })
})

describe('repairs.record', () => {
  it('the assignee can add photos from the spot, which are checked like all others', async () => {
    const repairId = await orders.started()
    const photo = await orders.photoOf('chen', repairId)
    await orders.must('chen', 'record', { repairId, note: '阀芯裂了', photos: [photo] })
    await village.tick()
    expect((await village.documents('photo_checks')).filter(({ fileId }) => fileId === photo)).toHaveLength(1)
    expect((await village.as('wang').get('repairs', 'get', { repairId })).repair.timeline.at(-1)).toMatchObject({ step: 'record', note: '阀芯裂了', photos: [{ fileId: photo }] })
  })

  it.each(['wang', 'he', 'qian'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'record', { repairId: 'r-village-door', note: '', photos: ['cloud://a/b.jpg'] })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'record', { repairId: 'r-village-door', photos: ['cloud://a/b.jpg'] })).toBe('FORBIDDEN')
  })
})

describe('repairs.quote', () => {
  it('the assignee can quote; a price of the list is the list’s, whatever the phone says', async () => {
    const repairId = await orders.started()
    await orders.must('chen', 'quote', { repairId, lines: [{ itemId: 'tap', quantity: 1, priceFen: 1 }, { name: '生料带', unit: '卷', priceFen: 300, quantity: 2, kind: 'material' }] })
    expect((await orders.stored(repairId)).quotation).toMatchObject({ totalFen: 7_400, lines: [{ priceFen: 6_800, amountFen: 6_800 }, { amountFen: 600 }] })
  })

  it('the assignee cannot quote nothing, an unknown item, or something without a price', async () => {
    const repairId = await orders.started()
    for (const lines of [[], [{ itemId: 'no-such-item', quantity: 1 }], [{ name: '胶', quantity: 1 }], [{ itemId: 'tap', quantity: 0 }], [{ itemId: 'tap', quantity: 1.5 }]]) {
      expect(await orders.tryAs('chen', 'quote', { repairId, lines })).toBe('INVALID_INPUT')
    }
  })

  it.each(['wang', 'he', 'qian'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'quote', { repairId: 'r-village-door', lines: [{ itemId: 'tap', quantity: 1 }] })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'quote', { repairId: 'r-village-door', lines: [{ itemId: 'tap', quantity: 1 }] })).toBe('FORBIDDEN')
  })
})

describe('repairs.complete', () => {
  it('the assignee can charge up to a tenth more than was accepted, not more without asking again', async () => {
    const repairId = await orders.quoted()
    await orders.must('wang', 'accept', { repairId })
    const finish = (priceFen: number) => orders.tryAs('chen', 'complete', { repairId, note: '好了', photos: [], lines: [{ name: '人工和材料', priceFen, quantity: 1 }] })
    expect(await finish(8_801)).toBe('REPAIR_QUOTE_EXCEEDED')
    expect(await finish(8_800)).toBe('OK')
    expect((await village.as('wang').get('repairs', 'get', { repairId })).repair.charges).toMatchObject({ totalFen: 8_800 })
  })

  it('without lines, what was accepted is charged', async () => {
    const repairId = await orders.quoted()
    await orders.must('li', 'accept', { repairId })
    await orders.must('chen', 'complete', { repairId, note: '好了', photos: [] })
    expect(await orders.stored(repairId)).toMatchObject({ charges: { totalFen: 8_000 }, status: 'completed' })
  })

  it('the first finished repair of a house owes it a gift, once, whoever of the house reported; a caller’s order none', async () => {
    await orders.completed()
    await orders.completed()
    await village.tick()
    expect((await village.documents('owed_gifts')).map(({ _id }) => _id)).toEqual(['gift_h-3-2-501'])
  })

  it('another technician cannot, and a stranger cannot', async () => {
    await hire('sun')
    expect(await orders.tryAs('sun', 'complete', { repairId: await orders.started(), note: '好了', photos: [] })).toBe('NOT_FOUND')
    expect(await orders.tryAs('stranger', 'complete', { repairId: 'r-village-door', note: '好了', photos: [] })).toBe('FORBIDDEN')
  })
})

describe('repairs.transfer', () => {
  it('the assignee can hand it to a colleague with a reason; both sides are told', async () => {
    await hire('sun')
    const repairId = await orders.started()
    await orders.must('chen', 'transfer', { repairId, technicianId: 'm-sun', note: '要用登高车' })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'assigned', assignee: { memberId: 'm-sun' } })
    await village.tick()
    expect((await orders.told('sun'))[0]).toBe('陈师傅把3号楼2单元501的报修转给了您：要用登高车')
    expect((await orders.told('wang'))[0]).toBe('您的报修已转给孙师傅，会尽快与您联系')
    expect(await orders.tryAs('chen', 'start', { repairId })).toBe('NOT_FOUND')
  })

  it('the assignee who hands it on and gets no answer can ask again, and hears that it is done, not that there is no such order', async () => {
    const repairId = await orders.assigned()
    const input = { repairId, technicianId: 'm-sun', note: '走不开', requestId: newRequest() }
    await orders.must('chen', 'transfer', input)
    expect(await orders.tryAs('chen', 'transfer', input)).toBe('OK')
    expect((await orders.stored(repairId)).timeline).toHaveLength(3)
    expect(await orders.tryAs('chen', 'transfer', { ...input, requestId: newRequest() })).toBe('NOT_FOUND')
  })

  it('the assignee can see to whom: his colleagues, not himself', async () => {
    await hire('sun')
    const { technicians } = await village.as('chen').get('repairs', 'technicians', {})
    expect(technicians.map(({ memberId }) => memberId)).toEqual(['m-sun'])
  })

  it('the assignee cannot without a reason, to himself, or to somebody who does not repair here', async () => {
    const repairId = await orders.assigned()
    expect(await orders.tryAs('chen', 'transfer', { repairId, technicianId: 'm-sun', note: ' ' })).toBe('INVALID_INPUT')
    expect(await orders.tryAs('chen', 'transfer', { repairId, technicianId: 'm-chen', note: '忙' })).toBe('INVALID_INPUT')
    expect(await orders.tryAs('chen', 'transfer', { repairId, technicianId: 'm-qian', note: '忙' })).toBe('INVALID_INPUT')
  })

  it.each(['wang', 'he', 'qian'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'transfer', { repairId: 'r-village-lamp', technicianId: 'm-sun', note: '忙' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'transfer', { repairId: 'r-village-lamp', technicianId: 'm-sun', note: '忙' })).toBe('FORBIDDEN')
  })
})

describe('repairs.return', () => {
  it('the assignee can give it back with a reason; it waits again and the desk is told', async () => {
    const repairId = await orders.assigned()
    await orders.must('chen', 'return', { repairId, note: '要换整条管，需要外包' })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'submitted', stage: 'waiting', assignee: null })
    await village.tick()
    expect((await orders.told('he'))[0]).toBe('陈师傅退回了3号楼2单元501的报修：要换整条管，需要外包')
  })

  it('the assignee cannot without a reason', async () => {
    expect(await orders.tryAs('chen', 'return', { repairId: await orders.assigned(), note: '' })).toBe('INVALID_INPUT')
  })

  it.each(['wang', 'he', 'qian'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'return', { repairId: 'r-village-lamp', note: '忙' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'return', { repairId: 'r-village-lamp', note: '忙' })).toBe('FORBIDDEN')
  })
})

describe('repairs.hold', () => {
  it('the assignee can put it on hold until a date: the clock stands still, and it wakes by itself', async () => {
    const repairId = await orders.started()
    await orders.must('chen', 'hold', { repairId, note: '等配件', until: dayFromNow(3) })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'on_hold', overdueKey: null, sla: { dueAt: null } })
    expect((await village.as('wang').get('repairs', 'get', { repairId })).repair).toMatchObject({ holdReason: '等配件', heldUntil: `${dayFromNow(2)}T16:00:00.000Z`, dueAt: null, isOverdue: false })
    const wakesAt = `${dayFromNow(2)}T16:00:30.000Z`
    await village.post('/control/clock', { now: wakesAt })
    await village.tick(wakesAt)
    await village.post('/control/clock', { now: null })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'in_progress', heldUntil: null, overdueKey: expect.any(String) })
  })

  it('the assignee cannot hold it for ever, into the past, or without a reason', async () => {
    const repairId = await orders.started()
    for (const input of [{ note: '等', until: dayFromNow(61) }, { note: '等', until: dayFromNow(-1) }, { note: '', until: dayFromNow(2) }, { note: '等', until: 'tomorrow' }]) {
      expect(await orders.tryAs('chen', 'hold', { repairId, ...input })).toBe('INVALID_INPUT')
    }
  })

  it.each(['wang', 'qian', 'zhao'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'hold', { repairId: 'r-village-door', note: '等', until: dayFromNow(2) })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'hold', { repairId: 'r-village-door', note: '等', until: dayFromNow(2) })).toBe('FORBIDDEN')
  })
})

describe('repairs.resume', () => {
  it('the assignee and the desk can go on before the date', async () => {
    const repairId = await orders.started()
    await orders.must('chen', 'hold', { repairId, note: '等配件', until: dayFromNow(3) })
    await orders.must('zhou', 'resume', { repairId })
    expect(await orders.stored(repairId)).toMatchObject({ status: 'in_progress', sla: { dueAt: expect.any(String) } })
    expect(await orders.tryAs('chen', 'resume', { repairId })).toBe('REPAIR_NOT_ON_HOLD')
  })

  it.each(['wang', 'qian'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'resume', { repairId: 'r-village-tile' })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'resume', { repairId: 'r-village-tile' })).toBe('FORBIDDEN')
  })
})

describe('repairs.messages', () => {
  const say = (who: string, repairId: string, text: string) => village.as(who).get('repairs', 'sendMessage', { repairId, requestId: newRequest(), text })
  const read = (who: string, repairId: string) => village.as(who).get('repairs', 'messages', { repairId })

  it('household and technician can talk; numbers are masked, what is new is marked, what was read is known', async () => {
    const repairId = await orders.assigned()
    await say('chen', repairId, '您好，我的电话 １38 0013 5010，或 021-55501200')
    expect((await read('wang', repairId)).messages[0]).toMatchObject({ text: '您好，我的电话 138****5010，或 021-****1200', isMine: false, byRole: 'technician' })
    expect((await village.as('wang').get('repairs', 'get', { repairId })).repair).toMatchObject({ hasUnread: true, talk: { canWrite: true, hasUnread: true } })
    expect((await read('chen', repairId)).messages[0]).toMatchObject({ isMine: true, isRead: false })
    await village.as('wang').get('repairs', 'readMessages', { repairId })
    expect((await read('chen', repairId)).messages[0]).toMatchObject({ isRead: true })
    expect((await village.as('li').get('repairs', 'get', { repairId })).repair.hasUnread).toBe(false)
    expect(JSON.stringify(await village.documents('repair_messages'))).not.toMatch(/138\D?0013|55501200/)
  })

  it('what did not pass the content check is hidden from the other side', async () => {
    const repairId = await orders.assigned()
    await say('wang', repairId, '违规测试')
    await village.tick()
    expect((await read('chen', repairId)).messages[0]).toMatchObject({ text: '', isHidden: true })
    expect((await read('wang', repairId)).messages[0]).toMatchObject({ text: '违规测试', isHidden: false })
  })

  it('a risky photo is hidden as well', async () => {
    const repairId = await orders.assigned()
    const photo = await orders.photoOf('chen', repairId)
    await village.as('chen').get('repairs', 'sendMessage', { repairId, requestId: newRequest(), text: '', photo })
    await village.tick()
    const check = (await village.documents('photo_checks')).find(({ fileId }) => fileId === photo)!
    expect((await read('wang', repairId)).messages[0]!.photo).toMatchObject({ fileId: photo, url: expect.any(String) })
    await village.post('/control/media-check', { traceId: check._id, suggest: 'risky' })
    expect((await read('wang', repairId)).messages[0]).toMatchObject({ photo: null, isHidden: true })
  })

  it('another household and a technician without the order cannot read it', async () => {
    const repairId = await orders.report()
    expect(await orders.tryAs('zhao', 'messages', { requestId: undefined, repairId })).toBe('NOT_FOUND')
    expect(await orders.tryAs('chen', 'messages', { requestId: undefined, repairId })).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'messages', { requestId: undefined, repairId: 'r-village-lamp' })).toBe('FORBIDDEN')
  })
})

describe('repairs.sendMessage', () => {
  it('the same request again says nothing twice, and the other side is told once', async () => {
    const repairId = await orders.assigned()
    const input = { repairId, requestId: newRequest(), text: '几点来？' }
    const first = await village.as('wang').get('repairs', 'sendMessage', input)
    expect(await village.as('wang').get('repairs', 'sendMessage', input)).toEqual(first)
    await village.tick()
    expect((await village.documents('repair_messages')).filter((message) => message.repairId === repairId)).toHaveLength(1)
    const rows = (await village.documents('inbox')).filter(({ memberId, title, page }) => memberId === 'm-chen' && title === '报修有新留言' && String(page).endsWith(repairId))
    expect(rows).toMatchObject([{ body: '3号楼2单元501的住户给您留言了' }])
  })

  it('a resident can say nothing empty, and the talk closes seven days after the work', async () => {
    const repairId = await orders.completed()
    expect(await orders.tryAs('wang', 'sendMessage', { repairId, text: ' ' })).toBe('INVALID_INPUT')
    expect(await orders.tryAs('wang', 'sendMessage', { repairId, text: '谢谢' })).toBe('OK')
    await village.post('/control/clock', { now: new Date(Date.now() + 7.1 * 24 * 3_600_000).toISOString() })
    expect(await orders.tryAs('wang', 'sendMessage', { repairId, text: '还有一个问题' })).toBe('REPAIR_TALK_CLOSED')
    await village.post('/control/clock', { now: null })
  })

  it.each(['zhao', 'qian'])('%s, who has no part in it, cannot', async (who) => {
    expect(await orders.tryAs(who, 'sendMessage', { repairId: 'r-village-lamp', text: '喂' })).toMatch(/NOT_FOUND|FORBIDDEN/)
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'sendMessage', { repairId: 'r-village-lamp', text: '喂' })).toBe('FORBIDDEN')
  })
})

describe('repairs.readMessages', () => {
  it('a household can mark what it read', async () => {
    expect(await village.as('li').get('repairs', 'readMessages', { repairId: 'r-village-lamp' })).toEqual({ hasUnread: false })
  })

  it.each(['zhao', 'qian'])('%s cannot', async (who) => {
    expect(await orders.tryAs(who, 'readMessages', { requestId: undefined, repairId: 'r-village-lamp' })).toMatch(/NOT_FOUND|FORBIDDEN/)
  })

  it('a stranger cannot', async () => {
    expect(await orders.tryAs('stranger', 'readMessages', { requestId: undefined, repairId: 'r-village-lamp' })).toBe('FORBIDDEN')
  })
})

it('no call of this file took more round trips than declared, and none failed inside', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined)).toEqual([])
  expect(village.lines.filter((line) => line.code === 'INTERNAL')).toEqual([])
})
