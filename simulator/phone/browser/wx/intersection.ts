import { domOf, type Instance } from '../engine/engine'
import { pageOf } from '../pages/open-page'
import { topPage } from '../pages/stack'
import { originOf } from './query'

type Caller = { _$: Instance }
type Margins = { top?: number; right?: number; bottom?: number; left?: number }
type Options = { thresholds?: number[]; initialRatio?: number; observeAll?: boolean }

export class PhoneIntersectionObserver {
  private readonly observers: IntersectionObserver[] = []
  private reference: string | undefined
  private margins: Margins = {}

  constructor(
    private readonly caller: Caller | undefined,
    private readonly options: Options = {},
  ) {}

  relativeTo(selector: string, margins: Margins = {}): this {
    this.reference = selector
    this.margins = margins
    return this
  }

  relativeToViewport(margins: Margins = {}): this {
    this.margins = margins
    return this
  }

  observe(selector: string, callback: (result: object) => void): void {
    const caller = this.caller ?? (topPage()?.instance as unknown as Caller | undefined)
    const root = caller?._$.getShadowRoot()
    const targets = this.options.observeAll ? (root?.querySelectorAll(selector) ?? []) : [root?.querySelector(selector)]
    const page = (caller && pageOf(caller)) ?? topPage()
    const frame = this.reference ? domOf(root?.querySelector(this.reference)) : page?.frame.scroll
    const { top = 0, right = 0, bottom = 0, left = 0 } = this.margins
    for (const target of targets) {
      const dom = domOf(target)
      if (!target || !dom) continue
      const observer = new IntersectionObserver(
        (entries) => {
          const origin = originOf(caller)
          for (const entry of entries) callback({ ...describe(entry, origin), id: target.id, dataset: target.dataset })
        },
        { root: frame ?? null, rootMargin: `${top}px ${right}px ${bottom}px ${left}px`, threshold: this.options.thresholds ?? [0] },
      )
      observer.observe(dom)
      this.observers.push(observer)
    }
  }

  disconnect(): void {
    for (const observer of this.observers.splice(0)) observer.disconnect()
  }
}

const describe = (
  { intersectionRatio, boundingClientRect, intersectionRect, rootBounds, time }: IntersectionObserverEntry,
  origin: { left: number; top: number },
) => {
  const shift = ({ left, top, right, bottom, width, height }: DOMRectReadOnly) => ({
    left: left - origin.left,
    right: right - origin.left,
    top: top - origin.top,
    bottom: bottom - origin.top,
    width,
    height,
  })
  return {
    intersectionRatio,
    boundingClientRect: shift(boundingClientRect),
    intersectionRect: shift(intersectionRect),
    relativeRect: rootBounds && shift(rootBounds),
    time,
  }
}
