import { PhoneElement, within } from './phone-element'

const HTML = `<style>
  :host { display: block; position: relative; height: 150px; overflow: hidden; touch-action: pan-y; }
  :host([vertical]) { touch-action: pan-x; }
  .dots { position: absolute; left: 0; right: 0; bottom: 10px; display: none; justify-content: center; gap: 8px; pointer-events: none; }
  :host([indicator-dots]) .dots { display: flex; }
  i { width: 8px; height: 8px; border-radius: 50%; background: var(--dot, rgba(0,0,0,.3)); }
  i.on { background: var(--dot-on, #000); }
</style><slot></slot><div class="dots"></div>`

export class PhoneSwiperItem extends PhoneElement {}

/** Items lie side by side and follow the finger; with `circular` the far ones move round to the other side. */
export class PhoneSwiper extends PhoneElement {
  private readonly dots = within<HTMLElement>(this.shadow(HTML), '.dots')
  private current = 0
  private timer: ReturnType<typeof setInterval> | undefined
  private drag: { x: number; y: number; isOurs: boolean | undefined } | undefined

  constructor() {
    super()
    new MutationObserver(() => this.arrange()).observe(this, { childList: true })
    this.addEventListener('touchstart', ({ touches }) => {
      const touch = touches[0]
      if (touch) this.drag = { x: touch.clientX, y: touch.clientY, isOurs: undefined }
    }, { passive: true })
    this.addEventListener('touchmove', (event) => this.follow(event), { passive: false })
    this.addEventListener('touchend', (event) => this.settle(event))
    this.addEventListener('touchcancel', (event) => this.settle(event))
  }

  connectedCallback(): void {
    this.arrange()
    this.restart()
  }

  disconnectedCallback(): void {
    clearInterval(this.timer)
  }

  protected override update(name: string): void {
    if (name === 'current') this.go(this.count('current', 0), '')
    if (['autoplay', 'interval', 'circular'].includes(name)) this.restart()
    if (name === 'indicatorColor') this.style.setProperty('--dot', this.text(name))
    if (name === 'indicatorActiveColor') this.style.setProperty('--dot-on', this.text(name))
    this.arrange()
  }

  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('wx-swiper-item')].filter((item) => item.closest('wx-swiper') === this)
  }

  private restart(): void {
    clearInterval(this.timer)
    if (!this.flag('autoplay') || !this.isConnected) return
    this.timer = setInterval(() => {
      if (!this.drag && this.items().length > 1) this.go((this.current + 1) % this.items().length, 'autoplay')
    }, this.count('interval', 5_000))
  }

  private go(index: number, source: string): void {
    const count = this.items().length
    const next = count > 0 ? Math.max(0, Math.min(index, count - 1)) : index
    const hasMoved = next !== this.current
    this.current = next
    this.arrange(0, hasMoved)
    if (!hasMoved) return
    const detail = { current: next, currentItemId: this.items()[next]?.getAttribute('item-id') ?? '', source }
    this.tell('change', detail)
    setTimeout(() => this.tell('animationfinish', detail), this.count('duration', 500))
  }

  /** Places the items; `offset` is how far the finger has dragged, in px. */
  private arrange(offset = 0, isAnimated = false): void {
    const items = this.items()
    const isVertical = this.flag('vertical')
    items.forEach((item, index) => {
      const place = this.placeOf(index, items.length)
      const wasFar = Math.abs(Number(item.dataset['place'] ?? place) - place) > 1
      item.dataset['place'] = String(place)
      item.style.transition = isAnimated && !wasFar ? `transform ${Math.min(this.count('duration', 500), 300)}ms ease-out` : 'none'
      item.style.transform = `translate${isVertical ? 'Y' : 'X'}(calc(${place * 100}% + ${offset}px))`
    })
    this.dots.innerHTML = items.map((_, index) => `<i class="${index === this.current ? 'on' : ''}"></i>`).join('')
  }

  private placeOf(index: number, count: number): number {
    const place = index - this.current
    if (!this.flag('circular') || count < 3) return place
    if (place > count / 2) return place - count
    return place < -count / 2 ? place + count : place
  }

  private follow(event: TouchEvent): void {
    const touch = event.touches[0]
    if (!this.drag || !touch || this.flag('disableTouch')) return
    const dx = touch.clientX - this.drag.x
    const dy = touch.clientY - this.drag.y
    const isVertical = this.flag('vertical')
    if (this.drag.isOurs === undefined && Math.hypot(dx, dy) > 5) this.drag.isOurs = Math.abs(dx) > Math.abs(dy) !== isVertical
    if (!this.drag.isOurs) return
    if (event.cancelable) event.preventDefault()
    event.stopPropagation()
    this.arrange(isVertical ? dy : dx)
  }

  private settle(event: TouchEvent): void {
    const { drag } = this
    const touch = event.changedTouches[0]
    this.drag = undefined
    if (!drag?.isOurs || !touch) return
    const isVertical = this.flag('vertical')
    const distance = isVertical ? touch.clientY - drag.y : touch.clientX - drag.x
    const size = isVertical ? this.clientHeight : this.clientWidth
    const count = this.items().length
    const steps = Math.abs(distance) > size / 5 ? -Math.sign(distance) : 0
    const wanted = this.flag('circular') ? (this.current + steps + count) % count : this.current + steps
    if (wanted === this.current || wanted < 0 || wanted >= count) this.arrange(0, true)
    else this.go(wanted, 'touch')
  }
}
