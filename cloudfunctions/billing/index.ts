import { resident, staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

export const main = serve('billing', contract, {
  list: { allow: resident, budget: 4, run: actions.list },
  desk: { allow: staff('cashier', 'manager'), budget: 3, run: actions.desk },
})
