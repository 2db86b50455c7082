import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'

dayjs.extend(utc)

/** Everything people read as a day, a month or an hour is Asia/Shanghai (UTC+8, no daylight saving); functions run elsewhere. */
const inShanghai = (instant: Date) => dayjs(instant).utcOffset(8)

export const now = (): Date => new Date()

/** `YYYY-MM-DD` in Shanghai. */
export const shanghaiDay = (instant: Date): string => inShanghai(instant).format('YYYY-MM-DD')

/** `YYYY-MM-DDTHH` in Shanghai. */
export const shanghaiHour = (instant: Date): string => inShanghai(instant).format('YYYY-MM-DDTHH')

/** `2026年1月5日 10:00` in Shanghai: the form WeChat's `time` keyword takes. */
export const shanghaiTime = (instant: Date): string => inShanghai(instant).format('YYYY年M月D日 HH:mm')

/** `yyyyMMddHHmmss` in Shanghai, as WeChat Pay writes times. */
export const payTime = (instant: Date): string => inShanghai(instant).format('YYYYMMDDHHmmss')

/** Reads what `payTime` writes; null when it is no such time. */
export const fromPayTime = (text: string): Date | null => {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (!parts) return null
  const [, year, month, day, hour, minute, second] = parts
  const instant = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`)
  return Number.isNaN(instant.getTime()) ? null : instant
}

export const after = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms)
export const seconds = (count: number): number => count * 1_000
export const minutes = (count: number): number => count * 60_000
export const days = (count: number): number => count * 86_400_000
export const hours = (count: number): number => count * 3_600_000
