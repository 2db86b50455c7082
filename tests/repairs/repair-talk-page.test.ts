import type { RepairMessage } from '../../cloudfunctions/repairs/contract'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aSession } from '../support/phone-answers'

const page = 'features/repairs/pages/repair-talk/repair-talk'
const said = (change: Partial<RepairMessage> = {}): RepairMessage => ({
  messageId: 'm-1', at: '2026-05-03T07:00:00.000Z', isMine: false, byName: '陈志强', byRole: 'technician', text: '下午三点到，可以吗', isHidden: false, photo: null,
  isRead: false, ...change,
})
const talkOf = (messages: RepairMessage[], canWrite = true) => ({ messages, nextCursor: null, canWrite, closesAt: null, uploadPrefix: 'repairs/m-wang' })
const open = (messages: () => unknown, sendMessage: (message: { requestId: string }) => unknown = () => ({ messageId: 'm-9' })) =>
  loadPage(page, { query: { repairId: 'r-1' }, functions: { repairs: { messages, sendMessage, readMessages: () => ({ hasUnread: false }) } } })

describe('the talk about an order', () => {
  beforeEach(() => rememberSession(aSession()))

  it('is read from the oldest to the newest, and counts as read', async () => {
    const talk = await open(() => talkOf([said({ messageId: 'm-2' }), said({ messageId: 'm-1', isMine: true, byRole: 'resident', text: '师傅什么时候来', isRead: true })]))
    expect(talk.text()).toMatch(/师傅什么时候来已读陈志强师傅.*下午三点到，可以吗/)
    expect(phone.asked('repairs.readMessages')).toHaveLength(1)
  })

  it('says a thing once however often it is tapped', async () => {
    const talk = await open(() => talkOf([]))
    await talk.call('onText', { detail: { value: '可以' } })
    await Promise.all([talk.call('onSend'), talk.call('onSend')])
    expect(phone.asked('repairs.sendMessage').map(({ options }) => options)).toMatchObject([{ repairId: 'r-1', text: '可以', photo: null }])
    expect(talk.data.text).toBe('')
  })

  it('keeps the words when there is no network, and says them under the same request id', async () => {
    const requestIds: string[] = []
    const talk = await open(() => talkOf([]), ({ requestId }) => {
      requestIds.push(requestId)
      if (requestIds.length === 1) throw networkFailure()
      return { messageId: 'm-9' }
    })
    await talk.call('onText', { detail: { value: '可以' } })
    await talk.call('onSend')
    expect(talk.data.text).toBe('可以')
    expect(talk.text()).toContain('网络不太好')
    await talk.call('onSend')
    expect(requestIds[0]).toBe(requestIds[1])
  })

  it('says that a message did not pass the check instead of showing a gap', async () => {
    const talk = await open(() => talkOf([said({ text: '', isHidden: true })]))
    expect(talk.text()).toContain('这条消息没有通过审核')
  })

  it('can only be read once it is closed', async () => {
    const talk = await open(() => talkOf([said()], false))
    expect(talk.text()).toContain('对话结束，只能回看')
    expect(talk.shows('.action-bar')).toBe(false)
  })

  it('asks often only while an answer is waited for, and never once it is left', async () => {
    const talk = await open(() => talkOf([said({ isMine: true })]))
    await talk.call('onHide')
    const before = phone.asked('repairs.messages').length
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(phone.asked('repairs.messages')).toHaveLength(before)
  })
})
