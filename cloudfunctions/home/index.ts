import { anyone } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

export const main = serve('home', contract, {
  open: { allow: anyone, budget: 7, run: actions.open },
})
