import { elementAt, glassEasel, type Element } from './engine'

export type Touch = { identifier: number; pageX: number; pageY: number; clientX: number; clientY: number }

type Options = {
  bubbles?: boolean
  touches?: Touch[]
  changedTouches?: Touch[]
  /** Called with what a handler returned: an input takes a returned string as its new value. */
  onReturn?: (value: unknown) => void
}

/** Sends an event through the engine's tree in WeChat's shape. Answers whether a handler caught it. */
export const dispatch = (target: Element, type: string, detail: unknown, options: Options = {}): boolean => {
  const extraFields = options.touches ? { touches: options.touches, changedTouches: options.changedTouches ?? options.touches } : undefined
  const event = new glassEasel.Event(type, detail, {
    bubbles: options.bubbles ?? false,
    composed: options.bubbles ?? false,
    capturePhase: true,
    ...(extraFields && { extraFields }),
    ...(options.onReturn && { handleListenerReturn: options.onReturn }),
  })
  glassEasel.Event.dispatchEvent(target, event)
  return event.defaultPrevented()
}

/** An event of a built-in component: it stays at the component, as WeChat's do unless said otherwise. */
export const emit = (node: Node, type: string, detail: unknown = {}, onReturn?: (value: unknown) => void): void => {
  const target = elementAt(node)
  if (target) dispatch(target, type, detail, onReturn ? { onReturn } : {})
}
