import { collection, type CollectionOf, type Stored, type Transaction } from '../_shared/db'
import { withinPost, type Post } from '../_shared/member'
import { command } from '../_shared/platform'
import type { Schema } from '../_shared/schema'
import { houses } from '../houses/repository'
import type { Stage } from './contract'
import { summaryFields, type RepairOrder, type RepairSummary } from './repair'
import { repairSchema } from './repair-schema'
import type { RepairMessage } from './talk'
import type { Revisit } from './revisit'
import type { Shift } from './duty'
import type { Seat, VisitDay } from './visit'

/** What an order of release 0.1.0 does not say itself: in which building its home is. */
const completeRepair: Schema['complete'] = async (transaction, document) => {
  const { houseId, place } = document as RepairOrder
  const house = houseId !== null && place === null ? await transaction.get(houses, houseId) : null
  return house ? { ...document, building: house.building } as RepairOrder : document
}

export const repairs = collection<RepairOrder>('repairs', { ...repairSchema, complete: completeRepair })
export const messages = collection<RepairMessage>('repair_messages')
export const revisits = collection<Revisit>('repair_revisits')
export const shifts = collection<Shift>('duty_shifts')
export const seats = collection<Seat>('visit_seats')
export const visitDays = collection<VisitDay>('visit_days')

/** What a house is owed for its first finished repair; the wallet that shows and redeems it takes them from here. `_id`: gift_<houseId>. */
export type OwedGift = Stored & { houseId: string; communityId: string; repairId: string; cause: 'first_repair'; at: Date }
export const owedGifts: CollectionOf<OwedGift> = collection<OwedGift>('owed_gifts')

export const listOfHouse = (houseId: string, cursor: string | undefined, limit: number) =>
  repairs.page({ houseId }, { by: 'orderKey', direction: 'desc', cursor, limit, fields: summaryFields })

export const openOfHouse = (houseId: string, limit: number): Promise<RepairSummary[]> =>
  repairs.find({ houseId, isOpen: true }, { sort: { orderKey: 'desc' }, limit, fields: summaryFields })

/** How many orders the house has in each stage; one round trip. */
export const countOfHouse = async (houseId: string): Promise<Record<Stage, number>> => {
  const groups = await repairs.countBy({ houseId }, { stage: 'stage' })
  const count = (stage: Stage) => groups.filter((group) => group.stage === stage).reduce((sum, group) => sum + group.count, 0)
  return { waiting: count('waiting'), working: count('working'), done: count('done') }
}

/** Open reports of public areas that neighbours of a building may see, newest first. */
export const publicReports = (communityId: string, building: string, limit: number): Promise<RepairOrder[]> =>
  repairs.find({ communityId, publicKey: command.in([building, '*']) }, { sort: { orderKey: 'desc' }, limit })

/** `technicianId` narrows what is taken or finished to one technician's own. */
export const queueOf = (post: Post, stage: Stage, technicianId: string | null, cursor: string | undefined, limit: number) =>
  repairs.page(
    technicianId !== null && stage !== 'waiting' ? { ...withinPost(post), 'assignee.memberId': technicianId, stage } : { ...withinPost(post), stage },
    { by: 'queueKey', direction: stage === 'done' ? 'desc' : 'asc', cursor, limit, fields: summaryFields })

export type QueueCounts = { waiting: number; working: number }

/** The same lists as `queueOf`, counted; one round trip. */
export const countQueue = async (post: Post, technicianId: string | null): Promise<QueueCounts> => {
  const groups = await repairs.countBy({ ...withinPost(post), stage: command.in(['waiting', 'working']) }, { stage: 'stage', technicianId: 'assignee.memberId' })
  const count = (stage: Stage, isMine: boolean) => groups
    .filter((group) => group.stage === stage && (!isMine || group.technicianId === technicianId))
    .reduce((sum, group) => sum + group.count, 0)
  return { waiting: count('waiting', false), working: count('working', technicianId !== null) }
}

/** How many orders each technician of a community has in hand; one round trip. */
export const workingCountsOf = async (communityId: string): Promise<Map<string, number>> => {
  const groups = await repairs.countBy({ communityId, stage: 'working' }, { technicianId: 'assignee.memberId' })
  return new Map(groups.map(({ technicianId, count }) => [String(technicianId), count]))
}

/** What a technician has in hand in a community. */
export const inHandOf = (technicianId: string, communityId: string, limit: number) =>
  repairs.find({ 'assignee.memberId': technicianId, communityId, stage: 'working' }, { sort: { queueKey: 'asc' }, limit })

/** Shifts that have not ended, the first to begin first. */
export const comingShifts = (communityId: string, now: Date): Promise<Shift[]> =>
  shifts.find({ communityId, endsAt: command.gt(now) }, { sort: { endsAt: 'asc' }, limit: 200 })

/** Visits agreed on from that day (YYYY-MM-DD) on. */
export const comingVisits = (communityId: string, day: string) =>
  seats.find({ communityId, day: command.gte(day) }, { limit: 1_000, fields: ['technicianId', 'repairId', 'day', 'from', 'to'] })

export const visitsOfTechnician = (technicianId: string, from: string, limit: number): Promise<Seat[]> =>
  seats.find({ technicianId, day: command.gte(from) }, { sort: { day: 'asc' }, limit })

/** More than anybody can visit in a day. */
const mostOfDay = 200
export const visitsOnDay = (technicianId: string, day: string): Promise<Seat[]> => seats.find({ technicianId, day }, { limit: mostOfDay })

export const forgetDaysBefore = (day: string): Promise<number> => visitDays.removeWhere({ day: command.lt(day) })

export const walkSeats = (cursor: string | undefined, limit: number) => seats.page({}, { by: '_id', direction: 'asc', cursor, limit })
export const seatsNamed = (ids: string[]): Promise<Seat[]> => seats.find({ _id: command.in(ids) }, { limit: ids.length })
export const ordersNamed = (ids: string[]): Promise<RepairOrder[]> => repairs.find({ _id: command.in(ids) }, { limit: ids.length })
export const walkOpen = (communityId: string, stage: Stage, cursor: string | undefined, limit: number) =>
  repairs.page({ communityId, stage }, { by: 'queueKey', direction: 'asc', cursor, limit })

export const messagesOf = (repairId: string, cursor: string | undefined, limit: number) =>
  messages.page({ repairId }, { by: 'orderKey', direction: 'desc', cursor, limit })

export const loadIn = (transaction: Transaction, repairId: string) => transaction.get(repairs, repairId)
export const saveIn = (transaction: Transaction, repair: RepairOrder) => transaction.replace(repairs, repair)

/** Whatever names somebody, or has them in its talk, the latest first. */
export const ordersNaming = (memberId: string, limit: number) => repairs.find({ people: memberId }, { sort: { orderKey: 'desc' }, limit })

/** Nobody else's step is in the way: only the mark of one side changes. */
export const markRead = (repairId: string, side: 'household' | 'staff', at: Date): Promise<number> =>
  repairs.update({ _id: repairId }, { [`talk.${side}.readAt`]: at })
