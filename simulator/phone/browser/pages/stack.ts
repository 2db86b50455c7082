import { loadingDone } from './boot-mark'
import { applyPageMeta } from '../elements/page-parts'
import { describeRoute } from '../host/shell'
import { isPage, isTabPage } from './config'
import { EventChannel } from './event-channel'
import { callPage, openPage, type OpenPage } from './open-page'
import { parseRoute, writeRoute, type Route } from './route'

const MOST_PAGES = 10

const stack: OpenPage[] = []
/** Tab pages stay alive when another is shown. */
const tabs = new Map<string, OpenPage>()

export const topPage = (): OpenPage | undefined => stack.at(-1)
export const currentPages = (): OpenPage[] => [...stack]
export const everyPage = (): OpenPage[] => [...new Set([...stack, ...tabs.values()])]

const find = (url: string): Route => {
  const route = parseRoute(url, topPage()?.route.path)
  if (!isPage(route.path)) throw new Error(`page "${route.path}" is not found`)
  return route
}

const open = (route: Route, channel = new EventChannel()): OpenPage => {
  const container = document.getElementById('phone') ?? document.body
  const page = openPage(route, container, channel, () => void back(1))
  if (isTabPage(route.path)) tabs.set(route.path, page)
  stack.push(page)
  return page
}

const show = (page: OpenPage): void => {
  page.frame.element.hidden = false
  page.frame.setBack(stack.length > 1)
  document.title = page.frame.title()
  applyPageMeta(page.frame.page)
  page.root.getComponent().triggerPageLifetime('show', [])
  callPage(page, 'onShow')
  const address = writeRoute(page.route)
  history.replaceState(null, '', `#${address}`)
  describeRoute(address)
  if (page.isReady) return
  page.isReady = true
  setTimeout(() => {
    callPage(page, 'onReady')
    loadingDone()
  })
}

const hide = (page: OpenPage | undefined): void => {
  if (!page) return
  page.frame.element.hidden = true
  page.root.getComponent().triggerPageLifetime('hide', [])
  callPage(page, 'onHide')
}

const close = (page: OpenPage): void => {
  callPage(page, 'onUnload')
  page.root.release()
  page.frame.element.remove()
  if (tabs.get(page.route.path) === page) tabs.delete(page.route.path)
}

/** Takes pages off the stack; tab pages are only hidden. */
const leave = (count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const page = stack.pop()
    if (!page) return
    if (tabs.get(page.route.path) === page) hide(page)
    else close(page)
  }
}

export const navigateTo = (url: string, channel?: EventChannel): OpenPage => {
  const route = find(url)
  if (isTabPage(route.path)) throw new Error('can not navigateTo a tabbar page')
  if (stack.length >= MOST_PAGES) throw new Error('webview count limit exceed')
  hide(topPage())
  const page = open(route, channel)
  show(page)
  return page
}

export const redirectTo = (url: string): void => {
  const route = find(url)
  if (isTabPage(route.path)) throw new Error('can not redirectTo a tabbar page')
  leave(1)
  show(open(route))
}

export const reLaunch = (url: string): void => {
  const route = find(url)
  for (const page of everyPage().reverse()) close(page)
  stack.length = 0
  show(open(route))
}

export const switchTab = (url: string): void => {
  const { path } = find(url)
  if (!isTabPage(path)) throw new Error('can not switch to non-TabBar page')
  if (topPage()?.route.path === path) return
  leave(stack.length)
  const kept = tabs.get(path)
  if (!kept) return show(open({ path, query: {} }))
  stack.push(kept)
  show(kept)
}

export const back = (delta: number): void => {
  if (stack.length < 2) return
  leave(Math.min(delta, stack.length - 1))
  const page = topPage()
  if (page) show(page)
}
