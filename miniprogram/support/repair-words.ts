import type { Category, Status, Urgency } from '../../cloudfunctions/repairs/contract'

// A newer server may send a word this release has never heard of: it then reads calmly instead of breaking the page.
export const has = (words: object, key: string): boolean => Object.prototype.hasOwnProperty.call(words, key)
export const known = <K extends string, V>(words: Record<K, V>, key: string, fallback: V): V => (has(words, key) ? words[key as K] : fallback)

export type Tag = { word: string; tone: 'waiting' | 'working' | 'done' | 'quiet' | 'urgent'; icon: string }

const statusTags: Record<Status, Tag> = {
  submitted: { word: '待受理', tone: 'waiting', icon: 'time' },
  assigned: { word: '已派单', tone: 'working', icon: 'user-checked' },
  in_progress: { word: '维修中', tone: 'working', icon: 'tools' },
  on_hold: { word: '已挂起', tone: 'quiet', icon: 'pause-circle' },
  quoted: { word: '待确认报价', tone: 'waiting', icon: 'money' },
  completed: { word: '待评价', tone: 'done', icon: 'check-circle' },
  closed: { word: '已完成', tone: 'done', icon: 'check-circle' },
  cancelled: { word: '已取消', tone: 'quiet', icon: 'close-circle' },
}
export const statusTag = (status: string): Tag => known(statusTags, status, { word: '处理中', tone: 'quiet', icon: 'info-circle' })

const urgentTag: Tag = { word: '紧急', tone: 'urgent', icon: 'alarm' }
export const urgencyTag = (urgency: string): Tag | null => (urgency === 'urgent' ? urgentTag : null)

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

type UrgencyChoice = { urgency: Urgency; word: string; consequence: string }
export const urgencyChoices: UrgencyChoice[] = [
  { urgency: 'normal', word: '普通', consequence: '按先后顺序安排师傅上门' },
  { urgency: 'urgent', word: '紧急', consequence: '优先处理，马上通知值班人员' },
]
export const urgencyWord = (urgency: string): string => urgencyChoices.find((choice) => choice.urgency === urgency)?.word ?? ''

/** 陈志强 → 陈志强师傅; whoever is called so already stays as they are. */
export const masterName = (name: string): string => (name.endsWith('师傅') ? name : `${name}师傅`)
