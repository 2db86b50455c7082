import { collection, type Stored } from './db'
import { conflict } from './errors'
import { shanghaiTime } from './clock'
import { command } from './platform'
import { environmentVault } from './vault'

/** How often one person did one thing within one stretch of time. A job removes what has expired. */
type Turns = Stored & { count: number; expiresAt: Date }

export const rateLimits = collection<Turns>('rate_limits')

/** `perMs`: length of the stretch; stretches begin at multiples of it, the same for everybody. */
export type RateLimit = { times: number; perMs: number }

const timeOfDay = (instant: Date): string => shanghaiTime(instant).split(' ')[1]!

/**
 * Counts one turn of `key` (what is done and by whom; hashed before it is stored). Throws CONFLICT, reason RATE_LIMITED, with the time
 * from which it works again, when `times` turns were taken in this stretch. One conditional update; the first turn of a stretch and a
 * refusal take a second round trip.
 */
export const takeTurn = async (key: string, { times, perMs }: RateLimit, now: Date): Promise<void> => {
  const begin = Math.floor(now.getTime() / perMs) * perMs
  const expiresAt = new Date(begin + perMs)
  const _id = `${environmentVault().hash('rate', key).slice(0, 32)}_${begin}`
  const another = { _id, count: command.lt(times) }
  const count = () => rateLimits.update(another, { count: command.inc(1) })
  if ((await count()) === 1) return
  if (await rateLimits.insert({ _id, schema: 1, count: 1, expiresAt })) return
  // Somebody's first turn came between the two.
  if ((await count()) === 1) return
  throw conflict('RATE_LIMITED', `操作太频繁了，请在 ${timeOfDay(expiresAt)} 以后再试`)
}
