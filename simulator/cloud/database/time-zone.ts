import { requestFailed } from './refusals'

const minute = 60_000
const quarter = 15 * minute

/** `+08:00`, `+0800` or `+08`; undefined for a name. */
const fixedOffset = (zone: string): number | undefined => {
  const parts = /^([+-])(\d\d):?(\d\d)?$/.exec(zone)
  return parts ? (Number(parts[2]) * 60 + Number(parts[3] ?? 0)) * minute * (parts[1] === '-' ? -1 : 1) : undefined
}

const calendarOf = (zone: string): Intl.DateTimeFormat => {
  const numeric = 'numeric' as const
  const fields = { year: numeric, month: numeric, day: numeric, hour: numeric, minute: numeric, second: numeric }
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields })
  } catch {
    throw requestFailed(`unrecognized time zone identifier: "${zone}"`)
  }
}

type OffsetAt = (at: number) => number

const namedOffset = (zone: string): OffsetAt => {
  const calendar = calendarOf(zone)
  // Zones change on a quarter of an hour, and asking the calendar is slow.
  const known = new Map<number, number>()
  return (at) => {
    const slot = Math.floor(at / quarter)
    let offset = known.get(slot)
    if (offset === undefined) {
      const part = Object.fromEntries(calendar.formatToParts(slot * quarter).map(({ type, value }) => [type, Number(value)]))
      offset = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - slot * quarter
      known.set(slot, offset)
    }
    return offset
  }
}

const zones = new Map<string, OffsetAt>()

/** How far a zone is ahead of UTC at a moment; both in milliseconds. Throws PlatformError for a zone there is not. */
export const offsetAt = (zone: unknown, at: number): number => {
  if (zone === undefined || zone === null) return 0
  if (typeof zone !== 'string') throw requestFailed('timezone must evaluate to a string')
  let offset = zones.get(zone)
  if (!offset) {
    const fixed = fixedOffset(zone)
    offset = fixed === undefined ? namedOffset(zone) : () => fixed
    zones.set(zone, offset)
  }
  return offset(at)
}

/** The moment a clock in a zone shows a time, the time given as if it were UTC. */
export const momentOf = (zone: unknown, shown: number): number => shown - offsetAt(zone, shown - offsetAt(zone, shown))
