import { createHash } from 'node:crypto'
import { collection, type Stored } from './db'
import { conflict, forbidden } from './errors'
import type { CheckSubject, Verdict } from './content-check'
import type { StaffRole } from './roles'

/** What stands beside words or a photo: neighbours see what passed, household and staff all but what is risky. */
export type Check = 'pending' | 'passed' | 'risky'

/** The words of a subject, or with `fileId` one of its photos. */
export type Content = { subject: CheckSubject; fileId: string | null }

/** As much of it as somebody needs who judges it, and not who wrote it. */
export type Described = {
  /** '' for a photo. */
  words: string
  communityId: string
  building: string | null
  /** As people say it, a whole building for a home. */
  place: string
  part: 'report' | 'work' | 'talk' | 'incident'
  byRole: 'resident' | 'system' | StaffRole
}

/** Content as its feature has it now. `settle` writes the check in the transaction it was read in. */
export type Judged = Described & { check: Check; authorId: string; settle: (check: Exclude<Check, 'pending'>) => Promise<void> }

/** doubtful: WeChat said so itself. unanswered: it could not be asked, or did not answer for a day. contradicted: it called risky what was shown. */
export type ReviewReason = 'doubtful' | 'unanswered' | 'contradicted'

/** Content that a person has to judge. `_id` is made of what is judged: the same doubt twice is one row. */
export type ContentReview = Stored & Content & Described & {
  reason: ReviewReason
  state: 'open' | 'decided'
  decision: { check: Exclude<Check, 'pending'>; memberId: string; at: Date } | null
  createdAt: Date
  /** Time and id: what waits longest comes first. */
  orderKey: string
}

export const contentReviews = collection<ContentReview>('content_reviews')

export const reviewIdOf = ({ subject, fileId }: Content): string =>
  createHash('sha256').update([subject.kind, subject.id, fileId ?? ''].join('\n')).digest('hex').slice(0, 32)

export const reviewOf = ({ subject, fileId }: Content, described: Described, reason: ReviewReason, now: Date): ContentReview => {
  const _id = reviewIdOf({ subject, fileId })
  const { words, communityId, building, place, part, byRole } = described
  return {
    _id, schema: 1, subject, fileId, words, communityId, building, place, part, byRole, reason, state: 'open', decision: null, createdAt: now,
    orderKey: `${now.toISOString()}_${_id}`,
  }
}

/** `review`: a reason puts it on the list, null takes it off. */
export type Outcome = { check?: Exclude<Check, 'pending'>; review?: ReviewReason | null }

/**
 * What WeChat's verdict changes; null: there is none. The first word about something settles it, a person's or WeChat's, with one exception:
 * 'risky' over what is shown hides it at once and asks a person, who then has the last word. A picture hidden in error costs somebody a
 * look; one shown in error can cost the whole mini-program.
 */
export const outcomeOf = (verdict: Verdict | null, check: Check, known: ContentReview | null): Outcome => {
  if (verdict === 'risky') {
    if (check === 'pending') return { check: 'risky', review: null }
    return check === 'risky' || known?.reason === 'contradicted' ? {} : { check: 'risky', review: 'contradicted' }
  }
  if (check !== 'pending') return {}
  if (verdict === 'pass') return { check: 'passed', review: null }
  return known ? {} : { review: verdict === null ? 'unanswered' : 'doubtful' }
}

/**
 * The row with a person's decision. Throws CONFLICT when somebody has decided, or when what they saw is no longer what is there, FORBIDDEN
 * for whoever wrote it.
 */
export const decide = (
  review: ContentReview, judged: Judged, { check, memberId }: Pick<NonNullable<ContentReview['decision']>, 'check' | 'memberId'>, now: Date,
): ContentReview => {
  if (review.state !== 'open') throw conflict('ALREADY_REVIEWED', '同事已经复核过这一条了')
  if (judged.authorId === memberId) throw forbidden('不能复核自己写的内容，请同事来做')
  if (judged.words !== review.words) throw conflict('CONTENT_CHANGED', '内容刚刚改过，改过的会重新检查')
  return { ...review, state: 'decided', decision: { check, memberId, at: now } }
}
