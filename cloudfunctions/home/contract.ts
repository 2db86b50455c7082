import * as z from 'zod'
import { id } from '../_shared/contract'
import { openIncident } from '../incidents/contract'
import { house, session } from '../members/contract'
import { repairCard } from '../repairs/contract'

export const contract = {
  /** The whole first screen in one call. Without a houseId, the person's first house. */
  open: {
    input: z.strictObject({ houseId: id.optional() }),
    output: z.object({
      session,
      house: house.nullable(),
      /** What needs me now: this household's unfinished orders, newest first, at most three. */
      openRepairs: z.array(repairCard),
      openRepairCount: z.number().int(),
      /** 停水停电 and the like at this house, also what is announced for later. */
      incidents: z.array(openIncident.omit({ followerCount: true, isFollowing: true, heldAs: true })),
      unreadCount: z.number().int(),
      /** Staff only: how much waits on the desk, the same counts as `repairs.queue`. */
      desk: z.object({ waiting: z.number(), working: z.number() }).nullable(),
      /** What the house has to pay; null for whoever may not see that. `billId`: of the one bill, where it is only one. */
      owed: z.object({ amountFen: z.number().int(), count: z.number().int(), billId: id.nullable() }).nullable(),
    }),
  },
}
export type HomeContract = typeof contract
