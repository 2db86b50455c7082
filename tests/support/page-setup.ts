// What WeChat gives a page and miniprogram-simulate does not. Runs before every page test file.
import { ownFields, phone } from './phone-world'

type Options = Record<string, unknown> & { data?: object; behaviors?: unknown[] }

const isFunction = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function'

/** miniprogram-simulate knows components only: a page is one whose functions are methods and whose other fields stand on `this`. */
const registerPage = ({ data, behaviors, ...rest }: Options): void => {
  const methods = Object.fromEntries(Object.entries(rest).filter(([, value]) => isFunction(value)))
  const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => !isFunction(value)))
  registerComponent({ data, behaviors, methods: { ...methods, [ownFields]: () => ({ ...fields }) } })
}

const registerComponent = (options: object): void => (globalThis as unknown as { Component: (options: object) => void }).Component(options)

Object.assign(globalThis, {
  Page: registerPage,
  App: () => undefined,
  getApp: () => ({ globalData: {} }),
  getCurrentPages: () => phone.pages,
  wx: phone.wx,
})
