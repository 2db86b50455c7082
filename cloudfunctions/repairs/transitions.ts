import type { Caller } from '../_shared/caller'
import { after, minutes } from '../_shared/clock'
import type { Status, Step } from './contract'
import type { RepairOrder } from './repair'
import { hasPost, isAssignee, isDispatcher, isWorkingOn, livesIn } from './repair-access'

type Rule = {
  from: Status[]
  /** From where the system takes it, when there is nobody left to. */
  fromBySystem?: Status[]
  /** 'same': nothing moves; 'interrupted': back to where a hold or a quotation broke in. */
  to: Status | 'same' | 'interrupted'
  /** May this person take the step, given that they can see the order? */
  may: (repair: RepairOrder, caller: Caller) => boolean
  /** What must be true besides the status. */
  when?: (repair: RepairOrder, now: Date) => boolean
  /** Why not, and what to do instead. */
  reason: string
  refusal: string
}

const days = (count: number): number => minutes(count * 24 * 60)
/** A household may say that it is not well, and change its mind about the stars, for so long. */
export const reopenableMs = days(7)
export const rateableMs = days(7)
export const closesAfterMs = days(7)
const urgeableEveryMs = days(1)

const isHousehold = (repair: RepairOrder, caller: Caller): boolean => livesIn(repair, caller)
const isHouseholdOrDispatcher = (repair: RepairOrder, caller: Caller): boolean => livesIn(repair, caller) || isDispatcher(repair, caller)
/** Somebody who works here does not judge the work, at home either. */
const mayRate = (repair: RepairOrder, caller: Caller): boolean => livesIn(repair, caller) && caller.post?.communityId !== repair.communityId

const within = (since: Date | null, ms: number, now: Date): boolean => since !== null && now <= after(since, ms)
const isReopenable = (repair: RepairOrder, now: Date): boolean =>
  repair.reopenCount === 0 && repair.mergedInto === null && repair.assignee !== null && within(repair.completedAt, reopenableMs, now)
const isRateable = (repair: RepairOrder, now: Date): boolean =>
  repair.completedAt !== null && (repair.status === 'completed' || within(repair.rating?.at ?? repair.timeline.at(-1)?.at ?? null, rateableMs, now))
const isUrgeable = (repair: RepairOrder, now: Date): boolean => repair.urgedAt === null || now >= after(repair.urgedAt, urgeableEveryMs)
const workHasNotStarted = ({ status, interrupted }: RepairOrder): boolean => status !== 'on_hold' || interrupted === 'assigned'

/** The whole workflow. A resident may cancel until work starts: after that, materials have been paid for. */
export const transitions: Record<Step, Rule> = {
  assign: {
    from: ['submitted', 'assigned'], to: 'assigned', may: (repair, caller) => isDispatcher(repair, caller),
    reason: 'REPAIR_NOT_ASSIGNABLE', refusal: '这张报修单已经开工或结束，不能再派单',
  },
  claim: {
    from: ['submitted'], to: 'assigned', may: (repair, caller) => hasPost(caller, repair, 'technician'),
    reason: 'REPAIR_ALREADY_CLAIMED', refusal: '这张报修单已经有师傅接了',
  },
  arrive: {
    from: ['assigned'], to: 'same', may: isAssignee, when: ({ arrivedAt }) => arrivedAt === null,
    reason: 'REPAIR_NOT_ARRIVABLE', refusal: '已经告诉住户您到了，可以直接开始维修',
  },
  start: { from: ['assigned'], to: 'in_progress', may: isAssignee, reason: 'REPAIR_NOT_STARTABLE', refusal: '这张报修单现在不能开工，请刷新看看最新进度' },
  record: { from: ['assigned', 'in_progress'], to: 'same', may: isAssignee, reason: 'REPAIR_NOT_RECORDABLE', refusal: '这张报修单现在不能补照片，请刷新看看最新进度' },
  quote: { from: ['assigned', 'in_progress'], to: 'quoted', may: isAssignee, reason: 'REPAIR_NOT_QUOTABLE', refusal: '这张报修单现在不能报价，请刷新看看最新进度' },
  complete: { from: ['in_progress'], to: 'completed', may: isAssignee, reason: 'REPAIR_NOT_COMPLETABLE', refusal: '这张报修单现在不能完工，请刷新看看最新进度' },
  hold: { from: ['assigned', 'in_progress'], to: 'on_hold', may: isWorkingOn, reason: 'REPAIR_NOT_HOLDABLE', refusal: '这张报修单现在不能挂起，请刷新看看最新进度' },
  resume: { from: ['on_hold'], to: 'interrupted', may: isWorkingOn, reason: 'REPAIR_NOT_ON_HOLD', refusal: '这张报修单没有挂起，请刷新看看最新进度' },
  transfer: { from: ['assigned', 'in_progress'], to: 'assigned', may: isAssignee, reason: 'REPAIR_NOT_TRANSFERABLE', refusal: '这张报修单现在不能转单，请刷新看看最新进度' },
  return: {
    from: ['assigned', 'in_progress'], fromBySystem: ['submitted', 'assigned', 'in_progress', 'on_hold', 'quoted'], to: 'submitted', may: isAssignee,
    reason: 'REPAIR_NOT_RETURNABLE', refusal: '这张报修单现在不能退单，请刷新看看最新进度',
  },
  accept: { from: ['quoted'], to: 'interrupted', may: isHousehold, reason: 'REPAIR_NOT_QUOTED', refusal: '这份报价已经处理过了，请刷新看看最新进度' },
  decline: { from: ['quoted'], to: 'interrupted', may: isHousehold, reason: 'REPAIR_NOT_QUOTED', refusal: '这份报价已经处理过了，请刷新看看最新进度' },
  confirm: { from: ['completed'], to: 'closed', may: isHousehold, reason: 'REPAIR_NOT_CONFIRMABLE', refusal: '这张报修单已经确认过，或还没有完工' },
  rate: {
    from: ['completed', 'closed'], to: 'closed', may: mayRate, when: isRateable,
    reason: 'REPAIR_NOT_RATEABLE', refusal: '完工以后 7 天内可以评价，现在不能评价了',
  },
  reopen: {
    from: ['completed', 'closed'], to: 'assigned', may: isHousehold, when: isReopenable,
    reason: 'REPAIR_NOT_REOPENABLE', refusal: '完工 7 天内可以要求返修一次，现在请重新报修',
  },
  urge: { from: ['submitted', 'assigned', 'on_hold'], to: 'same', may: isHousehold, when: isUrgeable, reason: 'REPAIR_URGED_TODAY', refusal: '每 24 小时可催单一次' },
  prioritize: {
    from: ['submitted', 'assigned'], to: 'same', may: isHouseholdOrDispatcher, reason: 'REPAIR_NOT_PRIORITIZABLE', refusal: '已经开工或结束的报修，不用再改紧急程度',
  },
  reschedule: {
    from: ['submitted', 'assigned'], to: 'same', may: (repair, caller) => livesIn(repair, caller) || isWorkingOn(repair, caller),
    reason: 'REPAIR_NOT_RESCHEDULABLE', refusal: '已经开工、挂起或结束的报修不能再约上门时间，有事请直接联系师傅或物业',
  },
  summarize: {
    from: ['submitted', 'assigned', 'in_progress', 'on_hold', 'quoted'], to: 'same', may: isWorkingOn, when: ({ voice }) => voice !== null,
    reason: 'REPAIR_NOT_SUMMARIZABLE', refusal: '只有语音报修需要补写文字',
  },
  merge: { from: ['submitted', 'assigned'], to: 'closed', may: isDispatcher, reason: 'REPAIR_NOT_MERGEABLE', refusal: '已经开工或结束的报修单不能合并' },
  cancel: {
    from: ['submitted', 'assigned', 'on_hold'], to: 'cancelled', may: isHouseholdOrDispatcher, when: workHasNotStarted,
    reason: 'REPAIR_WORK_HAS_STARTED', refusal: '已经开工的报修不能取消，有事请直接联系师傅或物业',
  },
}
const steps = Object.keys(transitions) as Step[]

export const isPossible = (repair: RepairOrder, step: Step, now: Date): boolean => {
  const { from, when } = transitions[step]
  return from.includes(repair.status) && (when === undefined || when(repair, now))
}

/** What this person may do now; the page draws one button for each. */
export const nextSteps = (repair: RepairOrder, caller: Caller, now: Date): Step[] =>
  steps.filter((step) => transitions[step].may(repair, caller) && isPossible(repair, step, now))

export const reopenableUntil = (repair: RepairOrder, caller: Caller, now: Date): Date | null =>
  livesIn(repair, caller) && isPossible(repair, 'reopen', now) ? after(repair.completedAt!, reopenableMs) : null

export const closesAt = ({ status, completedAt }: Pick<RepairOrder, 'status' | 'completedAt'>): Date | null =>
  status === 'completed' && completedAt ? after(completedAt, closesAfterMs) : null
