import { asServiceError } from '../../services/cloud'
import { refreshSession, switchPost } from '../../services/members'
import { toast } from '../../support/ask'
import { isElder, setElder } from '../../support/elder'
import type { Told } from '../../support/events'
import { asksAgain, notLoaded, refreshPage } from '../../support/refreshing'
import { version } from '../../support/version'
import type { MeView } from './me-view'
import { viewMe } from './me-view'

/** WeChat's own switch above all subscription messages; unknown counts as on. */
const isBlockedByWeChat = async (): Promise<boolean> => {
  try {
    const { subscriptionsSetting } = await wx.getSetting({ withSubscriptions: true })
    return subscriptionsSetting?.mainSwitch === false
  } catch {
    return false
  }
}

Page({
  ...asksAgain,
  data: {
    ...notLoaded,
    me: null as MeView | null,
    isElder: false,
    isBlocked: false,
    quotaCount: 0,
    version,
  },

  onShow() {
    this.getTabBar?.()?.setData({ selected: 'pages/me/me' })
    this.setData({ isElder: isElder() })
    void isBlockedByWeChat().then((isBlocked) => this.setData({ isBlocked }))
    void this.refresh()
  },

  async refresh() {
    await refreshPage(this, 'me', {
      load: refreshSession,
      show: (session) => this.setData({ me: viewMe(session), quotaCount: session.quotaCount, state: 'ready' }),
    })
  },

  onElder(event: Told<{ value: boolean }>) {
    setElder(event.detail.value)
    this.setData({ isElder: event.detail.value })
  },

  onMessages() {
    if (this.data.isBlocked) void wx.openSetting({ withSubscriptions: true }).catch(() => undefined)
    else void wx.switchTab({ url: '/pages/inbox/inbox' })
  },

  async onPost(event: Told<{ communityId: string }>) {
    try {
      await switchPost(event.detail.communityId)
    } catch (error) {
      toast(asServiceError(error).message)
    }
    void this.refresh()
  },
})
