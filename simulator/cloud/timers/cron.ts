import { Cron } from 'croner'

const chinaOffsetMinutes = 8 * 60

/**
 * The next moment (milliseconds) after `from` that a timer's expression names: 7 fields, seconds first and year last, UTC+8.
 * Throws for any other expression.
 */
export const findNextRun = (expression: string, from: number): number | undefined => {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== 7) throw new Error(`a timer's expression has 7 fields, seconds first and year last: "${expression}"`)
  // Day and weekday both given mean either, which is croner's rule too; `1/10` (from 1, every 10) is what sloppyRanges allows.
  const cron = new Cron(fields.join(' '), { paused: true, utcOffset: chinaOffsetMinutes, sloppyRanges: true })
  return cron.nextRun(new Date(from))?.getTime()
}

export const isTimerExpression = (expression: string): boolean => {
  try {
    findNextRun(expression, 0)
    return true
  } catch {
    return false
  }
}
