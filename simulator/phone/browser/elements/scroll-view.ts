import { PhoneElement, within } from './phone-element'

const HTML = `<style>
  :host { display: block; width: 100%; overflow: hidden; overscroll-behavior: contain; scrollbar-width: none; position: relative; }
  :host([scroll-x]) { overflow-x: auto; }
  :host([scroll-y]) { overflow-y: auto; }
  :host([enable-flex]) { display: flex; }
  .refresher { display: none; }
  :host([refresher-enabled]) .refresher { height: 0; overflow: hidden; display: flex; align-items: center; justify-content: center;
    color: #999; font-size: 13px; transition: height .2s; }
</style><div class="refresher">松开刷新</div><slot></slot>`

const DEFAULT_THRESHOLD = 50
const DEFAULT_PULL = 45

export class PhoneScrollView extends PhoneElement {
  private readonly refresher = within<HTMLElement>(this.shadow(HTML), '.refresher')
  private last = { left: 0, top: 0 }
  private at = { upper: true, lower: false }

  constructor() {
    super()
    this.addEventListener('scroll', () => this.scrolled())
    let start: number | undefined
    this.addEventListener(
      'touchstart',
      (event) => {
        start = this.flag('refresherEnabled') && this.scrollTop <= 0 ? event.touches[0]?.clientY : undefined
      },
      { passive: true },
    )
    this.addEventListener(
      'touchmove',
      (event) => {
        if (start !== undefined) this.pull((event.touches[0]?.clientY ?? start) - start)
      },
      { passive: true },
    )
    this.addEventListener('touchend', () => {
      if (start !== undefined) this.release()
      start = undefined
    })
  }

  protected override update(name: string, value: unknown): void {
    if (name === 'scrollTop') this.move({ top: Number(value) || 0 })
    else if (name === 'scrollLeft') this.move({ left: Number(value) || 0 })
    else if (name === 'scrollIntoView' && value) requestAnimationFrame(() => this.reveal(String(value)))
    else if (name === 'refresherTriggered') this.refresher.style.height = this.flag('refresherTriggered') ? `${DEFAULT_PULL}px` : '0'
  }

  private move(to: ScrollToOptions): void {
    this.scrollTo({ ...to, behavior: this.flag('scrollWithAnimation') ? 'smooth' : 'auto' })
  }

  private reveal(id: string): void {
    const target = this.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"],[id$="--${CSS.escape(id)}"]`)
    if (!target) return
    const own = this.getBoundingClientRect()
    const its = target.getBoundingClientRect()
    this.move({ left: this.flag('scrollX') ? this.scrollLeft + its.left - own.left : 0, top: this.scrollTop + its.top - own.top })
  }

  private scrolled(): void {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = this
    this.tell('scroll', {
      scrollLeft,
      scrollTop,
      scrollWidth,
      scrollHeight,
      deltaX: this.last.left - scrollLeft,
      deltaY: this.last.top - scrollTop,
    })
    this.last = { left: scrollLeft, top: scrollTop }
    const isSideways = this.flag('scrollX')
    const before = isSideways ? scrollLeft : scrollTop
    const after = isSideways ? scrollWidth - this.clientWidth - scrollLeft : scrollHeight - this.clientHeight - scrollTop
    const upper = before <= this.count('upperThreshold', DEFAULT_THRESHOLD)
    const lower = after <= this.count('lowerThreshold', DEFAULT_THRESHOLD)
    if (upper && !this.at.upper) this.tell('scrolltoupper', { direction: isSideways ? 'left' : 'top' })
    if (lower && !this.at.lower) this.tell('scrolltolower', { direction: isSideways ? 'right' : 'bottom' })
    this.at = { upper, lower }
  }

  private pull(distance: number): void {
    const height = Math.max(0, distance / 2)
    this.refresher.style.height = `${height}px`
    this.tell('refresherpulling', { dy: height })
  }

  private release(): void {
    const isFarEnough = this.refresher.offsetHeight >= this.count('refresherThreshold', DEFAULT_PULL)
    if (isFarEnough) this.tell('refresherrefresh')
    else this.tell('refresherabort')
    if (!isFarEnough || !this.flag('refresherTriggered')) this.refresher.style.height = '0'
  }
}
