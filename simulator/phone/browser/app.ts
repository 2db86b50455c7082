import { describeFailure, complain } from './host/loud'
import { glassEasel } from './engine/engine'
import { launchOptions, tellError, tellHide, tellShow } from './wx/account'
import { callPage } from './pages/open-page'
import { topPage } from './pages/stack'

type AppObject = Record<string, unknown>

let app: AppObject = {}

const call = (name: string, ...values: unknown[]): void => {
  const method = app[name]
  if (typeof method === 'function') glassEasel.safeCallback(name, method as (...values: unknown[]) => unknown, app, values)
}

/** `App()` starts the app's life: launched and shown before any page exists. */
export const defineApp = (definition: AppObject): void => {
  app = Object.assign(app, definition)
  call('onLaunch', launchOptions())
  call('onShow', launchOptions())
}

export const getApp = (): AppObject => app

export const listenForAppEvents = (): void => {
  document.addEventListener('visibilitychange', () => {
    const page = topPage()
    if (document.hidden) {
      if (page) callPage(page, 'onHide')
      call('onHide')
      tellHide({})
    } else {
      call('onShow', launchOptions())
      tellShow(launchOptions())
      if (page) callPage(page, 'onShow')
    }
  })
  glassEasel.addGlobalErrorListener((error: unknown) => {
    complain(describeFailure(error))
    tellAppError(describeFailure(error))
    return true
  })
}

/** What the engine remarks on packages is theirs to mend. */
export const quietPackages = (): void =>
  glassEasel.addGlobalWarningListener((message, related) => {
    const is = typeof related === 'string' ? related : (related as { is?: string } | undefined)?.is
    return !(is?.startsWith('miniprogram_npm/') || /miniprogram_npm\//.test(message))
  })

export const tellAppError = (message: string): void => {
  call('onError', message)
  tellError(message)
}
