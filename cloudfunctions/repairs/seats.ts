import { readConfiguration } from '../_shared/configuration'
import { shanghaiDay } from '../_shared/clock'
import { AlreadyExists, type Transaction } from '../_shared/db'
import { members, postKey } from '../_shared/member'
import type { Slot } from './contract'
import type { Assignee, RepairOrder } from './repair'
import { shiftsWithin } from './duty'
import { comingShifts, comingVisits, seats, visitDays, visitsOnDay } from './repository'
import { settingsOf } from './settings'
import { chooseAnother, hasSeatLeft, seatFor, seatHeld, seatsOf, visitDayIdOf, visitTaken, type Roster } from './visit'

/** Who could come in the days ahead, and how often each goes somewhere already. Three round trips at once. */
export const rosterOf = async (communityId: string, now: Date): Promise<Roster> => {
  const [shifts, taken, technicians] = await Promise.all([
    comingShifts(communityId, now), comingVisits(communityId, shanghaiDay(now)), members.find({ postKeys: postKey(communityId, 'technician') }, { limit: 1_000, fields: ['posts'] }),
  ])
  return { shifts: shiftsWithin(shifts, technicians, communityId), seats: taken }
}

type Wanted = { slot: Slot; repairId: string; each: number }

/**
 * A seat that is free for it, null when the technician has no room: every visit counts that overlaps, in whatever hours were offered when
 * it was agreed on. He is looked at between reading his day and changing it, so that whoever agreed meanwhile is not overlooked.
 */
const freeSeat = async (transaction: Transaction, technicianId: string, { slot, repairId, each }: Wanted): Promise<string | null> => {
  const dayId = visitDayIdOf(technicianId, slot)
  const day = await transaction.get(visitDays, dayId)
  const taken = await visitsOnDay(technicianId, slot.day)
  if (!hasSeatLeft(taken.filter((seat) => seat.repairId !== repairId), slot, technicianId, each)) return null
  await transaction.replace(visitDays, { _id: dayId, schema: 1, day: slot.day, agreedCount: (day?.agreedCount ?? 0) + 1 })
  return seatsOf(technicianId, slot, taken.length + 1).find((seatId) => !taken.some(({ _id }) => _id === seatId))!
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
    const seatId = await freeSeat(transaction, memberId, { slot, repairId: after._id, each: visitsEach })
    if (seatId === null) continue
    const seated = { ...after, people: [...new Set([...after.people, memberId])], visit: { ...visit, technicianId: memberId, technicianName: name, seatId } }
    try {
      await transaction.insert(seats, seatFor(seatId, seated))
    } catch (error) {
      // Not to be taken for an order that is there already.
      throw error instanceof AlreadyExists ? chooseAnother() : error
    }
    return seated
  }
  throw comers ? chooseAnother() : visitTaken(visit, slot, visitsEach)
}
