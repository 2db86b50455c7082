import { resident, staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const dispatchers = staff('manager', 'clerk')

export const main = serve('incidents', contract, {
  list: { allow: resident, budget: 4, run: actions.list },
  follow: { allow: resident, budget: 4, run: actions.follow },
  board: { allow: dispatchers, budget: 4, run: actions.board },
  create: { allow: dispatchers, budget: 5, run: actions.create },
  update: { allow: dispatchers, budget: 6, run: actions.update },
  finish: { allow: dispatchers, budget: 6, run: actions.finish },
})
