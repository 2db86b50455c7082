import { sayDay } from './dates'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export type Due = { word: string; tone: 'urgent' | 'waiting' | 'quiet'; icon: string }

const sayLength = (length: number): string => {
  if (length < hour) return `${Math.max(1, Math.floor(length / minute))} 分钟`
  return length < day ? `${Math.floor(length / hour)} 小时` : `${Math.floor(length / day)} 天`
}

/** How much time is left for an order, or how late it is: 还剩 40 分钟 · 18:00 前 · 明天 18:00 前 · 超时 2 小时. Null when nothing is due. */
export const sayDue = (dueAt: string | null, now: number): Due | null => {
  const due = dueAt === null ? Number.NaN : Date.parse(dueAt)
  if (Number.isNaN(due)) return null
  if (due <= now) return { word: `超时 ${sayLength(now - due)}`, tone: 'urgent', icon: 'error-circle-filled' }
  if (due - now < 2 * hour) return { word: `还剩 ${sayLength(due - now)}`, tone: 'waiting', icon: 'time' }
  return { word: `${sayDay(dueAt!, now).replace('今天 ', '')} 前`, tone: 'quiet', icon: 'time' }
}
