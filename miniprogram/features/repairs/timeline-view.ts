import type { Happening, TimelineEntry } from '../../../cloudfunctions/repairs/contract'
import { calendarSlot } from '../../support/dates'
import { known, masterName } from '../../support/repair-words'

const roleWords: Record<string, string> = { resident: '住户', manager: '管理员', clerk: '客服', system: '', neighbour: '邻居' }

const happened = (entry: TimelineEntry): { words: string; icon: string } => {
  const to = entry.assigneeName ? masterName(entry.assigneeName) : ''
  const words: Record<Happening, { words: string; icon: string }> = {
    submit: { words: '提交了报修', icon: 'edit' },
    assign: { words: to ? `派给了${to}` : '派了单', icon: 'user-checked' },
    claim: { words: '接了单', icon: 'user-checked' },
    transfer: { words: to ? `转给了${to}` : '转了单', icon: 'user-transmit' },
    return: { words: entry.byRole === 'system' ? '重新安排师傅' : '退回了这一单', icon: 'rollback' },
    arrive: { words: '到楼下了', icon: 'location' },
    start: { words: '开始维修', icon: 'tools' },
    record: { words: '记录了现场', icon: 'camera' },
    hold: { words: '先停一停', icon: 'pause-circle' },
    resume: { words: '继续维修', icon: 'play-circle' },
    wake: { words: '到期，继续维修', icon: 'play-circle' },
    quote: { words: '报了价', icon: 'money' },
    accept: { words: '接受了报价', icon: 'check' },
    decline: { words: '想再商量报价', icon: 'chat' },
    complete: { words: '修好了', icon: 'check-circle' },
    confirm: { words: '确认修好了', icon: 'check-circle' },
    rate: { words: '评价了这次维修', icon: 'star' },
    reopen: { words: '说还没修好，重新打开', icon: 'refresh' },
    urge: { words: '催了一次', icon: 'notification' },
    prioritize: { words: '调整了紧急程度', icon: 'alarm' },
    reschedule: { words: !entry.rescheduled ? '确认了上门时间' : entry.rescheduled.from ? '改了上门时间' : '约了上门时间', icon: 'calendar' },
    summarize: { words: '记下了语音里说的', icon: 'edit' },
    merge: { words: '合并到另一张报修单', icon: 'git-merge' },
    escalate: { words: '超时未处理，已上报', icon: 'error-circle' },
    close: { words: '七天没有异议，自动完成', icon: 'check-circle' },
    cancel: { words: '取消了报修', icon: 'close-circle' },
  }
  return known(words, entry.step, { words: '更新了进度', icon: 'info-circle' })
}

const actor = ({ byRole, byName }: TimelineEntry): string => {
  if (byRole === 'technician') return masterName(byName)
  return byRole === 'system' ? '' : `${known(roleWords, byRole, '物业')} ${byName}`.trim()
}

/** From when to when a visit was moved, in front of what was said with it. */
const noteOf = ({ rescheduled, note }: TimelineEntry): string => {
  const { from = null, to = null } = rescheduled ?? {}
  const moved = from && to ? `${calendarSlot(from)} 改到 ${calendarSlot(to)}` : from ? `原约 ${calendarSlot(from)}，不再有效` : to ? calendarSlot(to) : ''
  return [moved, note].filter(Boolean).join('。')
}

export type TimelineView = { key: string; who: string; words: string; icon: string; at: string; note: string; photos: TimelineEntry['photos'] }

/** Newest first: what happened last is what people look for. */
export const viewTimeline = (timeline: TimelineEntry[]): TimelineView[] =>
  timeline
    .map((entry, index) => ({
      key: `${entry.at}-${index}`, who: actor(entry), ...happened(entry), at: entry.at, note: noteOf(entry), photos: entry.photos,
    }))
    .reverse()
