import { glassEasel, kebab, type Element, type Instance } from './engine'

/** What WXS handlers get as `ownerInstance` and `event.instance`. */
type Descriptor = Record<string, unknown>
type WithCaller = { _$?: Element }

const descriptors = new WeakMap<Element, Descriptor>()

const styleText = (style: string | Record<string, unknown>): string =>
  typeof style === 'string'
    ? style
    : Object.entries(style)
        .map(([name, value]) => `${kebab(name)}:${String(value)}`)
        .join(';')

const asInstance = (element: Element): Instance | undefined => (glassEasel.Component.isComponent(element) ? element : undefined)

const WXS_STYLE = 1

const describe = (target: Element | WithCaller | null | undefined): Descriptor | undefined => {
  const element = (target as WithCaller | null | undefined)?._$ ?? (target as Element | null | undefined)
  if (!element) return undefined
  const known = descriptors.get(element)
  if (known) return known
  const node = (): HTMLElement => element.getBackendElement() as unknown as HTMLElement
  const root = (): glassEasel.ShadowRoot | null | undefined => asInstance(element)?.getShadowRoot()
  const state: Record<string, unknown> = {}
  const descriptor: Descriptor = {
    selectComponent: (selector: string) => describe(root()?.querySelector(selector)),
    selectAllComponents: (selector: string) => (root()?.querySelectorAll(selector) ?? []).map(describe),
    setStyle: (style: string | Record<string, unknown>) => {
      element.setNodeStyle(styleText(style), WXS_STYLE)
      return descriptor
    },
    addClass: (name: string) => {
      element.classList?.toggle(name, true)
      return descriptor
    },
    removeClass: (name: string) => {
      element.classList?.toggle(name, false)
      return descriptor
    },
    hasClass: (name: string) => element.classList?.contains(name) ?? false,
    getDataset: () => element.dataset,
    getState: () => state,
    callMethod: (name: string, value: unknown) =>
      (asInstance(element)?.getMethodCaller() as Record<string, (value: unknown) => unknown> | undefined)?.[name]?.(value),
    triggerEvent: (type: string, detail: unknown, options: object) => asInstance(element)?.triggerEvent(type, detail, options),
    getComputedStyle: (names: string[]) =>
      Object.fromEntries(names.map((name) => [name, getComputedStyle(node()).getPropertyValue(kebab(name))])),
    getBoundingClientRect: () => node().getBoundingClientRect(),
    requestAnimationFrame: (run: () => void) => requestAnimationFrame(run),
    setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
    clearTimeout: (timer: number) => clearTimeout(timer),
  }
  descriptors.set(element, descriptor)
  return descriptor
}

type ChangeHandler = (now: unknown, before: unknown, owner: unknown, target: unknown) => void

/** `change:prop` handlers run when the tree they look into stands. */
export const wxsChange =
  (handler: ChangeHandler): ChangeHandler =>
  (now, before, owner, target) =>
    void setTimeout(() => handler(now, before, describe(owner as Element), describe(target as Element)))

type EventHandler = (this: unknown, event: unknown, owner?: unknown) => unknown

const isMethodOf = (caller: Record<string, unknown>, handler: EventHandler): boolean => {
  for (const name in caller) if (caller[name] === handler) return true
  return false
}

/** A handler from WXS gets its owner beside the event; a method of the component is called as such. */
export const wxsEvent = (
  caller: Record<string, unknown>,
  event: { currentTarget: Element },
  handler: EventHandler,
  isWxs: unknown,
): unknown => {
  if (!isWxs && isMethodOf(caller, handler)) return handler.call(caller, event)
  const extended = Object.assign(Object.create(event) as object, { instance: describe(event.currentTarget) })
  return handler.call(undefined, extended, describe(caller as WithCaller))
}
