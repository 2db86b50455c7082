import { staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'
import * as reviewing from './review-actions'

const dispatchers = staff('manager', 'clerk')

/** Lists and searches read on in stretches of a hundred where no index serves a filter, five at most. */
export const main = serve('repair-desk', contract, {
  board: { allow: dispatchers, budget: 9, run: actions.board },
  list: { allow: dispatchers, budget: 6, run: actions.list },
  search: { allow: dispatchers, budget: 7, run: actions.search },
  revisits: { allow: dispatchers, budget: 2, run: actions.revisits },
  recordRevisit: { allow: dispatchers, budget: 5, run: actions.recordRevisit },
  shifts: { allow: dispatchers, budget: 3, run: actions.shifts },
  saveShift: { allow: dispatchers, budget: 3, run: actions.saveShift },
  contentReviews: { allow: dispatchers, budget: 3, run: reviewing.contentReviews },
  // A transaction of the row, what it is about (a message and its order), and the audit row that makes it happen once.
  decideContent: { allow: dispatchers, budget: 11, run: reviewing.decideContent },
  removeShift: { allow: dispatchers, budget: 5, run: actions.removeShift },
})
