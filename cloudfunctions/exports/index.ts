import { staff } from '../_shared/audience'
import { minutes } from '../_shared/clock'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const registrars = staff('manager', 'clerk')
const limit = { times: 2, perMs: minutes(10) }

/**
 * Budgets: who calls, how often, what is chosen, and five to store, audit and hand out the sheet; every 500 rows are one more, and a
 * building at least one; numbers shown whole are audited in one for every 500.
 */
export const main = serve('exports', contract, {
  houses: { allow: registrars, limit, budget: 360, run: actions.houses },
  residents: { allow: registrars, limit, budget: 100, run: actions.residents },
  staff: { allow: staff('manager'), limit, budget: 14, run: actions.staff },
})
