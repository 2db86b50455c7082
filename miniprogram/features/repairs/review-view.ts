import type { ContentReview } from '../../../cloudfunctions/repair-desk/contract'
import { sayTime } from '../../support/dates'
import type { Tag } from '../../support/repair-words'

const reasonTags: Record<ContentReview['reason'], Tag> = {
  doubtful: { word: '微信拿不准', tone: 'waiting', icon: 'info-circle' },
  unanswered: { word: '微信没有答复', tone: 'quiet', icon: 'time' },
  contradicted: { word: '通过后微信判为违规', tone: 'urgent', icon: 'error-circle' },
}

const partWords: Record<ContentReview['part'], string> = { report: '报修', work: '维修进度', talk: '对话', incident: '突发事件' }
const roleWords: Partial<Record<ContentReview['byRole'], string>> = { resident: '住户', manager: '管理员', clerk: '客服', technician: '师傅' }

const consequenceOf = ({ part, photo }: Pick<ContentReview, 'part' | 'photo'>): string => {
  if (photo) return '这张照片谁也看不到了，以后不能改回来。'
  if (part === 'talk') return '这句话只有写的人自己还看得到，以后不能改回来。'
  if (part === 'incident') return '住户看不到这段文字，只知道哪几栋楼出了什么事；可以另写一条更新。'
  return '邻居看不到这张报修；住户和物业照常处理，以后不能改回来。'
}

/** What it is and where; of the person only what they are here. */
export const viewReview = (review: ContentReview, now: number) => ({
  reviewId: review.reviewId,
  words: review.words,
  photos: review.photo ? [review.photo] : [],
  reason: reasonTags[review.reason],
  meta: [`${roleWords[review.byRole] ?? '物业'}的${partWords[review.part]}${review.photo ? '照片' : ''}`, review.place, sayTime(review.createdAt, now)],
  consequence: consequenceOf(review),
})
export type ReviewView = ReturnType<typeof viewReview>
