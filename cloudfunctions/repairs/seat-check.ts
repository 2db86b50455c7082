import { shanghaiDay } from '../_shared/clock'
import { inTransaction } from '../_shared/db'
import { conclude, report, type Finding } from '../_shared/findings'
import { jobs, type JobRunner } from '../_shared/jobs'
import { command } from '../_shared/platform'
import { allCommunities } from '../houses/repository'
import type { Stage } from './contract'
import { forgetDaysBefore, loadIn, ordersNamed, seats, seatsNamed, walkOpen, walkSeats } from './repository'
import { faultOfSeat, faultOfVisit, seatHeld } from './visit'

const atOnce = 100
const unfinished: Stage[] = ['waiting', 'working']

type Pair = { seatId: string; repairId: string }
type Page = { seen: number; suspects: Pair[]; nextCursor: string | null }

const lookAtSeats = async (cursor: string | undefined): Promise<Page> => {
  const { documents, nextCursor } = await walkSeats(cursor, atOnce)
  const orders = new Map((documents.length > 0 ? await ordersNamed(documents.map(({ repairId }) => repairId)) : []).map((repair) => [repair._id, repair]))
  const suspects = documents.filter((seat) => faultOfSeat(seat, orders.get(seat.repairId)) !== null)
  return { seen: documents.length, suspects: suspects.map(({ _id, repairId }) => ({ seatId: _id, repairId })), nextCursor }
}

const lookAtOrders = async (communityId: string, stage: Stage, cursor: string | undefined): Promise<Page> => {
  const { documents, nextCursor } = await walkOpen(communityId, stage, cursor, atOnce)
  const held = documents.flatMap((repair) => seatHeld(repair) ?? [])
  const found = new Map((held.length > 0 ? await seatsNamed(held) : []).map((seat) => [seat._id, seat]))
  const suspects = documents.filter((repair) => faultOfVisit(repair, found.get(seatHeld(repair) ?? '')) !== null)
  return { seen: documents.length, suspects: suspects.map((repair) => ({ seatId: seatHeld(repair) ?? '', repairId: repair._id })), nextCursor }
}

/** Read one after the other, a visit may have moved in between: only what is still wrong in one instant is a finding. */
const confirm = ({ seatId, repairId }: Pair): Promise<Finding[]> => inTransaction(async (transaction) => {
  const repair = (await loadIn(transaction, repairId)) ?? undefined
  const seat = seatId === '' ? undefined : ((await transaction.get(seats, seatId)) ?? undefined)
  const problems = [{ subjectId: seatId, problem: seat ? faultOfSeat(seat, repair) : null }, { subjectId: repairId, problem: repair ? faultOfVisit(repair, seat) : null }]
  return problems.flatMap(({ subjectId, problem }) => (problem === null ? [] : [{ subjectId, problem }]))
})

export const seatCheckKind = 'visit_seats_check'
export type SeatWalk = { stage: number; cursor: string | null; seenCount: number }

/** Proves, a hundred documents at a time, that every seat is an unfinished order's and every agreed visit has its seat. */
export const checkSeats: JobRunner = async (job, now) => {
  const { stage, cursor, seenCount } = job.payload as SeatWalk
  const from = cursor ?? undefined
  const lists = (await allCommunities()).flatMap(({ _id }) => unfinished.map((each) => () => lookAtOrders(_id, each, from)))
  const look = [() => lookAtSeats(from), ...lists][stage]
  if (!look) {
    await conclude(seatCheckKind, job._id, seenCount, now)
    await forgetDaysBefore(shanghaiDay(now))
    return 'done'
  }
  const { seen, suspects, nextCursor } = await look()
  const found: Finding[] = []
  for (const suspect of suspects) found.push(...(await confirm(suspect)))
  await report(seatCheckKind, job._id, found, now)
  const next: SeatWalk = { stage: nextCursor === null ? stage + 1 : stage, cursor: nextCursor, seenCount: seenCount + seen }
  await jobs.update({ _id: job._id }, { payload: command.set(next) })
  return now
}
