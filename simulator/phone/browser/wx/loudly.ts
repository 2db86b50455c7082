import { complain } from '../host/loud'

export type Tree = Record<string, unknown>

/** An API this phone lacks names itself at once, on the screen and to its caller, instead of failing somewhere later. */
export const loudly = (name: string, apis: Tree): Tree =>
  new Proxy(apis, {
    get: (target, key) => {
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') return target[key as string]
      const message = `${name}.${key} is not in this phone`
      complain(message)
      throw new Error(message)
    },
  })
