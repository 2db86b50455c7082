import { emit } from '../engine/dispatch'
import { camel } from '../engine/engine'

/** Base of the built-in components with behaviour. Attributes arrive as the values the template computed. */
export abstract class PhoneElement extends HTMLElement {
  private readonly given = new Map<string, unknown>()

  receive(name: string, value: unknown): void {
    this.given.set(camel(name), value)
    this.update(camel(name), value)
  }

  /** Called after an attribute changed. */
  protected update(_name: string, _value: unknown): void {}

  /** Attributes that say something of a control inside, which would count twice on the element. */
  keepsToItself(_name: string): boolean {
    return false
  }

  /** The default action of a tap on this element or inside it. Answers whether the tap is used up. */
  tapped(_inner: HTMLElement): boolean {
    return false
  }

  prop(name: string): unknown {
    return this.given.get(name)
  }

  text(name: string, fallback = ''): string {
    const value = this.given.get(name)
    return value === undefined || value === null ? fallback : String(value)
  }

  flag(name: string, fallback = false): boolean {
    const value = this.given.get(name)
    return value === undefined || value === null ? fallback : Boolean(value)
  }

  count(name: string, fallback: number): number {
    const value = Number(this.given.get(name) ?? Number.NaN)
    return Number.isFinite(value) ? value : fallback
  }

  protected tell(type: string, detail: unknown = {}, onReturn?: (value: unknown) => void): void {
    emit(this, type, detail, onReturn)
  }

  protected shadow(html: string): ShadowRoot {
    const root = this.attachShadow({ mode: 'open' })
    root.innerHTML = html
    return root
  }
}

/** An element a `form` collects by name. */
export type Field = PhoneElement & { formValue(): unknown; formReset(): void }

export const isField = (node: unknown): node is Field => node instanceof PhoneElement && 'formValue' in node

export const within = <Found extends HTMLElement>(root: ShadowRoot, selector: string): Found => {
  const found = root.querySelector<Found>(selector)
  if (!found) throw new Error(`${selector} is not in the element's shadow tree`)
  return found
}
