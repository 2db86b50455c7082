import { type AppConfig } from '../compile/config-json'
import { defineApp, getApp, listenForAppEvents, quietPackages, tellAppError } from './app'
import { drawPhone } from './pages/phone-parts'
import { registerElements } from './elements/register'
import { extendCaller } from './engine/caller'
import { installGestures } from './engine/gestures'
import { patchNativeNodes } from './engine/native-node'
import { prepareSpace, registerUnit } from './engine/space'
import { followTheme } from './engine/theme'
import { wxsChange, wxsEvent } from './engine/wxs-owner'
import { installClock } from './host/clock'
import { followCompiler } from './host/live'
import { complain, describeFailure, listenForErrors } from './host/loud'
import { firstPage, isPage, useConfig } from './pages/config'
import { parseRoute, writeRoute } from './pages/route'
import { currentPages, reLaunch } from './pages/stack'
import { createWx } from './wx/create-wx'
import { watchNetwork } from './wx/device'
import { watchSystem } from './wx/system'
import './style/phone.css'
import './style/over-page.css'
import './style/built-in.css'
import './style/sheets.css'
import './style/panels.css'

const openFirst = (): void => {
  const asked = parseRoute(location.hash.replace(/^#/, ''))
  reLaunch(isPage(asked.path) ? writeRoute(asked) : `/${firstPage()}`)
}

/** Called by the compiled mini-program when all its units are registered. */
const start = (config: AppConfig & { appCss: string }, loadApp: () => void): void => {
  useConfig(config)
  prepareSpace(config.appCss)
  drawPhone()
  try {
    loadApp()
    openFirst()
  } catch (failure) {
    complain(describeFailure(failure))
    throw failure
  }
  window.addEventListener('hashchange', openFirst)
}

installClock()
listenForErrors(tellAppError)
registerElements()
patchNativeNodes()
extendCaller()
installGestures()
listenForAppEvents()
quietPackages()
followTheme()
watchSystem()
watchNetwork()
followCompiler()
Object.assign(globalThis, {
  wx: createWx(),
  App: defineApp,
  getApp,
  getCurrentPages: () => currentPages().map(({ instance }) => instance),
  requirePlugin: () => ({}),
  phoneRuntime: { unit: registerUnit, start, wxsChange, wxsEvent },
})
