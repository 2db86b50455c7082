import type { RepairSettings } from '../_shared/configuration'
import { conflict, invalid, type AppError } from '../_shared/errors'
import type { Stored } from '../_shared/db'
import type { Category, Slot, VisitSlot } from './contract'
import { fitFor, type Shift } from './duty'
import type { Assignee, RepairOrder, Visit } from './repair'
import { beginOf, comingWindows, endOf, inWords, isComing, isSameSlot, reminderOf } from './slot'

/** One visit that a technician can make in one window. The `_id` is the fact: nobody else can hold it. */
export type Seat = Stored & { communityId: string; technicianId: string; repairId: string; day: string; from: string; to: string }

/** A technician's day, changed by every visit that is agreed on for it: of two for hours that overlap, the second has to look again. */
export type VisitDay = Stored & { day: string; agreedCount: number }
export const visitDayIdOf = (technicianId: string, { day }: Slot): string => `${technicianId}_${day}`

export const seatIdOf = (technicianId: string, { day, from }: Slot, seat: number): string => `${technicianId}_${day}_${from.replace(':', '')}_${seat}`
export const seatsOf = (technicianId: string, slot: Slot, each: number): string[] =>
  Array.from({ length: each }, (_, i) => seatIdOf(technicianId, slot, i + 1))

/** The seat that an order keeps; null for one that needs none, or needs one still. */
export const seatHeld = ({ stage, visit }: Pick<RepairOrder, 'stage' | 'visit'>): string | null => (stage === 'done' ? null : (visit?.seatId ?? null))

export const seatFor = (seatId: string, { _id, communityId, slot, visit }: RepairOrder): Seat =>
  ({ _id: seatId, schema: 1, communityId, technicianId: visit!.technicianId, repairId: _id, ...slot! })

/** The technician comes in that window; whoever is reminded already is not reminded again. */
export const agreed = (slot: Slot, { memberId, name }: Assignee, before: Pick<RepairOrder, 'slot' | 'visit'> | null, now: Date): Visit => {
  const kept = before?.visit && isSameSlot(before.slot, slot) ? before.visit : null
  return {
    technicianId: memberId, technicianName: name, seatId: kept?.technicianId === memberId ? kept.seatId : null,
    remindAt: kept ? kept.remindAt : reminderOf(slot, now),
  }
}

const nobodyComes: Pick<RepairOrder, 'slot' | 'visit'> = { slot: null, visit: null }

/** What becomes of the visit when somebody else gets the order, or (null) nobody has it: a visit that began took place. */
export const passedOn = (repair: RepairOrder, technician: Assignee | null, now: Date): Pick<RepairOrder, 'slot' | 'visit'> => {
  // Also of an order that waits for a date or an answer: what counts is where that broke in.
  const status = repair.interrupted ?? repair.status
  if (status !== 'submitted' && status !== 'assigned') return nobodyComes
  if (!isComing(repair.slot, now)) return { slot: repair.slot, visit: null }
  return { slot: repair.slot, visit: technician && agreed(repair.slot, technician, repair, now) }
}

/** A visit that a pause goes past does not take place. */
export const pausedUntil = ({ slot, visit }: RepairOrder, until: Date): Pick<RepairOrder, 'slot' | 'visit'> =>
  slot !== null && beginOf(slot) < until ? nobodyComes : { slot, visit }

export type Roster = { shifts: Shift[]; seats: Pick<Seat, 'technicianId' | 'repairId' | 'day' | 'from' | 'to'>[] }
/** What is to be visited; of an order that somebody has, only he can be asked. */
export type Visited = { repairId: string | null; category: Category; building: string | null; assignee: Assignee | null; returnedBy: string[] }

export const visitedOf = ({ _id, category, building, assignee, timeline }: RepairOrder): Visited => ({
  repairId: _id, category, building, assignee, returnedBy: timeline.filter(({ step }) => step === 'return').map(({ by }) => by.memberId),
})

type Open = Pick<RepairSettings, 'visits' | 'visitsEach'>

export const hasSeatLeft = (seats: Roster['seats'], slot: Slot, technicianId: string, each: number): boolean =>
  seats.filter((seat) => seat.technicianId === technicianId && seat.day === slot.day && seat.from < slot.to && seat.to > slot.from).length < each

/** Who is on duty for it during the whole window, the fittest first; `isFree`: he can take one more visit. */
const comersIn = (slot: Slot, what: Visited, { shifts, seats }: Roster, { visitsEach }: Open): (Assignee & { isFree: boolean })[] => {
  const others = seats.filter(({ repairId }) => repairId !== what.repairId)
  const counts = new Map<string, number>()
  for (const { technicianId } of others) counts.set(technicianId, (counts.get(technicianId) ?? 0) + 1)
  const asked = shifts.filter(({ memberId }) => (what.assignee ? memberId === what.assignee.memberId : !what.returnedBy.includes(memberId)))
  return fitFor(asked, what.assignee ? null : what, { from: beginOf(slot), to: endOf(slot) }, counts)
    .map((one) => ({ ...one, isFree: hasSeatLeft(others, slot, one.memberId, visitsEach) }))
}

/** What a household can choose from. `areBooked` false: no roster says who comes, so that a window is a wish and nobody's promise. */
export const offersFor = (what: Visited, roster: Roster, settings: Open, now: Date): { slots: VisitSlot[]; areBooked: boolean } => {
  const windows = comingWindows(settings, now)
  const known = windows.flatMap((slot) => {
    const comers = comersIn(slot, what, roster, settings)
    return comers.length > 0 ? [{ ...slot, isFree: comers.some(({ isFree }) => isFree) }] : []
  })
  return known.length > 0 ? { slots: known, areBooked: true } : { slots: windows.map((slot) => ({ ...slot, isFree: true })), areBooked: false }
}

export const chooseAnother = (): AppError => invalid({ slot: '这个时间刚刚约满，请另选一个' })

const freeIn = (slot: Slot, what: Visited, roster: Roster, settings: Open): Assignee[] =>
  comersIn(slot, what, roster, settings).filter(({ isFree }) => isFree).map(({ memberId, name }) => ({ memberId, name }))

/** Who could come instead of whoever agreed to and left, in hours that have been promised whatever is offered now; the fittest first. */
export const comersInstead = (repair: RepairOrder, roster: Roster, settings: Open, now: Date): Assignee[] =>
  isComing(repair.slot, now) ? freeIn(repair.slot, { ...visitedOf(repair), assignee: null }, roster, settings) : []

/** Whom to ask for that window, the fittest first; null where it is only wished for. Throws INVALID_INPUT for one that is not to be had. */
export const comersFor = (slot: Slot, what: Visited, roster: Roster, settings: Open, now: Date): Assignee[] | null => {
  const { slots, areBooked } = offersFor(what, roster, settings, now)
  const offer = slots.find((each) => isSameSlot(each, slot))
  if (!offer) throw invalid({ slot: '这个时间已经约不上了，请另选一个' })
  if (!offer.isFree) throw chooseAnother()
  return areBooked ? freeIn(slot, what, roster, settings) : null
}

/** Whoever gets an order gets its visit, and cannot be in two places. */
export const visitTaken = ({ technicianName }: Visit, slot: Slot, each: number): AppError =>
  conflict('VISIT_TAKEN', `${technicianName} ${inWords(slot)} 已约满 ${each} 户，请先改约上门时间，或换一位师傅`)

/** How many coming visits of its technician a shift covers, and no other of his shifts does. */
export const visitsLeftAlone = (shift: Shift, shifts: Shift[], visits: Pick<Seat, 'technicianId' | 'day' | 'from' | 'to'>[], now: Date): number => {
  const covers = ({ startsAt, endsAt }: Shift, slot: Slot) => startsAt <= beginOf(slot) && endsAt >= endOf(slot)
  const others = shifts.filter(({ _id, memberId }) => memberId === shift.memberId && _id !== shift._id)
  return visits.filter((slot) => isComing(slot, now) && covers(shift, slot) && !others.some((other) => covers(other, slot))).length
}

/** What is wrong with a seat that holds the visit of no unfinished order; null when nothing is. */
export const faultOfSeat = (seat: Seat, repair: RepairOrder | undefined): string | null => {
  if (!repair || seatHeld(repair) !== seat._id) return 'seat_without_visit'
  return seat.technicianId === repair.visit!.technicianId && isSameSlot(seat, repair.slot) ? null : 'seat_of_another_visit'
}

/** What is wrong with an order whose visit holds no seat of its own; null when nothing is. */
export const faultOfVisit = (repair: RepairOrder, seat: Seat | undefined): string | null =>
  repair.stage === 'done' || repair.visit === null || seat?.repairId === repair._id ? null : 'visit_without_seat'
