import { createHash } from 'node:crypto'
import { memberOf } from '../_shared/caller'
import { shanghaiDay } from '../_shared/clock'
import type { Input, Output } from '../_shared/contract'
import { inTransaction } from '../_shared/db'
import { conflict, notFound } from '../_shared/errors'
import { members } from '../_shared/member'
import type { Situation } from '../_shared/serve'
import { uploadPrefix } from '../_shared/storage'
import { parseHouseName } from '../houses/house-name'
import { buildingsOf, findHouses } from '../houses/repository'
import { crewOf, shownCrew } from '../repairs/crew'
import { planShift, type Shift } from '../repairs/duty'
import { visitsLeftAlone } from '../repairs/visit'
import { cardOf } from '../repairs/repair-reply'
import { comingShifts, comingVisits, listOfHouse, revisits as revisitRows, shifts as shiftRows, visitsOfTechnician } from '../repairs/repository'
import { recordResult, type Revisit } from '../repairs/revisit'
import { category, limits, reportLimits, type DutyShift, type Revisit as RevisitReply, type RepairDeskContract } from './contract'
import { isFound, isWanted, keyOf, searchKeyOf } from './desk-list'
import * as repository from './repository'

type In<A extends keyof RepairDeskContract> = Required<Input<RepairDeskContract, A>>
type Out<A extends keyof RepairDeskContract> = Output<RepairDeskContract, A>

const { photoCount, descriptionLength, spotLength } = reportLimits

export const board = async (_: object, { caller, now }: Situation): Promise<Out<'board'>> => {
  const post = caller.post!
  const { communityId } = post
  const [open, overdue, revisitCount, reviewCount, buildings, crew] = await Promise.all([
    repository.countOpen(post), repository.countOverdue(post, now), repository.countRevisits(post), repository.countReviews(post), buildingsOf(communityId),
    crewOf(communityId, now),
  ])
  const sum = (isCounted: (group: (typeof open)[number]) => boolean) => open.filter(isCounted).reduce((total, { count }) => total + count, 0)
  return {
    counts: {
      waiting: sum(({ stage }) => stage === 'waiting'), working: sum(({ stage }) => stage === 'working'), overdue,
      on_hold: sum(({ status }) => status === 'on_hold'), quoted: sum(({ status }) => status === 'quoted'), revisits: revisitCount, contentReviews: reviewCount,
    },
    buildings: buildings.map(({ name }) => name).filter((name) => post.buildings === null || post.buildings.includes(name)),
    categories: category.options,
    limits: { photoCount, descriptionLength, spotLength },
    uploadPrefix: uploadPrefix('repairs', caller),
    technicians: shownCrew(crew, now),
  }
}

const stretchLength = 100
/** Of a long list filtered narrowly a page may come short; its cursor goes on all the same. */
const mostStretches = 5

type Stretch = { documents: repository.DeskRepair[]; nextCursor: string | null }

/** One page of what is wanted out of stretches of a list. */
const sift = async (read: (cursor: string | undefined) => Promise<Stretch>, isKept: (repair: repository.DeskRepair) => boolean, key: (repair: repository.DeskRepair) => string, from: string | undefined) => {
  const kept: repository.DeskRepair[] = []
  let cursor = from
  for (let i = 0; i < mostStretches; i += 1) {
    const { documents, nextCursor } = await read(cursor)
    kept.push(...documents.filter(isKept))
    if (kept.length > limits.pageSize) {
      const page = kept.slice(0, limits.pageSize)
      return { documents: page, nextCursor: key(page.at(-1)!) }
    }
    if (nextCursor === null) return { documents: kept, nextCursor: null }
    cursor = nextCursor
  }
  return { documents: kept, nextCursor: cursor ?? null }
}

export const list = async ({ cursor, ...filter }: Input<RepairDeskContract, 'list'>, { caller, now }: Situation): Promise<Out<'list'>> => {
  const post = caller.post!
  const page = await sift(
    (from) => repository.stretchOf(post, filter.list, now, from, stretchLength), (repair) => isWanted(repair, filter, now), (repair) => keyOf(repair, filter.list), cursor)
  return { repairs: page.documents.map((repair) => cardOf(repair, 'staff', now)), nextCursor: page.nextCursor }
}

export const search = async ({ text, cursor }: Input<RepairDeskContract, 'search'>, { caller, now }: Situation): Promise<Out<'search'>> => {
  const post = caller.post!
  const [house] = await findHouses(post.communityId, parseHouseName(text), 1)
  const isMine = house !== undefined && (post.buildings === null || post.buildings.includes(house.building))
  const key = searchKeyOf(text)
  const page = isMine ? await listOfHouse(house._id, cursor, limits.pageSize)
    : key === null ? { documents: [], nextCursor: null }
    : await sift((from) => repository.candidatesFor(post.communityId, key, from, stretchLength), (repair) => isFound(repair, text, post), ({ orderKey }) => orderKey, cursor)
  return { repairs: page.documents.map((repair) => cardOf(repair, 'staff', now)), nextCursor: page.nextCursor }
}

const revisitReply = ({ _id, repairId, orderNo, placeLabel, summary, technicianName, reason, createdAt, result }: Revisit): RevisitReply => ({
  revisitId: _id, repairId, orderNo, placeLabel, summary, technicianName, reason, createdAt: createdAt.toISOString(),
  result: result && { isSatisfied: result.isSatisfied, note: result.note, byName: result.name, at: result.at.toISOString() },
})

export const revisits = async ({ state, cursor }: Input<RepairDeskContract, 'revisits'>, { caller }: Situation): Promise<Out<'revisits'>> => {
  const { documents, nextCursor } = await repository.revisitsOf(caller.post!, state, cursor, limits.pageSize)
  return { revisits: documents.map(revisitReply), nextCursor }
}

export const recordRevisit = async ({ revisitId, ...answer }: In<'recordRevisit'>, { caller, now }: Situation): Promise<Out<'recordRevisit'>> => {
  await inTransaction(async (transaction) => {
    const revisit = await transaction.get(revisitRows, revisitId)
    if (!revisit) throw notFound('个回访')
    await transaction.replace(revisitRows, recordResult(revisit, answer, caller, now))
  })
  return { revisitId }
}

const shiftReply = ({ _id, memberId, name, startsAt, endsAt, categories, buildings }: Shift, visitCount: number): DutyShift =>
  ({ shiftId: _id, memberId, name, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), categories, buildings, visitCount })

export const shifts = async (_: object, { caller, now }: Situation): Promise<Out<'shifts'>> => {
  const { communityId } = caller.post!
  const [coming, visits] = await Promise.all([comingShifts(communityId, now), comingVisits(communityId, shanghaiDay(now))])
  const countOf = (shift: Shift) => visitsLeftAlone(shift, coming, visits.filter(({ technicianId }) => technicianId === shift.memberId), now)
  return { shifts: coming.map((shift) => shiftReply(shift, countOf(shift))) }
}

export const saveShift = async ({ requestId, memberId, startsAt, endsAt, ...what }: In<'saveShift'>, { caller, now }: Situation): Promise<Out<'saveShift'>> => {
  const shiftId = createHash('sha256').update(`${memberOf(caller)._id}/${requestId}`).digest('hex').slice(0, 32)
  const technician = await members.get(memberId)
  const shift = planShift({ ...what, shiftId, technician, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }, caller, now)
  await shiftRows.insert(shift)
  return { shiftId }
}

/** More than anybody can visit in the days that may be booked. */
const mostVisits = 200

export const removeShift = async ({ shiftId }: In<'removeShift'>, { caller, now }: Situation): Promise<Out<'removeShift'>> => {
  const shift = await shiftRows.get(shiftId)
  if (shift?.communityId !== caller.post!.communityId) throw notFound('个值班')
  const [theirs, visits] = await Promise.all([comingShifts(shift.communityId, now), visitsOfTechnician(shift.memberId, shanghaiDay(now), mostVisits)])
  const count = visitsLeftAlone(shift, theirs, visits, now)
  if (count > 0) throw conflict('SHIFT_HAS_VISITS', `这段值班里已经约了 ${count} 次上门，请先改约或改派给别的师傅`)
  await shiftRows.remove(shiftId)
  return { shiftId }
}
