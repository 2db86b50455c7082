import { PhoneElement } from './phone-element'

const ROW = 34

const COLUMN = `<style>
  :host { display: block; flex: 1; height: 100%; overflow-y: auto; scroll-snap-type: y mandatory; scrollbar-width: none;
    text-align: center; overscroll-behavior: contain; }
  .pad { height: calc(50% - ${ROW / 2}px); }
  ::slotted(*) { height: ${ROW}px; line-height: ${ROW}px; scroll-snap-align: center; overflow: hidden; white-space: nowrap;
    text-overflow: ellipsis; }
</style><div class="pad"></div><slot></slot><div class="pad"></div>`

/** A wheel: the row that stops in the middle is chosen. */
export class PhonePickerViewColumn extends PhoneElement {
  private timer: ReturnType<typeof setTimeout> | undefined
  onSettled: (index: number) => void = () => this.closest<PhonePickerView>('wx-picker-view')?.settled()

  constructor() {
    super()
    this.shadow(COLUMN)
    this.addEventListener('scroll', () => {
      clearTimeout(this.timer)
      this.timer = setTimeout(() => this.onSettled(this.index), 120)
    })
  }

  get index(): number {
    return Math.max(0, Math.min(this.children.length - 1, Math.round(this.scrollTop / ROW)))
  }

  turnTo(index: number): void {
    this.scrollTop = index * ROW
  }

  override tapped(inner: HTMLElement): boolean {
    const row = [...this.children].findIndex((child) => child.contains(inner))
    if (row >= 0) this.scrollTo({ top: row * ROW, behavior: 'smooth' })
    return row >= 0
  }
}

const VIEW = `<style>
  :host { display: block; position: relative; height: 200px; }
  .columns { display: flex; height: 100%; }
  .line { position: absolute; left: 0; right: 0; top: calc(50% - ${ROW / 2}px); height: ${ROW}px; border: solid #e5e5e5;
    border-width: 1px 0; pointer-events: none; }
</style><div class="columns"><slot></slot></div><div class="line"></div>`

export class PhonePickerView extends PhoneElement {
  private value: number[] = []

  constructor() {
    super()
    this.shadow(VIEW)
    new MutationObserver(() => this.turn()).observe(this, { childList: true, subtree: true })
  }

  connectedCallback(): void {
    requestAnimationFrame(() => this.turn())
  }

  protected override update(name: string, value: unknown): void {
    if (name !== 'value') return
    this.value = Array.isArray(value) ? value.map(Number) : []
    this.turn()
  }

  private columns(): PhonePickerViewColumn[] {
    return [...this.querySelectorAll<PhonePickerViewColumn>('wx-picker-view-column')]
  }

  private turn(): void {
    this.columns().forEach((column, index) => column.turnTo(this.value[index] ?? 0))
  }

  settled(): void {
    const value = this.columns().map(({ index }) => index)
    if (value.every((index, column) => index === (this.value[column] ?? 0))) return
    this.value = value
    this.tell('change', { value })
    this.tell('pickend')
  }

  formValue(): number[] {
    return this.value
  }

  formReset(): void {
    this.turn()
  }
}
