import { parseRoute } from '../pages/route'
import { createListeners } from './call'

const errors = createListeners<string>()
const shows = createListeners<unknown>()
const hides = createListeners<unknown>()

export const tellError = errors.tell
export const tellShow = shows.tell
export const tellHide = hides.tell

/** How the mini-program was entered: by its icon, at the address this document was opened with. */
export const launchOptions = () => {
  const { path, query } = parseRoute(location.hash.replace(/^#/, ''))
  return { path, query, scene: 1001, referrerInfo: {}, apiCategory: 'default' }
}

const launched = launchOptions()

/** WeChat sends these to the console of the account; here they go to the browser's own, as news and not as trouble. */
// eslint-disable-next-line no-console -- the browser's console is where this log is read
const noteLine = (...words: unknown[]): void => console.info('[realtime log]', ...words)
const realtimeLog = { info: noteLine, warn: noteLine, error: noteLine, setFilterMsg: () => undefined, addFilterMsg: () => undefined }

export const accountApis = {
  getAccountInfoSync: () => ({ miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' }, plugin: {} }),
  getLaunchOptionsSync: () => launched,
  getEnterOptionsSync: () => launched,
  getUpdateManager: () => ({
    onCheckForUpdate: () => undefined,
    onUpdateReady: () => undefined,
    onUpdateFailed: () => undefined,
    applyUpdate: () => undefined,
  }),
  getRealtimeLogManager: () => realtimeLog,
  onError: errors.on,
  offError: errors.off,
  onAppShow: shows.on,
  offAppShow: shows.off,
  onAppHide: hides.on,
  offAppHide: hides.off,
}
