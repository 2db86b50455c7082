import { cloudEnvironment } from './environment'
import { forgetOldCopies } from './support/storage'
import { watchForUpdates } from './support/update'

App({
  onLaunch() {
    wx.cloud.init(cloudEnvironment ? { env: cloudEnvironment, traceUser: true } : { traceUser: true })
    watchForUpdates()
    forgetOldCopies()
  },
})
