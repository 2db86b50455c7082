import { anyone } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const { session } = contract

export const main = serve('members', { session }, {
  session: { allow: anyone, budget: 3, run: actions.session },
})
