import { staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as actions from './actions'
import * as checks from './check-actions'
import { contract } from './contract'
import * as settings from './settings-actions'

const manager = staff('manager')

export const main = serve('operations', contract, {
  // Many small questions at once, of a page that a manager opens now and then: one of them asked less would hide what is wrong.
  status: { allow: manager, budget: 19, run: actions.status },
  checklist: { allow: manager, budget: 8, run: checks.checklist },
  // A turn, the configuration, a file stored, named and removed, and what became of it.
  prove: { allow: manager, budget: 9, run: checks.prove },
  confirm: { allow: manager, budget: 5, run: checks.confirm },
  audits: { allow: manager, budget: 5, run: settings.listAudits },
  settings: { allow: manager, budget: 3, run: settings.settings },
  configure: { allow: manager, budget: 8, run: settings.configure },
})
