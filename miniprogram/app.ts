import { cloudEnvironment } from './environment'
import { watchDeferred } from './services/deferred-steps'
import { tellAgreement } from './services/members'
import { watchPrivacy } from './support/privacy'
import { logPageError } from './support/realtime-log'
import { forgetOldCopies } from './support/storage'
import { watchForUpdates } from './support/update'

App({
  onLaunch() {
    wx.cloud.init(cloudEnvironment ? { env: cloudEnvironment, traceUser: true } : { traceUser: true })
    watchPrivacy(() => void tellAgreement().catch(() => undefined))
    watchForUpdates()
    forgetOldCopies()
    watchDeferred()
  },
  onError(error: string) {
    logPageError(error)
  },
})
