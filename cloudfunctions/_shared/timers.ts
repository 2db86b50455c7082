import { collection, type Stored } from './db'
import { logLine } from './log'

/** That a timer lives: one document for each function with a timer. */
export type TimerRow = Stored & {
  firstSeenAt: Date
  lastStartedAt: Date
  lastSucceededAt: Date | null
  lastFailedAt: Date | null
  lastMs: number
  lastRequestId: string
}

export const timers = collection<TimerRow>('timers')

/** For a timer that runs once a night: every run is worth a write. */
export const everyRun = (): boolean => true
/** For one that runs every minute: a write each time would cost more than all it finds to do. */
export const everyTenthMinute = (now: Date): boolean => now.getUTCMinutes() % 10 === 0

export type Beat = { begunAt: Date; ms: number; hasFailed: boolean; requestId: string }

/** Writes down one run of a timer; on nobody's budget, and never failing the run. */
export const beat = async (name: string, { begunAt, ms, hasFailed, requestId }: Beat): Promise<void> => {
  const run = { lastStartedAt: begunAt, lastMs: ms, lastRequestId: requestId, ...(hasFailed ? { lastFailedAt: begunAt } : { lastSucceededAt: begunAt }) }
  try {
    if ((await timers.update({ _id: name }, run)) === 0) await timers.insert({ _id: name, schema: 1, firstSeenAt: begunAt, lastSucceededAt: null, lastFailedAt: null, ...run })
  } catch (error) {
    logLine({ event: 'heartbeat_lost', function: name, error: error instanceof Error ? error.message : JSON.stringify(error) })
  }
}
