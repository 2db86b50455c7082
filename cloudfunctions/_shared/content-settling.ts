import { after, days } from './clock'
import { askPhotoChecks, checkText, photoChecks, scenes, type CheckSubject, type Verdict } from './content-check'
import { contentReviews, outcomeOf, reviewIdOf, reviewOf, type Content, type Judged } from './content-review'
import { inTransaction, type Transaction } from './db'
import { command } from './platform'

/** Every kind of subject says how its content is read and settled; null for what is not there any more. */
export type Judges = Record<string, (transaction: Transaction, id: string, fileId: string | null) => Promise<Judged | null>>

/** `words`: those WeChat was asked about; others, written meanwhile, are not settled by what it says. */
type Said = { content: Content; verdict: Verdict | null; words?: string }

/** What WeChat says of content, null when it says nothing. */
const settleIn = async (transaction: Transaction, { content, verdict, words }: Said, judges: Judges, now: Date): Promise<void> => {
  const { subject, fileId } = content
  const judged = await judges[subject.kind]?.(transaction, subject.id, fileId)
  if (!judged || (words !== undefined && judged.words !== words)) return
  const row = await transaction.get(contentReviews, reviewIdOf(content))
  // Of words that have changed since, nothing is known.
  const { check, review } = outcomeOf(verdict, judged.check, row?.words === judged.words ? row : null)
  if (check) await judged.settle(check)
  if (review) await transaction.replace(contentReviews, reviewOf(content, judged, review, now))
  if (review === null && row) await transaction.remove(contentReviews, row._id)
}

const settleContent = (content: Content, verdict: Verdict | null, judges: Judges, now: Date, words?: string): Promise<void> =>
  inTransaction((transaction) => settleIn(transaction, { content, verdict, words }, judges, now))

/** A photo's verdict, by the trace id it was asked under. A trace nobody waits for (answered before, or not ours) is ignored. */
export const settlePhotoCheck = (traceId: string, verdict: Verdict, judges: Judges, now: Date): Promise<void> =>
  inTransaction(async (transaction) => {
    const check = await transaction.get(photoChecks, traceId)
    if (!check) return
    await settleIn(transaction, { content: check, verdict }, judges, now)
    await transaction.remove(photoChecks, traceId)
  })

/** How long WeChat may be down, or owe an answer, before a person is asked. */
const patienceMs = days(1)

/** `since`: when it was written. `words`: '' when only photos are to be checked. */
export type Unchecked = { subject: CheckSubject; words: string; fileIds: string[]; openid: string; since: Date }

/** Has words and photos checked; a person is asked where WeChat cannot be. Throws when the check is down, until it has been for a day. */
export const checkContent = async ({ subject, words, fileIds, openid, since }: Unchecked, judges: Judges, now: Date): Promise<void> => {
  const settleWords = (verdict: Verdict | null) => settleContent({ subject, fileId: null }, verdict, judges, now, words)
  const leaveToPerson = async (files: string[]) => {
    for (const fileId of files) await settleContent({ subject, fileId }, null, judges, now)
  }
  try {
    if (words !== '') await settleWords(await checkText(words, openid, scenes.comment))
    await leaveToPerson(await askPhotoChecks(fileIds, subject, openid, now))
  } catch (error) {
    if (now < after(since, patienceMs)) throw error
    if (words !== '') await settleWords(null)
    await leaveToPerson(fileIds)
  }
}

const batch = 100
/** WeChat answers within the hour; what comes after this is a mistake. */
const forgottenAfterMs = days(30)

/** Leaves to a person what WeChat has owed an answer to for a day; a late one still counts. True when there are no more. */
export const leaveUnanswered = async (judges: Judges, now: Date): Promise<boolean> => {
  const unanswered = await photoChecks.find({ isOverdue: false, askedAt: command.lt(after(now, -patienceMs)) }, { sort: { askedAt: 'asc' }, limit: batch })
  for (const check of unanswered) {
    await settleContent(check, null, judges, now)
    await photoChecks.update({ _id: check._id }, { isOverdue: true })
  }
  if (unanswered.length === batch) return false
  await photoChecks.removeWhere({ isOverdue: true, askedAt: command.lt(after(now, -forgottenAfterMs)) })
  return true
}
