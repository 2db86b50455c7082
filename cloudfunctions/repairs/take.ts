import type { Caller } from '../_shared/caller'
import type { RepairSettings } from '../_shared/configuration'
import { conflict, forbidden, invalid, notFound } from '../_shared/errors'
import type { Category, Happening, QuoteLine, Slot, Stage, Status, Step, Urgency } from './contract'
import { priceLines, settleCharges } from './quotation'
import { courseOf, type Actor, type Assignee, type RepairEvent, type RepairOrder } from './repair'
import { hasPost, isInside, roleIn } from './repair-access'
import { overdueKeyOf, peopleOf, publicKeyOf, queueKeyOf, searchKeysOf, watchIdOf } from './repair-keys'
import { moveVisit, resumeClock, startClock, stopClock, untilVisit, type Sla, type Span } from './sla'
import { beginOf, endOf, isSameSlot } from './slot'
import { isPossible, transitions } from './transitions'
import { agreed, passedOn, pausedUntil } from './visit'

export type StepDetails = {
  requestId: string
  note?: string
  photos?: string[]
  /** For 'assign' and 'transfer': a technician of the order's community. */
  technician?: Assignee
  /** For 'hold'. */
  until?: Date
  /** For 'quote' and 'complete'. */
  lines?: QuoteLine[]
  /** For 'rate'. */
  stars?: number
  tags?: string[]
  /** For 'prioritize'. */
  urgency?: Urgency
  /** For 'summarize'. */
  description?: string
  category?: Category
  /** For 'reschedule'. `comers`: whom to ask to come then, the fittest first; null while no roster says who. */
  slot?: Slot
  comers?: Assignee[] | null
  /** For 'merge': the order that goes on. */
  into?: RepairOrder
  /** For 'reopen': whoever did the work does none here any more. */
  hasLeft?: boolean
}
type Given = { details: StepDetails; settings: RepairSettings; now: Date; actor: Actor }

const stageOf: Record<Status, Stage> = {
  submitted: 'waiting', assigned: 'working', in_progress: 'working', on_hold: 'working', quoted: 'working', completed: 'done', closed: 'done', cancelled: 'done',
}

/** An order that has been through more than this needs a conversation, not another hand. */
const timelineLimit = 60
/** A hold is a promise with a date, not a drawer. */
const longestHoldMs = 60 * 24 * 3_600_000

const spanOf = (slot: Slot): Span => ({ from: beginOf(slot), to: endOf(slot) })
const withVisit = (sla: Sla | null, slot: Slot | null): Sla | null => (sla && slot ? untilVisit(sla, spanOf(slot)) : sla)

const resumed = (repair: RepairOrder, { settings, now }: Pick<Given, 'settings' | 'now'>): Partial<RepairOrder> => ({
  interrupted: null, heldUntil: null, holdReason: null,
  sla: withVisit(repair.sla && resumeClock(repair.sla, courseOf(repair, now), settings), repair.slot),
})

const handed = (repair: RepairOrder, technician: Assignee | null, now: Date, comer = technician): Partial<RepairOrder> =>
  ({ assignee: technician, arrivedAt: null, unassignedSince: technician ? null : now, unassignedToldAt: null, ...passedOn(repair, comer, now) })

const decided = (repair: RepairOrder, state: 'accepted' | 'declined'): Partial<RepairOrder> =>
  ({ interrupted: null, quotation: repair.quotation && { ...repair.quotation, state } })

/** What a step changes besides status and timeline. */
const effects: Partial<Record<Step, (repair: RepairOrder, given: Given) => Partial<RepairOrder>>> = {
  assign: (repair, { details, now }) => {
    if (repair.assignee?.memberId === details.technician!.memberId) throw conflict('REPAIR_ALREADY_ASSIGNED', '这张报修单已经派给这位师傅了')
    return handed(repair, details.technician!, now)
  },
  transfer: (repair, { details, now }) => {
    if (repair.assignee?.memberId === details.technician!.memberId) throw invalid({ technicianId: '请选择另一位师傅' })
    return handed(repair, details.technician!, now)
  },
  claim: (repair, { actor, now }) => handed(repair, { memberId: actor.memberId, name: actor.name }, now),
  return: (repair, { now }) => handed(repair, null, now),
  arrive: (_, { now }) => ({ arrivedAt: now }),
  start: (repair, { now }) => ({ arrivedAt: repair.arrivedAt ?? now }),
  hold: (repair, { details, now }) => {
    const until = details.until!
    if (until <= now || until.getTime() > now.getTime() + longestHoldMs) throw invalid({ until: '请选择明天以后、60 天以内的日期' })
    return {
      interrupted: repair.status, heldUntil: until, holdReason: details.note ?? '', sla: repair.sla && stopClock(repair.sla),
      ...pausedUntil(repair, until),
    }
  },
  resume: resumed,
  quote: (repair, { details, settings, now }) =>
    ({ interrupted: repair.status, quotation: { ...priceLines(details.lines ?? [], settings.prices), note: details.note ?? '', at: now, state: 'proposed' } }),
  accept: (repair) => decided(repair, 'accepted'),
  decline: (repair) => decided(repair, 'declined'),
  complete: (repair, { details, settings, now }) => ({ completedAt: now, charges: settleCharges(repair.quotation, details.lines, settings.prices) }),
  rate: (repair, { details, now }) =>
    ({ rating: { stars: details.stars!, tags: details.tags ?? [], note: details.note ?? '', at: repair.rating?.at ?? now } }),
  reopen: (repair, { details, settings, now }) => ({
    reopenCount: repair.reopenCount + 1, completedAt: null, charges: null, quotation: null, arrivedAt: null, urgedAt: null, slot: null, visit: null,
    sla: startClock(repair, { from: now, pauses: [] }, settings), ...(details.hasLeft && { assignee: null, unassignedSince: now }),
  }),
  urge: (_, { now }) => ({ urgedAt: now }),
  prioritize: (repair, { details, settings, now }) => {
    const urgency = details.urgency!
    if (urgency === repair.urgency) throw conflict('REPAIR_SAME_URGENCY', '紧急程度没有变化')
    return { urgency, sla: withVisit(startClock({ category: repair.category, urgency }, courseOf(repair, now), settings), repair.slot) }
  },
  reschedule: (repair, { details, settings, now, actor }) => {
    const slot = details.slot!
    const [first] = details.comers ?? []
    if (repair.assignee && first && first.memberId !== repair.assignee.memberId) throw conflict('REPAIR_CHANGED_HANDS', '这张报修单刚换了师傅，请重新选一次时间')
    // Of hours that were only wished for, the staff's word makes an agreement.
    const comer = first ?? (actor.role === 'resident' ? null : repair.assignee)
    if (isSameSlot(slot, repair.slot) && (repair.visit !== null || comer === null)) throw conflict('REPAIR_SAME_VISIT', '上门时间没有变化')
    return { slot, visit: comer && agreed(slot, comer, repair, now), arrivedAt: null, sla: repair.sla && moveVisit(repair.sla, courseOf(repair, now), spanOf(slot), settings) }
  },
  summarize: (repair, { details }) => ({ description: details.description!, category: details.category ?? repair.category, textCheck: 'pending' }),
  merge: (repair, { details }) => {
    const into = details.into!
    if (into._id === repair._id) throw invalid({ intoId: '不能合并到自己' })
    if (into.stage === 'done') throw conflict('REPAIR_MERGED_INTO_FINISHED', '要合并到的报修单已经结束，请另选一张')
    return { mergedInto: into._id }
  },
}

/** After these something falls due at another time than before: a new job watches. */
const restartsWatch: Happening[] = ['submit', 'return', 'hold', 'resume', 'complete', 'reopen', 'prioritize', 'summarize', 'reschedule']

type Move = { step: Happening; to: Status; actor: Actor; note: string; photos?: string[]; requestId: string; changes: Partial<RepairOrder> }

const move = (repair: RepairOrder, { step, to: target, actor, note, photos = [], requestId, changes }: Move, now: Date): RepairOrder => {
  const version = repair.version + 1
  const changed = { ...repair, ...changes }
  // An order that nobody has is the desk's again.
  const to = target === 'assigned' && changed.assignee === null ? 'submitted' : target
  const stage = stageOf[to]
  const isWatchedAnew = restartsWatch.includes(step) || changed.visit?.remindAt?.getTime() !== repair.visit?.remindAt?.getTime()
  const watchId = isWatchedAnew ? watchIdOf(repair._id, version) : repair.watchId
  const next: RepairOrder = { ...changed, version, watchId, status: to, stage, isOpen: to !== 'closed' && to !== 'cancelled' }
  const tellsWho = step === 'assign' || step === 'transfer'
  const event: RepairEvent = {
    step, status: to, at: now, by: actor, assigneeName: tellsWho ? next.assignee!.name : null, note,
    photos: photos.map((fileId) => ({ fileId, check: 'pending' })), requestId,
    ...((step === 'reschedule' || step === 'hold') && !isSameSlot(repair.slot, next.slot) && { rescheduled: { from: repair.slot, to: next.slot } }),
  }
  const endedBefore = repair.stage === 'done' && stage === 'done'
  const timeline = [...repair.timeline, event]
  return {
    ...next, timeline, people: peopleOf({ ...next, timeline }), queueKey: endedBefore ? repair.queueKey : queueKeyOf(next, now),
    overdueKey: overdueKeyOf(next), publicKey: publicKeyOf(next), searchKeys: searchKeysOf(next),
  }
}

const targetOf = (repair: RepairOrder, to: Status | 'same' | 'interrupted'): Status =>
  to === 'same' ? repair.status : to === 'interrupted' ? (repair.interrupted ?? 'assigned') : to

/** What stands in the timeline beside a step's own words. */
const noteOf = (step: Step, { note = '', urgency, stars }: StepDetails): string => {
  if (step === 'prioritize') return [urgency === 'urgent' ? '改为紧急' : '改为普通', note].filter(Boolean).join('：')
  return step === 'rate' ? [`${stars} 星`, note].filter(Boolean).join('：') : note
}

/**
 * The order after a step. Throws NOT_FOUND for whoever may not see the order, FORBIDDEN for whoever sees it but may not take the step,
 * CONFLICT when it was possible a moment ago.
 */
export const take = (repair: RepairOrder, step: Step, details: StepDetails, caller: Caller, settings: RepairSettings, now: Date): RepairOrder => {
  const rule = transitions[step]
  // A technician who lost the race for an order no longer sees it, but must hear why the tap did nothing.
  const lostTheRace = step === 'claim' && hasPost(caller, repair, 'technician')
  if (!isInside(repair, caller) && !lostTheRace) throw notFound('张报修单')
  if (!rule.may(repair, caller)) throw forbidden('这一步由负责这张报修单的人来做')
  if (!isPossible(repair, step, now)) throw conflict(rule.reason, rule.refusal)
  if (repair.timeline.length >= timelineLimit) throw conflict('REPAIR_TIMELINE_FULL', '这张报修单经手次数太多，请联系管理员处理')
  const actor: Actor = { memberId: caller.member!._id, name: caller.member!.name, role: roleIn(repair, caller) }
  const changes = effects[step]?.(repair, { details, settings, now, actor }) ?? {}
  return move(repair, {
    step, to: targetOf(repair, rule.to), actor, note: noteOf(step, details), photos: details.photos, requestId: details.requestId, changes,
  }, now)
}

const system: Actor = { memberId: '', name: '系统', role: 'system' }

/** A hold whose day has come. The same order when it is not on hold, or not yet. */
export const wake = (repair: RepairOrder, settings: RepairSettings, now: Date): RepairOrder =>
  repair.status !== 'on_hold' || repair.heldUntil === null || repair.heldUntil > now ? repair
  : move(repair, { step: 'wake', to: targetOf(repair, 'interrupted'), actor: system, note: '', requestId: `wake-${repair.version}`, changes: resumed(repair, { settings, now }) }, now)

/** An order nobody confirmed in time. The same order when it waits for nobody, or not long enough. */
export const closeUnconfirmed = (repair: RepairOrder, closesAt: Date | null, now: Date): RepairOrder =>
  closesAt === null || closesAt > now ? repair
  : move(repair, { step: 'close', to: 'closed', actor: system, note: '', requestId: `close-${repair.version}`, changes: {} }, now)

const escalated = (repair: RepairOrder, note: string, changes: Partial<RepairOrder>, now: Date): RepairOrder =>
  move(repair, { step: 'escalate', to: repair.status, actor: system, note, requestId: `escalate-${repair.version}`, changes }, now)

/** Nobody has taken it for too long. */
export const escalateUnassigned = (repair: RepairOrder, minutes: number, now: Date): RepairOrder =>
  escalated(repair, `超过 ${minutes} 分钟没有师傅接单`, { unassignedSince: null, unassignedToldAt: now }, now)

/** Its deadline has passed. */
export const escalateLate = (repair: RepairOrder, now: Date): RepairOrder =>
  escalated(repair, '已超过承诺的完成时间', { sla: repair.sla && { ...repair.sla, escalatedAt: now } }, now)

/** Four fifths of its time have passed: those who work on it are told, the household is not. */
export const warn = (repair: RepairOrder, now: Date): RepairOrder =>
  ({ ...repair, version: repair.version + 1, sla: repair.sla && { ...repair.sla, warnedAt: now } })

/** Both sides were reminded of the visit; only once. */
export const remind = (repair: RepairOrder): RepairOrder =>
  ({ ...repair, version: repair.version + 1, visit: repair.visit && { ...repair.visit, remindAt: null } })

/** The system gives an order that nobody has taken to whoever is on duty for it. */
export const assignByDuty = (repair: RepairOrder, technician: Assignee, now: Date): RepairOrder =>
  move(repair, { step: 'assign', to: 'assigned', actor: system, note: '按值班表自动派单', requestId: `duty-${repair.version}`, changes: handed(repair, technician, now) }, now)

/**
 * Whoever had it, or was to come, is no technician there any more: the desk has it again, with all that was said and agreed. The visit is
 * the first of `comers`', else a wish. A hold ends with it: nobody is there who would go on when its day comes.
 */
export const leaveBehind = (repair: RepairOrder, comers: Assignee[], settings: RepairSettings, now: Date): RepairOrder => {
  const { fromBySystem = [], to } = transitions.return
  if (!fromBySystem.includes(repair.status)) return repair
  const visit = handed(repair, null, now, comers[0] ?? null)
  const awake = repair.status === 'on_hold' ? resumed({ ...repair, ...visit }, { settings, now }) : { interrupted: null }
  const changes = { ...awake, ...visit }
  return move(repair, { step: 'return', to: targetOf(repair, to), actor: system, note: '师傅已离职/调岗，等待重新派单', requestId: `left-${repair.version}`, changes }, now)
}

/** The order with its words judged. */
export const settleText = (repair: RepairOrder, textCheck: 'passed' | 'risky'): RepairOrder => {
  const next = { ...repair, version: repair.version + 1, textCheck }
  return { ...next, publicKey: publicKeyOf(next) }
}
