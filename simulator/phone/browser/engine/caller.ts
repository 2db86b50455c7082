import { component } from 'glass-easel-miniprogram-adapter'
import { pageOf } from '../pages/open-page'
import { PhoneIntersectionObserver } from '../wx/intersection'
import { SelectorQuery } from '../wx/query'
import { domOf, type Instance } from './engine'

type Caller = { _$: Instance }
type Frame = Record<string, unknown> & { ease?: string; offset?: number }

const TRANSFORMS = /^(translate|scale|rotate|skew)/

/** WeChat's keyframes name transforms one by one; the browser wants them in one property. */
const toKeyframe = (frame: Frame): Keyframe => {
  const entries = Object.entries(frame).filter(([name]) => name !== 'ease')
  const transforms = entries
    .filter(([name]) => TRANSFORMS.test(name))
    .map(
      ([name, value]) =>
        `${name}(${[value]
          .flat()
          .map((each) => withUnit(name, each))
          .join(',')})`,
    )
  return {
    ...(Object.fromEntries(entries.filter(([name]) => !TRANSFORMS.test(name))) as Keyframe),
    ...(transforms.length > 0 && { transform: transforms.join(' ') }),
    ...(frame.ease && { easing: frame.ease }),
  }
}

const withUnit = (name: string, value: unknown): string => {
  if (typeof value !== 'number') return String(value)
  if (name.startsWith('translate')) return `${value}px`
  return name.startsWith('scale') ? String(value) : `${value}deg`
}

const nodes = (caller: Caller, selector: string): HTMLElement[] =>
  (caller._$.getShadowRoot()?.querySelectorAll(selector) ?? []).flatMap((element) => domOf(element) ?? [])

/** What WeChat gives every page and component and the engine's adapter leaves out. */
export const extendCaller = (): void => {
  Object.assign((component as unknown as { ComponentCaller: { prototype: object } }).ComponentCaller.prototype, {
    getPageId: () => 'pageId:1',
    getAppBar: () => null,
    getTabBar(this: Caller) {
      return pageOf(this)?.tabBar
    },
    getOpenerEventChannel(this: Caller) {
      return pageOf(this)?.channel ?? {}
    },
    createSelectorQuery(this: Caller) {
      return new SelectorQuery().in(this)
    },
    createIntersectionObserver(this: Caller, options?: object) {
      return new PhoneIntersectionObserver(this, options)
    },
    animate(this: Caller, selector: string, frames: Frame[], duration: number, done?: () => void) {
      for (const node of nodes(this, selector)) node.animate(frames.map(toKeyframe), { duration, fill: 'forwards' })
      if (done) setTimeout(done, duration)
    },
    clearAnimation(this: Caller, selector: string, options?: unknown, done?: () => void) {
      for (const node of nodes(this, selector)) for (const animation of node.getAnimations()) animation.cancel()
      const run = typeof options === 'function' ? (options as () => void) : done
      run?.()
    },
    setUpdatePerformanceListener: () => undefined,
  })
}
