import { privacyKey } from '../host/persona'
import { make, makeButton } from '../sheets/sheet'
import { createChoice } from './choice'
import { createGroup } from './group'
import { createMessages } from './messages'
import { createPeople, isPerson, type Person } from './people'
import { createScreen, WIDTHS } from './screen'
import { readShellState, writeShellState, type ShellState } from './state'
import './shell.css'

const SMALL_SCREEN = 600

const state = readShellState()

const bareAddress = ({ openid }: ShellState): string => `/app.html?openid=${encodeURIComponent(openid)}${location.hash}`

const field = (label: string, content: HTMLElement): HTMLElement => make('section.field', make('h2', label), content)

/** The desktop page around the phone: who holds it, what it is like, where it is, and what WeChat brought. */
const draw = (root: HTMLElement): void => {
  const screen = createScreen(state, (address) => {
    location.replace(`#${address}`)
    place.value = address
  })
  const place = make('input.place') as HTMLInputElement
  place.setAttribute('aria-label', '当前页面')
  place.spellcheck = false
  place.addEventListener('change', () => screen.open(place.value))

  const messages = createMessages((page) => screen.open(`/${page}`))
  const change = (changes: Partial<ShellState>): void => {
    Object.assign(state, changes)
    writeShellState(state)
    screen.show()
    messages.of(state.openid)
    people.mark(state.openid)
  }
  const people = createPeople((person: Person) => change({ openid: person.openid }))

  const left = make(
    'aside.side',
    make('h1', '邻里 · 模拟器'),
    field('谁拿着手机', people.element),
    field(
      '屏幕',
      createChoice(
        WIDTHS.map(({ width, label }) => ({ value: width, label })),
        state.width,
        (width) => change({ width }),
      ),
    ),
    field(
      '文字',
      createChoice(
        [
          { value: 1, label: '标准' },
          { value: 1.2, label: '大' },
          { value: 1.4, label: '特大' },
        ],
        state.text,
        (text) => change({ text }),
      ),
    ),
    field(
      '外观',
      createChoice(
        [
          { value: 'light', label: '浅色' },
          { value: 'dark', label: '深色' },
        ] as const,
        state.theme,
        (theme) => change({ theme }),
      ),
    ),
    field(
      '网络',
      createChoice(
        [
          { value: 'normal', label: '正常' },
          { value: 'weak', label: '弱网' },
          { value: 'offline', label: '断网' },
        ] as const,
        state.network,
        (network) => change({ network }),
      ),
    ),
    field('隐私授权', makeButton('忘记已经同意', 'option', () => localStorage.removeItem(privacyKey(state.openid)))),
    field('当前页面', place),
  )
  root.append(left, screen.element, make('aside.side', field('微信服务通知', messages.element), field('企业微信 · 物业工作群', createGroup().element)))
  messages.of(state.openid)
  people.mark(state.openid)
  void people.load().then((known) => {
    if (!isPerson(state.openid, known) && known[0]) change({ openid: known[0].openid })
  })
}

const root = document.getElementById('shell')
if (innerWidth <= SMALL_SCREEN) location.replace(bareAddress(state))
else if (root) draw(root)
