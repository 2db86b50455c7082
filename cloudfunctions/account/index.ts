import { anyone, registered } from '../_shared/audience'
import { minutes } from '../_shared/clock'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import { contract } from './contract'

const daily = (times: number) => ({ times, perMs: minutes(60 * 24) })

export const main = serve('account', contract, {
  myData: { allow: registered, budget: 4, run: actions.myData },
  exportMyData: { allow: registered, budget: 14, limit: daily(10), run: actions.exportMyData },
  // The open orders of each house: a person has few.
  previewDeletion: { allow: registered, budget: 8, run: actions.previewDeletion },
  // Also who has just done it and heard nothing. Most of it is the job: a few calls in each feature.
  deleteAccount: { allow: anyone, budget: 100, run: actions.deleteAccount },
})
