import * as z from 'zod'
import { cursor, fileId, id, instant, requestId, text } from '../_shared/contract'

export const limits = { photoCount: 9, descriptionLength: 500, noteLength: 200, pageSize: 20 }

export const category = z.enum(['plumbing', 'electrical', 'door_window', 'wall_floor', 'appliance', 'public_area', 'other'])
export const urgency = z.enum(['normal', 'urgent'])
export const status = z.enum(['submitted', 'assigned', 'in_progress', 'completed', 'cancelled'])
/** What somebody does to an order. The page draws one button for each step in `nextSteps`. */
export const step = z.enum(['assign', 'claim', 'start', 'complete', 'cancel'])
/** The staff desk's three lists: nobody's yet · being worked on · finished. */
export const stage = z.enum(['waiting', 'working', 'done'])

const photos = z.array(fileId).max(limits.photoCount, `最多 ${limits.photoCount} 张照片`)

/** url is short-lived; null when the photo did not pass the content check. */
const photo = z.object({ fileId, url: z.string().nullable() })

export const repairCard = z.object({
  repairId: id,
  status,
  urgency,
  category,
  description: z.string(),
  houseLabel: z.string(),
  submittedAt: instant,
  photoCount: z.number().int(),
  assigneeName: z.string().nullable(),
})

export const timelineEntry = z.object({
  at: instant,
  step: step.or(z.literal('submit')),
  status,
  byName: z.string(),
  /** What the person was when it happened. */
  byRole: z.enum(['resident', 'manager', 'clerk', 'technician']),
  /** For 'assign': who got it. */
  assigneeName: z.string().nullable(),
  note: z.string(),
  photos: z.array(photo),
})

export const repairDetail = repairCard.extend({
  communityName: z.string(),
  photos: z.array(photo),
  timeline: z.array(timelineEntry),
  nextSteps: z.array(step),
  /** Staff only: whom to ask for at the door. The number is shown by `revealContact`, which is audited. */
  contact: z.object({ name: z.string(), maskedPhone: z.string().nullable() }).nullable(),
})

const repairStep = z.strictObject({ repairId: id, requestId })
const stepTaken = z.object({ repairId: id, status })
const page = z.object({ repairs: z.array(repairCard), nextCursor: cursor.nullable() })

export const contract = {
  /** What the form needs: whose house, what can be chosen, how much fits, where photos go. */
  prepare: {
    input: z.strictObject({}),
    output: z.object({
      houses: z.array(z.object({ houseId: id, label: z.string(), communityName: z.string() })),
      categories: z.array(category),
      limits: z.object({ photoCount: z.number(), descriptionLength: z.number(), noteLength: z.number() }),
      /** Photos are uploaded under this path; another is refused. */
      uploadPrefix: z.string(),
      emergencyPhone: z.string(),
    }),
  },
  create: {
    input: z.strictObject({
      requestId,
      houseId: id,
      category,
      urgency,
      description: text(limits.descriptionLength, '请写下哪里坏了'),
      photos,
    }),
    output: z.object({ repairId: id }),
  },
  list: {
    input: z.strictObject({ houseId: id, cursor: cursor.optional() }),
    output: page,
  },
  get: {
    input: z.strictObject({ repairId: id }),
    output: z.object({
      repair: repairDetail,
      limits: z.object({ photoCount: z.number(), noteLength: z.number() }),
      /** Where photos of the finished work go; null for those who do not add any. */
      uploadPrefix: z.string().nullable(),
    }),
  },
  cancel: { input: repairStep.extend({ note: z.string().trim().max(limits.noteLength).default('') }), output: stepTaken },
  claim: { input: repairStep, output: stepTaken },
  assign: { input: repairStep.extend({ technicianId: id }), output: stepTaken },
  start: { input: repairStep, output: stepTaken },
  complete: { input: repairStep.extend({ note: text(limits.noteLength, '请写下做了什么'), photos }), output: stepTaken },
  /** The staff desk. A technician's 'working' and 'done' are his own; counts equal the lists behind them. */
  queue: {
    input: z.strictObject({ stage, cursor: cursor.optional() }),
    output: page.extend({ counts: z.object({ waiting: z.number(), working: z.number() }) }),
  },
  technicians: {
    input: z.strictObject({}),
    output: z.object({ technicians: z.array(z.object({ memberId: id, name: z.string(), workingCount: z.number() })) }),
  },
  revealContact: {
    input: z.strictObject({ repairId: id }),
    output: z.object({ name: z.string(), phone: z.string().nullable() }),
  },
}
export type RepairsContract = typeof contract
export type RepairCard = z.output<typeof repairCard>
export type RepairDetail = z.output<typeof repairDetail>
export type TimelineEntry = z.output<typeof timelineEntry>
export type Category = z.output<typeof category>
export type Urgency = z.output<typeof urgency>
export type Status = z.output<typeof status>
export type Step = z.output<typeof step>
export type Stage = z.output<typeof stage>
