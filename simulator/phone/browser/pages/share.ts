import { elementAt } from '../engine/engine'
import { askModal } from '../sheets/modal'
import { callPage } from './open-page'
import { topPage } from './stack'
import { writeRoute } from './route'

/** Asks the page for what it shares and shows the card a friend would get. */
export const shareTopPage = async (from: 'button' | 'menu', button?: HTMLElement): Promise<void> => {
  const page = topPage()
  if (!page) return
  const target = button && elementAt(button)
  const answer = (callPage(page, 'onShareAppMessage', { from, ...(target && { target: { id: target.id, dataset: target.dataset } }) }) ??
    {}) as { title?: string; path?: string }
  await askModal({
    title: '发送给朋友',
    content: `${answer.title ?? document.title}\n${answer.path ?? writeRoute(page.route)}`,
    confirmText: '发送',
  })
}
