import type { Category, RepairCard, Stage, Status, Step, TimelineEntry, Urgency } from '../../cloudfunctions/repairs/contract'
import type { StaffRole } from '../../cloudfunctions/members/contract'
import { sayTime } from './dates'

// A newer server may send a word this release has never heard of: it then reads calmly instead of breaking the page.
const has = (words: object, key: string): boolean => Object.prototype.hasOwnProperty.call(words, key)
const known = <K extends string, V>(words: Record<K, V>, key: string, fallback: V): V => (has(words, key) ? words[key as K] : fallback)

export type Tag = { word: string; tone: 'waiting' | 'working' | 'done' | 'quiet' | 'urgent'; icon: string }

const statusTags: Record<Status, Tag> = {
  submitted: { word: '待受理', tone: 'waiting', icon: 'time' },
  assigned: { word: '已派单', tone: 'working', icon: 'user-checked' },
  in_progress: { word: '维修中', tone: 'working', icon: 'tools' },
  on_hold: { word: '挂起', tone: 'quiet', icon: 'time' },
  quoted: { word: '待确认报价', tone: 'waiting', icon: 'info-circle' },
  completed: { word: '已完成', tone: 'done', icon: 'check-circle' },
  closed: { word: '已完成', tone: 'done', icon: 'check-circle' },
  cancelled: { word: '已取消', tone: 'quiet', icon: 'close-circle' },
}
export const statusTag = (status: string): Tag => known(statusTags, status, { word: '处理中', tone: 'quiet', icon: 'info-circle' })

const urgentTag: Tag = { word: '紧急', tone: 'urgent', icon: 'alarm' }
export const urgencyTag = (urgency: string): Tag | null => (urgency === 'urgent' ? urgentTag : null)

type UrgencyChoice = { urgency: Urgency; word: string; consequence: string }
export const urgencyChoices: UrgencyChoice[] = [
  { urgency: 'normal', word: '普通', consequence: '按先后顺序安排师傅上门' },
  { urgency: 'urgent', word: '紧急', consequence: '优先处理，马上通知值班人员' },
]

export type CategoryWord = { word: string; icon: string }
const categoryWords: Record<Category, CategoryWord> = {
  plumbing: { word: '水管漏水', icon: 'rain-medium' },
  electrical: { word: '电路灯具', icon: 'lighting-circle' },
  door_window: { word: '门窗锁具', icon: 'window' },
  wall_floor: { word: '墙面地面', icon: 'brush' },
  appliance: { word: '家用设备', icon: 'tv-1' },
  public_area: { word: '公共区域', icon: 'houses-1' },
  other: { word: '其他', icon: 'app' },
}
export const categoryWord = (category: string): CategoryWord => known(categoryWords, category, { word: '报修', icon: 'tools' })

/** 陈志强 → 陈志强师傅; whoever is called so already stays as they are. */
const masterName = (name: string): string => (name.endsWith('师傅') ? name : `${name}师傅`)

/** Where an order stands, as one would say it at the door. */
export const sayStatus = (repair: { status: string; assigneeName: string | null }): string => {
  const who = repair.assigneeName ? masterName(repair.assigneeName) : '师傅'
  const sentences: Record<Status, string> = {
    submitted: '已收到报修，正在安排师傅',
    assigned: repair.assigneeName ? `已派给${who}，等待上门` : '已派单，等待上门',
    in_progress: `${who}正在处理`,
    on_hold: `${who}已暂停，到约定的日子继续`,
    quoted: `${who}已报价，请您确认`,
    completed: '已经修好了',
    closed: '已经修好了',
    cancelled: '这次报修已取消',
  }
  return known(sentences, repair.status, '物业正在处理')
}

export type CardView = { title: string; meta: string[]; tag: Tag; urgent: Tag | null; icon: string; sentence: string }

/** Title: the first line of what the person wrote. Meta: what, when, and on the desk where. */
export const viewCard = (repair: RepairCard, now: number, withHouse: boolean): CardView => {
  const category = categoryWord(repair.category)
  const when = sayTime(repair.submittedAt, now)
  const photos = repair.photoCount > 0 ? `${repair.photoCount} 张照片` : ''
  const parts = withHouse ? [repair.houseLabel, category.word, when] : [category.word, when, photos]
  return {
    title: repair.description.split('\n')[0]!.trim() || category.word,
    meta: parts.filter(Boolean),
    tag: statusTag(repair.status),
    urgent: urgencyTag(repair.urgency),
    icon: category.icon,
    sentence: sayStatus(repair),
  }
}

type StepButton = { step: Step; word: string; rank: 'primary' | 'other' | 'quiet' }
const stepButtons: Partial<Record<Step, Omit<StepButton, 'step'>>> = {
  assign: { word: '派单', rank: 'primary' },
  claim: { word: '我来接单', rank: 'primary' },
  start: { word: '开始维修', rank: 'primary' },
  complete: { word: '填写完工', rank: 'primary' },
  cancel: { word: '取消报修', rank: 'quiet' },
}

/** One button for each step the server allows; a step this release cannot take has none. */
export const viewSteps = (steps: string[], assigneeName: string | null): StepButton[] =>
  steps
    .filter((step): step is Step => has(stepButtons, step))
    .map((step) => ({ step, ...stepButtons[step]!, ...(step === 'assign' && assigneeName ? { word: '改派', rank: 'other' as const } : {}) }))

const roleWords = { resident: '住户', manager: '管理员', clerk: '客服', technician: '师傅' }
const staffWords: Record<StaffRole, string> = {
  manager: '管理员', clerk: '客服', technician: '维修师傅', cashier: '财务', guard: '保安', inspector: '巡检',
}
export const staffWord = (role: string): string => known(staffWords, role, '物业人员')

const happened = (entry: TimelineEntry): { words: string; icon: string } => {
  const words: Partial<Record<TimelineEntry['step'], { words: string; icon: string }>> = {
    submit: { words: '提交了报修', icon: 'edit' },
    assign: { words: entry.assigneeName ? `派给了${masterName(entry.assigneeName)}` : '派了单', icon: 'user-checked' },
    claim: { words: '接了单', icon: 'user-checked' },
    start: { words: '开始维修', icon: 'tools' },
    complete: { words: '修好了', icon: 'check-circle' },
    cancel: { words: '取消了报修', icon: 'close-circle' },
  }
  return known(words as Record<string, { words: string; icon: string }>, entry.step, { words: '更新了进度', icon: 'info-circle' })
}

export type TimelineView = { key: string; who: string; words: string; icon: string; at: string; note: string; photos: TimelineEntry['photos'] }

/** Newest first: what happened last is what people look for. */
export const viewTimeline = (timeline: TimelineEntry[]): TimelineView[] =>
  timeline
    .map((entry, index) => ({
      key: `${entry.at}-${index}`,
      who: entry.byRole === 'technician' ? masterName(entry.byName) : `${known(roleWords, entry.byRole, '物业')} ${entry.byName}`.trim(),
      ...happened(entry),
      at: entry.at,
      note: entry.note,
      photos: entry.photos,
    }))
    .reverse()

export type ProgressStep = { word: string; state: 'done' | 'now' | 'later' }
const journey: Status[] = ['submitted', 'assigned', 'in_progress', 'completed']

/** The four steps of an order and how far it has come; two for one that was cancelled, none for a status not known here. */
export const viewProgress = (status: string): ProgressStep[] => {
  if (status === 'cancelled') return [{ word: '已提交', state: 'done' }, { word: '已取消', state: 'now' }]
  const reached = journey.indexOf((status === 'closed' ? 'completed' : status) as Status)
  if (reached < 0) return []
  const isOver = reached === journey.length - 1
  return ['已提交', '已派单', '维修中', '已完成'].map((word, index) => ({
    word,
    state: index < reached || isOver ? 'done' : index === reached ? 'now' : 'later',
  }))
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

/** What to do next with an order on the desk. Only a hint: the buttons behind it come from the server. */
export const nextHint = (status: string, role: string): string => {
  const takesWork = role === 'technician'
  const hints: Partial<Record<Status, string>> = {
    submitted: takesWork ? '去接单' : '去派单',
    assigned: takesWork ? '去开工' : '等师傅上门',
    in_progress: takesWork ? '去完工' : '等师傅完工',
  }
  return known(hints as Record<string, string>, status, '')
}
