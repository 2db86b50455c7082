import { associated } from '../engine/backend'
import { codeSpace, glassEasel } from '../engine/engine'
import { loadUnit } from '../engine/space'
import { type EventChannel } from './event-channel'
import { hasTabBar, isTabPage, windowOf } from './config'
import { createFrame, type Frame } from './frame'
import { installPullDown, type PullDown } from './pull-down'
import { type Route } from './route'

type PageInstance = Record<string, unknown> & { route: string; options: Record<string, string> }

type Root = ReturnType<typeof associated.createRoot>

export type OpenPage = {
  route: Route
  frame: Frame
  root: Root
  instance: PageInstance
  tabBar?: unknown
  channel: EventChannel
  pullDown: PullDown
  isReady: boolean
}

const TAB_BAR = 'custom-tab-bar/index'
const REACH_BOTTOM = 50

export const callPage = (page: OpenPage, name: string, ...values: unknown[]): unknown => {
  const method = page.instance[name]
  return typeof method === 'function'
    ? glassEasel.safeCallback(name, method as (...values: unknown[]) => unknown, page.instance, values, page.root.getComponent())
    : undefined
}

/** Builds a page, calls `onLoad` and attaches it, hidden; whoever keeps the stack shows it. */
export const openPage = (route: Route, container: HTMLElement, channel: EventChannel, goBack: () => void): OpenPage => {
  loadUnit(route.path)
  const frame = createFrame(route.path, goBack)
  container.append(frame.element)
  const place = frame.page.appendChild(document.createElement('span'))
  const root = associated.createRoot('wx-root', codeSpace, route.path)
  const instance = root.get() as unknown as PageInstance
  instance.route = route.path
  instance.options = route.query
  const page: OpenPage = {
    route,
    frame,
    root,
    instance,
    channel,
    isReady: false,
    pullDown: installPullDown(
      frame,
      () => Boolean(windowOf(route.path).enablePullDownRefresh),
      () => void callPage(page, 'onPullDownRefresh'),
    ),
  }
  giveQuery(page)
  if (hasTabBar() && isTabPage(route.path)) attachTabBar(page)
  pages.set(instance, page)
  callPage(page, 'onLoad', route.query)
  root.attach(frame.page as unknown as Parameters<Root['attach']>[0], place as unknown as Parameters<Root['attach']>[1])
  watchScroll(page)
  return page
}

const pages = new WeakMap<object, OpenPage>()

/** The page a page instance, its tab bar or one of its components belongs to. */
export const pageOf = (instance: object): OpenPage | undefined => {
  const known = pages.get(instance)
  if (known) return known
  let component = (instance as { _$?: glassEasel.GeneralComponent })._$
  while (component?.ownerShadowRoot) component = component.ownerShadowRoot.getHostNode()
  return component && pages.get(component.getMethodCaller())
}

/** A page written as a component takes its query as properties. */
const giveQuery = ({ root, route }: OpenPage): void => {
  const component = root.getComponent()
  const known = Object.entries(route.query).filter(([name]) => glassEasel.Component.hasProperty(component, name))
  if (known.length > 0) component.setData(Object.fromEntries(known))
}

const attachTabBar = (page: OpenPage): void => {
  loadUnit(TAB_BAR)
  const place = page.frame.page.appendChild(document.createElement('span'))
  const root = associated.createRoot('custom-tab-bar', codeSpace, TAB_BAR)
  page.tabBar = root.get()
  pages.set(page.tabBar as object, page)
  root.attach(page.frame.page as unknown as Parameters<Root['attach']>[0], place as unknown as Parameters<Root['attach']>[1])
}

const watchScroll = (page: OpenPage): void => {
  const { scroll } = page.frame
  let isAtBottom = false
  scroll.addEventListener('scroll', () => {
    callPage(page, 'onPageScroll', { scrollTop: scroll.scrollTop })
    const distance = windowOf(page.route.path).onReachBottomDistance ?? REACH_BOTTOM
    const isNear = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - distance
    if (isNear && !isAtBottom) callPage(page, 'onReachBottom')
    isAtBottom = isNear
  })
}
