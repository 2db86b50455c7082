import { createHash } from 'node:crypto'
import type { Caller } from '../_shared/caller'
import type { Stored } from '../_shared/db'
import { conflict, forbidden, notFound } from '../_shared/errors'
import { placeLabelOf, type RepairOrder } from './repair'
import { isDispatcher } from './repair-access'

/** 回访: somebody other than the technician asks the household whether it is well. `_id` is the order and how often it was reopened. */
export type Revisit = Stored & {
  repairId: string
  communityId: string
  building: string | null
  orderNo: string
  placeLabel: string
  summary: string
  technicianId: string
  technicianName: string
  reason: 'urgent' | 'low_rating' | 'sample'
  state: 'open' | 'done'
  createdAt: Date
  orderKey: string
  result: { isSatisfied: boolean; note: string; memberId: string; name: string; at: Date } | null
}

const lowStars = 3
const sampledPercent = 10

/** The same tenth of all orders every time: picked by the id, which nobody chooses. */
const isSampled = (repairId: string): boolean => createHash('sha256').update(`revisit/${repairId}`).digest().readUInt32BE(0) % 100 < sampledPercent

/** Why an order must be asked about after this; null when it need not be. */
export const revisitReason = (repair: RepairOrder): Revisit['reason'] | null => {
  if (repair.assignee === null || repair.mergedInto !== null) return null
  if (repair.rating !== null && repair.rating.stars <= lowStars) return 'low_rating'
  if (repair.completedAt === null) return null
  if (repair.urgency === 'urgent') return 'urgent'
  return isSampled(repair._id) ? 'sample' : null
}

export const revisitOf = (repair: RepairOrder, reason: Revisit['reason'], now: Date): Revisit => {
  const _id = `${repair._id}_${repair.reopenCount}`
  return {
    _id, schema: 1, repairId: repair._id, communityId: repair.communityId, building: repair.building, orderNo: repair.orderNo,
    placeLabel: placeLabelOf(repair), summary: repair.description, technicianId: repair.assignee!.memberId, technicianName: repair.assignee!.name,
    reason, state: 'open', createdAt: now, orderKey: `${now.toISOString()}_${_id}`, result: null,
  }
}

/** Throws NOT_FOUND outside the caller's post, FORBIDDEN for the technician's own work, CONFLICT when somebody has asked already. */
export const recordResult = (revisit: Revisit, answer: { isSatisfied: boolean; note: string }, caller: Caller, now: Date): Revisit => {
  if (!isDispatcher(revisit, caller)) throw notFound('个回访')
  const { _id: memberId, name } = caller.member!
  if (revisit.technicianId === memberId) throw forbidden('不能回访自己修的单，请同事来做')
  if (revisit.state === 'done') throw conflict('REVISIT_ALREADY_RECORDED', '这次回访已经有人记录了')
  return { ...revisit, state: 'done', result: { ...answer, memberId, name, at: now } }
}
