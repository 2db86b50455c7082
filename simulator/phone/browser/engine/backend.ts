import { dispatch } from './dispatch'
import { elementAt, environment, glassEasel, type Backed, type Element } from './engine'
import { addSheet } from './theme'

const ANIMATION_EVENTS = ['transitionend', 'animationstart', 'animationiteration', 'animationend']

type ModelListener = (value: unknown) => void
type Modelled = HTMLElement & { models?: Map<string, ModelListener | null> }

type BackendElement = Parameters<glassEasel.CurrentWindowBackendContext['setListenerStats']>[0]

/**
 * The engine's browser backend without its event handling: gestures and built-in components dispatch their own events, because
 * the browser's `click`, `input` or `scroll` have other targets, other details and other bubbling than WeChat's.
 */
class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  private readonly contents = new Map<string, string>()

  override onEvent(): void {
    for (const type of ANIMATION_EVENTS) {
      document.addEventListener(type, (event) => {
        const target = elementAt(event.target)
        if (target) dispatch(target, type, {}, { bubbles: true })
      }, true)
    }
  }

  override setListenerStats(): void {
    // Nothing listens in the browser per element.
  }

  override registerStyleSheetContent(path: string, content: unknown): void {
    this.contents.set(path, String(content))
  }

  /** The engine appends a sheet each time a page opens; once is enough. */
  override appendStyleSheetPath(path: string): number {
    const css = this.contents.get(path)
    if (css) addSheet(css)
    this.contents.delete(path)
    return 0
  }

  /** Not enumerable: a canvas node kept in `data` would drag the whole tree through setData's deep copy. */
  override associateValue(element: BackendElement, value: Element): void {
    Object.defineProperty(element, '__wxElement', { value, writable: true, configurable: true, enumerable: false })
  }

  override setModelBindingStat(element: BackendElement, name: string, listener: ModelListener | null): void {
    const node = element as unknown as Modelled
    node.models ??= new Map()
    node.models.set(name, listener)
  }

  override getWindowHeight(): number {
    return document.querySelector('.phone-frame:not([hidden]) .phone-body')?.clientHeight ?? super.getWindowHeight()
  }
}

export const backend = new PhoneBackend()
export const associated = environment.associateBackend(backend)
backend.onEvent()

/** Tells `model:value` of a built-in that the person changed it. */
export const updateModel = (node: HTMLElement, name: string, value: unknown): void => (node as Modelled & Backed).models?.get(name)?.(value)
