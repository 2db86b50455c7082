import { anyone, resident, staff } from '../_shared/audience'
import { serve } from '../_shared/serve'
import * as buildings from './actions/buildings'
import * as choosing from './actions/choosing'
import * as committee from './actions/committee'
import * as communities from './actions/communities'
import * as houses from './actions/houses'
import * as roster from './actions/roster'
import { contract } from './contract'

const manager = staff('manager')
const registrars = staff('manager', 'clerk')

/**
 * Budgets: one round trip names the caller. A change is a transaction: begin, read, write, audit, commit; one more for the job that
 * tells people's documents, for what is looked at before, and for the key that seals numbers.
 */
export const main = serve('houses', contract, {
  directory: { allow: anyone, budget: 2, run: choosing.directory },
  browseBuildings: { allow: anyone, budget: 3, run: choosing.browseBuildings },
  browseHouses: { allow: anyone, budget: 3, run: choosing.browseHouses },
  find: { allow: anyone, budget: 3, run: choosing.find },

  getCommunity: { allow: registrars, budget: 2, run: communities.getCommunity },
  createCommunity: { allow: manager, budget: 9, run: communities.createCommunity },
  updateCommunity: { allow: manager, budget: 7, run: communities.updateCommunity },

  listBuildings: { allow: registrars, budget: 3, run: buildings.listBuildings },
  createBuilding: { allow: registrars, budget: 3, run: buildings.createBuilding },
  updateBuilding: { allow: registrars, budget: 8, run: buildings.updateBuilding },

  list: { allow: registrars, budget: 2, run: houses.list },
  search: { allow: registrars, budget: 2, run: houses.search },
  get: { allow: registrars, budget: 4, run: houses.get },
  // Twice where the room's usual id belongs to a house that was renumbered.
  create: { allow: registrars, budget: 12, run: houses.create },
  update: { allow: registrars, budget: 9, run: houses.update },
  remove: { allow: registrars, budget: 10, run: houses.remove },

  addToRoster: { allow: registrars, budget: 9, run: roster.addToRoster },
  updateRoster: { allow: registrars, budget: 7, run: roster.updateRoster },
  removeFromRoster: { allow: registrars, budget: 6, run: roster.removeFromRoster },
  revealRosterPhone: { allow: registrars, budget: 4, run: roster.revealRosterPhone },

  committee: { allow: resident, budget: 2, run: committee.committee },
  listCommittee: { allow: registrars, budget: 2, run: committee.listCommittee },
  createCommitteeMember: { allow: registrars, budget: 6, run: committee.createCommitteeMember },
  updateCommitteeMember: { allow: registrars, budget: 6, run: committee.updateCommitteeMember },
  removeCommitteeMember: { allow: registrars, budget: 6, run: committee.removeCommitteeMember },
})
