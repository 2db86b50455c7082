import type { Caller } from '../_shared/caller'
import type { RepairSettings } from '../_shared/configuration'
import type { Sealed } from '../_shared/crypto'
import { invalid, notFound } from '../_shared/errors'
import { covers } from '../_shared/member'
import type { Category, Place, Slot, Source, Urgency } from './contract'
import type { Actor, Assignee, RepairOrder } from './repair'
import { orderNoOf, overdueKeyOf, peopleOf, publicKeyOf, queueKeyOf, searchKeysOf, watchIdOf } from './repair-keys'
import { roleIn } from './repair-access'
import { startClock, untilVisit } from './sla'
import { beginOf, endOf } from './slot'
import { agreed } from './visit'

type Reported = {
  repairId: string
  requestId: string
  category: Category
  urgency: Urgency
  description: string
  photos: string[]
  place?: Place | null
  slot?: Slot | null
  /** Who could come then, the fittest first; null while no roster says who. */
  comers?: Assignee[] | null
}
export type Submission = Reported & {
  houseId: string
  contact?: { name: string; phone: Sealed; maskedPhone: string } | null
  video?: string | null
  voice?: { fileId: string; seconds: number } | null
}
type Household = { communityId: string; communityName: string; houseId: string | null; houseLabel: string; building: string | null }

type Written = Reported & Pick<RepairOrder, 'source' | 'contact' | 'video' | 'voice'> & { household: Household; by: Actor }

const newOrder = (written: Written, settings: RepairSettings, now: Date): RepairOrder => {
  const { repairId, requestId, household, category, urgency, description, slot = null, comers = null, place = null, source, contact, video, voice, by } = written
  const identity = { _id: repairId, orderNo: orderNoOf(repairId, now) }
  const clock = startClock({ category, urgency }, { from: now, pauses: [] }, settings)
  const sla = slot ? untilVisit(clock, { from: beginOf(slot), to: endOf(slot) }) : clock
  const visit = slot && comers?.[0] ? agreed(slot, comers[0], null, now) : null
  const order = {
    ...identity, schema: 4, version: 1, ...household, building: place ? place.building : household.building, place, source, category, urgency, description,
    textCheck: 'pending' as const, photos: written.photos.map((fileId) => ({ fileId, check: 'pending' as const })), video, voice, slot, visit, contact,
    status: 'submitted' as const, stage: 'waiting' as const, isOpen: true, assignee: null, interrupted: null, heldUntil: null, holdReason: null,
    arrivedAt: null, completedAt: null, quotation: null, charges: null, rating: null, reopenCount: 0, urgedAt: null, sla,
    talk: { household: { wroteAt: null, readAt: null }, staff: { wroteAt: null, readAt: null } }, mergedInto: null,
    unassignedSince: now, unassignedToldAt: null, watchId: watchIdOf(repairId, 1),
    timeline: [{ step: 'submit' as const, status: 'submitted' as const, at: now, by, assigneeName: null, note: '', photos: [], requestId }],
    submittedAt: now, orderKey: `${now.toISOString()}_${repairId}`,
  }
  return { ...order, queueKey: queueKeyOf(order, now), overdueKey: overdueKeyOf(order), publicKey: publicKeyOf(order), searchKeys: searchKeysOf(order), people: peopleOf(order) }
}

const requirePlaceIn = (buildings: string[] | null, place: Place | null | undefined): void => {
  if (place && place.building !== null && buildings !== null && !buildings.includes(place.building)) throw invalid({ place: '没有这栋楼，请重新选择' })
}

/** A new order of the caller's household. Throws NOT_FOUND when the house is not theirs. */
export const submit = (submission: Submission, caller: Caller, settings: RepairSettings, now: Date): RepairOrder => {
  const house = caller.houses.find(({ houseId }) => houseId === submission.houseId)
  if (!house || !caller.member) throw notFound('套房屋')
  if (!house.scopes.includes('report')) throw notFound('套房屋')
  if (submission.description === '' && !submission.voice) throw invalid({ description: '请写下哪里坏了' })
  const { _id: memberId, name, maskedPhone } = caller.member
  const { communityId, communityName, houseId, houseLabel, building } = house
  const other = submission.contact ?? null
  return newOrder({
    ...submission, source: 'resident', video: submission.video ?? null, voice: submission.voice ?? null,
    contact: other ? { memberId, ...other } : { memberId, name, maskedPhone, phone: null },
    household: { communityId, communityName, houseId, houseLabel, building }, by: { memberId, name, role: 'resident' },
  }, settings, now)
}

export type SubmissionFor = Reported & {
  source: Exclude<Source, 'resident'>
  /** Whose home; null for somebody who reports a public area. */
  house: { _id: string; communityId: string; label: string; building: string } | null
  contact: { name: string; phone: Sealed | null; maskedPhone: string | null }
}

/** An order that staff write down for somebody who called or came. Throws NOT_FOUND for a house that is not their business. */
export const submitFor = (submission: SubmissionFor, caller: Caller, settings: RepairSettings, now: Date): RepairOrder => {
  const post = caller.post!
  const { house, place = null } = submission
  if (house && !covers(post, house)) throw notFound('套房屋')
  if (!house && !place) throw invalid({ houseId: '请选择房屋，或写下公共区域的位置' })
  if (submission.description === '') throw invalid({ description: '请写下哪里坏了' })
  requirePlaceIn(post.buildings, place)
  const { _id: memberId, name } = caller.member!
  const household = {
    communityId: post.communityId, communityName: post.communityName, houseId: house?._id ?? null,
    houseLabel: house?.label ?? '公共区域', building: house?.building ?? null,
  }
  return newOrder({
    ...submission, household, video: null, voice: null, contact: { memberId: null, ...submission.contact },
    by: { memberId, name, role: roleIn({ communityId: post.communityId }, caller) },
  }, settings, now)
}
