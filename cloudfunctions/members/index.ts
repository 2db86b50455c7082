import { anyone } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

export const main = serve('members', contract, {
  session: { allow: anyone, budget: 2, run: actions.session },
})
