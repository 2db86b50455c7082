import { templateTitles } from '../host/templates'
import { make } from '../sheets/sheet'

type Message = { seq: number; at: string } & (
  { kind: 'subscription'; templateId: string; page: string; data: Record<string, { value: string }> } | { kind: 'sms'; content: string }
)

const EVERY_MS = 2_000

export const sentAt = (at: string): string =>
  new Date(at).toLocaleString('zh-CN', { month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' })

const drawMessage = (message: Message, titles: Record<string, string>, open: (page: string) => void): HTMLElement => {
  const time = make('time', sentAt(message.at))
  if (message.kind === 'sms') return make('article.message', make('header', make('b', '短信'), time), make('p', message.content))
  const card = make(
    'button.message',
    make('header', make('b', '邻里物业'), time),
    make('strong', titles[message.templateId] ?? message.templateId),
    ...Object.values(message.data).map(({ value }) => make('p', value)),
    make('footer', '进入小程序查看'),
  )
  card.addEventListener('click', () => open(message.page))
  return card
}

/** What WeChat and the SMS service delivered to whoever holds the phone; a subscription message opens its page. */
export const createMessages = (open: (page: string) => void) => {
  const element = make('div.messages')
  let openid = ''
  let shown = ''
  const load = async (): Promise<void> => {
    if (document.hidden || !openid) return
    const asked = openid
    const { messages } = (await (await fetch(`/control/outbox?openid=${encodeURIComponent(asked)}`)).json()) as { messages: Message[] }
    const key = `${asked} ${messages[0]?.seq ?? ''} ${messages.length}`
    if (asked !== openid || key === shown) return
    const titles = await templateTitles()
    shown = key
    element.replaceChildren(
      ...(messages.length > 0 ? messages.map((message) => drawMessage(message, titles, open)) : [make('p.none', '还没有消息')]),
    )
  }
  const tryLoad = (): void => void load().catch(() => undefined)
  setInterval(tryLoad, EVERY_MS)
  return {
    element,
    of: (person: string) => {
      openid = person
      tryLoad()
    },
  }
}
