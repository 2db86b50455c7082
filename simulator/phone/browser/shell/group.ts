import { make } from '../sheets/sheet'
import { sentAt } from './messages'

type Said = { seq: number; at: string; content: string }

const EVERY_MS = 2_000
const SHOWN = 20

const draw = ({ at, content }: Said): HTMLElement =>
  make('article.message', make('header', make('b', '群机器人'), make('time', sentAt(at))), ...content.split('\n').map((line) => make('p', line)))

/** The staff's 企业微信 group, as far as its robot speaks in it; the same whoever holds the phone. */
export const createGroup = (): { element: HTMLElement } => {
  const element = make('div.messages')
  let shown = -1
  const load = async (): Promise<void> => {
    if (document.hidden) return
    const { messages } = (await (await fetch('/control/outbox?kind=robot')).json()) as { messages: Said[] }
    const newest = messages[0]?.seq ?? 0
    if (newest === shown) return
    shown = newest
    element.replaceChildren(...(messages.length > 0 ? messages.slice(0, SHOWN).map(draw) : [make('p.none', '群里还没有消息')]))
  }
  const tryLoad = (): void => void load().catch(() => undefined)
  setInterval(tryLoad, EVERY_MS)
  tryLoad()
  return { element }
}
