type Point = { identifier: number; clientX: number; clientY: number; pageX: number; pageY: number; target: EventTarget }

const MOUSE = -1
const SLACK = 5

let start: { target: Element; x: number; y: number } | undefined
let scrolled: { node: Element; x: number; y: number } | undefined

/** A mouse is a finger here: it sends the touch events the components listen for, and drags what a finger would scroll. */
export const installMouse = (): void => {
  document.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0) return
    const target = event.composedPath()[0]
    if (!(target instanceof Element)) return
    start = { target, x: event.clientX, y: event.clientY }
    scrolled = undefined
    send('touchstart', event)
  }, true)
  document.addEventListener('pointermove', (event) => {
    if (!start || event.pointerType !== 'mouse') return
    if (!send('touchmove', event)) drag(event)
  }, true)
  for (const type of ['pointerup', 'pointercancel'] as const) {
    document.addEventListener(type, (event) => {
      if (!start || event.pointerType !== 'mouse') return
      send(type === 'pointerup' ? 'touchend' : 'touchcancel', event)
      start = undefined
    }, true)
  }
}

/** Answers whether a listener prevented the default, as a component does that moves something itself. */
const send = (type: string, { clientX, clientY }: PointerEvent): boolean => {
  if (!start) return false
  const point: Point = { identifier: MOUSE, clientX, clientY, pageX: clientX, pageY: clientY, target: start.target }
  const touches = type === 'touchstart' || type === 'touchmove' ? [point] : []
  const event = new Event(type, { bubbles: true, cancelable: true, composed: true })
  Object.assign(event, { touches, targetTouches: touches, changedTouches: [point] })
  return !start.target.dispatchEvent(event)
}

const drag = ({ clientX, clientY }: PointerEvent): void => {
  if (!start || start.target.closest('input, textarea')) return
  const dx = clientX - start.x
  const dy = clientY - start.y
  if (!scrolled) {
    if (Math.hypot(dx, dy) < SLACK) return
    const node = scrollableFrom(start.target, Math.abs(dx) > Math.abs(dy))
    if (!node) return
    scrolled = { node, x: node.scrollLeft + dx, y: node.scrollTop + dy }
  }
  scrolled.node.scrollTo({ left: scrolled.x - dx, top: scrolled.y - dy, behavior: 'instant' })
}

const scrollableFrom = (target: Element, isSideways: boolean): Element | undefined => {
  let node: Element | null = target
  while (node) {
    const style = getComputedStyle(node)
    const isScrolling = /auto|scroll/.test(isSideways ? style.overflowX : style.overflowY)
    const hasMore = isSideways ? node.scrollWidth > node.clientWidth : node.scrollHeight > node.clientHeight
    if (isScrolling && hasMore) return node
    node = node.parentElement ?? (node.getRootNode() as ShadowRoot).host ?? null
  }
  return undefined
}
