/** Everything people read as a day, a month or an hour is Asia/Shanghai (UTC+8, no daylight saving); functions run elsewhere. */
const shanghaiOffsetMs = 8 * 3_600_000

export const now = (): Date => new Date()

const shifted = (instant: Date): string => new Date(instant.getTime() + shanghaiOffsetMs).toISOString()

/** `YYYY-MM-DD` in Shanghai. */
export const shanghaiDay = (instant: Date): string => shifted(instant).slice(0, 10)

/** `2026年1月5日 10:00` in Shanghai: the form WeChat's `time` keyword takes. */
export const shanghaiTime = (instant: Date): string => {
  const at = shifted(instant)
  return `${Number(at.slice(0, 4))}年${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日 ${at.slice(11, 16)}`
}

export const after = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms)
export const seconds = (count: number): number => count * 1_000
export const minutes = (count: number): number => count * 60_000
