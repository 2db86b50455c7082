type Step = { duration: number; timingFunction: string; delay: number; style: Record<string, string> }
export type AnimationExport = { actions: Step[] }
type Options = { duration?: number; timingFunction?: string; delay?: number }
type Chain = { [method: string]: (...values: never[]) => Chain }

const LENGTHS = new Set(['width', 'height', 'top', 'left', 'right', 'bottom'])

const inPixels = (value: unknown): string => (typeof value === 'number' ? `${value}px` : String(value))

const transformed = (name: string, values: unknown[]): string => {
  const parts = values.map((value) => {
    if (name.startsWith('translate')) return inPixels(value)
    return /^(rotate|skew)/.test(name) ? `${String(value)}deg` : String(value)
  })
  return `${name}(${parts.join(',')})`
}

/** `wx.createAnimation`: every method but `step` and `export` adds to the step being described. */
export const createAnimation = (options: Options = {}): Chain => {
  let steps: Step[] = []
  let style: Record<string, string> = {}
  let transforms: string[] = []
  const step = (own: Options = {}): void => {
    if (transforms.length > 0) style['transform'] = transforms.join(' ')
    steps.push({ duration: 400, timingFunction: 'linear', delay: 0, ...options, ...own, style })
    style = {}
    transforms = []
  }
  const chain: Chain = new Proxy({}, {
    get: (_, name: string) => (...values: unknown[]): unknown => {
      if (name === 'export') {
        const exported = { actions: steps }
        steps = []
        return exported
      }
      if (name === 'step') step(values[0] as Options | undefined)
      else if (LENGTHS.has(name)) style[name] = inPixels(values[0])
      else if (name === 'opacity' || name === 'backgroundColor') style[name] = String(values[0])
      else transforms.push(transformed(name, values))
      return chain
    },
  })
  return chain
}

export const applyAnimation = (node: HTMLElement, value: AnimationExport | undefined): void => {
  let at = 0
  for (const { duration, timingFunction, delay, style } of value?.actions ?? []) {
    setTimeout(() => {
      node.getBoundingClientRect()
      node.style.transition = duration > 0 ? `all ${duration}ms ${timingFunction} ${delay}ms` : 'none'
      Object.assign(node.style, style)
    }, at)
    at += duration + delay
  }
}
