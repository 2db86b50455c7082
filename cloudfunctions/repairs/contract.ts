import * as z from 'zod'
import { cursor, fileId, id, instant, requestId, text } from '../_shared/contract'
import { billSummary } from '../billing/contract'
import { openIncident } from '../incidents/contract'
import type { happening, timelineEntry, waitsFor } from './shapes'
import {
  caller, category, contactPerson, limits, photo, photos, place, priceItem, quoteLines, repairCard, repairDetail, slot, source, stage, status, step, urgency, visitSlot,
} from './shapes'

const repairStep = z.strictObject({ repairId: id, requestId })
const stepTaken = z.object({ repairId: id, status })
const optionalNote = z.string().trim().max(limits.noteLength, `最多 ${limits.noteLength} 个字`).default('')
const reason = (whenEmpty: string) => text(limits.noteLength, whenEmpty)
const page = z.object({ repairs: z.array(repairCard), nextCursor: cursor.nullable() })
const requiredPhotos = photos.min(1, '请至少拍一张照片')

/** What an order is made of, whoever writes it down. */
const report = {
  category,
  urgency,
  /** May be empty only when there is a voice message. */
  description: z.string().trim().max(limits.descriptionLength, `最多 ${limits.descriptionLength} 个字`),
  photos,
  place: place.nullable().default(null),
  slot: slot.nullable().default(null),
}

const message = z.object({
  messageId: id,
  at: instant,
  isMine: z.boolean(),
  byName: z.string(),
  byRole: z.enum(['resident', 'manager', 'clerk', 'technician']),
  /** Telephone numbers in it are masked. Empty when it did not pass the content check. */
  text: z.string(),
  isHidden: z.boolean(),
  photo: photo.nullable(),
  /** Of one's own: whether the other side has seen it. */
  isRead: z.boolean(),
})

/** A neighbour's open report, without anything about who made it. */
const openReport = z.object({
  repairId: id, category, placeLabel: z.string(), summary: z.string(), status, submittedAt: instant, followerCount: z.number().int(), isFollowing: z.boolean(),
})

export const contract = {
  /** What the form needs: whose house, what can be chosen, how much fits, where photos go. */
  prepare: {
    input: z.strictObject({}),
    output: z.object({
      houses: z.array(z.object({ houseId: id, label: z.string(), communityName: z.string(), building: z.string() })),
      categories: z.array(category),
      limits: z.object({
        photoCount: z.number(), descriptionLength: z.number(), noteLength: z.number(), messageLength: z.number(), spotLength: z.number(),
        videoSeconds: z.number(), voiceSeconds: z.number(),
      }),
      /** Photos, the video and the voice message are uploaded under this path; another is refused. */
      uploadPrefix: z.string(),
      emergencyPhone: z.string(),
      /** Usual spots of public areas: 电梯, 楼道 … */
      spots: z.array(z.string()),
      /**
       * For the phone to suggest without a network: of the rules with a word that the text contains, the first that names a category gives it, and the
       * first that names an urgency.
       */
      suggestions: z.array(z.object({ words: z.array(z.string()), category: category.nullable(), urgency: urgency.nullable() })),
      ratingTags: z.array(z.string()),
    }),
  },
  /**
   * Hours of the coming days for a visit: of an order, or of one that is being written. areBooked false: no roster says who comes, so
   * that choosing is wishing.
   */
  visits: {
    input: z.strictObject({ repairId: id.optional(), houseId: id.optional(), category: category.default('other'), building: place.shape.building.optional() })
      .refine(({ repairId, houseId }) => repairId === undefined || houseId === undefined, { path: ['houseId'], error: '请刷新页面再选时间' }),
    output: z.object({ slots: z.array(visitSlot), areBooked: z.boolean() }),
  },
  create: {
    input: z.strictObject({
      requestId, houseId: id, ...report,
      contact: contactPerson.nullable().default(null),
      video: fileId.nullable().default(null),
      voice: z.strictObject({ fileId, seconds: z.number().int().min(1).max(limits.voiceSeconds) }).nullable().default(null),
    }),
    output: z.object({ repairId: id }),
  },
  /** Staff, for somebody who called or came by. Without a house only a public area can be reported. */
  createFor: {
    input: z.strictObject({ requestId, houseId: id.nullable(), source: source.exclude(['resident']), caller, ...report }),
    output: z.object({ repairId: id, orderNo: z.string() }),
  },
  /** While somebody types: what is known already, so that it need not be reported again. */
  similar: {
    input: z.strictObject({ houseId: id, text: z.string().trim().max(limits.descriptionLength), category: category.optional() }),
    output: z.object({ incidents: z.array(openIncident), reports: z.array(openReport) }),
  },
  /** 我也遇到. isFollowing false ends it. */
  follow: { input: z.strictObject({ houseId: id, repairId: id, isFollowing: z.boolean() }), output: z.object({ isFollowing: z.boolean(), followerCount: z.number().int() }) },
  /** The public price list. */
  prices: { input: z.strictObject({}), output: z.object({ items: z.array(priceItem) }) },
  list: { input: z.strictObject({ houseId: id, cursor: cursor.optional() }), output: page },
  get: {
    input: z.strictObject({ repairId: id }),
    output: z.object({
      repair: repairDetail,
      limits: z.object({ photoCount: z.number(), noteLength: z.number(), messageLength: z.number() }),
      /** Where photos of a step or a message go; null for those who do not add any. */
      uploadPrefix: z.string().nullable(),
      ratingTags: z.array(z.string()),
      /** What the household was charged for it: one each time it was finished, the first first. Nothing for neighbours. */
      bills: z.array(billSummary),
    }),
  },

  urge: { input: repairStep, output: stepTaken },
  cancel: { input: repairStep.extend({ note: optionalNote }), output: stepTaken },
  accept: { input: repairStep, output: stepTaken },
  decline: { input: repairStep.extend({ note: optionalNote }), output: stepTaken },
  confirm: { input: repairStep, output: stepTaken },
  /** Also confirms. Again within seven days replaces the first. */
  rate: {
    input: repairStep.extend({
      stars: z.number().int().min(1).max(5), tags: z.array(z.string().trim().min(1).max(12)).max(limits.tagCount).default([]), note: optionalNote,
    }),
    output: stepTaken,
  },
  reopen: { input: repairStep.extend({ note: reason('请写下哪里还没修好'), photos: requiredPhotos }), output: stepTaken },

  claim: { input: repairStep, output: stepTaken },
  /** Without a technician, whoever is on duty for it and has least to do. */
  assign: { input: repairStep.extend({ technicianId: id.optional() }), output: stepTaken },
  transfer: { input: repairStep.extend({ technicianId: id, note: reason('请写下转单的原因') }), output: stepTaken },
  return: { input: repairStep.extend({ note: reason('请写下退单的原因') }), output: stepTaken },
  /** The clock stands still until `until`, the start of that day in Shanghai. */
  hold: { input: repairStep.extend({ note: reason('请写下挂起的原因'), until: z.iso.date('日期不正确') }), output: stepTaken },
  resume: { input: repairStep, output: stepTaken },
  /** 师傅到楼下了 */
  arrive: { input: repairStep, output: stepTaken },
  start: { input: repairStep, output: stepTaken },
  /** Photos and words from the spot, while the work goes on. */
  record: { input: repairStep.extend({ note: optionalNote, photos: requiredPhotos }), output: stepTaken },
  quote: { input: repairStep.extend({ lines: quoteLines.min(1, '请至少写一项'), note: optionalNote }), output: stepTaken },
  /** `lines`: what it really costs; when left out, what was accepted. More than 10 % above that must be quoted anew. */
  complete: { input: repairStep.extend({ note: reason('请写下做了什么'), photos, lines: quoteLines.optional() }), output: stepTaken },
  /** Until work starts. The timeline keeps from when to when. */
  reschedule: { input: repairStep.extend({ slot, note: optionalNote }), output: stepTaken },
  prioritize: { input: repairStep.extend({ urgency, note: optionalNote }), output: stepTaken },
  /** What a voice message says, typed by whoever heard it. */
  summarize: { input: repairStep.extend({ description: text(limits.descriptionLength, '请写下哪里坏了'), category: category.optional() }), output: stepTaken },
  /** This order is the same as another: it ends here, and its household follows the other. */
  merge: { input: repairStep.extend({ intoId: id }), output: stepTaken },

  messages: {
    input: z.strictObject({ repairId: id, cursor: cursor.optional() }),
    /** Newest first. */
    output: z.object({ messages: z.array(message), nextCursor: cursor.nullable(), canWrite: z.boolean(), closesAt: instant.nullable(), uploadPrefix: z.string().nullable() }),
  },
  /** Text, a photo, or both. */
  sendMessage: { input: repairStep.extend({ text: z.string().trim().max(limits.messageLength, `最多 ${limits.messageLength} 个字`), photo: fileId.nullable().default(null) }), output: z.object({ messageId: id }) },
  readMessages: { input: z.strictObject({ repairId: id }), output: z.object({ hasUnread: z.boolean() }) },

  /** The staff desk. A technician's 'working' and 'done' are his own; counts equal the lists behind them. */
  queue: {
    input: z.strictObject({ stage, cursor: cursor.optional() }),
    output: page.extend({ counts: z.object({ waiting: z.number(), working: z.number() }) }),
  },
  technicians: {
    input: z.strictObject({}),
    output: z.object({ technicians: z.array(z.object({ memberId: id, name: z.string(), workingCount: z.number(), isOnDuty: z.boolean() })) }),
  },
  revealContact: { input: z.strictObject({ repairId: id }), output: z.object({ name: z.string(), phone: z.string().nullable() }) },
}
export { category, limits, repairCard, status, step, urgency }
export type RepairsContract = typeof contract
export type RepairCard = z.output<typeof repairCard>
export type RepairDetail = z.output<typeof repairDetail>
export type TimelineEntry = z.output<typeof timelineEntry>
export type RepairMessage = z.output<typeof message>
export type OpenReport = z.output<typeof openReport>
export type Category = z.output<typeof category>
export type Urgency = z.output<typeof urgency>
export type Status = z.output<typeof status>
export type Step = z.output<typeof step>
export type Happening = z.output<typeof happening>
export type Stage = z.output<typeof stage>
export type Source = z.output<typeof source>
export type WaitsFor = z.output<typeof waitsFor>
export type Slot = z.output<typeof slot>
export type VisitSlot = z.output<typeof visitSlot>
export type Place = z.output<typeof place>
export type PriceItem = z.output<typeof priceItem>
export type QuoteLine = z.output<typeof quoteLines>[number]
