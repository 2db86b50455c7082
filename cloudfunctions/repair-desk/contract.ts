import * as z from 'zod'
import { cursor, id, instant, requestId, text } from '../_shared/contract'
import { staffRole } from '../_shared/roles'
import { category, limits as reportLimits, repairCard, urgency } from '../repairs/contract'
import { photo } from '../repairs/shapes'

export { category, reportLimits }

export const limits = { pageSize: 20 }

const page = z.object({ repairs: z.array(repairCard), nextCursor: cursor.nullable() })
const count = z.number().int()

/** waiting · working · overdue and on_hold are parts of those two · done */
export const list = z.enum(['waiting', 'working', 'overdue', 'on_hold', 'quoted', 'done'])
export const revisitReason = z.enum(['urgent', 'low_rating', 'sample'])

const revisit = z.object({
  revisitId: id,
  repairId: id,
  orderNo: z.string(),
  placeLabel: z.string(),
  summary: z.string(),
  technicianName: z.string(),
  reason: revisitReason,
  createdAt: instant,
  result: z.object({ isSatisfied: z.boolean(), note: z.string(), byName: z.string(), at: instant }).nullable(),
})

const shift = z.object({
  shiftId: id,
  memberId: id,
  name: z.string(),
  startsAt: instant,
  endsAt: instant,
  /** null: every category. */
  categories: z.array(category).nullable(),
  /** null: the whole community. */
  buildings: z.array(z.string()).nullable(),
  /** Visits to come that this shift alone covers: while there are any it cannot be taken back. */
  visitCount: count,
})

/** Words or a photo that a person has to judge; who wrote it is no part of the question. */
const contentReview = z.object({
  reviewId: id,
  /** What a resident reported · a photo in the progress of an order · the talk of household and staff. */
  part: z.enum(['report', 'work', 'talk', 'incident']),
  /** '' for a photo. */
  words: z.string(),
  photo: photo.nullable(),
  place: z.string(),
  byRole: z.enum(['resident', 'system', ...staffRole.options]),
  /** WeChat is not sure · it did not answer for a day · it called risky what was shown already. */
  reason: z.enum(['doubtful', 'unanswered', 'contradicted']),
  createdAt: instant,
})

/** For managers and clerks: the board of a community, or of the buildings their post covers. */
export const contract = {
  /** Every count equals the list behind it. */
  board: {
    input: z.strictObject({}),
    output: z.object({
      counts: z.object({ waiting: count, working: count, overdue: count, on_hold: count, quoted: count, revisits: count, contentReviews: count }),
      buildings: z.array(z.string()),
      categories: z.array(category),
      technicians: z.array(z.object({ memberId: id, name: z.string(), workingCount: count, isOnDuty: z.boolean() })),
      /** Of what is written down for a caller. */
      limits: z.object({ photoCount: count, descriptionLength: count, spotLength: count }),
      /** Where the photos of it go; elsewhere they are refused. */
      uploadPrefix: z.string(),
    }),
  },
  list: {
    input: z.strictObject({
      list,
      category: category.optional(),
      /** '' for what is in no building. */
      building: z.string().max(12).optional(),
      urgency: urgency.optional(),
      technicianId: id.optional(),
      cursor: cursor.optional(),
    }),
    output: page,
  },
  /** By order number, house, place or words of the description; newest first. */
  search: { input: z.strictObject({ text: text(40, '请输入要找的内容'), cursor: cursor.optional() }), output: page },
  revisits: { input: z.strictObject({ state: z.enum(['open', 'done']), cursor: cursor.optional() }), output: z.object({ revisits: z.array(revisit), nextCursor: cursor.nullable() }) },
  recordRevisit: {
    input: z.strictObject({ revisitId: id, isSatisfied: z.boolean(), note: text(200, '请写下回访的情况') }),
    output: z.object({ revisitId: id }),
  },
  /** Who is or will be on duty. */
  shifts: { input: z.strictObject({}), output: z.object({ shifts: z.array(shift) }) },
  saveShift: {
    input: z.strictObject({
      requestId, memberId: id, startsAt: instant, endsAt: instant,
      categories: z.array(category).min(1).nullable().default(null), buildings: z.array(z.string().min(1).max(12)).min(1).max(200).nullable().default(null),
    }),
    output: z.object({ shiftId: id }),
  },
  removeShift: { input: z.strictObject({ shiftId: id }), output: z.object({ shiftId: id }) },
  /** 内容复核: what waits longest comes first. */
  contentReviews: { input: z.strictObject({ cursor: cursor.optional() }), output: z.object({ reviews: z.array(contentReview), nextCursor: cursor.nullable() }) },
  decideContent: { input: z.strictObject({ requestId, reviewId: id, isFit: z.boolean() }), output: z.object({ reviewId: id }) },
}
export type RepairDeskContract = typeof contract
export type DeskList = z.output<typeof list>
export type Revisit = z.output<typeof revisit>
export type ContentReview = z.output<typeof contentReview>
export type DutyShift = z.output<typeof shift>
