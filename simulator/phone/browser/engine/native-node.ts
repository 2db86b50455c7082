import { toBrowserLengths } from '../../compile/lengths'
import { PhoneElement } from '../elements/phone-element'
import { applyAnimation, type AnimationExport } from './animation'
import { glassEasel, kebab } from './engine'

type Patched = {
  updateAttribute(this: glassEasel.NativeNode, name: string, value: unknown): void
  setNodeStyle(this: glassEasel.Element, style: string, index?: number): void
  setDataset(this: glassEasel.Element, name: string, value: unknown): void
}

/** Attributes reach our elements as the values they are, not as strings; styles in WeChat's units; `data-*` visible to selectors. */
export const patchNativeNodes = (): void => {
  const native = glassEasel.NativeNode.prototype as unknown as Patched
  native.updateAttribute = function (name, value) {
    const node = this.getBackendElement() as unknown as HTMLElement | null
    if (!node) return
    if (name === 'animation') return applyAnimation(node, value as AnimationExport | undefined)
    if (node instanceof PhoneElement) node.receive(name, value)
    if (!(node instanceof PhoneElement && node.keepsToItself(name))) reflect(node, name === 'aria-role' ? 'role' : name, value)
  }

  const element = glassEasel.Element.prototype as unknown as Patched
  const setNodeStyle = element.setNodeStyle
  element.setNodeStyle = function (style, index) {
    setNodeStyle.call(this, toBrowserLengths(String(style ?? '')), index)
  }
  const setDataset = element.setDataset
  element.setDataset = function (name, value) {
    setDataset.call(this, name, value)
    const node = this.getBackendElement() as unknown
    if (node instanceof HTMLElement && typeof value !== 'object') node.setAttribute(`data-${kebab(name)}`, String(value))
  }
}

const reflect = (node: HTMLElement, name: string, value: unknown): void => {
  // What is not checked says so in a word: without the attribute, a screen reader is told nothing.
  if (name.startsWith('aria-') && typeof value === 'boolean') node.setAttribute(name, String(value))
  else if (value === null || value === undefined || value === false) node.removeAttribute(name)
  else if (typeof value !== 'object' && typeof value !== 'function') node.setAttribute(name, value === true ? '' : String(value))
}
