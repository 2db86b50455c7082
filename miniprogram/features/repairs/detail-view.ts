import type { RepairDetail } from '../../../cloudfunctions/repairs/contract'
import type { DeferredStep } from '../../services/deferred-steps'
import type { OpenedRepair } from '../../services/repairs'
import { calendarSlot, sayDay } from '../../support/dates'
import { sayDue } from '../../support/due'
import { sayMoney } from '../../support/money'
import { isComing, sayEscalation, saySlot, sayStatus } from '../../support/repair-view'
import { categoryWord, masterName, statusTag, urgencyTag } from '../../support/repair-words'
import { session } from '../../support/session'
import { viewBills } from './bill-rows'
import { acceptedOf } from './costing'
import { viewProgress } from './progress-view'
import { viewSteps } from './step-buttons'
import { viewTimeline } from './timeline-view'

const sourceWords: Record<string, string> = { call: '电话报修', counter: '前台报修', patrol: '巡查发现' }
const quotationWords = { accepted: '已接受', declined: '再商量' }

type Charges = NonNullable<RepairDetail['charges']>

const viewCharges = ({ lines, totalFen }: Charges) => ({
  lines: lines.map((line, index) => ({ key: index, name: line.name, amount: sayMoney(line.amountFen), quantity: `${line.quantity}${line.unit}` })),
  total: sayMoney(totalFen),
})

const stateOf = ({ state }: NonNullable<RepairDetail['quotation']>, status: RepairDetail['status'], isHousehold: boolean): string => {
  if (state !== 'proposed') return quotationWords[state]
  // The technician left before it was answered: it binds nobody.
  if (status !== 'quoted') return '等师傅重新报价'
  return isHousehold ? '等您确认' : '等住户确认'
}

const viewQuotation = ({ quotation, status }: Pick<RepairDetail, 'quotation' | 'status'>, isHousehold: boolean) =>
  quotation && {
    ...viewCharges(quotation),
    note: quotation.note,
    state: stateOf(quotation, status, isHousehold),
  }

const viewRating = (rating: RepairDetail['rating']) =>
  rating && { stars: [1, 2, 3, 4, 5].map((star) => ({ star, isOn: star <= rating.stars })), tags: rating.tags, note: rating.note, said: `${rating.stars} 星` }

/** What somebody should know before the next tap, in one line. */
const hintOf = (repair: RepairDetail, isHousehold: boolean, now: number): string => {
  if (repair.mergedInto) return '这件事已有人报过，进展在另一张报修单里'
  if (repair.status === 'on_hold') return repair.holdReason ? `原因：${repair.holdReason}` : ''
  if (repair.status === 'completed' && isHousehold && repair.closesAt) return `${sayDay(repair.closesAt, now)} 前不评价，会自动完成`
  if (repair.reopenableUntil && isHousehold) return `没修好？${sayDay(repair.reopenableUntil, now)} 前可以重新打开`
  const urgedAt = repair.timeline.filter(({ step }) => step === 'urge').map(({ at }) => Date.parse(at)).pop()
  const again = urgedAt && urgedAt + 24 * 3_600_000
  return again && again > now && isHousehold && !repair.nextSteps.includes('urge') ? `已经催过了，${sayDay(new Date(again).toISOString(), now)} 后可以再催` : ''
}

const sentenceOf = (repair: RepairDetail, isHousehold: boolean, now: number): string =>
  repair.status === 'assigned' && repair.arrivedAt ? `${masterName(repair.assigneeName ?? '师傅')}到楼下了` : sayStatus(repair, now, isHousehold)

const factsOf = (repair: RepairDetail, isVisitShown: boolean) =>
  [
    { name: '位置', words: `${repair.communityName} ${repair.houseLabel}` },
    { name: '类别', words: categoryWord(repair.category).word },
    { name: '预约', words: repair.slot && !isVisitShown ? calendarSlot(repair.slot) : '' },
    { name: '来源', words: sourceWords[repair.source] ?? '' },
    { name: '同样遇到', words: repair.followerCount > 0 ? `${repair.followerCount} 户` : '' },
    { name: '单号', words: repair.orderNo },
  ].filter(({ words }) => words)

/** 预约: when somebody comes, who, and whether that is settled; hours that are over are history, and said in the timeline. */
const viewVisit = ({ slot, visit, nextSteps }: RepairDetail, now: number) =>
  slot && isComing(slot, now) ? {
    slot,
    words: saySlot(slot, now),
    meta: visit ? `${masterName(visit.technicianName)}上门` : '期望时间，师傅会先与您确认',
    tag: visit ? { word: '已约定', icon: 'check-circle', tone: 'done' } : { word: '待确认', icon: 'time', tone: 'waiting' },
    canMove: nextSteps.includes('reschedule'),
  } : null

const over = ['completed', 'closed', 'cancelled']

export const viewDetail = (opened: OpenedRepair, deferred: DeferredStep | null, now: number) => {
  const { repair, limits, uploadPrefix, ratingTags } = opened
  // Whom to ask for at the door is for staff alone: it tells who is looking.
  const isHousehold = repair.contact === null
  const visit = over.includes(repair.status) ? null : viewVisit(repair, now)
  const steps = deferred ? [] : viewSteps(repair.nextSteps, { assigneeName: repair.assigneeName, isRated: repair.rating !== null })
  return {
    sentence: sentenceOf(repair, isHousehold, now),
    hint: hintOf(repair, isHousehold, now),
    tag: statusTag(repair.status),
    urgent: urgencyTag(repair.urgency),
    escalation: sayEscalation(repair.escalation ?? null, now),
    due: isHousehold || over.includes(repair.status) ? null : sayDue(repair.dueAt, now),
    progress: viewProgress(repair.status),
    description: repair.description,
    photos: repair.photos,
    video: repair.video,
    voice: repair.voice,
    submittedAt: repair.submittedAt,
    facts: factsOf(repair, visit !== null),
    visit,
    timeline: viewTimeline(repair.timeline),
    contact: repair.contact,
    // Once the work is done and charged, what was quoted before is history.
    quotation: repair.charges ? null : viewQuotation(repair, isHousehold),
    charges: repair.charges && viewCharges(repair.charges),
    bills: viewBills(opened, isHousehold, session.get()),
    accepted: acceptedOf(repair.quotation),
    rating: viewRating(repair.rating),
    talk: repair.talk,
    mergedInto: repair.mergedInto ?? '',
    mainSteps: steps.filter((step) => step.rank !== 'quiet'),
    // A visit that was agreed on is moved where it stands.
    quietSteps: steps.filter(({ step, rank }) => rank === 'quiet' && !(step === 'reschedule' && visit)),
    limits,
    uploadPrefix: uploadPrefix ?? '',
    ratingTags,
    category: repair.category,
    urgency: repair.urgency,
  }
}
export type DetailView = ReturnType<typeof viewDetail>

// Addresses of photos live for minutes: one that fails right after loading is broken, and asking again would never end.
const addressLife = 10_000
export const mayBeExpired = (loadedAt: number, now: number): boolean => now - loadedAt > addressLife
