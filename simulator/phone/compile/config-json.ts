export type WindowJson = {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: string
  navigationStyle?: string
  backgroundColor?: string
  backgroundTextStyle?: string
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
  disableScroll?: boolean
}

type TabJson = { pagePath: string; text: string; iconPath?: string; selectedIconPath?: string }

export type AppJson = {
  pages: string[]
  entryPagePath?: string
  window?: WindowJson
  tabBar?: { custom?: boolean; list: TabJson[]; color?: string; selectedColor?: string; backgroundColor?: string }
  subPackages?: { root: string; pages: string[] }[]
  subpackages?: { root: string; pages: string[] }[]
  usingComponents?: Record<string, string>
  darkmode?: boolean
  themeLocation?: string
}

/** What `theme.json` gives the `@names` of app.json and page.json in light and in dark. */
export type ThemeJson = { light?: Record<string, string>; dark?: Record<string, string> }

export type AppConfig = { app: AppJson; pages: string[]; theme: ThemeJson }

export type UnitJson = WindowJson & {
  component?: boolean
  usingComponents?: Record<string, string>
  componentGenerics?: Record<string, boolean | { default?: string }>
  styleIsolation?: string
}
