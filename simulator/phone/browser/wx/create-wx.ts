import { createAnimation } from '../engine/animation'
import { type Instance } from '../engine/engine'
import { complain } from '../host/loud'
import { accountApis } from './account'
import { cloud } from './cloud'
import { deviceApis } from './device'
import { dialogApis } from './dialogs'
import { PhoneIntersectionObserver } from './intersection'
import { fileSystem } from './file-system'
import { mediaApis } from './media'
import { navigationApis } from './navigation'
import { paymentApis } from './payment'
import { privacyApis } from './privacy'
import { SelectorQuery } from './query'
import { storageApis } from './storage'
import { subscribeApis } from './subscribe'
import { systemApis } from './system'

type Tree = Record<string, unknown>

/** An API this phone lacks names itself at once, on the screen and to its caller, instead of failing somewhere later. */
const loudly = (name: string, apis: Tree): Tree =>
  new Proxy(apis, {
    get: (target, key) => {
      if (key in target || typeof key === 'symbol' || key === 'then' || key === 'toJSON') return target[key as string]
      const message = `${name}.${key} is not in this phone`
      complain(message)
      throw new Error(message)
    },
  })

/** `button.open-type.x` and the like ask about components, which are all of the current library's version. */
const canIUse = (apis: Tree) => (schema: string): boolean => {
  const [first = '', second = ''] = schema.split('.')
  if (!/^[a-z]/.test(first)) return false
  return first in apis || (first === 'cloud' && second in cloud) || !/^(on|off|get|set|show|hide|create|request|open|start|stop|choose)[A-Z]/.test(first)
}

export const createWx = (): Tree => {
  const apis: Tree = {
    ...accountApis, ...deviceApis, ...dialogApis, ...mediaApis, ...navigationApis, ...paymentApis, ...privacyApis, ...storageApis, ...subscribeApis, ...systemApis,
    env: { USER_DATA_PATH: 'wxfile://usr' },
    nextTick: (run: () => void) => queueMicrotask(run),
    createSelectorQuery: () => new SelectorQuery(),
    createIntersectionObserver: (caller: { _$: Instance } | undefined, options?: object) => new PhoneIntersectionObserver(caller, options),
    createAnimation,
    getFileSystemManager: () => loudly('wx.getFileSystemManager()', fileSystem),
    cloud: loudly('wx.cloud', cloud),
  }
  apis['canIUse'] = canIUse(apis)
  return loudly('wx', apis)
}
