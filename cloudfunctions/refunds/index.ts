import { either, resident, staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const cashiers = staff('cashier', 'manager')

/** Budgets of the steps: who calls, and a transaction of refund, payment and sometimes bill, with what is owed and its audit row. */
export const main = serve('refunds', contract, {
  // One screen in one call: the bill, then the configuration, payments and refunds at once, and the vouchers' addresses.
  bill: { allow: either(resident, staff('manager', 'cashier', 'clerk')), budget: 6, run: actions.bill },
  request: { allow: cashiers, budget: 12, run: actions.request },
  approve: { allow: staff('manager'), budget: 11, run: actions.approve },
  reject: { allow: staff('manager'), budget: 10, run: actions.reject },
  payOut: { allow: cashiers, budget: 12, run: actions.payOut },
  list: { allow: cashiers, budget: 3, run: actions.list },
})
