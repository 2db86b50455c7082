import type { InboxMessage } from '../../../cloudfunctions/messages/contract'
import { asServiceError } from '../../services/cloud'
import { ensureSession } from '../../services/members'
import { listMessages, offerMessages, readAllMessages, readMessage } from '../../services/messages'
import { toast } from '../../support/ask'
import type { Tap } from '../../support/events'
import { openPage } from '../../support/open-page'
import { asksAgain, loadMore, notLoaded, refreshPage } from '../../support/refreshing'
import { quotaCount, templateIds, unreadCount } from '../../support/session'

Page({
  ...asksAgain,
  data: {
    ...notLoaded,
    messages: [] as InboxMessage[],
    unreadCount: 0,
    quotaCount: 0,
    canOffer: false,
    isAsking: false,
    isReadingAll: false,
    isLoadingMore: false,
  },
  nextCursor: null as string | null,

  onShow() {
    this.getTabBar?.()?.setData({ selected: 'pages/inbox/inbox' })
    void this.refresh()
  },

  async refresh() {
    await refreshPage(this, 'inbox', {
      load: async () => (await Promise.all([listMessages(), ensureSession()]))[0],
      show: ({ messages, nextCursor, unreadCount, quotaCount }) => {
        this.nextCursor = nextCursor
        this.setData({ state: 'ready', messages, unreadCount, quotaCount, canOffer: templateIds().length > 0 })
      },
    })
  },

  onMessage(event: Tap<{ index: number }>) {
    const message = this.data.messages[event.currentTarget.dataset.index]
    if (!message) return
    if (!message.isRead) void this.markRead(event.currentTarget.dataset.index, message.messageId)
    if (message.page) openPage(message.page)
  },

  /** Shown as read at once; the server's count follows. Should it not come, the next refresh tells the truth again. */
  async markRead(index: number, messageId: string) {
    this.setData({ [`messages[${index}].isRead`]: true })
    try {
      await readMessage(messageId)
      this.setData({ unreadCount: unreadCount.get() })
    } catch {
      this.setData({ [`messages[${index}].isRead`]: false })
    }
  },

  async onReadAll() {
    if (this.data.isReadingAll) return
    this.setData({ isReadingAll: true })
    try {
      await readAllMessages()
      this.setData({ messages: this.data.messages.map((message) => ({ ...message, isRead: true })), unreadCount: unreadCount.get() })
    } catch (error) {
      toast(asServiceError(error).message)
    } finally {
      this.setData({ isReadingAll: false })
    }
  },

  async onMoreQuota() {
    if (this.data.isAsking) return
    const offered = offerMessages()
    this.setData({ isAsking: true })
    const added = await offered
    this.setData({ isAsking: false, quotaCount: quotaCount.get() })
    toast(added > 0 ? `好的，增加了 ${added} 次` : '没有增加。如果没弹出提示，请在微信设置里打开订阅消息')
  },

  async onReachBottom() {
    await loadMore(this, listMessages, ({ messages }) => this.setData({ messages: [...this.data.messages, ...messages] }))
  },
})
