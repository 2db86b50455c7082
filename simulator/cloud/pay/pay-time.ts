const eightHours = 8 * 60 * 60 * 1000

/** WeChat Pay writes times as `yyyyMMddHHmmss` in Beijing time. */
export const toPayTime = (at: number): string => new Date(at + eightHours).toISOString().replace(/[-T:]/g, '').slice(0, 14)

/** Reads `yyyyMMddHHmmss` (Beijing); NaN when it is no such time. */
export const fromPayTime = (text: string): number => {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text)
  if (!parts) return Number.NaN
  const [, year, month, day, hour, minute, second] = parts
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - eightHours
}

/** `yyyyMMdd` in Beijing. */
export const toPayDay = (at: number): string => toPayTime(at).slice(0, 8)
