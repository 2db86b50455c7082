import { staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

export const main = serve('insights', contract, {
  // An audit row for each who lives there; the number stands for a family of four.
  residentProfile: { allow: staff('manager', 'clerk', 'technician', 'cashier', 'guard'), budget: 12, run: actions.residentProfile },
})
