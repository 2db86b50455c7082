import { PhoneElement, within } from './phone-element'

const PROGRESS = `<style>
  :host { display: flex; align-items: center; }
  .rail { flex: 1; height: var(--thick, 6px); background: var(--back, #ebebeb); border-radius: inherit; overflow: hidden; }
  .bar { height: 100%; width: 0; background: var(--front, #09bb07); }
  .number { margin-left: 15px; font-size: 16px; display: none; }
  :host([show-info]) .number { display: block; }
</style><div class="rail"><div class="bar"></div></div><span class="number"></span>`

export class PhoneProgress extends PhoneElement {
  private readonly root = this.shadow(PROGRESS)

  protected override update(): void {
    const percent = Math.max(0, Math.min(100, this.count('percent', 0)))
    const bar = within<HTMLElement>(this.root, '.bar')
    bar.style.width = `${percent}%`
    bar.style.transition = this.flag('active') ? `width ${percent * this.count('duration', 30)}ms linear` : 'none'
    within<HTMLElement>(this.root, '.number').textContent = `${percent}%`
    this.style.setProperty('--thick', `${this.count('strokeWidth', 6)}px`)
    this.style.setProperty('--front', this.text('activeColor', this.text('color', '#09bb07')))
    this.style.setProperty('--back', this.text('backgroundColor', '#ebebeb'))
  }
}

const SLIDER = `<style>
  :host { display: flex; align-items: center; margin: 10px 18px; }
  input { flex: 1; min-width: 0; height: 28px; margin: 0; appearance: none;
    background: linear-gradient(var(--front), var(--front)) 0 / var(--at, 0) 2px no-repeat,
      linear-gradient(var(--back), var(--back)) 0 / 100% 2px no-repeat;
    background-position: 0 center; cursor: pointer; }
  input::-webkit-slider-thumb { appearance: none; width: var(--knob); height: var(--knob); border-radius: 50%; background: #fff;
    box-shadow: 0 0 4px rgba(0, 0, 0, .3); }
  .number { display: none; width: 3ch; margin-left: 1em; }
  :host([show-value]) .number { display: block; }
</style><input type="range"><span class="number"></span>`

export class PhoneSlider extends PhoneElement {
  private readonly root = this.shadow(SLIDER)
  private readonly control = within<HTMLInputElement>(this.root, 'input')
  private initial: number | undefined

  constructor() {
    super()
    this.control.addEventListener('input', () => {
      this.show(Number(this.control.value))
      this.tell('changing', { value: this.formValue() })
    })
    this.control.addEventListener('change', () => this.tell('change', { value: this.formValue() }))
  }
  protected override update(name: string): void {
    this.control.min = String(this.count('min', 0))
    this.control.max = String(this.count('max', 100))
    this.control.step = String(this.count('step', 1))
    this.control.disabled = this.flag('disabled')
    this.style.setProperty('--front', this.text('activeColor', this.text('selectedColor', '#1aad19')))
    this.style.setProperty('--back', this.text('backgroundColor', '#e9e9e9'))
    this.style.setProperty('--knob', `${this.count('blockSize', 28)}px`)
    if (['value', 'min', 'max', 'step'].includes(name)) this.show(this.count('value', 0))
  }
  private show(value: number): void {
    this.initial ??= value
    this.control.value = String(value)
    const [min, max] = [this.count('min', 0), this.count('max', 100)]
    this.style.setProperty('--at', `${((Number(this.control.value) - min) / (max - min)) * 100}%`)
    within<HTMLElement>(this.root, '.number').textContent = this.control.value
  }
  formValue(): number {
    return Number(this.control.value)
  }
  formReset(): void {
    this.show(this.initial ?? 0)
  }
}

const ICONS: Record<string, { color: string; mark: string }> = {
  success: { color: '#09bb07', mark: '✓' },
  success_no_circle: { color: '#09bb07', mark: '✓' },
  info: { color: '#10aeff', mark: 'i' },
  warn: { color: '#f76260', mark: '!' },
  waiting: { color: '#10aeff', mark: '…' },
  cancel: { color: '#f43530', mark: '×' },
  download: { color: '#09bb07', mark: '↓' },
  search: { color: '#b2b2b2', mark: '⌕' },
  clear: { color: '#b2b2b2', mark: '×' },
}

const ICON = `<style>
  :host { display: inline-block; vertical-align: middle; }
  span { display: flex; align-items: center; justify-content: center; border-radius: 50%; color: #fff; line-height: 1; }
</style><span></span>`

export class PhoneIcon extends PhoneElement {
  private readonly mark = within<HTMLElement>(this.shadow(ICON), 'span')

  protected override update(): void {
    const { color, mark } = ICONS[this.text('type')] ?? { color: '#10aeff', mark: '' }
    const size = Number.parseFloat(this.text('size', '23'))
    this.mark.textContent = mark
    this.mark.style.cssText = `width:${size}px;height:${size}px;font-size:${size * 0.7}px;background:${this.text('color', color)}`
  }
}
