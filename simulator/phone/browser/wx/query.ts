import { glassEasel, domOf, kebab, type Element, type Instance } from '../engine/engine'
import { PhoneElement } from '../elements/phone-element'
import { pageOf } from '../pages/open-page'
import { topPage } from '../pages/stack'

type Fields = {
  id?: boolean
  dataset?: boolean
  mark?: boolean
  rect?: boolean
  size?: boolean
  scrollOffset?: boolean
  node?: boolean
  context?: boolean
  properties?: string[]
  computedStyle?: string[]
}
type Callback = (result: unknown) => void
type Caller = { _$: Instance }
type Request = { within: Caller | undefined; selector: string | null; isSingle: boolean; fields: Fields; callback?: Callback | undefined }
type CanvasNode = HTMLCanvasElement & {
  createImage?: () => HTMLImageElement
  requestAnimationFrame?: typeof requestAnimationFrame
  cancelAnimationFrame?: typeof cancelAnimationFrame
}

/** Where the page's own coordinates begin: below the navigation bar. */
export const originOf = (caller: Caller | undefined): { left: number; top: number } => {
  const page = (caller && pageOf(caller)) ?? topPage()
  const { left, top } = page?.frame.body.getBoundingClientRect() ?? { left: 0, top: 0 }
  return { left, top }
}

const toNode = (dom: HTMLElement | undefined): unknown => {
  if (!(dom instanceof HTMLCanvasElement)) return dom ?? null
  const canvas: CanvasNode = dom
  canvas.createImage ??= () => new Image()
  canvas.requestAnimationFrame ??= (run) => requestAnimationFrame(run)
  canvas.cancelAnimationFrame ??= (id) => cancelAnimationFrame(id)
  return canvas
}

const readElement = (element: Element, fields: Fields, origin: { left: number; top: number }): Record<string, unknown> => {
  const dom = domOf(element)
  const box = dom?.getBoundingClientRect() ?? new DOMRect()
  const result: Record<string, unknown> = {}
  if (fields.id) result['id'] = element.id
  if (fields.dataset) result['dataset'] = element.dataset
  if (fields.mark) result['mark'] = element.collectMarks()
  if (fields.rect)
    Object.assign(result, {
      left: box.left - origin.left,
      top: box.top - origin.top,
      right: box.right - origin.left,
      bottom: box.bottom - origin.top,
    })
  if (fields.size) Object.assign(result, { width: box.width, height: box.height })
  if (fields.scrollOffset && dom)
    Object.assign(result, {
      scrollLeft: dom.scrollLeft,
      scrollTop: dom.scrollTop,
      scrollWidth: dom.scrollWidth,
      scrollHeight: dom.scrollHeight,
    })
  for (const name of fields.properties ?? []) result[name] = propertyOf(element, dom, name)
  for (const name of fields.computedStyle ?? []) result[name] = dom && getComputedStyle(dom).getPropertyValue(kebab(name))
  if (fields.node) result['node'] = toNode(dom)
  if (fields.context) result['context'] = toNode(dom)
  return result
}

const propertyOf = (element: Element, dom: HTMLElement | undefined, name: string): unknown => {
  if (glassEasel.Component.isComponent(element)) return (element.data as Record<string, unknown>)[name]
  return dom instanceof PhoneElement ? (dom.prop(name) ?? dom.getAttribute(kebab(name))) : dom?.getAttribute(kebab(name))
}

const readViewport = (caller: Caller | undefined, fields: Fields): Record<string, unknown> => {
  const scroll = ((caller && pageOf(caller)) ?? topPage())?.frame.scroll
  if (!scroll) return {}
  const { clientWidth: width, clientHeight: height, scrollTop, scrollLeft, scrollWidth, scrollHeight } = scroll
  return {
    ...(fields.id && { id: '' }),
    ...(fields.dataset && { dataset: {} }),
    ...(fields.rect && { left: 0, top: 0, right: width, bottom: height }),
    ...(fields.size && { width, height }),
    ...(fields.scrollOffset && { scrollTop, scrollLeft, scrollWidth, scrollHeight }),
  }
}

export class SelectorQuery {
  private readonly requests: Request[] = []
  private within: Caller | undefined;

  in(caller: Caller): this {
    this.within = caller
    return this
  }

  select(selector: string) {
    return this.reference(selector, true)
  }

  selectAll(selector: string) {
    return this.reference(selector, false)
  }

  selectViewport() {
    return this.reference(null, true)
  }

  private reference(selector: string | null, isSingle: boolean) {
    const add = (fields: Fields, callback?: Callback): this => {
      this.requests.push({
        within: this.within ?? (topPage()?.instance as unknown as Caller | undefined),
        selector,
        isSingle,
        fields,
        callback,
      })
      return this
    }
    return {
      fields: add,
      boundingClientRect: (callback?: Callback) => add({ id: true, dataset: true, rect: true, size: true }, callback),
      scrollOffset: (callback?: Callback) => add({ id: true, dataset: true, scrollOffset: true }, callback),
      node: (callback?: Callback) => add({ node: true }, callback),
      context: (callback?: Callback) => add({ context: true }, callback),
    }
  }

  exec(callback?: (results: unknown[]) => void): this {
    // Not in an animation frame: a page in a background window must get its answer too.
    setTimeout(() => {
      const results = this.requests.map(answerRequest)
      this.requests.forEach((request, index) => request.callback?.(results[index]))
      callback?.(results)
    })
    return this
  }
}

const answerRequest = ({ within, selector, isSingle, fields }: Request): unknown => {
  if (selector === null) return readViewport(within, fields)
  const root = within?._$.getShadowRoot()
  const origin = originOf(within)
  if (!isSingle) return (root?.querySelectorAll(selector) ?? []).map((element) => readElement(element, fields, origin))
  const element = root?.querySelector(selector)
  return element ? readElement(element, fields, origin) : null
}
