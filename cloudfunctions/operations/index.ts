import { staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const manager = staff('manager')

export const main = serve('operations', contract, {
  // Many small questions at once, of a page that a manager opens now and then: one of them asked less would hide what is wrong.
  status: { allow: manager, budget: 13, run: actions.status },
})
