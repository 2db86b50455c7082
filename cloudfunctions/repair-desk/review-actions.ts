import { memberOf } from '../_shared/caller'
import { contentReviews as reviewRows, decide, type ContentReview } from '../_shared/content-review'
import type { Judges } from '../_shared/content-settling'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import { covers } from '../_shared/member'
import { once } from '../_shared/once'
import type { Situation } from '../_shared/serve'
import { temporaryUrls } from '../_shared/storage'
import { incidentJudges } from '../incidents/settle'
import { repairJudges } from '../repairs/settle'
import { limits, type ContentReview as ReviewReply, type RepairDeskContract } from './contract'
import { openReviewsOf } from './repository'

type In<A extends keyof RepairDeskContract> = Required<Input<RepairDeskContract, A>>
type Out<A extends keyof RepairDeskContract> = Output<RepairDeskContract, A>

const judges: Judges = { ...repairJudges, ...incidentJudges }

const replyOf = ({ _id, part, words, fileId, place, byRole, reason, createdAt }: ContentReview, urls: Map<string, string>): ReviewReply => ({
  reviewId: _id, part, words, place, byRole, reason, createdAt: createdAt.toISOString(), photo: fileId === null ? null : { fileId, url: urls.get(fileId) ?? null },
})

export const contentReviews = async ({ cursor }: Input<RepairDeskContract, 'contentReviews'>, { caller }: Situation): Promise<Out<'contentReviews'>> => {
  const { documents, nextCursor } = await openReviewsOf(caller.post!, cursor, limits.pageSize)
  const files = documents.flatMap(({ fileId }) => (fileId === null ? [] : [fileId]))
  const urls = files.length > 0 ? await temporaryUrls(files) : new Map<string, string>()
  return { reviews: documents.map((review) => replyOf(review, urls)), nextCursor }
}

export const decideContent = async ({ requestId, reviewId, isFit }: In<'decideContent'>, situation: Situation): Promise<Out<'decideContent'>> => {
  const { caller, now } = situation
  const check = isFit ? 'passed' : 'risky'
  await once(`repair-desk.decideContent/${reviewId}`, requestId, situation, async ({ transaction, audit }) => {
    const review = await transaction.get(reviewRows, reviewId)
    if (!review || !covers(caller.post!, review)) throw notFound('条内容')
    const { subject, fileId, communityId, part } = review
    const judged = await judges[subject.kind]?.(transaction, subject.id, fileId)
    if (!judged) throw notFound('条内容')
    const decided = decide(review, judged, { check, memberId: memberOf(caller)._id }, now)
    await judged.settle(check)
    await transaction.replace(reviewRows, decided)
    await audit({
      actorId: memberOf(caller)._id, action: 'repair-desk.decideContent', subjectId: subject.id, communityId,
      before: { check: judged.check }, after: { check, part, isPhoto: fileId !== null },
    })
  })
  return { reviewId }
}
