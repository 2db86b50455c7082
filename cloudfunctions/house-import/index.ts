import { staff } from '../_shared/audience'
import { minutes } from '../_shared/clock'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const registrars = staff('manager', 'clerk')

/**
 * Budgets: one round trip names the caller. `check` reads a file, looks up every 500 rows in two, and keeps each 500 in one; `start` and
 * `advance` write as many batches as fit into their time, each in seven and a few for what has changed. 20,000 rows are 40 batches.
 */
export const main = serve('house-import', contract, {
  prepare: { allow: registrars, budget: 2, run: actions.prepare },
  template: { allow: registrars, budget: 3, run: actions.template },
  check: { allow: registrars, limit: { times: 3, perMs: minutes(10) }, budget: 140, run: actions.check },
  start: { allow: registrars, budget: 1_000, run: actions.start },
  advance: { allow: registrars, budget: 1_000, run: actions.advance },
  get: { allow: registrars, budget: 2, run: actions.get },
  discard: { allow: registrars, budget: 4, run: actions.discard },
  list: { allow: registrars, budget: 2, run: actions.list },
  report: { allow: registrars, budget: 4, run: actions.report },
})
