import type { Check } from '../_shared/content-review'
import type { Sealed } from '../_shared/crypto'
import type { Chosen, Stored } from '../_shared/db'
import { buildingLabelOf } from '../houses/house-name'
import type { Category, Happening, Place, Slot, Source, Stage, Status, Urgency } from './contract'
import type { Bill, Quotation } from './quotation'
import type { Course, Sla } from './sla'

export type Photo = { fileId: string; check: Check }

/** Who acted, as they were then. */
export type Actor = { memberId: string; name: string; role: 'resident' | 'manager' | 'clerk' | 'technician' | 'system' }
export type Assignee = { memberId: string; name: string }

export type RepairEvent = {
  step: Happening
  status: Status
  at: Date
  by: Actor
  assigneeName: string | null
  note: string
  photos: Photo[]
  /** The phone's request that made it: the same request again changes nothing. */
  requestId: string
  /** Of a step that moved the visit. */
  rescheduled?: { from: Slot | null; to: Slot | null }
}

/** 预约上门: who comes in the order's `slot`. Of a finished order it is history, and holds no seat. */
export type Visit = {
  technicianId: string
  technicianName: string
  /** Which of his seats it holds; null only until the transaction that saves it has found one. */
  seatId: string | null
  /** When both sides are reminded; null once they were, or when it was agreed on too late for that. */
  remindAt: Date | null
}

/** The household, or the staff: when one of them last wrote, and last looked. */
export type Side = { wroteAt: Date | null; readAt: Date | null }
export type Rating = { stars: number; tags: string[]; note: string; at: Date }

/** 报修单 = 工单. The timeline is inside the order: it is short (a limit sees to that) and read with it. */
export type RepairOrder = Stored & {
  version: number
  communityId: string
  communityName: string
  /** The household it belongs to; null when somebody without a house here called about a public area. */
  houseId: string | null
  houseLabel: string
  /** Where it is broken; null for what is in no building. */
  building: string | null
  /** Where it is broken when that is nobody's home. */
  place: Place | null
  source: Source
  orderNo: string
  category: Category
  urgency: Urgency
  description: string
  /** Neighbours see words and photos only once they passed. */
  textCheck: Check
  photos: Photo[]
  /** Seen by household and staff only: WeChat checks no films. */
  video: string | null
  voice: { fileId: string; seconds: number } | null
  /** When the household is at home for it: agreed on when there is a `visit`, else wished for. */
  slot: Slot | null
  visit: Visit | null
  /** phone: of somebody else than the member; theirs is with the member. */
  contact: { memberId: string | null; name: string; maskedPhone: string | null; phone: Sealed | null }
  status: Status
  stage: Stage
  /** Something is still expected of somebody, be it the household's word that it is well. */
  isOpen: boolean
  assignee: Assignee | null
  /** Where a hold or a quotation interrupted the work. */
  interrupted: Status | null
  heldUntil: Date | null
  holdReason: string | null
  arrivedAt: Date | null
  completedAt: Date | null
  quotation: Quotation | null
  charges: Bill | null
  rating: Rating | null
  reopenCount: number
  urgedAt: Date | null
  /** null for orders older than deadlines. */
  sla: Sla | null
  talk: { household: Side; staff: Side }
  mergedInto: string | null
  /** Since when nobody has it; null once somebody has, or the manager was told that nobody does. */
  unassignedSince: Date | null
  /** When that was told; null once somebody has it. */
  unassignedToldAt: Date | null
  /** The job that watches over it: wakes, warns, escalates, closes. An earlier one is moot. */
  watchId: string
  timeline: RepairEvent[]
  submittedAt: Date
  /** Time and id: the household's list, newest first. */
  orderKey: string
  /** The desk's lists, in their order. */
  queueKey: string
  /** Deadline and id while the clock runs, else null: the overdue list is what lies before now. */
  overdueKey: string | null
  /** The building of an open report of a public area, '*' for none; null for what neighbours may not see. */
  publicKey: string | null
  searchKeys: string[]
  /** Every member it names or ever named, and who wrote in its talk. */
  people: string[]
}

/** What lists read of an order: its story and its people stay where they are. */
export const summaryFields = [
  'status', 'urgency', 'category', 'description', 'houseId', 'houseLabel', 'place', 'submittedAt', 'photos.check', 'assignee', 'orderNo', 'slot',
  'visit.technicianName', 'sla.dueAt', 'sla.escalatedAt', 'heldUntil', 'talk', 'reopenCount', 'video', 'voice', 'unassignedToldAt',
] as const
export type RepairSummary = Chosen<RepairOrder, '_id' | (typeof summaryFields)[number]>

/** Where it is, as one would say it to the technician. */
export const placeLabelOf = ({ place, houseLabel }: Pick<RepairOrder, 'place' | 'houseLabel'>): string =>
  place === null ? houseLabel : `${place.building === null ? '' : buildingLabelOf(place.building)}${place.spot}`

/** Where it is, in words of ours: a whole building for a home, and for a place whose name has not passed the content check. */
export const buildingOf = ({ building }: Pick<RepairOrder, 'building'>): string => (building === null ? '公共区域' : buildingLabelOf(building))

/** Where it is, as those may know who are not of the household. */
export const openPlaceOf = (repair: Pick<RepairOrder, 'place' | 'houseLabel' | 'building' | 'textCheck'>): string =>
  repair.place !== null && repair.textCheck === 'passed' ? placeLabelOf(repair) : buildingOf(repair)

/** What is public once it has passed: everything that was typed, so the place too. '' when there are no words yet. */
export const wordsOf = ({ place, description }: Pick<RepairOrder, 'place' | 'description'>): string =>
  description === '' || place === null ? description : `${place.spot}\n${description}`

/** What an order's story says of its clock: it began with the report or the last reopening, and each hold stopped it. */
export const courseOf = ({ submittedAt, timeline }: Pick<RepairOrder, 'submittedAt' | 'timeline'>, now: Date): Course => {
  const reopening = timeline.filter(({ step }) => step === 'reopen').at(-1)
  const pauses: Course['pauses'] = []
  let heldSince: Date | null = null
  for (const { status, at } of reopening ? timeline.slice(timeline.indexOf(reopening)) : timeline) {
    if (heldSince !== null && status !== 'on_hold') pauses.push({ from: heldSince, to: at })
    heldSince = status === 'on_hold' ? (heldSince ?? at) : null
  }
  return { from: reopening?.at ?? submittedAt, pauses: heldSince === null ? pauses : [...pauses, { from: heldSince, to: now }] }
}

/** The same request of the same person arriving again, after its reply was lost: the fact stands, nothing is to be done. */
export const isRepeated = (repair: RepairOrder, step: Happening, requestId: string, memberId: string): boolean =>
  repair.timeline.some((event) => event.step === step && event.requestId === requestId && event.by.memberId === memberId)

/** The order with a photo's check settled; the same story when the photo is not in it. */
export const settlePhoto = (repair: RepairOrder, fileId: string, check: 'passed' | 'risky'): RepairOrder => {
  const settle = (photos: Photo[]) => photos.map((photo) => (photo.fileId === fileId ? { ...photo, check } : photo))
  return {
    ...repair,
    version: repair.version + 1,
    photos: settle(repair.photos),
    timeline: repair.timeline.map((event) => ({ ...event, photos: settle(event.photos) })),
  }
}
