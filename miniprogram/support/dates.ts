const hour = 3_600_000
const day = 24 * hour

// A community lives on Beijing time, whatever the phone is set to; China has had no daylight saving since 1991.
const inShanghai = (instant: number): Date => new Date(instant + 8 * hour)
const dayNumber = (instant: number): number => Math.floor((instant + 8 * hour) / day)
const two = (n: number): string => String(n).padStart(2, '0')

const clock = (instant: number): string => {
  const at = inShanghai(instant)
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

const date = (instant: number, now: number): string => {
  const at = inShanghai(instant)
  const monthAndDay = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`
  return at.getUTCFullYear() === inShanghai(now).getUTCFullYear() ? monthAndDay : `${at.getUTCFullYear()}年${monthAndDay}`
}

/** An instant (ISO 8601) as people say it: 刚刚 · 今天 14:30 · 昨天 14:30 · 3 天前 · 5月3日 · 2025年5月3日. */
export const sayTime = (iso: string, now: number): string => {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) return ''
  const days = dayNumber(now) - dayNumber(instant)
  if (Math.abs(now - instant) < 60_000) return '刚刚'
  if (days === 0) return `今天 ${clock(instant)}`
  if (days === 1) return `昨天 ${clock(instant)}`
  if (days > 1 && days < 7) return `${days} 天前`
  return date(instant, now)
}

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']

const dayWord = (days: number, instant: number, now: number): string => {
  const near = ['今天', '明天', '后天'][days]
  if (near) return near
  return days > 0 && days < 7 ? weekdays[inShanghai(instant).getUTCDay()]! : date(instant, now)
}

/** An instant to come, as people say it: 今天 18:00 · 明天 9:30 · 周五 18:00 · 12月3日 18:00. */
export const sayDay = (iso: string, now: number): string => {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) return ''
  return `${dayWord(dayNumber(instant) - dayNumber(now), instant, now)} ${clock(instant)}`
}

/** From one instant to come to another: 周五 08:00–20:30 · 今天 18:00 到 明天 08:00. */
export const sayHours = (from: string, to: string, now: number): string => {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  return dayNumber(start) === dayNumber(end) ? `${sayDay(from, now)}–${clock(end)}` : `${sayDay(from, now)} 到 ${sayDay(to, now)}`
}

/** A day (YYYY-MM-DD, Beijing time) as people say it: 今天 · 明天 · 周五 · 12月3日. */
export const sayDate = (isoDay: string, now: number): string => {
  const instant = Date.parse(`${isoDay}T00:00:00+08:00`)
  return Number.isNaN(instant) ? isoDay : dayWord(dayNumber(instant) - dayNumber(now), instant, now)
}

/** The same where the date stands beside it: 今天 · 明天 · 后天 · 周五. */
export const sayWeekday = (isoDay: string, now: number): string => {
  const instant = Date.parse(`${isoDay}T00:00:00+08:00`)
  return ['今天', '明天', '后天'][dayNumber(instant) - dayNumber(now)] ?? weekdays[inShanghai(instant).getUTCDay()]!
}

/** Today, YYYY-MM-DD, Beijing time. */
export const today = (now: number): string => inShanghai(now).toISOString().slice(0, 10)

/** The days from tomorrow on, YYYY-MM-DD, Beijing time. */
export const comingDays = (count: number, now: number): string[] =>
  Array.from({ length: count }, (_none, i) => inShanghai(now + (i + 1) * day).toISOString().slice(0, 10))

/** Hours of a day as they stay true: 5月3日 13:30–17:30. */
export const calendarSlot = ({ day, from, to }: { day: string; from: string; to: string }): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 ${from}–${to}`

/** 2026年5月3日 14:30, Beijing time. */
export const exactTime = (iso: string): string => {
  const instant = Date.parse(iso)
  if (Number.isNaN(instant)) return ''
  const at = inShanghai(instant)
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日 ${clock(instant)}`
}

/** 202605: the folder photos of a month are stored in. */
export const monthFolder = (now: number): string => {
  const at = inShanghai(now)
  return `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}`
}

export const partOfDay = (now: number): string => {
  const hours = inShanghai(now).getUTCHours()
  if (hours < 5) return '夜深了'
  if (hours < 11) return '早上好'
  if (hours < 13) return '中午好'
  if (hours < 18) return '下午好'
  return '晚上好'
}

/** A day, YYYY-MM-DD, as 2026年5月3日. */
export const calendarDay = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return year && month && date ? `${year}年${month}月${date}日` : ''
}
