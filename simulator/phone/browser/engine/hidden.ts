import { domOf, glassEasel, type Instance } from './engine'

type DataProxy = { _$comp: Instance; replaceProperty(name: string, value: unknown): boolean }

let isPatched = false

/** Every component can be `hidden` in WeChat, also one that declares no such property. */
export const acceptHidden = (component: Instance): void => {
  if (isPatched) return
  isPatched = true
  const prototype = Object.getPrototypeOf(glassEasel.Component.getDataProxy(component)) as DataProxy
  const replaceProperty = prototype.replaceProperty
  prototype.replaceProperty = function (name, value) {
    if (replaceProperty.call(this, name, value)) return true
    if (name !== 'hidden') return false
    domOf(this._$comp)?.toggleAttribute('hidden', Boolean(value))
    return true
  }
}
