import { contract } from '../../cloudfunctions/messages/contract'

/** As `notify` makes it: the fact (a function's longest ids), the notice's place in it, and who is told. */
const messageId = `notices_${'r'.repeat(64)}_40_2_${'m'.repeat(64)}`
const message = { messageId, title: '维修已完成', body: '陈师傅已完工：换了阀芯', page: null, at: '2026-11-24T08:00:00.000Z', isRead: false }

describe('the id of a message', () => {
  it('about an order and to a member with the longest ids there may be does not break the list it stands in', () => {
    expect(contract.list.output.safeParse({ messages: [message], nextCursor: null, unreadCount: 1, quotaCount: 0 }).success).toBe(true)
  })

  it('can be read by that id', () => {
    expect(contract.read.input.safeParse({ messageId }).success).toBe(true)
  })

  it('is still an id: neither an operator, nor a path, nor without end', () => {
    for (const wrong of [{ $ne: null }, 'a.b', '../a', '', 'm'.repeat(161)]) expect(contract.read.input.safeParse({ messageId: wrong }).success).toBe(false)
  })
})
