import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aMessage, aSession } from '../support/phone-answers'

const page = 'pages/inbox/inbox'
const aPage = (messages = [aMessage()], unreadCount = 1) => ({ messages, nextCursor: null, unreadCount, quotaCount: 2 })
const open = (messages: Record<string, (input: never) => unknown>) => loadPage(page, { functions: { messages } })
const tapFirst = { currentTarget: { dataset: { index: 0 } } }

describe('the inbox', () => {
  beforeEach(() => rememberSession(aSession()))

  it('shows messages and how often the person can still be told', async () => {
    const inbox = await open({ list: () => aPage() })
    expect(inbox.text()).toContain('师傅已接单')
    expect(inbox.text()).toContain('还能在微信里通知您2次')
    expect(inbox.text()).toContain('1条未读')
  })

  it('marks a message as read on a tap and opens what it is about', async () => {
    const inbox = await open({ list: () => aPage(), read: () => ({ unreadCount: 0 }) })
    await inbox.call('onMessage', tapFirst)
    expect(phone.asked('messages.read')[0]?.options).toEqual({ messageId: 'n-1' })
    expect(phone.asked('wx.navigateTo')[0]?.options).toMatchObject({ url: '/features/repairs/pages/repair-detail/repair-detail?repairId=r-1' })
    expect(inbox.text()).not.toContain('条未读')
  })

  it('shows a message as unread again when it could not be marked', async () => {
    const inbox = await open({ list: () => aPage(), read: () => { throw networkFailure() } })
    await inbox.call('onMessage', tapFirst)
    expect(inbox.data.messages).toMatchObject([{ isRead: false }])
  })

  it('marks all as read with one call', async () => {
    const inbox = await open({ list: () => aPage([aMessage(), aMessage({ messageId: 'n-2' })], 2), readAll: () => ({ unreadCount: 0 }) })
    await Promise.all([inbox.call('onReadAll'), inbox.call('onReadAll')])
    expect(phone.asked('messages.readAll')).toHaveLength(1)
    expect(inbox.data.messages).toMatchObject([{ isRead: true }, { isRead: true }])
  })

  it('adds to what the person can be told when they agree', async () => {
    phone.stub('requestSubscribeMessage', () => Promise.resolve({ 'template-progress': 'accept', errMsg: 'requestSubscribeMessage:ok' }))
    const inbox = await open({ list: () => aPage(), recordConsent: () => ({ quotaCount: 3 }) })
    await inbox.call('onMoreQuota')
    expect(phone.asked('messages.recordConsent')[0]?.options).toEqual({ results: { 'template-progress': 'accept' } })
    expect(inbox.text()).toContain('还能在微信里通知您3次')
  })

  it('says what will come here when there is nothing yet', async () => {
    const inbox = await open({ list: () => aPage([], 0) })
    expect(inbox.text()).toContain('还没有消息')
  })

  it('never looks empty when the network is down', async () => {
    const inbox = await open({ list: () => { throw networkFailure() } })
    expect(inbox.text()).toContain('暂时没能加载出来')
    expect(inbox.text()).not.toContain('还没有消息')
  })

  it('drops what follows an older list when it was asked anew meanwhile', async () => {
    let answerMore = (_page: unknown): void => undefined
    const list = ({ cursor }: { cursor?: string }) =>
      cursor ? new Promise((resolve) => { answerMore = resolve }) : { ...aPage(), nextCursor: 'older' }
    const inbox = await open({ list })
    const more = inbox.call('onReachBottom')
    await inbox.call('onShow')
    answerMore(aPage([aMessage({ messageId: 'n-old' })]))
    await more
    expect(inbox.data).toMatchObject({ messages: [{ messageId: 'n-1' }], isLoadingMore: false })
    expect((inbox.data.messages as unknown[])).toHaveLength(1)
  })
})
