import type { Caller } from '../_shared/caller'
import { covers, type Post } from '../_shared/member'
import type { WaitsFor } from './contract'
import type { Actor, RepairOrder } from './repair'

type Placed = Pick<RepairOrder, 'communityId' | 'building'>

/** Whether the caller works here in one of these roles, and the place is their business. */
export const hasPost = (caller: Caller, repair: Placed, ...roles: Post['role'][]): boolean =>
  caller.post !== null && roles.includes(caller.post.role) && covers(caller.post, repair)

/** Who sees to it that work is given out and done in time, and hears when it is not. */
export const overseers = ['manager', 'clerk'] as const
export const isDispatcher = (repair: Placed, caller: Caller): boolean => hasPost(caller, repair, ...overseers)
export const isAssignee = (repair: RepairOrder, caller: Caller): boolean =>
  repair.assignee !== null && repair.assignee.memberId === caller.member?._id && hasPost(caller, repair, 'technician')
export const livesIn = (repair: Pick<RepairOrder, 'houseId'>, caller: Caller): boolean =>
  repair.houseId !== null && caller.houses.some(({ houseId }) => houseId === repair.houseId)

/** A technician sees what nobody has taken and what is his own, not his colleagues' work. */
export const isOfStaff = (repair: RepairOrder, caller: Caller): boolean =>
  isDispatcher(repair, caller) ||
  (hasPost(caller, repair, 'technician') && (repair.status === 'submitted' || isAssignee(repair, caller)))

/** Household and staff see everything of an order; a follower sees it as neighbours may. */
export const isInside = (repair: RepairOrder, caller: Caller): boolean => livesIn(repair, caller) || isOfStaff(repair, caller)

export const isWorkingOn = (repair: RepairOrder, caller: Caller): boolean => isDispatcher(repair, caller) || isAssignee(repair, caller)

export const roleIn = (repair: Pick<RepairOrder, 'communityId'>, caller: Caller): Exclude<Actor['role'], 'system'> => {
  const role = caller.post?.communityId === repair.communityId ? caller.post.role : null
  return role === 'manager' || role === 'clerk' || role === 'technician' ? role : 'resident'
}

/** The side a caller speaks for in the talk of an order; null for whoever has no part in it. */
export const sideOf = (repair: RepairOrder, caller: Caller): 'household' | 'staff' | null =>
  isWorkingOn(repair, caller) ? 'staff' : livesIn(repair, caller) ? 'household' : null

/** Who has to act next. */
export const waitsFor = ({ status }: Pick<RepairOrder, 'status'>): WaitsFor | null => {
  switch (status) {
    case 'submitted': return 'desk'
    case 'assigned': case 'in_progress': case 'on_hold': return 'technician'
    case 'quoted': case 'completed': return 'household'
    case 'closed': case 'cancelled': return null
  }
}
