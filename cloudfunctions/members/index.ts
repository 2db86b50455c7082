import { anyone, either, owner, registered, staff } from '../_shared/audience'
import { minutes } from '../_shared/clock'
import { serve } from '../_shared/serve'
import * as applications from './actions/applications'
import * as desk from './actions/desk'
import * as household from './actions/household'
import * as privacy from './actions/privacy'
import { session } from './actions/session'
import { redeemSetupCode } from './actions/setup'
import * as posts from './actions/staff'
import { verifyPhone } from './actions/verification'
import { contract } from './contract'

const counter = staff('manager', 'clerk')
const manager = staff('manager')
const employed = staff('manager', 'clerk', 'technician', 'cashier', 'guard', 'inspector')

const hourly = (times: number) => ({ times, perMs: minutes(60) })
const daily = (times: number) => ({ times, perMs: minutes(60 * 24) })
/** On the day keys are handed over a whole community stands in one hall, behind one address. */
const fromOneHall = 1_000

/**
 * Budgets of what changes who belongs where: the caller, what is looked up, and a transaction (begin, its audit row twice, what it
 * reads and writes, what is owed, commit). It grows with the houses a number has, or the people of one house; the number stands for a
 * family of four, or three houses.
 */
export const main = serve('members', contract, {
  session: { allow: anyone, budget: 3, run: session },
  agreePrivacy: { allow: anyone, budget: 6, limit: hourly(20), run: privacy.agreePrivacy },
  withdrawPrivacy: { allow: anyone, budget: 6, limit: hourly(20), run: privacy.withdrawPrivacy },

  verifyPhone: { allow: anyone, budget: 52, limit: { ...hourly(10), perAddress: fromOneHall }, run: verifyPhone },
  apply: { allow: anyone, budget: 22, limit: { ...daily(20), perAddress: fromOneHall }, run: applications.apply },
  withdrawApplication: { allow: registered, budget: 10, run: applications.withdrawApplication },
  getApplication: { allow: registered, budget: 5, run: applications.getApplication },
  listApplications: { allow: counter, budget: 3, run: applications.listApplications },
  approve: { allow: either(owner, counter), budget: 40, run: applications.approve },
  reject: { allow: either(owner, counter), budget: 12, run: applications.reject },

  household: { allow: owner, budget: 4, run: household.household },
  addPerson: { allow: owner, budget: 20, limit: daily(30), run: household.addPerson },
  changePerson: { allow: owner, budget: 9, run: household.changePerson },
  removePerson: { allow: owner, budget: 12, run: household.removePerson },
  leaveHouse: { allow: registered, budget: 20, run: household.leaveHouse },
  withdrawInvitation: { allow: either(owner, manager), budget: 8, run: posts.withdrawInvitation },

  transferHouse: { allow: counter, budget: 50, run: desk.transferHouse },
  moveOut: { allow: counter, budget: 15, run: desk.moveOut },
  revealPhone: { allow: counter, budget: 9, limit: hourly(20), run: desk.revealPhone },

  // A code has eighty random bits; five guesses an hour find none, nor thirty by as many WeChats.
  redeemSetupCode: { allow: anyone, budget: 22, limit: { ...hourly(5), perAddress: 30 }, run: redeemSetupCode },

  switchPost: { allow: employed, budget: 2, run: posts.switchPost },
  listStaff: { allow: manager, budget: 4, run: posts.listStaff },
  inviteStaff: { allow: manager, budget: 14, run: posts.inviteStaff },
  changeStaff: { allow: manager, budget: 16, run: posts.changeStaff },
  removeStaff: { allow: manager, budget: 16, run: posts.removeStaff },
})
