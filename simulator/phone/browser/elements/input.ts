import { within } from './phone-element'
import { FIELD_STYLE, TextField } from './text-field'

const HTML = `<style>${FIELD_STYLE}
  :host { height: 1.4rem; min-height: 1.4rem; overflow: hidden; white-space: nowrap; }
  .hint { display: flex; align-items: center; justify-content: inherit; }
  .hint ::slotted(*) { flex: 1; }
</style><input type="text" autocomplete="off"><div class="hint"><slot name="placeholder"></slot></div>`

export class PhoneInput extends TextField {
  protected readonly control = within<HTMLInputElement>(this.shadow(HTML), 'input')

  constructor() {
    super()
    this.listen()
    this.control.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return
      event.preventDefault()
      this.confirm()
      if (!this.flag('confirmHold')) this.control.blur()
    })
  }

  protected override update(name: string, value: unknown): void {
    super.update(name, value)
    if (name === 'password' || name === 'type')
      this.control.type = this.flag('password') || this.text('type') === 'safe-password' ? 'password' : 'text'
  }
}
