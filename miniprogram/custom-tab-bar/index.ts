import { currentLook, onLookChange } from '../support/look'
import { session, unreadCount } from '../support/session'
import type { Told } from '../support/events'

type TabItem = { page: string; word: string; icon: string; chosenIcon: string; badge: string }

const countWord = (unread: number): string => (unread > 99 ? '99+' : unread > 0 ? String(unread) : '')

const items = (isStaff: boolean, unread: number): TabItem[] => [
  { page: 'pages/home/home', word: '首页', icon: 'home', chosenIcon: 'home-filled', badge: '' },
  ...(isStaff ? [{ page: 'pages/desk/desk', word: '管理', icon: 'assignment', chosenIcon: 'assignment-filled', badge: '' }] : []),
  { page: 'pages/inbox/inbox', word: '消息', icon: 'notification', chosenIcon: 'notification-filled', badge: countWord(unread) },
  { page: 'pages/me/me', word: '我的', icon: 'user', chosenIcon: 'user-filled', badge: '' },
]

const watching = new WeakMap<object, (() => void)[]>()

/** Each tab page has its own copy of this bar; what they share is watched. 管理 shows for those whom the server calls staff. */
Component({
  data: { selected: '', items: items(false, 0), look: currentLook() },
  lifetimes: {
    attached() {
      this.draw()
      const draw = (): void => this.draw()
      watching.set(this, [session.watch(draw), unreadCount.watch(draw), onLookChange(draw)])
    },
    detached() {
      watching.get(this)?.forEach((stop) => stop())
    },
  },
  pageLifetimes: {
    show() {
      this.draw()
    },
  },
  methods: {
    draw() {
      this.setData({ items: items(Boolean(session.get()?.post), unreadCount.get()), look: currentLook() })
    },
    onTab(event: { currentTarget: { dataset: { page: string } } } & Told<unknown>) {
      const { page } = event.currentTarget.dataset
      if (page !== this.data.selected) void wx.switchTab({ url: `/${page}` })
    },
  },
})
