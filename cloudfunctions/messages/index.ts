import { anyone, registered } from '../_shared/audience'
import { minutes } from '../_shared/clock'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

export const main = serve('messages', contract, {
  list: { allow: anyone, budget: 3, run: actions.list },
  read: { allow: registered, budget: 4, run: actions.read },
  readAll: { allow: registered, budget: 2, run: actions.readAll },
  recordConsent: { allow: registered, budget: 5, limit: { times: 60, perMs: minutes(60) }, run: actions.recordConsent },
  // It only hastens what is owed anyway, so anybody may; its cost grows with the people told, whom the jobs bound.
  deliver: { allow: anyone, budget: 200, run: actions.deliver },
})
