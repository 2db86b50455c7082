import type { ResidentScope, StaffRole } from './roles'

/** Each kind has one subscription template in a community's configuration. */
export type NoticeKind =
  | 'repair_submitted' | 'repair_progress' | 'incident'
  | 'verification_submitted' | 'verification_decided'
  | 'payment_received' | 'refund_posted' | 'refund_progress'

/** Who is to be told, resolved when the notice is delivered. */
export type NoticeAudience =
  /** Everybody who lives there; with `scope`, only those who may do that for the house. */
  | { to: 'house'; houseId: string; scope?: ResidentScope }
  | { to: 'member'; memberId: string }
  /** Whoever said 我也遇到 (`_shared/follower.ts`). */
  | { to: 'followers'; subjectId: string }
  /** `building`: only those whose post covers it; null for something that is in no building. `except`: a member who is told in other words. */
  | { to: 'staff'; communityId: string; roles: StaffRole[]; building: string | null; except?: string }

export type Notice = {
  kind: NoticeKind
  communityId: string
  audience: NoticeAudience
  title: string
  body: string
  /** When what it tells happened, ISO 8601: the inbox is in that order, however late the notice was delivered. */
  at: string
  /** A page of ours with its query, opened by a tap; null for none. */
  page: string | null
  /** What a template's keywords can show: title, status, time, amount (88.00元) … */
  values: Record<string, string>
}
