import { back, navigateTo, reLaunch, redirectTo, switchTab, topPage } from '../pages/stack'
import { EventChannel } from '../pages/event-channel'
import { api } from './call'

type Go = { url: string; events?: Record<string, (...values: unknown[]) => void> }

const scrollPage = ({
  scrollTop,
  selector,
  offsetTop = 0,
  duration = 300,
}: {
  scrollTop?: number
  selector?: string
  offsetTop?: number
  duration?: number
}): void => {
  const scroll = topPage()?.frame.scroll
  const target = selector ? scroll?.querySelector(selector) : undefined
  const top =
    target && scroll
      ? target.getBoundingClientRect().top - scroll.getBoundingClientRect().top + scroll.scrollTop + offsetTop
      : (scrollTop ?? 0)
  scroll?.scrollTo({ top, behavior: duration > 0 ? 'smooth' : 'instant' })
}

export const navigationApis = {
  navigateTo: api<Go>('navigateTo', ({ url, events }) => {
    const eventChannel = new EventChannel()
    for (const [name, listener] of Object.entries(events ?? {})) eventChannel.on(name, listener)
    navigateTo(url, eventChannel)
    return { eventChannel }
  }),
  redirectTo: api<Go>('redirectTo', ({ url }) => redirectTo(url)),
  switchTab: api<Go>('switchTab', ({ url }) => switchTab(url)),
  reLaunch: api<Go>('reLaunch', ({ url }) => reLaunch(url)),
  navigateBack: api<{ delta?: number }>('navigateBack', ({ delta }) => back(delta ?? 1)),
  setNavigationBarTitle: api<{ title: string }>('setNavigationBarTitle', ({ title }) => {
    topPage()?.frame.setTitle(title)
  }),
  setNavigationBarColor: api<{ frontColor?: string; backgroundColor?: string }>(
    'setNavigationBarColor',
    ({ frontColor, backgroundColor }) =>
      topPage()?.frame.setColors({ ...(frontColor && { front: frontColor }), ...(backgroundColor && { background: backgroundColor }) }),
  ),
  showNavigationBarLoading: api('showNavigationBarLoading', () => topPage()?.frame.setBusy(true)),
  hideNavigationBarLoading: api('hideNavigationBarLoading', () => topPage()?.frame.setBusy(false)),
  setBackgroundColor: api<{ backgroundColor?: string }>('setBackgroundColor', ({ backgroundColor }) => {
    const frame = topPage()?.frame
    if (frame && backgroundColor) frame.element.style.background = backgroundColor
  }),
  startPullDownRefresh: api('startPullDownRefresh', () => topPage()?.pullDown.start()),
  stopPullDownRefresh: api('stopPullDownRefresh', () => topPage()?.pullDown.stop()),
  pageScrollTo: api('pageScrollTo', scrollPage),
}
