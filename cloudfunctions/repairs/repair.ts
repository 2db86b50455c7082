import type { Caller } from '../_shared/caller'
import type { Stored } from '../_shared/db'
import { conflict, forbidden, notFound } from '../_shared/errors'
import type { Post } from '../_shared/member'
import type { Category, Stage, Status, Step, Urgency } from './contract'

export type Photo = { fileId: string; check: 'pending' | 'passed' | 'risky' }

/** Who acted, as they were then. */
export type Actor = { memberId: string; name: string; role: 'resident' | 'manager' | 'clerk' | 'technician' }

export type RepairEvent = {
  step: Step | 'submit'
  status: Status
  at: Date
  by: Actor
  assigneeName: string | null
  note: string
  photos: Photo[]
  /** The phone's request that made it: the same request again changes nothing. */
  requestId: string
}

/** 报修单 = 工单. The timeline is inside the order: it is short (a limit on reassigning sees to that) and read with it. */
export type RepairOrder = Stored & {
  version: number
  communityId: string
  communityName: string
  houseId: string
  houseLabel: string
  category: Category
  urgency: Urgency
  description: string
  photos: Photo[]
  contact: { memberId: string; name: string; maskedPhone: string | null }
  status: Status
  stage: Stage
  isOpen: boolean
  assignee: { memberId: string; name: string } | null
  timeline: RepairEvent[]
  submittedAt: Date
  /** Time and id: the household's list, newest first. */
  orderKey: string
  /** Urgency, time and id: the desk's lists. Finished orders are keyed by when they ended. */
  queueKey: string
}

/** What lists read of an order: its story and its people stay where they are. */
export const summaryFields = ['status', 'urgency', 'category', 'description', 'houseLabel', 'submittedAt', 'photos', 'assignee'] as const
export type RepairSummary = Pick<RepairOrder, '_id' | (typeof summaryFields)[number]>

type Rule = {
  from: Status[]
  to: Status
  /** May this person take the step, given that they can see the order? */
  may: (repair: RepairOrder, caller: Caller) => boolean
}

const hasPost = (caller: Caller, repair: RepairOrder, ...roles: Post['role'][]): boolean =>
  caller.post !== null && caller.post.communityId === repair.communityId && roles.includes(caller.post.role)
const isAssignee = (repair: RepairOrder, caller: Caller): boolean =>
  repair.assignee !== null && repair.assignee.memberId === caller.member?._id && hasPost(caller, repair, 'technician')
const livesIn = (repair: RepairOrder, caller: Caller): boolean => caller.houses.some(({ houseId }) => houseId === repair.houseId)

/** The whole workflow. A resident may cancel until work starts: after that, materials have been paid for. */
export const transitions: Record<Step, Rule> = {
  assign: { from: ['submitted', 'assigned'], to: 'assigned', may: (repair, caller) => hasPost(caller, repair, 'manager', 'clerk') },
  claim: { from: ['submitted'], to: 'assigned', may: (repair, caller) => hasPost(caller, repair, 'technician') },
  start: { from: ['assigned'], to: 'in_progress', may: isAssignee },
  complete: { from: ['in_progress'], to: 'completed', may: isAssignee },
  cancel: {
    from: ['submitted', 'assigned'],
    to: 'cancelled',
    may: (repair, caller) => livesIn(repair, caller) || hasPost(caller, repair, 'manager', 'clerk'),
  },
}
const steps = Object.keys(transitions) as Step[]

const stageOf: Record<Status, Stage> = {
  submitted: 'waiting', assigned: 'working', in_progress: 'working', completed: 'done', cancelled: 'done',
}

/** An order handed on more often than this needs a conversation, not another hand. */
const timelineLimit = 40

/** A technician sees what nobody has taken and what is his own, not his colleagues' work. */
export const canSee = (repair: RepairOrder, caller: Caller): boolean =>
  livesIn(repair, caller) ||
  hasPost(caller, repair, 'manager', 'clerk') ||
  (hasPost(caller, repair, 'technician') && (repair.status === 'submitted' || isAssignee(repair, caller)))

export const isWorkingOn = (repair: RepairOrder, caller: Caller): boolean =>
  hasPost(caller, repair, 'manager', 'clerk') || isAssignee(repair, caller)

/** What this person may do now; the page draws one button for each. */
export const nextSteps = (repair: RepairOrder, caller: Caller): Step[] =>
  steps.filter((step) => transitions[step].from.includes(repair.status) && transitions[step].may(repair, caller))

const refusals: Record<Step, string> = {
  assign: '这张报修单已经开工或结束，不能再派单',
  claim: '这张报修单已经有师傅接了',
  start: '这张报修单现在不能开工，请刷新看看最新进度',
  complete: '这张报修单现在不能完工，请刷新看看最新进度',
  cancel: '已经开工的报修不能取消，有事请直接联系师傅或物业',
}
const reasons: Record<Step, string> = {
  assign: 'REPAIR_NOT_ASSIGNABLE',
  claim: 'REPAIR_ALREADY_CLAIMED',
  start: 'REPAIR_NOT_STARTABLE',
  complete: 'REPAIR_NOT_COMPLETABLE',
  cancel: 'REPAIR_WORK_HAS_STARTED',
}

const roleIn = (repair: Pick<RepairOrder, 'communityId'>, caller: Caller): Actor['role'] => {
  const role = caller.post?.communityId === repair.communityId ? caller.post.role : null
  return role === 'manager' || role === 'clerk' || role === 'technician' ? role : 'resident'
}

const queueKeyOf = (repair: Pick<RepairOrder, '_id' | 'urgency' | 'submittedAt' | 'stage'>, at: Date): string =>
  repair.stage === 'done'
    ? `${at.toISOString()}_${repair._id}`
    : `${repair.urgency === 'urgent' ? 0 : 1}_${repair.submittedAt.toISOString()}_${repair._id}`

const pending = (fileIds: string[]): Photo[] => fileIds.map((fileId) => ({ fileId, check: 'pending' }))

export type Submission = {
  repairId: string
  requestId: string
  houseId: string
  category: Category
  urgency: Urgency
  description: string
  photos: string[]
}

/** A new order of the caller's household. Throws NOT_FOUND when the house is not theirs. */
export const submit = (submission: Submission, caller: Caller, now: Date): RepairOrder => {
  const house = caller.houses.find(({ houseId }) => houseId === submission.houseId)
  if (!house || !caller.member) throw notFound('套房屋')
  const { _id: memberId, name, maskedPhone } = caller.member
  const { repairId, requestId, category, urgency, description } = submission
  const photos = pending(submission.photos)
  const orderKey = `${now.toISOString()}_${repairId}`
  return {
    _id: repairId, schema: 1, version: 1, communityId: house.communityId, communityName: house.communityName,
    houseId: house.houseId, houseLabel: house.houseLabel, category, urgency, description, photos,
    contact: { memberId, name, maskedPhone }, status: 'submitted', stage: 'waiting', isOpen: true, assignee: null,
    timeline: [{ step: 'submit', status: 'submitted', at: now, by: { memberId, name, role: 'resident' }, assigneeName: null, note: '', photos: [], requestId }],
    submittedAt: now, orderKey, queueKey: queueKeyOf({ _id: repairId, urgency, submittedAt: now, stage: 'waiting' }, now),
  }
}

export type StepDetails = {
  requestId: string
  note?: string
  photos?: string[]
  /** For 'assign': a technician of the order's community. */
  technician?: { memberId: string; name: string }
}

/** The same request arriving again, after its reply was lost: the fact stands, nothing is to be done. */
export const isRepeated = (repair: RepairOrder, step: Step, requestId: string): boolean =>
  repair.timeline.some((event) => event.step === step && event.requestId === requestId)

/**
 * The order after a step. Throws NOT_FOUND for whoever may not see the order, FORBIDDEN for whoever sees it but may not take the step,
 * CONFLICT when it was possible a moment ago.
 */
export const take = (repair: RepairOrder, step: Step, details: StepDetails, caller: Caller, now: Date): RepairOrder => {
  const rule = transitions[step]
  // A technician who lost the race for an order no longer sees it, but must hear why the tap did nothing.
  const lostTheRace = step === 'claim' && hasPost(caller, repair, 'technician')
  if (!canSee(repair, caller) && !lostTheRace) throw notFound('张报修单')
  if (!rule.may(repair, caller)) throw forbidden('这一步由负责这张报修单的人来做')
  if (!rule.from.includes(repair.status)) throw conflict(reasons[step], refusals[step])
  if (step === 'assign' && repair.assignee?.memberId === details.technician?.memberId) {
    throw conflict('REPAIR_ALREADY_ASSIGNED', '这张报修单已经派给这位师傅了')
  }
  if (repair.timeline.length >= timelineLimit) throw conflict('REPAIR_TIMELINE_FULL', '这张报修单转手次数太多，请联系管理员处理')

  const actor: Actor = { memberId: caller.member!._id, name: caller.member!.name, role: roleIn(repair, caller) }
  const assignee = step === 'assign' ? details.technician! : step === 'claim' ? { memberId: actor.memberId, name: actor.name } : repair.assignee
  const next = { ...repair, version: repair.version + 1, status: rule.to, stage: stageOf[rule.to], isOpen: stageOf[rule.to] !== 'done', assignee }
  const event: RepairEvent = {
    step, status: rule.to, at: now, by: actor, assigneeName: step === 'assign' ? assignee!.name : null,
    note: details.note ?? '', photos: pending(details.photos ?? []), requestId: details.requestId,
  }
  return { ...next, timeline: [...repair.timeline, event], queueKey: queueKeyOf(next, now) }
}

/** The order with a photo's check settled; the same document when the photo is not in it. */
export const settlePhoto = (repair: RepairOrder, fileId: string, check: 'passed' | 'risky'): RepairOrder => {
  const settle = (photos: Photo[]) => photos.map((photo) => (photo.fileId === fileId ? { ...photo, check } : photo))
  return {
    ...repair,
    version: repair.version + 1,
    photos: settle(repair.photos),
    timeline: repair.timeline.map((event) => ({ ...event, photos: settle(event.photos) })),
  }
}
