import { isField, PhoneElement, within } from './phone-element'

const BOX = (shape: string, mark: string): string => `<style>
  :host { display: inline-block; vertical-align: middle; }
  .box { display: inline-flex; align-items: center; justify-content: center; box-sizing: border-box; width: 24px; height: 24px;
    margin-right: 5px;
    border: 1px solid #d1d1d1; background: #fff; vertical-align: middle; ${shape} }
  .mark { display: none; ${mark} }
  :host([data-on]) .mark { display: block; }
  :host([disabled]) .box { background: #e1e1e1; }
</style><span class="box"><span class="mark"></span></span><slot></slot>`

const TICK =
  'width: 6px; height: 12px; margin-bottom: 3px; border: solid var(--mark, #09bb07); border-width: 0 2px 2px 0; transform: rotate(45deg);'

/** A box the person can tick. `data-on` shows the state, so that labels and style sheets see it. */
abstract class Choice extends PhoneElement {
  private initial: boolean | undefined

  constructor(shape: string, mark: string) {
    super()
    this.shadow(BOX(shape, mark))
  }

  connectedCallback(): void {
    this.setAttribute('role', this.role ?? this.kind)
    this.show(this.isOn)
  }

  abstract readonly kind: 'checkbox' | 'radio'

  protected override update(name: string): void {
    if (name === 'checked') this.show(this.flag('checked'))
    if (name === 'color') this.style.setProperty('--mark', this.text('color'))
  }

  get isOn(): boolean {
    return this.hasAttribute('data-on')
  }

  show(isOn: boolean): void {
    this.initial ??= isOn
    this.toggleAttribute('data-on', isOn)
    if (this.isConnected) this.setAttribute('aria-checked', String(isOn))
  }

  reset(): void {
    this.show(this.initial ?? false)
  }

  override tapped(): boolean {
    if (!this.flag('disabled')) this.toggle()
    return true
  }

  protected abstract toggle(): void
}

export class PhoneCheckbox extends Choice {
  readonly kind = 'checkbox'
  constructor() {
    super('border-radius: 3px;', TICK)
  }
  protected toggle(): void {
    this.show(!this.isOn)
    this.closest<PhoneCheckboxGroup>('wx-checkbox-group')?.changed()
  }
}

export class PhoneRadio extends Choice {
  readonly kind = 'radio'
  constructor() {
    super('border-radius: 50%;', TICK)
  }
  protected toggle(): void {
    if (this.isOn) return
    this.show(true)
    this.closest<PhoneRadioGroup>('wx-radio-group')?.changed(this)
  }
}

export class PhoneCheckboxGroup extends PhoneElement {
  private boxes(): PhoneCheckbox[] {
    return [...this.querySelectorAll<PhoneCheckbox>('wx-checkbox')]
  }
  changed(): void {
    this.tell('change', { value: this.formValue() })
  }
  formValue(): string[] {
    return this.boxes()
      .filter(({ isOn }) => isOn)
      .map((box) => box.text('value'))
  }
  formReset(): void {
    for (const box of this.boxes()) box.reset()
  }
}

export class PhoneRadioGroup extends PhoneElement {
  private radios(): PhoneRadio[] {
    return [...this.querySelectorAll<PhoneRadio>('wx-radio')]
  }
  changed(chosen: PhoneRadio): void {
    for (const radio of this.radios()) if (radio !== chosen) radio.show(false)
    this.tell('change', { value: chosen.text('value') })
  }
  formValue(): string {
    return (
      this.radios()
        .find(({ isOn }) => isOn)
        ?.text('value') ?? ''
    )
  }
  formReset(): void {
    for (const radio of this.radios()) radio.reset()
  }
}

const SWITCH = `<style>
  :host { display: inline-block; vertical-align: middle; }
  .track { display: block; position: relative; width: 52px; height: 32px; border-radius: 16px; background: #dfdfdf;
    transition: background .1s; }
  .track::after { content: ''; position: absolute; left: 1px; top: 1px; width: 30px; height: 30px; border-radius: 15px; background: #fff;
    box-shadow: 0 1px 3px rgba(0,0,0,.4); transition: transform .1s; }
  :host([data-on]) .track { background: var(--on, #04be02); }
  :host([data-on]) .track::after { transform: translateX(20px); }
  :host([disabled]) .track { opacity: .7; }
</style><span class="track"></span>`

export class PhoneSwitch extends PhoneElement {
  private initial: boolean | undefined
  protected readonly track = within<HTMLElement>(this.shadow(SWITCH), '.track')

  connectedCallback(): void {
    this.setAttribute('role', 'switch')
    this.show(this.formValue())
  }
  protected override update(name: string): void {
    if (name === 'checked') this.show(this.flag('checked'))
    if (name === 'color') this.style.setProperty('--on', this.text('color'))
  }
  private show(isOn: boolean): void {
    this.initial ??= isOn
    this.toggleAttribute('data-on', isOn)
    if (this.isConnected) this.setAttribute('aria-checked', String(isOn))
  }
  override tapped(): boolean {
    if (this.flag('disabled')) return true
    this.show(!this.formValue())
    this.tell('change', { value: this.formValue() })
    return true
  }
  formValue(): boolean {
    return this.hasAttribute('data-on')
  }
  formReset(): void {
    this.show(this.initial ?? false)
  }
}

/** A tap on a label is a tap on the control it names (`for`) or holds. */
export class PhoneLabel extends PhoneElement {
  override tapped(inner: HTMLElement): boolean {
    const named = this.text('for')
    const page = this.closest('wx-page') ?? document
    const control = named
      ? page.querySelector<PhoneElement>(`[id="${CSS.escape(named)}"],[id$="--${CSS.escape(named)}"]`)
      : [...this.querySelectorAll<HTMLElement>('*')].find(
          (node): node is PhoneElement => isField(node) || node instanceof Choice || node.localName === 'wx-button',
        )
    if (!control || control.contains(inner)) return false
    control.shadowRoot?.querySelector<HTMLElement>('input, textarea')?.focus()
    return control.tapped(control)
  }
}
