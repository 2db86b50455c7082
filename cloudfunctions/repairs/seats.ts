import { readConfiguration } from '../_shared/configuration'
import { shanghaiDay } from '../_shared/clock'
import { AlreadyExists, type Transaction } from '../_shared/db'
import { members, postKey } from '../_shared/member'
import type { Assignee, RepairOrder } from './repair'
import { shiftsWithin } from './duty'
import { comingShifts, comingVisits, seats } from './repository'
import { settingsOf } from './settings'
import { chooseAnother, seatFor, seatHeld, seatsOf, visitTaken, type Roster } from './visit'

/** Who could come in the days ahead, and how often each goes somewhere already. Three round trips at once. */
export const rosterOf = async (communityId: string, now: Date): Promise<Roster> => {
  const [shifts, taken, technicians] = await Promise.all([
    comingShifts(communityId, now), comingVisits(communityId, shanghaiDay(now)), members.find({ postKeys: postKey(communityId, 'technician') }, { limit: 1_000, fields: ['posts'] }),
  ])
  return { shifts: shiftsWithin(shifts, technicians, communityId), seats: taken }
}

/**
 * Lets seats follow an order in the transaction that saves it: frees the one it no longer needs and takes one for a visit that has none.
 * Answers the order as it is to be saved. Throws CONFLICT when its technician has no seat left, INVALID_INPUT when none of `comers` has.
 */
export const settleSeat = async (transaction: Transaction, before: RepairOrder | null, after: RepairOrder, comers?: Assignee[] | null): Promise<RepairOrder> => {
  const held = before && seatHeld(before)
  if (held && held !== seatHeld(after)) await transaction.remove(seats, held)
  const { stage, visit, slot, communityId } = after
  if (stage === 'done' || !visit || !slot || visit.seatId !== null) return after
  const { visitsEach } = settingsOf(await readConfiguration(communityId))
  for (const { memberId, name } of comers ?? [{ memberId: visit.technicianId, name: visit.technicianName }]) {
    for (const seatId of seatsOf(memberId, slot, visitsEach)) {
      if (await transaction.get(seats, seatId)) continue
      const seated = { ...after, people: [...new Set([...after.people, memberId])], visit: { ...visit, technicianId: memberId, technicianName: name, seatId } }
      try {
        await transaction.insert(seats, seatFor(seatId, seated))
      } catch (error) {
        // Somebody took it between our look and our hand.
        throw error instanceof AlreadyExists ? chooseAnother() : error
      }
      return seated
    }
  }
  throw comers ? chooseAnother() : visitTaken(visit, slot, visitsEach)
}
