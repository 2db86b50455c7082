import { shanghaiHour } from './clock'
import type { ErrorCode } from './contract'
import { collection, type Stored } from './db'
import type { Invocation } from './invocation'
import { logLine } from './log'
import { command } from './platform'
import { release } from './release'

/**
 * What failed: one row for each function, action, code and hour. Nothing of a person: no member, no input. A function that died or ran out
 * of time wrote nothing here. Of jobs whoever comes next sees that (`recordDeath`); of calls only the phone, and the cloud's own monitor.
 */
export type FailureRow = Stored & {
  function: string
  action: string
  code: ErrorCode
  /** `YYYY-MM-DDTHH` in Shanghai. */
  hour: string
  count: number
  lastReason: string | null
  lastRequestId: string
  lastAt: Date
}

/** What was used of the plan: one row for each function and hour. `mbMs`: memory times duration; 1,024,000 of it are one GBs. */
export type UsageRow = Stored & {
  function: string
  hour: string
  calls: number
  ms: number
  reads: number
  writes: number
  others: number
  mbMs: number
  /** The release that counted last. */
  version: string
}

export const failures = collection<FailureRow>('failures')
export const usage = collection<UsageRow>('usage')

export type Outcome = {
  function: string
  action: string
  code: 'OK' | ErrorCode
  reason: string | null
  requestId: string
  ms: number
  /** As the platform tells in the invocation's context. */
  memoryMb: number
}

/** An addition to one row: what the row is about, what is added, and what is set. */
type Addition = { to: 'failures' | 'usage'; about: Record<string, string>; counts: Record<string, number>; facts: object }

/**
 * Counts wait in the process, and are written at most once a minute: a call should not cost another one. A process that the platform
 * ends takes with it what it counted since, which is at most what happened in its last minute.
 */
const waiting = new Map<string, Addition>()
const restMs = 60_000
const patienceMs = 1_000
let flushedAt = -Infinity

const count = (_id: string, { counts, ...addition }: Addition): void => {
  const before = waiting.get(_id)?.counts ?? {}
  waiting.set(_id, { ...addition, counts: Object.fromEntries(Object.entries(counts).map(([name, by]) => [name, (before[name] ?? 0) + by])) })
}

const countUse = (name: string, counts: Omit<UsageRow, keyof Stored | 'function' | 'hour' | 'version'>, now: Date): void => {
  const hour = shanghaiHour(now)
  count(`usage/${name}_${hour}`, { to: 'usage', about: { function: name, hour }, counts, facts: { version: release } })
}

const countFailure = ({ function: name, action, code, reason, requestId }: Outcome, now: Date): void => {
  const hour = shanghaiHour(now)
  count(`failures/${name}_${action}_${code}_${hour}`, {
    to: 'failures', about: { function: name, action, code, hour }, counts: { count: 1 },
    facts: { lastReason: reason, lastRequestId: requestId, lastAt: now },
  })
}

/** Adds to the row, or makes it: the database knows no "add or insert" in one. */
const add = async (_id: string, { to, about, counts, facts }: Addition): Promise<void> => {
  const rows = { failures, usage }[to]
  const more = { ...Object.fromEntries(Object.entries(counts).map(([name, by]) => [name, command.inc(by)])), ...facts }
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if ((await rows.update({ _id }, more)) === 1) return
    if (await rows.insert({ _id, schema: 1, ...about, ...counts, ...facts } as never)) return
  }
}

/** A worker that left a job half-way: a process that died or ran out of time. Written at once, since the next may die of it too. */
export const recordDeath = async ({ _id, kind }: { _id: string; kind: string }, now: Date): Promise<void> => {
  const event = 'job_worker_died'
  logLine({ event, job: _id, kind })
  const hour = shanghaiHour(now)
  const about = { function: 'jobs', action: kind, code: 'INTERNAL', hour }
  try {
    await add(`jobs_${kind}_INTERNAL_${hour}`, { to: 'failures', about, counts: { count: 1 }, facts: { lastReason: 'WORKER_DIED', lastRequestId: event, lastAt: now } })
  } catch (error) {
    logLine({ event: 'death_not_counted', job: _id, error: error instanceof Error ? error.message : JSON.stringify(error) })
  }
}

const flush = async (): Promise<void> => {
  flushedAt = performance.now()
  const additions = [...waiting]
  waiting.clear()
  await Promise.all(additions.map(async ([key, addition]) => {
    try {
      await add(key.slice(addition.to.length + 1), addition)
    } catch (error) {
      count(key, addition)
      logLine({ event: 'counts_kept_back', error: error instanceof Error ? error.message : JSON.stringify(error) })
    }
  }))
}

const mustBeKnown = ({ code }: Outcome): boolean => code === 'INTERNAL' || code === 'UNAVAILABLE'

/** `soon`: within a minute. `now`: before the reply. `later`: with the next that is not `later`, for a door that must cost little. */
export type Writing = 'soon' | 'now' | 'later'

/**
 * Counts what an invocation did and how it ended, and now and then writes the counts: before the reply, since the platform freezes a
 * function that has answered. It never fails a reply, and delays one by a second at most; its round trips are on nobody's budget.
 */
export const record = async (outcome: Outcome, invocation: Invocation, now: Date, writing: Writing = 'soon'): Promise<void> => {
  const { ms, memoryMb } = outcome
  const { reads, writes, others } = invocation
  countUse(outcome.function, { calls: 1, ms, reads, writes, others, mbMs: ms * memoryMb }, now)
  if (outcome.code !== 'OK') countFailure(outcome, now)
  const isDue = writing === 'now' || mustBeKnown(outcome) || (writing === 'soon' && performance.now() - flushedAt >= restMs)
  if (!isDue) return
  let giveUp: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => (giveUp = setTimeout(resolve, patienceMs)))
  await Promise.race([flush(), late])
  clearTimeout(giveUp)
  // What counting costs is paid for as well.
  countUse(outcome.function, { calls: 0, ms: 0, reads: 0, writes: invocation.writes - writes, others: 0, mbMs: 0 }, now)
}
