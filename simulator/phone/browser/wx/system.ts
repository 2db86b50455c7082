import { isDarkModeOn } from '../pages/config'
import { callPage } from '../pages/open-page'
import { currentPages, everyPage, topPage } from '../pages/stack'
import { fontSize, isDark, onTheme } from '../host/settings'
import { api, createListeners } from './call'

const SDK_VERSION = '3.8.0'
const DESKTOP_WIDTH = 700

const px = (name: string): number => Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name)) || 0

const isDesktop = (): boolean => innerWidth >= DESKTOP_WIDTH

const windowInfo = () => {
  const statusBarHeight = px('--status-bar')
  const bottom = innerHeight - px('--safe-bottom')
  const body = topPage()?.frame.body
  return {
    pixelRatio: devicePixelRatio,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    windowWidth: innerWidth,
    windowHeight: body?.clientHeight ?? innerHeight,
    statusBarHeight,
    screenTop: body?.getBoundingClientRect().top ?? 0,
    safeArea: { left: 0, right: innerWidth, top: statusBarHeight, bottom, width: innerWidth, height: bottom - statusBarHeight },
  }
}

const deviceInfo = () =>
  isDesktop()
    ? {
        brand: 'microsoft',
        model: 'microsoft',
        platform: 'windows',
        system: 'Windows 11 x64',
        abi: 'x64',
        deviceAbi: 'x64',
        benchmarkLevel: -1,
        memorySize: 8192,
        cpuType: '',
      }
    : {
        brand: 'iPhone',
        model: 'iPhone 15',
        platform: 'ios',
        system: 'iOS 17.0',
        abi: 'arm64',
        deviceAbi: 'arm64',
        benchmarkLevel: 50,
        memorySize: 6144,
        cpuType: '',
      }

const theme = (): 'light' | 'dark' => (isDark() ? 'dark' : 'light')

const appBaseInfo = () => ({
  SDKVersion: SDK_VERSION,
  version: '8.0.60',
  language: 'zh_CN',
  enableDebug: false,
  host: { env: 'WeChat', appId: '', version: 0 },
  ...fontSize(),
  ...(isDarkModeOn() && { theme: theme() }),
})

const authorize = {
  albumAuthorized: 'authorized',
  cameraAuthorized: 'authorized',
  locationAuthorized: 'authorized',
  microphoneAuthorized: 'authorized',
  notificationAuthorized: 'authorized',
}

const systemInfo = () => ({ ...windowInfo(), ...deviceInfo(), ...appBaseInfo(), ...authorize })

const CAPSULE = { width: 87, height: 32, right: 7, gap: 6 }

const capsule = () => {
  const top = px('--status-bar') + CAPSULE.gap
  const right = innerWidth - CAPSULE.right
  return { width: CAPSULE.width, height: CAPSULE.height, top, bottom: top + CAPSULE.height, right, left: right - CAPSULE.width }
}

const themes = createListeners<{ theme: 'light' | 'dark' }>()
const sizes = createListeners<{ size: { windowWidth: number; windowHeight: number } }>()
const capsules = createListeners<unknown>()
const keyboards = createListeners<{ height: number }>()

export const watchSystem = (): void => {
  onTheme(() => {
    for (const page of everyPage()) page.frame.repaint()
    if (isDarkModeOn()) themes.tell({ theme: theme() })
  })
  window.addEventListener('resize', () => {
    const { windowWidth, windowHeight } = windowInfo()
    const resized = { size: { windowWidth, windowHeight } }
    sizes.tell(resized)
    for (const page of currentPages()) {
      page.root.getComponent().triggerPageLifetime('resize', [resized])
      callPage(page, 'onResize', resized)
    }
  })
}

export const systemApis = {
  getSystemInfoSync: systemInfo,
  getSystemInfo: api('getSystemInfo', systemInfo),
  getSystemInfoAsync: api('getSystemInfoAsync', systemInfo),
  getWindowInfo: windowInfo,
  getDeviceInfo: deviceInfo,
  getAppBaseInfo: appBaseInfo,
  getAppAuthorizeSetting: () => authorize,
  getMenuButtonBoundingClientRect: capsule,
  onMenuButtonBoundingClientRectWeightChange: capsules.on,
  offMenuButtonBoundingClientRectWeightChange: capsules.off,
  onThemeChange: themes.on,
  offThemeChange: themes.off,
  onWindowResize: sizes.on,
  offWindowResize: sizes.off,
  onKeyboardHeightChange: keyboards.on,
  offKeyboardHeightChange: keyboards.off,
  hideKeyboard: api('hideKeyboard', () => {
    const focused = document.activeElement
    if (focused instanceof HTMLElement) focused.blur()
  }),
}
