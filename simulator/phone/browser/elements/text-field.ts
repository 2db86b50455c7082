import { updateModel } from '../engine/backend'
import { elementAt, scopedClasses } from '../engine/engine'
import { PhoneElement } from './phone-element'

const UNSUITED: Record<string, RegExp> = { number: /\D/g, digit: /[^\d.]/g, idcard: /[^\dXx]/g }
const KEYBOARDS: Record<string, string> = { number: 'numeric', digit: 'decimal' }
const DEFAULT_MAXLENGTH = 140
const KEYBOARD_HEIGHT = 260

/** What `input` and `textarea` have in common. The real control lies in the shadow tree, the placeholder in the page's reach. */
export abstract class TextField extends PhoneElement {
  protected abstract readonly control: HTMLInputElement | HTMLTextAreaElement
  private readonly hint = document.createElement('div')
  private initial: string | undefined

  protected listen(): void {
    const { control } = this
    control.maxLength = DEFAULT_MAXLENGTH
    control.addEventListener('input', (event) => {
      event.stopPropagation()
      if (!(event as InputEvent).isComposing) this.typed()
    })
    control.addEventListener('compositionend', () => this.typed())
    control.addEventListener('focus', () => {
      this.tell('focus', { value: control.value, height: KEYBOARD_HEIGHT })
      this.tell('keyboardheightchange', { height: KEYBOARD_HEIGHT, duration: 0 })
    })
    control.addEventListener('blur', () => {
      this.tell('blur', { value: control.value, cursor: control.value.length })
      this.tell('keyboardheightchange', { height: 0, duration: 0 })
    })
    control.addEventListener('change', (event) => event.stopPropagation())
  }

  connectedCallback(): void {
    this.hint.slot = 'placeholder'
    this.append(this.hint)
    this.showHint()
    if (this.flag('focus') || this.flag('autoFocus')) setTimeout(() => this.control.focus())
  }

  override keepsToItself(name: string): boolean {
    return ['placeholder', 'aria-label', 'aria-role', 'value'].includes(name)
  }

  protected override update(name: string, value: unknown): void {
    const { control } = this
    if (name === 'value') this.show(value === null || value === undefined ? '' : String(value))
    else if (name === 'maxlength') this.limit(this.count('maxlength', DEFAULT_MAXLENGTH))
    else if (name === 'disabled') control.disabled = this.flag('disabled')
    else if (name === 'focus' && this.isConnected) this.take(this.flag('focus'))
    else if (name === 'type') control.inputMode = KEYBOARDS[this.text('type')] ?? 'text'
    else if (name === 'confirmType') control.enterKeyHint = this.text('confirmType', 'done')
    else if (name === 'ariaLabel') control.setAttribute('aria-label', this.text('ariaLabel'))
    else if (name.startsWith('placeholder')) this.showHint()
  }

  private take(isWanted: boolean): void {
    if (!isWanted) return this.control.blur()
    this.control.focus()
    const cursor = this.count('cursor', this.control.value.length)
    this.control.setSelectionRange(this.count('selectionStart', cursor), this.count('selectionEnd', cursor))
  }

  private limit(maxlength: number): void {
    if (maxlength < 0) this.control.removeAttribute('maxlength')
    else this.control.maxLength = maxlength
  }

  private typed(): void {
    const { control } = this
    const unsuited = UNSUITED[this.text('type')]
    const maxlength = control.maxLength < 0 ? Infinity : control.maxLength
    const value = (unsuited ? control.value.replace(unsuited, '') : control.value).slice(0, maxlength)
    if (value !== control.value) control.value = value
    this.hint.hidden = value !== ''
    updateModel(this, 'value', value)
    this.tell('input', { value, cursor: control.selectionStart ?? value.length, keyCode: 0 }, (answer) => this.obey(answer))
    this.resized()
  }

  /** A handler that returns text (or `{value, cursor}`) replaces what was typed. */
  private obey(answer: unknown): void {
    if (typeof answer === 'string') this.show(answer)
    const replaced = answer as { value?: string; cursor?: number } | null | undefined
    if (typeof replaced !== 'object' || typeof replaced?.value !== 'string') return
    this.show(replaced.value)
    if (replaced.cursor !== undefined) this.control.setSelectionRange(replaced.cursor, replaced.cursor)
  }

  private show(value: string): void {
    this.initial ??= value
    if (this.control.value !== value) this.control.value = value
    this.hint.hidden = value !== ''
    this.resized()
  }

  protected resized(): void {}

  private showHint(): void {
    const { hint } = this
    hint.textContent = this.text('placeholder')
    hint.className = ['phone-placeholder', ...scopedClasses(elementAt(this), this.text('placeholderClass', 'input-placeholder'))].join(' ')
    hint.style.cssText = this.text('placeholderStyle')
    hint.hidden = this.control.value !== ''
    this.control.placeholder = this.text('placeholder')
  }

  confirm(): void {
    this.tell('confirm', { value: this.control.value })
  }

  formValue(): string {
    return this.control.value
  }

  formReset(): void {
    this.show(this.initial ?? '')
  }
}

export const FIELD_STYLE = `
  :host { display: block; position: relative; font-family: inherit; -webkit-user-select: text; user-select: text; }
  input, textarea { display: block; box-sizing: border-box; width: 100%; height: 100%; margin: 0; padding: 0; border: 0; outline: 0;
    background: none;
    font: inherit; color: inherit; text-align: inherit; letter-spacing: inherit; line-height: inherit;
      -webkit-text-fill-color: currentcolor; opacity: 1; }
  ::placeholder { color: transparent; -webkit-text-fill-color: transparent; }
  .hint { position: absolute; inset: 0; box-sizing: border-box; padding: inherit; pointer-events: none; overflow: hidden; }
`
