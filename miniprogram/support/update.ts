import { ask } from './ask'

let isReady = false
let isAsking = false

/** WeChat downloads a new release by itself; it is used from the next start, or at once when the person agrees. */
export const watchForUpdates = (): void => {
  wx.getUpdateManager().onUpdateReady(() => {
    isReady = true
  })
}

/** The cloud refused this release as too old. Asked once, however many calls were refused. */
export const askToUpdate = async (message: string): Promise<void> => {
  if (isAsking) return
  isAsking = true
  const agreed = await ask({ title: '请更新邻里', content: message, confirm: '现在更新', cancel: '稍后' })
  isAsking = false
  if (agreed && isReady) wx.getUpdateManager().applyUpdate()
  if (agreed && !isReady) wx.showToast({ title: '新版本正在下载，请关闭小程序后重新打开', icon: 'none', duration: 4000 }).catch(() => undefined)
}
