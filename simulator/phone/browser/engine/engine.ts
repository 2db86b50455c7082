import * as glassEasel from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'

export { glassEasel }

export type Element = glassEasel.Element
export type Instance = glassEasel.GeneralComponent

/** An element of the browser and the engine's element it stands for. */
export type Backed = HTMLElement & { __wxElement?: Element }

// Some packages keep component instances, which point back at themselves, in their data.
glassEasel.globalOptions.dataDeepCopy = glassEasel.DeepCopyKind.SimpleWithRecursion
glassEasel.globalOptions.propertyPassingDeepCopy = glassEasel.DeepCopyKind.SimpleWithRecursion
// Style sheets, labels and scroll-into-view look for ids.
glassEasel.globalOptions.writeIdToDOM = true

export const environment = new MiniProgramEnv()
export const codeSpace = environment.createCodeSpace('', true)

/** The engine's element at or above a node of the browser's tree, through shadow roots. */
export const elementAt = (start: EventTarget | Node | null): Element | undefined => {
  let node = start as Node | null
  while (node) {
    const element = (node as Backed).__wxElement
    if (element) return element
    node = node.parentNode ?? (node as ShadowRoot).host ?? null
  }
  return undefined
}

/** The browser's element of an engine's element; virtual hosts have none of their own and answer with their first child's. */
export const domOf = (element: Element | null | undefined): HTMLElement | undefined => {
  if (!element) return undefined
  const own = element.getBackendElement() as unknown as Node | null
  if (own instanceof HTMLElement && !glassEasel.VirtualNode.isVirtualNode(element)) return own
  const shadow = glassEasel.Component.isComponent(element) ? element.getShadowRoot() : null
  for (const child of (shadow ?? element).childNodes) {
    if (!(child instanceof glassEasel.Element)) continue
    const found = domOf(child)
    if (found) return found
  }
  return undefined
}

/** Class names as they stand in the browser for names written in the template that owns the element. */
export const scopedClasses = (element: Element | undefined, names: string): string[] => {
  const plain = names.split(/\s+/).filter(Boolean)
  const host = element?.ownerShadowRoot?.getHostNode()
  const scope = host?.getComponentOptions().styleScope
  const prefix = typeof scope !== 'number' ? undefined : host?.getRootBehavior().ownerSpace.styleScopeManager.queryName(scope)
  return prefix ? plain.flatMap((name) => [name, `${prefix}--${name}`]) : plain
}

export const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
