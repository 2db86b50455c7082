import { within } from './phone-element'
import { FIELD_STYLE, TextField } from './text-field'

const HTML = `<style>${FIELD_STYLE}
  :host { width: 300px; height: 150px; }
  :host([auto-height]) { height: auto !important; }
  textarea { resize: none; overflow: auto; }
  :host([auto-height]) textarea { overflow: hidden; min-height: inherit; }
</style><textarea rows="1"></textarea><div class="hint"><slot name="placeholder"></slot></div>`

export class PhoneTextarea extends TextField {
  protected readonly control = within<HTMLTextAreaElement>(this.shadow(HTML), 'textarea')
  private height = 0

  constructor() {
    super()
    this.listen()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    requestAnimationFrame(() => this.resized())
  }

  protected override update(name: string, value: unknown): void {
    super.update(name, value)
    if (name === 'autoHeight' && this.isConnected) this.resized()
  }

  protected override resized(): void {
    if (!this.isConnected || !this.flag('autoHeight')) return
    const { control } = this
    control.style.height = '0'
    const height = control.scrollHeight
    control.style.height = `${height}px`
    if (height === this.height) return
    this.height = height
    const line = Number.parseFloat(getComputedStyle(control).lineHeight) || height
    this.tell('linechange', { height, heightRpx: (height * 750) / innerWidth, lineCount: Math.round(height / line) })
  }
}
