import type { Village } from '../../support/village'
import { order } from './orders'
import type { Scenario } from './scenario'

/** Words that WeChat doubts. */
const doubtful = '疑似测试'
const told = {}

const reviewOf = (village: Village, subjectId: string): string => {
  const rows = village.database.documents('content_reviews') as unknown as { _id: string; subject: { id: string } }[]
  return rows.find(({ subject }) => subject.id === subjectId)!._id
}
const toReview = (ready: Scenario['ready']): Scenario['ready'] => async (village, photos) => {
  const subjectId = await ready(village, photos)
  await village.tick()
  return reviewOf(village, subjectId)
}
const written: Scenario['ready'] = async (village, photos) => {
  const repairId = await order({}, 'assign')(village)
  return (await village.as('wang').get('repairs', 'sendMessage', { repairId, text: doubtful, photo: photos.wang, requestId: 'the-words-it-is-about' })).messageId
}
const decide = (who: string, isFit: boolean): Scenario['act'] => (village, reviewId, requestId) =>
  village.as(who).call('repair-desk', 'decideContent', { requestId, reviewId, isFit })

/** A report with a photo that WeChat has been asked about. */
const asked: Scenario['ready'] = async (village, { wang }) => {
  const repairId = await order({ photos: [wang] }, 'assign')(village)
  await village.tick()
  return repairId
}
/** The trace it was asked under. */
const traced: Scenario['ready'] = async (village, photos) => {
  const repairId = await asked(village, photos)
  const checks = village.database.documents('photo_checks') as unknown as { _id: string; subject: { id: string } }[]
  return checks.find(({ subject }) => subject.id === repairId)!._id
}
const happens = async (event: Promise<unknown>): Promise<{ ok: true; data: null }> => {
  await event
  return { ok: true, data: null }
}
/** WeChat's push of a verdict. */
const verdict = (suggest: string): Scenario['act'] => (village, traceId) => happens(village.post('/control/media-check', { traceId, suggest }))

export const contentScenarios: Scenario[] = [
  { name: 'decide that words are fit', acting: 'repair-desk', told, rows: { audits: 1, content_reviews: 0 }, ready: toReview(order({ description: doubtful })), act: decide('zhou', true) },
  { name: 'decide that a message is not fit', acting: 'repair-desk', told, rows: { audits: 1, content_reviews: 0 }, ready: toReview(written), act: decide('he', false) },
  { name: 'hear that a photo is fit', acting: 'content-callback', told, rows: { photo_checks: -1, content_reviews: 0 }, ready: traced, act: verdict('pass') },
  { name: 'hear that a photo is doubtful', acting: 'content-callback', told, rows: { photo_checks: -1, content_reviews: 1 }, ready: traced, act: verdict('review') },
  { name: 'hear that a photo is risky', acting: 'content-callback', told, rows: { photo_checks: -1, content_reviews: 0 }, ready: traced, act: verdict('risky') },
  {
    name: 'leave to a person what WeChat owes an answer to for a day', acting: 'nightly', told: {}, rows: { photo_checks: 0, content_reviews: 1 }, ready: asked,
    due: ({ submittedAt }) => submittedAt.getTime() + 26 * 3_600_000,
    act: (village) => happens(village.post('/control/timer', { name: 'nightly' })),
  },
]
