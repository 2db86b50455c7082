import { either, resident, staff } from '../_shared/audience'
import { minutes } from '../_shared/clock'
import { serve } from '../_shared/serve'
import { contract } from './contract'
import * as reading from './read-actions'
import * as reporting from './report-actions'
import * as steps from './step-actions'
import * as talking from './talk-actions'
import { visits } from './visit-actions'

const dispatchers = staff('manager', 'clerk')
const technician = staff('technician')
const desk = staff('manager', 'clerk', 'technician')

const hourly = (times: number) => ({ times, perMs: minutes(60) })

/**
 * Budgets: one round trip names the caller, and one or two more in a process that has not read the configuration or proved its key yet. A
 * step is a transaction of the order and what is owed for it: begin, read, write, notices, duties, commit; one more to know the
 * technician, and one where the group robot is told. A visit costs the look at who could come, the order that the same request may have
 * made already, and its seat: the technician's day, read and changed, his visits in it, the seat taken, and the one it leaves.
 */
export const main = serve('repairs', contract, {
  prepare: { allow: resident, budget: 4, limit: hourly(200), run: reporting.prepare },
  // Not limited itself: uploads are, where their folder is handed out, and a report may cost six trips.
  visits: { allow: either(resident, desk), budget: 6, run: visits },
  create: { allow: resident, budget: 17, run: reporting.create },
  createFor: { allow: dispatchers, budget: 18, run: reporting.createFor },
  similar: { allow: resident, budget: 5, run: reporting.similar },
  follow: { allow: resident, budget: 4, run: reporting.follow },
  prices: { allow: either(resident, desk), budget: 2, run: reporting.prices },

  list: { allow: resident, budget: 2, run: reading.list },
  get: { allow: either(resident, desk), budget: 7, run: reading.get },
  queue: { allow: desk, budget: 3, run: reading.queue },
  technicians: { allow: desk, budget: 4, run: reading.technicians },
  revealContact: { allow: desk, budget: 5, run: reading.revealContact },

  urge: { allow: resident, budget: 9, run: steps.urge },
  cancel: { allow: either(resident, dispatchers), budget: 7, run: steps.cancel },
  accept: { allow: resident, budget: 6, run: steps.accept },
  decline: { allow: resident, budget: 6, run: steps.decline },
  confirm: { allow: resident, budget: 6, run: steps.confirm },
  rate: { allow: resident, budget: 7, run: steps.rate },
  reopen: { allow: resident, budget: 10, run: steps.reopen },

  claim: { allow: technician, budget: 13, run: steps.claim },
  assign: { allow: dispatchers, budget: 17, run: steps.assign },
  transfer: { allow: technician, budget: 15, run: steps.transfer },
  return: { allow: technician, budget: 11, run: steps.giveBack },
  hold: { allow: desk, budget: 9, run: steps.hold },
  resume: { allow: desk, budget: 8, run: steps.resume },
  arrive: { allow: technician, budget: 6, run: steps.arrive },
  start: { allow: technician, budget: 6, run: steps.start },
  record: { allow: technician, budget: 7, run: steps.record },
  quote: { allow: technician, budget: 7, run: steps.quote },
  complete: { allow: technician, budget: 10, run: steps.complete },
  reschedule: { allow: either(resident, desk), budget: 18, run: steps.reschedule },
  prioritize: { allow: either(resident, dispatchers), budget: 10, run: steps.prioritize },
  summarize: { allow: desk, budget: 7, run: steps.summarize },
  merge: { allow: dispatchers, budget: 9, run: steps.merge },

  messages: { allow: either(resident, desk), budget: 4, run: talking.messages },
  sendMessage: { allow: either(resident, desk), budget: 10, limit: hourly(60), run: talking.sendMessage },
  readMessages: { allow: either(resident, desk), budget: 3, run: talking.readMessages },
})
