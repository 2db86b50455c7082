import { createAnimation } from '../engine/animation'
import { type Instance } from '../engine/engine'
import { accountApis } from './account'
import { createInnerAudioContext } from './audio'
import { cloud } from './cloud'
import { deviceApis } from './device'
import { dialogApis } from './dialogs'
import { documentApis } from './documents'
import { fileSystem } from './file-system'
import { PhoneIntersectionObserver } from './intersection'
import { loudly, type Tree } from './loudly'
import { mediaApis } from './media'
import { navigationApis } from './navigation'
import { paymentApis } from './payment'
import { privacyApis } from './privacy'
import { SelectorQuery } from './query'
import { recorder } from './recorder'
import { storageApis } from './storage'
import { subscribeApis } from './subscribe'
import { systemApis } from './system'

/** `button.open-type.x` and the like ask about components, which are all of the current library's version. */
const canIUse =
  (apis: Tree) =>
  (schema: string): boolean => {
    const [first = '', second = ''] = schema.split('.')
    if (!/^[a-z]/.test(first)) return false
    return (
      first in apis ||
      (first === 'cloud' && second in cloud) ||
      !/^(on|off|get|set|show|hide|create|request|open|start|stop|choose)[A-Z]/.test(first)
    )
  }

export const createWx = (): Tree => {
  const apis: Tree = {
    ...accountApis,
    ...deviceApis,
    ...dialogApis,
    ...documentApis,
    ...mediaApis,
    ...navigationApis,
    ...paymentApis,
    ...privacyApis,
    ...storageApis,
    ...subscribeApis,
    ...systemApis,
    env: { USER_DATA_PATH: 'wxfile://usr' },
    nextTick: (run: () => void) => queueMicrotask(run),
    createSelectorQuery: () => new SelectorQuery(),
    createIntersectionObserver: (caller: { _$: Instance } | undefined, options?: object) => new PhoneIntersectionObserver(caller, options),
    createAnimation,
    createInnerAudioContext,
    getRecorderManager: () => recorder,
    getFileSystemManager: () => fileSystem,
    cloud: loudly('wx.cloud', cloud),
  }
  apis['canIUse'] = canIUse(apis)
  return loudly('wx', apis)
}
