import * as z from 'zod'
import { fileId, id, instant, text } from '../_shared/contract'

export const limits = {
  photoCount: 9, descriptionLength: 500, noteLength: 200, messageLength: 300, spotLength: 40, itemCount: 20, tagCount: 6, pageSize: 20,
  videoSeconds: 30, voiceSeconds: 60,
}

export const category = z.enum(['plumbing', 'electrical', 'door_window', 'wall_floor', 'appliance', 'public_area', 'other'])
export const urgency = z.enum(['normal', 'urgent'])
/** 待受理 已派单 维修中 挂起 待确认报价 待评价 已完成 已取消. An order reopened is assigned again, and counted. */
export const status = z.enum(['submitted', 'assigned', 'in_progress', 'on_hold', 'quoted', 'completed', 'closed', 'cancelled'])
/** What somebody does to an order. The page draws one button for each step in `nextSteps`. */
export const step = z.enum([
  'assign', 'claim', 'start', 'complete', 'cancel', 'arrive', 'record', 'quote', 'hold', 'resume', 'transfer', 'return',
  'accept', 'decline', 'confirm', 'rate', 'reopen', 'urge', 'prioritize', 'summarize', 'merge', 'reschedule',
])
/** What the timeline tells: a step, or what happens without a hand. */
export const happening = step.or(z.enum(['submit', 'wake', 'escalate', 'close']))
/** The staff desk's three lists: nobody's yet · being worked on · finished. */
export const stage = z.enum(['waiting', 'working', 'done'])
/** How an order came: by the resident's own phone, or taken down by staff. */
export const source = z.enum(['resident', 'call', 'counter', 'patrol'])
/** Who has to act next; null when nobody has. */
export const waitsFor = z.enum(['desk', 'technician', 'household'])

export const photos = z.array(fileId).max(limits.photoCount, `最多 ${limits.photoCount} 张照片`)
/** url is short-lived; null when the photo did not pass the content check. */
export const photo = z.object({ fileId, url: z.string().nullable() })

const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '时间不正确')
/** Hours of a visit, Shanghai time. */
export const slot = z.strictObject({ day: z.iso.date('日期不正确'), from: hour, to: hour })
export const visitSlot = slot.extend({ isFree: z.boolean() })
/** Somewhere that is nobody's home. building: '3', or null for what is in no building. */
export const place = z.strictObject({ building: z.string().trim().min(1).max(12).nullable(), spot: text(limits.spotLength, '请写下具体位置') })
const phoneNumber = z.string().regex(/^[0-9-]{7,13}$/, '请填写正确的电话号码')
/** Somebody else to ask for at the door than whoever reports. */
export const contactPerson = z.strictObject({ name: text(20, '请填写联系人'), phone: phoneNumber })
export const caller = z.strictObject({ name: text(20, '请填写来电人'), phone: phoneNumber.nullable().default(null) })

export const itemKind = z.enum(['labour', 'material'])
/** A line of the public price list. */
export const priceItem = z.object({ itemId: id, name: z.string(), unit: z.string(), kind: itemKind, category: category.nullable(), priceFen: z.number().int() })
/** Of the price list by `itemId`, or named and priced by the technician. */
export const quoteLine = z.strictObject({
  itemId: id.optional(),
  name: z.string().trim().max(30).optional(),
  unit: z.string().trim().max(8).optional(),
  kind: itemKind.optional(),
  priceFen: z.number().int().min(0).max(10_000_000).optional(),
  quantity: z.number().int().min(1).max(999),
})
export const quoteLines = z.array(quoteLine).max(limits.itemCount, `最多 ${limits.itemCount} 项`)
const chargedLine = z.object({ name: z.string(), unit: z.string(), kind: itemKind, priceFen: z.number().int(), quantity: z.number().int(), amountFen: z.number().int() })
const bill = z.object({ lines: z.array(chargedLine), totalFen: z.number().int() })

export const repairCard = z.object({
  repairId: id,
  status,
  urgency,
  category,
  description: z.string(),
  /** The reporter's home; for a report of a public area, the place. */
  houseLabel: z.string(),
  submittedAt: instant,
  photoCount: z.number().int(),
  assigneeName: z.string().nullable(),
  /** What people say on the phone: 261124-3F7K2 */
  orderNo: z.string(),
  isPublicArea: z.boolean(),
  waitsFor: waitsFor.nullable(),
  /** When it must be finished; null when the clock stands still or the work is done. */
  dueAt: instant.nullable(),
  isOverdue: z.boolean(),
  /** For staff, while it is late, or nobody has it: since when those above know. */
  escalation: z.object({ at: instant, reason: z.enum(['late', 'unassigned']), to: z.array(z.enum(['manager', 'clerk'])) }).nullable(),
  /** When the household is at home for it. */
  slot: slot.nullable(),
  /** Who comes then; null while it is only wished for. */
  visit: z.object({ technicianName: z.string() }).nullable(),
  /** Only while on hold. */
  heldUntil: instant.nullable(),
  /** Somebody of the other side wrote what this side has not read. */
  hasUnread: z.boolean(),
  reopenCount: z.number().int(),
  hasVideo: z.boolean(),
  hasVoice: z.boolean(),
})

export const timelineEntry = z.object({
  at: instant,
  step: happening,
  status,
  byName: z.string(),
  /** What the person was when it happened; 'system' for what happens without a hand, 'neighbour' for a reporter seen by a follower. */
  byRole: z.enum(['resident', 'manager', 'clerk', 'technician', 'system', 'neighbour']),
  /** For 'assign' and 'transfer': who got it. */
  assigneeName: z.string().nullable(),
  note: z.string(),
  photos: z.array(photo),
  /** Of a step that moved the visit; to null when it fell away. */
  rescheduled: z.object({ from: slot.nullable(), to: slot.nullable() }).nullable(),
})

export const repairDetail = repairCard.extend({
  communityName: z.string(),
  photos: z.array(photo),
  timeline: z.array(timelineEntry),
  nextSteps: z.array(step),
  /** Staff only: whom to ask for at the door. The number is shown by `revealContact`, which is audited. */
  contact: z.object({ name: z.string(), maskedPhone: z.string().nullable() }).nullable(),
  source,
  place: z.object({ building: z.string().nullable(), spot: z.string() }).nullable(),
  video: z.object({ fileId, url: z.string().nullable() }).nullable(),
  voice: z.object({ fileId, url: z.string().nullable(), seconds: z.number().int() }).nullable(),
  /** `toleratedFen`: what the work may come to in the end without a new quotation. */
  quotation: bill.extend({ note: z.string(), at: instant, state: z.enum(['proposed', 'accepted', 'declined']), toleratedFen: z.number().int() }).nullable(),
  /** What the finished work costs; null before, and when it costs nothing. */
  charges: bill.nullable(),
  holdReason: z.string().nullable(),
  arrivedAt: instant.nullable(),
  /** null for those who may not read it. */
  rating: z.object({ stars: z.number().int(), tags: z.array(z.string()), note: z.string(), at: instant, editableUntil: instant }).nullable(),
  /** Until when the household may reopen; null when it may not. */
  reopenableUntil: instant.nullable(),
  /** When an order that nobody confirms closes by itself. */
  closesAt: instant.nullable(),
  /** The talk of household and staff; null for those who have no part in it. */
  talk: z.object({ canWrite: z.boolean(), hasUnread: z.boolean(), closesAt: instant.nullable() }).nullable(),
  /** Neighbours who said 我也遇到, and households of orders merged into this one. */
  followerCount: z.number().int(),
  isFollowing: z.boolean(),
  mergedInto: id.nullable(),
})
