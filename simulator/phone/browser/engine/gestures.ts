import { PhoneElement } from '../elements/phone-element'
import { dispatch, type Touch } from './dispatch'
import { elementAt, type Element as EngineElement } from './engine'
import { endHover, startHover } from './hover'
import { installMouse } from './mouse'

const TAP_SLACK = 10
const LONG_PRESS_MS = 350

type Press = { node: HTMLElement; target: EngineElement; x: number; y: number; timer: ReturnType<typeof setTimeout>; isLong: boolean }

let press: Press | undefined
let isTapping = false
let pressedNode: Node | undefined

/** Whether code runs in answer to a tap right now: some of WeChat's APIs work only then. */
export const isInTap = (): boolean => isTapping

/** Lets what a person confirmed in WeChat's own sheets count as a tap until the running task ends. */
export const asTap = (run: () => void): void => {
  isTapping = true
  setTimeout(() => (isTapping = false))
  run()
}

export const installGestures = (): void => {
  installMouse()
  document.addEventListener('touchstart', onStart, { capture: true, passive: true })
  document.addEventListener('touchmove', onMove, { capture: true, passive: false })
  document.addEventListener('touchend', onEnd, { capture: true })
  document.addEventListener('touchcancel', onCancel, { capture: true })
  window.addEventListener('click', swallowGhost, true)
}

const nodeOf = (event: Event): HTMLElement | undefined => {
  const node = event.target
  return node instanceof HTMLElement ? node : undefined
}

/** WeChat counts from the page's own corner below the navigation bar: `client` from what is shown, `page` from its beginning. */
const toTouches = (node: HTMLElement, list: TouchList): Touch[] => {
  const body = node.closest('.phone-body')
  const scroll = body?.querySelector('.phone-scroll')
  const top = body?.getBoundingClientRect().top ?? 0
  return Array.from(list, ({ identifier, clientX, clientY }) => ({
    identifier,
    clientX,
    clientY: clientY - top,
    pageX: clientX,
    pageY: clientY - top + (scroll?.scrollTop ?? 0),
  }))
}

const send = (event: TouchEvent, type: string): boolean => {
  const node = nodeOf(event)
  const target = node && elementAt(node)
  if (!node || !target) return false
  return dispatch(
    target,
    type,
    {},
    { bubbles: true, touches: toTouches(node, event.touches), changedTouches: toTouches(node, event.changedTouches) },
  )
}

const onStart = (event: TouchEvent): void => {
  const node = nodeOf(event)
  pressedNode = node
  send(event, 'touchstart')
  const touch = event.changedTouches[0]
  const target = node && elementAt(node)
  if (press) cancelPress()
  if (!node || !touch || !target || event.touches.length > 1) return
  press = { node, target, x: touch.clientX, y: touch.clientY, isLong: false, timer: setTimeout(() => longPress(event), LONG_PRESS_MS) }
  startHover(node)
}

const longPress = (event: TouchEvent): void => {
  if (!press) return
  press.isLong = hasListener(press.target, 'longpress') || hasListener(press.target, 'longtap')
  send(event, 'longpress')
  send(event, 'longtap')
}

const onMove = (event: TouchEvent): void => {
  const touch = event.changedTouches[0]
  if (press && touch && Math.hypot(touch.clientX - press.x, touch.clientY - press.y) > TAP_SLACK) cancelPress()
  if (send(event, 'touchmove') && event.cancelable) event.preventDefault()
}

const onEnd = (event: TouchEvent): void => {
  send(event, 'touchend')
  const done = press
  cancelPress()
  if (done && !done.isLong) tap(done, event)
}

const onCancel = (event: TouchEvent): void => {
  send(event, 'touchcancel')
  cancelPress()
}

const cancelPress = (): void => {
  clearTimeout(press?.timer)
  press = undefined
  endHover()
}

const tap = ({ node, target }: Press, event: TouchEvent): void => {
  if (node.closest('wx-button[disabled]')) return
  const [touch] = toTouches(node, event.changedTouches)
  asTap(() => {
    dispatch(
      target,
      'tap',
      { x: touch?.pageX ?? 0, y: touch?.pageY ?? 0 },
      { bubbles: true, touches: [], changedTouches: touch ? [touch] : [] },
    )
    act(node)
  })
}

/** What built-in components do by themselves when tapped, innermost first. */
const act = (inner: HTMLElement): void => {
  let node: HTMLElement | null = inner
  while (node) {
    if (node instanceof PhoneElement && node.tapped(inner)) return
    node = node.parentElement
  }
}

type WithListeners = { _$eventTarget?: { listeners?: Record<string, unknown> }; parentNode: WithListeners | null }

const hasListener = (target: EngineElement, type: string): boolean => {
  let element: WithListeners | null = target as unknown as WithListeners
  while (element) {
    if (element._$eventTarget?.listeners?.[type]) return true
    element = element.parentNode
  }
  return false
}

/** The browser's click comes after `tap` and would hit whatever the tap has just laid over the page. */
const swallowGhost = (event: MouseEvent): void => {
  const start = pressedNode
  pressedNode = undefined
  const node = event.target as Node
  if (!event.isTrusted || !start || start.contains(node) || node.contains(start)) return
  event.stopImmediatePropagation()
  event.preventDefault()
}
