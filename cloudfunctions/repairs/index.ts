import { either, resident, staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const dispatchers = staff('manager', 'clerk')
const technician = staff('technician')
const desk = staff('manager', 'clerk', 'technician')

/**
 * Budgets: one round trip names the caller. A step is a transaction of the order and what is owed for it: begin, read, write, owe,
 * commit; one more for photos to be checked, and one to know the technician.
 */
export const main = serve('repairs', contract, {
  prepare: { allow: resident, budget: 2, run: actions.prepare },
  create: { allow: resident, budget: 6, run: actions.create },
  list: { allow: resident, budget: 2, run: actions.list },
  get: { allow: either(resident, desk), budget: 3, run: actions.get },
  cancel: { allow: either(resident, dispatchers), budget: 6, run: actions.cancel },
  claim: { allow: technician, budget: 6, run: actions.claim },
  assign: { allow: dispatchers, budget: 7, run: actions.assign },
  start: { allow: technician, budget: 6, run: actions.start },
  complete: { allow: technician, budget: 7, run: actions.complete },
  queue: { allow: desk, budget: 3, run: actions.queue },
  technicians: { allow: dispatchers, budget: 3, run: actions.technicians },
  revealContact: { allow: desk, budget: 5, run: actions.revealContact },
})
