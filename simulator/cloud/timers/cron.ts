import { Cron } from 'croner'

const chinaOffsetMinutes = 8 * 60

// What each field may hold between the operators `, - * /`, which are all the platform has; croner reads more, and checks the numbers.
const number = String.raw`\d{1,2}`
const month = `${number}|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC`
const weekday = '[0-6]|SUN|MON|TUE|WED|THU|FRI|SAT'
const year = String.raw`19[7-9]\d|20\d\d`
const shapes = [number, number, number, number, month, weekday, year].map(
  (value) => new RegExp(String.raw`^(?:\*|(?:${value})(?:-(?:${value}))?)(?:/\d+)?$`),
)

/**
 * The next moment (milliseconds) after `from` that a timer's expression names: 7 fields, seconds first and year last, UTC+8.
 * Throws for any other expression.
 */
export const findNextRun = (expression: string, from: number): number | undefined => {
  const fields = expression.trim().split(/\s+/)
  const fits = fields.length === shapes.length && fields.every((field, at) => field.split(',').every((part) => shapes[at]!.test(part)))
  if (!fits) throw new Error(`a timer's expression has 7 fields, seconds first and year last: "${expression}"`)
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
