import { registered, resident, staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as desk from './desk-actions'
import * as paying from './pay-actions'
import { contract } from './contract'

const cashiers = staff('cashier', 'manager')

/**
 * Budgets. To start: who calls, the bill, the configuration, its open order; to close another's seven, where WeChat had been paid meanwhile ten;
 * to store seven; to tell WeChat and to keep what it answers. To record or to waive: the look at the bill and its order, closing that, and a
 * transaction of both with notice and audit row.
 */
export const main = serve('payments', contract, {
  start: { allow: resident, budget: 22, run: paying.start },
  confirm: { allow: registered, budget: 12, run: paying.confirm },
  record: { allow: cashiers, budget: 20, run: desk.record },
  waive: { allow: staff('manager'), budget: 18, run: desk.waive },
  dismiss: { allow: staff('manager'), budget: 9, run: desk.dismiss },
  list: { allow: cashiers, budget: 5, run: desk.list },
})
