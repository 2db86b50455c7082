import { elementAt, scopedClasses } from './engine'

const START_MS: Record<string, number> = { 'wx-button': 20 }
const STAY_MS: Record<string, number> = { 'wx-button': 70, 'wx-navigator': 600 }
const DEFAULTS: Record<string, string> = { 'wx-button': 'button-hover', 'wx-navigator': 'navigator-hover' }

let hovered: { node: HTMLElement; classes: string[] }[] = []
let timer: ReturnType<typeof setTimeout> | undefined

/** `hover-class`: the class an element wears while a finger rests on it. */
export const startHover = (inner: HTMLElement): void => {
  endHover()
  let node: HTMLElement | null = inner
  while (node) {
    const name = node.getAttribute('hover-class') ?? DEFAULTS[node.localName]
    if (name && name !== 'none' && !node.hasAttribute('disabled')) hovered.push({ node, classes: scopedClasses(elementAt(node), name) })
    if (name && node.hasAttribute('hover-stop-propagation')) break
    node = node.parentElement
  }
  const first = hovered[0]
  if (!first) return
  const shown = hovered
  const delay = Number(first.node.getAttribute('hover-start-time') ?? START_MS[first.node.localName] ?? 50)
  timer = setTimeout(() => shown.forEach(({ node: each, classes }) => each.classList.add(...classes)), delay)
}

export const endHover = (): void => {
  clearTimeout(timer)
  for (const { node, classes } of hovered) {
    const stay = Number(node.getAttribute('hover-stay-time') ?? STAY_MS[node.localName] ?? 400)
    setTimeout(() => node.classList.remove(...classes), stay)
  }
  hovered = []
}
