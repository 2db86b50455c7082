import type { RepairCard, Slot, Stage } from '../../cloudfunctions/repairs/contract'
import { sayDate, sayDay, sayTime } from './dates'
import { type Due, sayDue } from './due'
import { sayRole } from './people-view'
import { categoryWord, known, masterName, statusTag, type Tag, urgencyTag } from './repair-words'

/** 明天 14:00–16:00 */
export const saySlot = (slot: Slot, now: number): string => `${sayDate(slot.day, now)} ${slot.from}–${slot.to}`

type Standing = Pick<RepairCard, 'status' | 'assigneeName' | 'slot' | 'visit' | 'dueAt' | 'heldUntil' | 'isOverdue'>

/** Hours that are over are history, and nothing to wait for. */
export const isComing = ({ day, to }: Slot, now: number): boolean => Date.parse(`${day}T${to}:00+08:00`) > now

const until = ({ dueAt, isOverdue }: Standing, now: number): string => (dueAt && !isOverdue ? `，${sayDay(dueAt, now)} 前处理` : '')
/** What was agreed on is said as a fact, what is only wished for as a wish. */
const visit = ({ slot, visit: agreed }: Standing, now: number): string =>
  !slot || !isComing(slot, now) ? '' : agreed ? `，约好 ${saySlot(slot, now)} 上门` : `，希望 ${saySlot(slot, now)} 上门`

/** Where an order stands, as one would say it at the door: what, who, until when; to its household, or to the desk. */
export const sayStatus = (repair: Standing, now: number, isHousehold = true): string => {
  const who = repair.assigneeName ? masterName(repair.assigneeName) : '师傅'
  const sentences: Record<RepairCard['status'], string> = {
    submitted: `已收到报修，正在安排师傅${visit(repair, now) || until(repair, now)}`,
    assigned: `${repair.assigneeName ? `已派给${who}` : '已派单'}${visit(repair, now) || '，等待上门'}`,
    in_progress: `${who}正在处理${until(repair, now)}`,
    on_hold: repair.heldUntil ? `先停一停，${sayDay(repair.heldUntil, now).split(' ')[0]}继续` : '先停一停，稍后继续',
    quoted: `${who}报了价，${isHousehold ? '请您' : '等住户'}确认`,
    completed: isHousehold ? '已经修好了，请看看满意不满意' : '已经修好了，等住户评价',
    closed: '已经修好了',
    cancelled: '这次报修已取消',
  }
  return known(sentences, repair.status, '物业正在处理')
}

/** Since when those above know that it is late, or that nobody has it; '' while they need not know. */
export const sayEscalation = (escalation: RepairCard['escalation'], now: number): string => {
  if (!escalation) return ''
  const { at, reason, to } = escalation
  return `${reason === 'late' ? '' : '没有人接单，'}${sayTime(at, now)} 已上报${to.map(sayRole).join('、')}`
}

export type CardView = { title: string; meta: string[]; tag: Tag; urgent: Tag | null; due: Due | null; marks: string[]; icon: string; sentence: string; escalation: string }

const isOver = (status: string): boolean => ['completed', 'closed', 'cancelled'].includes(status)

const attachments = (repair: RepairCard): string =>
  [repair.hasVoice ? '语音' : '', repair.hasVideo ? '视频' : '', repair.photoCount > 0 ? `${repair.photoCount} 张照片` : ''].filter(Boolean).join('、')

/** When the technician is expected, on a card of the desk. */
const visitHours = ({ slot, visit: agreed, status }: RepairCard, now: number): string =>
  slot && !isOver(status) && isComing(slot, now) ? `${agreed ? '约好' : '希望'} ${saySlot(slot, now)}` : ''

/** Title: the first line of what the person wrote. Meta: what, when, and on the desk where. */
export const viewCard = (repair: RepairCard, now: number, onDesk: boolean): CardView => {
  const category = categoryWord(repair.category)
  const when = sayTime(repair.submittedAt, now)
  const place = onDesk || repair.isPublicArea ? repair.houseLabel : ''
  return {
    title: repair.description.split('\n')[0]!.trim() || (repair.hasVoice ? '语音报修' : category.word),
    meta: [place, category.word, when, onDesk ? visitHours(repair, now) : attachments(repair)].filter(Boolean),
    tag: statusTag(repair.status),
    urgent: urgencyTag(repair.urgency),
    due: onDesk && !isOver(repair.status) ? sayDue(repair.dueAt, now) : null,
    marks: [repair.hasUnread ? '有新消息' : '', repair.reopenCount > 0 ? '返修' : ''].filter(Boolean),
    icon: category.icon,
    sentence: sayStatus(repair, now, !onDesk),
    escalation: sayEscalation(repair.escalation ?? null, now),
  }
}

export type StageTab = { stage: Stage; word: string; empty: string; hint: string }

/** The desk's three lists in the words of the one who looks at them. */
export const stageTabs = (role: string): StageTab[] => {
  const takesWork = role === 'technician'
  return [
    {
      stage: 'waiting',
      word: takesWork ? '待接单' : '待派单',
      empty: takesWork ? '现在没有等人接的单' : '所有报修都派出去了',
      hint: '有新的报修会通知您',
    },
    { stage: 'working', word: '处理中', empty: takesWork ? '您手上没有未完工的单' : '没有正在处理的单', hint: takesWork ? '可以去「待接单」看看' : '派出的单会出现在这里' },
    { stage: 'done', word: '已完成', empty: '还没有完成的单', hint: '完工和取消的单会留在这里' },
  ]
}

const deskHints: Record<string, string> = {
  submitted: '去派单', assigned: '等师傅上门', in_progress: '等师傅完工', on_hold: '等到期继续', quoted: '等住户确认', completed: '等住户评价',
}
const workHints: Record<string, string> = {
  submitted: '去接单', assigned: '去开工', in_progress: '去完工', on_hold: '去看看', quoted: '等住户确认', completed: '等住户评价',
}
const homeHints: Record<string, string> = { quoted: '去确认报价', completed: '去评价' }

/** What to do next with an order. Only a hint: the buttons behind it come from the server. Without a role, for the household. */
export const nextHint = (status: string, role: string): string =>
  known(role === 'technician' ? workHints : role ? deskHints : homeHints, status, '')

/** Whether the hint is this reader's own work, or somebody else's. */
export const isMyTurn = (repair: Pick<RepairCard, 'waitsFor'>, role: string): boolean =>
  repair.waitsFor === (role === 'technician' ? 'technician' : role ? 'desk' : 'household') || (role === 'technician' && repair.waitsFor === 'desk')
