// WeChat around a page under test: what the page asked of it, and what the cloud answers.
import type { Failure } from '../../cloudfunctions/_shared/contract'

type Answers = Record<string, Record<string, (input: never) => unknown>>
type Asked = { name: string; options: unknown }
type FunctionCall = { name: string; data: { action: string; input: unknown } }

class Refused extends Error {
  constructor(readonly failure: Omit<Failure, 'requestId'>) {
    super(failure.message)
  }
}

/** Thrown by an answer: the function refuses, in words for the person. */
export const refusal = (code: Failure['code'], message: string, more: Partial<Failure> = {}): Error => new Refused({ code, message, ...more })

/** Thrown by an answer: the call never arrives. */
export const networkFailure = (): Error => Object.assign(new Error('request:fail'), { errCode: -1, errMsg: 'request:fail' })

/** The method by which a registered page gives a fresh copy of its fields that are neither data nor functions. */
export const ownFields = 'ownFieldsOfThePage'

const offline = new Map<string, unknown>()
let answers: Answers = {}
let asked: Asked[] = []

const callFunction = async ({ name, data }: FunctionCall) => {
  asked.push({ name: `${name}.${data.action}`, options: data.input })
  const answer = answers[name]?.[data.action]
  if (!answer) throw new Error(`The test does not say what ${name}.${data.action} answers`)
  try {
    return { result: { ok: true, data: await answer(data.input as never) }, errMsg: 'cloud.callFunction:ok' }
  } catch (error) {
    if (error instanceof Refused) return { result: { ok: false, error: { ...error.failure, requestId: 'test' } }, errMsg: 'cloud.callFunction:ok' }
    throw error
  }
}

type Callbacks = { success?: (result: unknown) => void; complete?: (result: unknown) => void }

/** An interface of wx that notes it was called and succeeds. */
const noted = (name: string, result: Record<string, unknown> = {}) => (options: Callbacks = {}) => {
  asked.push({ name: `wx.${name}`, options })
  const answer = { errMsg: `${name}:ok`, ...result }
  options.success?.(answer)
  options.complete?.(answer)
  return Promise.resolve(answer)
}

const storage = {
  getStorageSync: (key: string) => offline.get(key) ?? '',
  // As WeChat stores it; jsdom has no structuredClone.
  setStorageSync: (key: string, value: unknown) => void offline.set(key, JSON.parse(JSON.stringify(value))),
  removeStorageSync: (key: string) => void offline.delete(key),
  clearStorageSync: () => offline.clear(),
}

const acting = [
  'navigateTo', 'redirectTo', 'switchTab', 'reLaunch', 'navigateBack', 'showToast', 'hideToast', 'showLoading', 'hideLoading', 'previewImage',
  'setNavigationBarTitle', 'setNavigationBarColor', 'setBackgroundColor', 'stopPullDownRefresh', 'startPullDownRefresh', 'pageScrollTo', 'makePhoneCall',
  'setClipboardData', 'vibrateShort', 'hideTabBar', 'showTabBar', 'setTabBarBadge', 'removeTabBarBadge', 'requestPayment', 'openSetting',
  'onNeedPrivacyAuthorization', 'requirePrivacyAuthorize', 'openPrivacyContract', 'downloadFile', 'openDocument', 'shareFileMessage',
]

export const phone = {
  /** The page stack, as getCurrentPages gives it. */
  pages: [] as unknown[],
  /** Everything asked since loadPage, in order: `repairs.create`, `wx.navigateTo` … */
  asked: (name?: string): Asked[] => asked.filter((one) => name === undefined || one.name === name),
  /** Replaces what an interface of wx does, for this test. */
  stub: (name: string, does: (options: never) => unknown): void => {
    Object.assign(phone.wx, {
      [name]: (options: never) => {
        asked.push({ name: `wx.${name}`, options })
        return does(options)
      },
    })
  },
  begin: (functions: Answers): void => {
    answers = functions
    asked = []
  },
  forgetEverything: (): void => {
    phone.begin({})
    phone.pages = []
    offline.clear()
    Object.assign(phone.wx, standing())
  },
  wx: {} as Record<string, unknown>,
}

const standing = (): Record<string, unknown> => ({
  ...Object.fromEntries(acting.map((name) => [name, noted(name)])),
  ...storage,
  getRealtimeLogManager: () => ({ setFilterMsg: noted('log.setFilterMsg'), error: (words: string, about: object) => void asked.push({ name: 'wx.log.error', options: { words, about } }) }),
  showModal: noted('showModal', { confirm: true, cancel: false }),
  showActionSheet: noted('showActionSheet', { tapIndex: 0 }),
  requestSubscribeMessage: noted('requestSubscribeMessage'),
  getPrivacySetting: noted('getPrivacySetting', { needAuthorization: true, privacyContractName: '《用户隐私保护指引》' }),
  chooseMessageFile: noted('chooseMessageFile', { tempFiles: [] }),
  chooseMedia: noted('chooseMedia', { tempFiles: [], type: 'image' }),
  getFileSystemManager: () => ({
    saveFile: ({ tempFilePath, success }: { tempFilePath: string; success: (saved: { savedFilePath: string }) => void }) => success({ savedFilePath: tempFilePath }),
    removeSavedFile: noted('removeSavedFile'),
  }),
  env: { USER_DATA_PATH: 'wxfile://usr' },
  nextTick: (then: () => void) => void Promise.resolve().then(then),
  // Below 2.19.2 TDesign keeps its components' own nodes, which querySelector can find and tap.
  getAppBaseInfo: () => ({ SDKVersion: '2.19.0', version: '8.0.50', language: 'zh_CN', theme: 'light', fontSizeSetting: 17 }),
  getWindowInfo: () => ({ windowWidth: 375, windowHeight: 700, screenWidth: 375, screenHeight: 812, statusBarHeight: 44, pixelRatio: 2, safeArea: { bottom: 778 } }),
  getMenuButtonBoundingClientRect: () => ({ top: 48, bottom: 80, left: 278, right: 365, width: 87, height: 32 }),
  getAccountInfoSync: () => ({ miniProgram: { envVersion: 'develop', version: '', appId: 'touristappid' } }),
  cloud: { init: () => undefined, callFunction, uploadFile: noted('cloud.uploadFile', { fileID: 'cloud://test/photo.jpg' }) },
})

Object.assign(phone.wx, standing())
