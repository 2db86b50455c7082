import { make } from '../sheets/sheet'
import { askActionSheet } from '../sheets/modal'
import { shareTopPage } from './share'
import { topPage, reLaunch } from './stack'
import { firstPage } from './config'
import { writeRoute } from './route'

/** What WeChat draws over every page: the status bar, the capsule and the home line. */
export const drawPhone = (): void => {
  const menu = make('button.phone-capsule-menu', '•••')
  menu.setAttribute('aria-label', '更多')
  menu.addEventListener('click', () => void openMenu())
  const close = make('button.phone-capsule-close')
  close.setAttribute('aria-label', '关闭')
  close.addEventListener('click', () => reLaunch(`/${firstPage()}`))
  document.body.append(make('div.phone-status', make('span', '9:41')), make('div.phone-capsule', menu, close), make('div.phone-home-line'))
}

const openMenu = async (): Promise<void> => {
  const choice = await askActionSheet({ itemList: ['发送给朋友', '重新进入小程序'] })
  const page = topPage()
  if (choice === 0) await shareTopPage('menu')
  if (choice === 1 && page) reLaunch(writeRoute(page.route))
}
